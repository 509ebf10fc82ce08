"""An enforcement body that reports no penalty in a whole year."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingtang.checking.bodies import plain_name
from mingtang.checking.cells import fact_places
from mingtang.checking.rule import Fault, rule
from mingtang.finding import Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence

_CELL = "disclosure/penalties/decisions"
_ENFORCER = re.compile(
    r".*(?:公安局|市场监督管理局|市场监管局|城市管理(?:和综合|综合)?(?:行政)?执法局|综合行政执法局)"
)


@rule(
    code="S204",
    name="enforcer-without-penalties",
    weight=Weight.DOUBT,
    message="{body}的表二“行政处罚”为0；作为执法机关全年没有处罚决定，请核对",
)
def enforcer_without_penalties(evidence: Evidence) -> Iterator[Fault]:
    """执法机关全年没有行政处罚。

    查什么：公安、市场监管、综合行政执法机关的表二“行政处罚”是否为0。只查名称就能确定有
    处罚职责的机关。
    依据：政府信息公开条例（2019年修订）第二十条第（六）项
    为什么：处罚决定不论公开与否都要计入。执法机关填0，多半是只数了公开的，或者没有取到
    数。
    例：某区市场监督管理局的行政处罚填0。
    何时不算错：执法职责已经划走、或者当年刚组建的。
    怎么改：向执法业务科室取全年处罚决定数。
    """
    body = evidence.report.body
    figure = evidence.figure(_CELL)
    if figure == 0 and body and _ENFORCER.fullmatch(plain_name(body)):
        yield Fault({"body": body}, fact_places(evidence.report, [_CELL]), cells=(_CELL,))
