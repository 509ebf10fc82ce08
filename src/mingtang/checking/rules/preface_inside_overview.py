"""Words of a preface inside the first section."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingtang.checking.rule import Fault, rule
from mingtang.finding import Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence

_PERIOD = re.compile(r"统计的?(?:期限|时限|时间|数据|周期)|所列数据")


@rule(
    code="F117",
    name="preface-inside-overview",
    weight=Weight.NOTE,
    message="统计期限写在“一、总体情况”里面；通常放在第一部分之前的引言里",
)
def preface_inside_overview(evidence: Evidence) -> Iterator[Fault]:
    """引言写进了第一部分。

    查什么：没有引言，而统计期限的交代在第一部分里。
    依据：国办公开办函〔2021〕30号
    为什么：编制依据、统计期限说的是整份报告，不是总体情况的内容。
    例：“一、总体情况”第一句就是“本报告所列数据的统计期限自1月1日起至12月31日止”。
    何时不算错：格式没有规定引言，这里只作提示。
    怎么改：把这几句移到“一、总体情况”之前。
    """
    part = evidence.parts.get(1)
    if part is None or any(paragraph.text.strip() for paragraph in evidence.report.preface):
        return
    match = _PERIOD.search(part.text)
    if match is not None:
        hit = part.hit(match)
        yield Fault({}, (hit.place,), quote=hit.quote)
