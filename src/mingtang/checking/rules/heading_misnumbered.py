"""A heading of the form under another heading's numeral."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.checking.headings import expected_heading
from mingtang.checking.rule import Fault, rule
from mingtang.finding import Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence


@rule(
    code="F103",
    name="heading-misnumbered",
    weight=Weight.BREACH,
    message="标题“{heading}”的序号不对，应为“{expected}”",
)
def heading_misnumbered(evidence: Evidence) -> Iterator[Fault]:
    """标题的序号不是格式规定的那一个。

    查什么：六个部分的标题各自印着的序号，与格式规定的序号是否相同。
    依据：国办公开办函〔2021〕30号
    为什么：六个部分的序号是固定的，读者和汇总的人都按序号找。
    例：前面多出一个“二、工作概况”，后面就成了“三、主动公开政府信息情况”，一直错到
    “七、其他需要报告的事项”。
    何时不算错：2018年度及以前的报告不用这个格式。
    怎么改：把多出来的部分并入“一、总体情况”，其余标题恢复规定的序号。
    """
    if not evidence.owes_the_form:
        return
    for section in evidence.report.sections:
        if section.number is not None and section.ordinal not in (None, section.number):
            yield Fault(
                {
                    "heading": section.heading,
                    "expected": expected_heading(evidence.report, section.number),
                },
                (section.place,),
                quote=section.heading,
            )
