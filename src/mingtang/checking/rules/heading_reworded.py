"""A heading of the form in other words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.checking.headings import expected_heading
from mingtang.checking.rule import Fault, rule
from mingtang.finding import Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence


@rule(
    code="F105",
    name="heading-reworded",
    weight=Weight.DOUBT,
    message="标题“{heading}”与格式文字不同，格式为“{expected}”",
)
def heading_reworded(evidence: Evidence) -> Iterator[Fault]:
    """标题文字与格式不同。

    查什么：六个部分的标题，文字是否与格式所印的一样。空格、全半角和繁简体不计。
    依据：国办公开办函〔2021〕30号
    为什么：标题统一，才好检索和汇总；改动个别字还可能改了意思。
    例：“四、政府信息公开行政复议及行政诉讼情况”，格式是顿号，不是“及”。
    何时不算错：一些地方多年沿用“因政府信息公开工作被申请行政复议、提起行政诉讼情况”，上
    级另有规定的从其规定。
    怎么改：照格式的文字改；另有规定的，留下规定备查。
    """
    if not evidence.owes_the_form:
        return
    for section in evidence.report.sections:
        if section.number is not None and not section.standard:
            yield Fault(
                {
                    "heading": section.heading,
                    "expected": expected_heading(evidence.report, section.number),
                },
                (section.place,),
                quote=section.heading,
            )
