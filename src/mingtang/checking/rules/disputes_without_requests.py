"""Disputes in a year without requests."""

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


@rule(
    code="S309",
    name="disputes-without-requests",
    weight=Weight.NOTE,
    message="表三没有新收也没有上年结转的申请，表四却有{count}件复议、诉讼；请核对是否为以前年度的申请引起",
)
def disputes_without_requests(evidence: Evidence) -> Iterator[Fault]:
    """没有申请却有复议、诉讼。

    查什么：表三新收、结转合计为0时，表四各组总计是否也为0。
    依据：政府信息公开工作年度报告格式（国办公开办函〔2021〕30号）四
    为什么：表四只计因政府信息公开引起的争议。没有申请而有争议，可能把别的案件计了进来。
    例：新收0、结转0，行政诉讼“未经复议直接起诉”3件。
    何时不算错：争议由上一年已经办结的申请，或者由主动公开引起。
    怎么改：核对案由；属实的，在正文说明。
    """
    disputes = dispute_count(evidence)
    if disputes and request_count(evidence) == 0:
        cells = (*REQUEST_CELLS, *DISPUTE_CELLS)
        yield Fault({"count": disputes}, fact_places(evidence.report, cells), cells=cells)
