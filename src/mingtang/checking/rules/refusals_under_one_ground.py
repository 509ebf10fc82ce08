"""All refusals under the one ground that says least."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.checking.cells import fact_places
from mingtang.checking.rule import Fault, rule
from mingtang.finding import Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence

_REFUSALS = tuple(
    f"requests/{line}/total"
    for line in (
        "denied_state_secret",
        "denied_by_law",
        "denied_security_stability",
        "denied_third_party",
        "denied_internal_affairs",
        "denied_process",
        "denied_enforcement_file",
        "denied_inquiry",
    )
)
_RESIDUAL = "requests/denied_by_law/total"
_AT_LEAST = 5


@rule(
    code="S306",
    name="refusals-under-one-ground",
    weight=Weight.NOTE,
    message="全部{count}件不予公开都计在“2.其他法律行政法规禁止公开”；请核对是否应属别的理由",
)
def refusals_under_one_ground(evidence: Evidence) -> Iterator[Fault]:
    """不予公开全部归在同一个笼统的理由。

    查什么：表三“（三）不予公开”有5件以上，而且全部计在“2.其他法律行政法规禁止公开”。
    依据：政府信息公开条例（2019年修订）第十四条
    为什么：这一理由必须有法律、行政法规的明文禁止，实际很少。全部归在这里，可能是把别的理
    由都放了进来。
    例：24件申请中6件不予公开，全在第2项，正文没有说明。
    何时不算错：申请集中于同一类依法禁止公开的信息，例如同一批当事人申请同一类材料。
    怎么改：逐件核对答复书引用的条款；确实如此的，在正文说明是哪部法律。
    """
    residual = evidence.figure(_RESIDUAL)
    if residual is None or residual < _AT_LEAST:
        return
    figures = [evidence.figure(cell) for cell in _REFUSALS]
    if None in figures:
        return
    if sum(figure for figure in figures if figure is not None) == residual:
        yield Fault(
            {"count": residual},
            fact_places(evidence.report, [_RESIDUAL]),
            cells=(_RESIDUAL,),
        )
