"""A reporting period of another year than the title's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.checking.headings import title_places
from mingtang.checking.rule import Fault, rule
from mingtang.finding import Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence


@rule(
    code="F204",
    name="period-year-differs",
    weight=Weight.CONTRADICTION,
    message="题目写{title_year}年，统计期限却写{period_year}年：“{quote}”；两处应当是同一年",
)
def period_year_differs(evidence: Evidence) -> Iterator[Fault]:
    """统计期限与题目的年份不同。

    查什么：题目的年份与统计期限起止的年份是否相同。
    依据：政府信息公开条例（2019年修订）第六条
    为什么：年份不一致，读者不知道这些数是哪一年的；多半是沿用了上年的稿子。
    例：题目是2024年，统计期限写“自2023年1月1日起至2023年12月31日止”。
    何时不算错：起止跨两个年份的，由另一条规则提示；没有写统计期限的不查。
    怎么改：先核对表内数字是哪一年的，再改错的一处。
    """
    year = evidence.report.title_year
    stated = evidence.periods
    if year is None or any(year in (one.first.year, one.last.year) for one in stated):
        return
    for found in stated[:1]:
        if found.first.year == found.last.year:
            place, quote = evidence.prose.spot(found.start, found.end)
            yield Fault(
                {"title_year": year, "period_year": found.first.year, "quote": quote},
                (*title_places(evidence.report), place),
                quote=quote,
            )
