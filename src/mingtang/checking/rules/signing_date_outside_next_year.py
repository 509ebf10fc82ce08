"""A signing day outside the year that follows the reporting year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.checking.rule import Fault, rule
from mingtang.finding import Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence


@rule(
    code="F209",
    name="signing-date-outside-next-year",
    weight=Weight.DOUBT,
    message="落款日期{day}不在报告年度的次年（{next_year}年）；请核对日期和题目的年份",
)
def signing_date_outside_next_year(evidence: Evidence) -> Iterator[Fault]:
    """落款日期不在报告年度的次年。

    查什么：落款日期是否在报告年度结束以后的那一年之内。
    依据：政府信息公开条例（2019年修订）第四十九条
    为什么：年度未完就落款，数字不可能完整；晚了一年以上，多半是日期或者题目写错。
    例：2024年度的报告，落款2024年1月20日，应是2025年之误。
    何时不算错：事后更正重新公布的报告，应在文中说明。
    怎么改：核对原件，改正日期或者题目的年份。
    """
    report = evidence.report
    day = report.signature.day
    if day is None or report.year is None or day.year == report.year + 1:
        return
    place = report.signature.day_place
    yield Fault(
        {"day": f"{day.year}年{day.month}月{day.day}日", "next_year": report.year + 1},
        () if place is None else (place,),
        subject=day.isoformat(),
    )
