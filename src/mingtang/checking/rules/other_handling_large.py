"""A large share of requests under 其他处理."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from mingtang.checking.cells import fact_places
from mingtang.checking.rule import Fault, rule
from mingtang.finding import Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence

_CONCLUDED = "requests/concluded/total"
_OTHERS = tuple(
    f"requests/{line}/total"
    for line in ("other_handling", "other_uncorrected", "other_unpaid", "other_other")
)
_AT_LEAST = 20
_SHARE = Decimal("0.4")


@rule(
    code="S307",
    name="other-handling-large",
    weight=Weight.NOTE,
    message="表三“（六）其他处理”共{count}件，占办结{concluded}件的{percent}%；比例偏高，宜在正文说明",
)
def other_handling_large(evidence: Evidence) -> Iterator[Fault]:
    """其他处理所占比例偏高。

    查什么：办结20件以上时，“（六）其他处理”是否超过四成。
    依据：政府信息公开工作年度报告格式（国办公开办函〔2021〕30号）三
    为什么：其他处理本来是少数情形。比例高，可能是把应归别处的件放了进来，也可能是撤回很
    多。
    例：办结64件，其他处理29件，占45%。
    何时不算错：申请人撤回、咨询较多的，正文说明即可。
    怎么改：逐件核对归类；属实的，在“依申请公开”一段说明原因。
    """
    concluded = evidence.figure(_CONCLUDED)
    if concluded is None or concluded < _AT_LEAST:
        return
    present = [cell for cell in _OTHERS if cell in evidence.report.facts]
    figures = [evidence.figure(cell) for cell in present]
    if None in figures:
        return
    count = sum(figure for figure in figures if figure is not None)
    share = Decimal(count) / Decimal(concluded)
    if share > _SHARE:
        percent = (share * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
        words = {"count": count, "concluded": concluded, "percent": percent}
        stated = (*present, _CONCLUDED)
        yield Fault(words, fact_places(evidence.report, stated), cells=stated)
