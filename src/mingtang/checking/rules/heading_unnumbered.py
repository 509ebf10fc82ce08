"""A heading of the form without its numeral."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.checking.headings import expected_heading
from mingtang.checking.rule import Fault, rule
from mingtang.finding import Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence


@rule(
    code="F102",
    name="heading-unnumbered",
    weight=Weight.BREACH,
    message="标题“{heading}”没有序号，应为“{expected}”",
)
def heading_unnumbered(evidence: Evidence) -> Iterator[Fault]:
    """标题没有序号。

    查什么：六个部分的标题前面是否都有序号。
    依据：国办公开办函〔2021〕30号
    为什么：序号是格式的一部分。别处引用“第五部分”，汇总的人按序号取内容，缺了就对不上。
    例：一、二、三、四都有，到“存在的主要问题及改进情况”前面却没有“五、”。
    何时不算错：序号由网页自动编号生成、复制成文字时丢了的，原网页上看得到。
    怎么改：在标题前补上序号，别的标题不动。
    """
    if not evidence.owes_the_form:
        return
    for section in evidence.report.sections:
        if section.number is not None and section.ordinal is None:
            yield Fault(
                {
                    "heading": section.heading,
                    "expected": expected_heading(evidence.report, section.number),
                },
                (section.place,),
                quote=section.heading,
            )
