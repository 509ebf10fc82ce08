"""A fee told in the text at ten thousand times the table's amount, or a fraction."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from mingtang.checking.rule import Fault, rule
from mingtang.finding import Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence

_CELL = "disclosure/administrative_fees/amount"
_TOLD = re.compile(
    r"行政事业性收费[^。；\n0-9]{0,20}([0-9][0-9,]*(?:\.[0-9]+)?)\s*(亿元|万元|千元|元)"
)
_YUAN = {"元": 1, "千元": 1_000, "万元": 10_000, "亿元": 100_000_000}
_SLIPS = (Decimal(10_000), Decimal(100_000_000))
_ROUNDING = Decimal("0.005")


@rule(
    code="S202",
    name="fee-unit-slipped",
    weight=Weight.DOUBT,
    message="正文说行政事业性收费{told}，表二填{printed}（单位：万元），两者恰好相差{times}倍；请核对表二的单位",
)
def fee_unit_slipped(evidence: Evidence) -> Iterator[Fault]:
    """表二的收费金额疑似弄错单位。

    查什么：正文里的行政事业性收费金额与表二的金额换算成元以后，是否恰好相差一万倍或者一亿
    倍。
    依据：政府信息公开工作年度报告格式（国办公开办函〔2021〕30号）二
    为什么：表二以万元为单位，把元直接填进去就大了一万倍，汇总时一个单位就能毁掉全市的数。
    例：正文“收取行政事业性收费251000元”，表二填251000。
    何时不算错：正文说的是另一个范围的收费，比例碰巧相同。信息处理费不在此列。
    怎么改：按万元换算后填表二，例如251000元填25.1。
    """
    fact = evidence.report.facts.get(_CELL)
    if (
        fact is None
        or fact.value is None
        or fact.value <= 0
        or "行政事业性收费" not in evidence.prose.text
    ):
        return
    printed = fact.number * _YUAN.get(fact.unit or "万元", _YUAN["万元"])
    for hit in evidence.prose.hits(_TOLD):
        told = Decimal(hit.match[1].replace(",", "")) * _YUAN[hit.match[2]]
        times = _slip(told, Decimal(printed))
        if times:
            places = (hit.place, *((fact.place,) if fact.place else ()))
            words = {
                "told": hit.match[1] + hit.match[2],
                "printed": fact.number,
                "times": times,
            }
            yield Fault(words, places, quote=hit.quote, cells=(_CELL,))


def _slip(told: Decimal, printed: Decimal) -> str | None:
    """Return in words how many times too large or small, None where neither."""
    if told <= 0:
        return None
    ratio = max(told, printed) / min(told, printed)
    names = ("一万", "一亿")
    return next(
        (
            name
            for slip, name in zip(_SLIPS, names, strict=True)
            if abs(ratio / slip - 1) <= _ROUNDING
        ),
        None,
    )
