"""Far more disputes than requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.checking.cells import (
    DISPUTE_CELLS,
    REQUEST_CELLS,
    dispute_count,
    fact_places,
    request_count,
)
from mingtang.checking.rule import Fault, rule
from mingtang.finding import Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence

_AT_LEAST = 10
_TIMES = 2


@rule(
    code="S404",
    name="disputes-exceed-requests",
    weight=Weight.DOUBT,
    message="表四共{disputes}件复议、诉讼，表三连同结转只有{requests}件申请；争议是申请的两倍以上，请核对",
)
def disputes_exceed_requests(evidence: Evidence) -> Iterator[Fault]:
    """复议、诉讼远多于申请。

    查什么：表四三组总计之和达到10件，而且超过表三新收与结转之和的两倍。
    依据：政府信息公开工作年度报告格式（国办公开办函〔2021〕30号）四
    为什么：表四只计因政府信息公开引起的争议，一般少于申请。远多于申请，可能计入了别的案
    件。
    例：全年申请4件，行政复议26件。
    何时不算错：以前年度的申请集中在本年引起争议；同一申请既复议又起诉的各计一件。
    怎么改：逐件核对案由，与信息公开无关的剔除。
    """
    disputes = dispute_count(evidence)
    if disputes is None or disputes < _AT_LEAST:
        return
    requests = request_count(evidence)
    if not requests or disputes <= _TIMES * requests:
        return
    cells = (*REQUEST_CELLS, *DISPUTE_CELLS)
    yield Fault(
        {"disputes": disputes, "requests": requests},
        fact_places(evidence.report, cells),
        cells=cells,
    )
