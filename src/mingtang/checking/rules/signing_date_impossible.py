"""A signing day that no calendar has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.checking.rule import Fault, rule
from mingtang.finding import Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence


@rule(
    code="F212",
    name="signing-date-impossible",
    weight=Weight.DOUBT,
    message="落款日期“{day}”不是实有的日子；请核对年、月、日",
)
def signing_date_impossible(evidence: Evidence) -> Iterator[Fault]:
    """落款日期不是实有的日子。

    查什么：落款处写的年月日，日历上有没有这一天。
    依据：政府信息公开条例（2019年修订）第四十九条
    为什么：日期写错，就看不出是否按期公布。
    例：落款写“2026年2月30日”，二月没有三十日。
    何时不算错：没有。
    怎么改：核对签发日期，改成实有的日子。
    """
    signature = evidence.report.signature
    if signature.misdated is not None:
        place = signature.day_place
        yield Fault(
            {"day": signature.misdated},
            () if place is None else (place,),
            quote=signature.misdated,
        )
