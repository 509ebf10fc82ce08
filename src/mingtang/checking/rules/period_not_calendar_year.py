"""A reporting period other than the calendar year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.checking.evidence import says
from mingtang.checking.rule import Fault, rule
from mingtang.finding import Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence

_FOUNDED = ("组建", "成立", "挂牌", "合并", "新设", "设立", "机构改革")


@rule(
    code="F205",
    name="period-not-calendar-year",
    weight=Weight.BREACH,
    message="统计期限“{quote}”不是从1月1日到12月31日；年度报告统计一个公历年",
)
def period_not_calendar_year(evidence: Evidence) -> Iterator[Fault]:
    """统计期限不是一个公历年。

    查什么：统计期限是否自当年1月1日起至同年12月31日止。
    依据：国办公开办函〔2021〕30号
    为什么：期限不同，各机关、各年度的数就不能相加，也不能比较。
    例：“统计期限自2024年1月1日至2024年11月30日”。
    何时不算错：机关在年中组建、合并、撤销的，从组建之日起算；文中写了组建、成立等字样的不
    报。
    怎么改：按整年重新统计；只是写错的，改起止日期。
    """
    odd = [stated for stated in evidence.periods if not stated.is_one_year]
    if not odd or not evidence.owes_the_form or says(evidence.opening.text, _FOUNDED):
        return
    for stated in odd:
        place, quote = evidence.prose.spot(stated.start, stated.end)
        yield Fault({"quote": quote}, (place,), quote=quote)
