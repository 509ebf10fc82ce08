"""Requests dropped for an unpaid fee, and no fee notice in section six."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingtang.checking.cells import fact_places
from mingtang.checking.fees import fee_words
from mingtang.checking.rule import Fault, rule
from mingtang.finding import Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.checking.evidence import Evidence

_CELL = "requests/other_unpaid/total"
_NOTICE = re.compile(
    r"通知[^。；]{0,16}?[1-9][0-9]*\s*[件份次]|[1-9][0-9]*\s*[件份次][^。；]{0,8}通知"
)


@rule(
    code="S308",
    name="unpaid-without-notice",
    weight=Weight.DOUBT,
    message="表三“逾期未按收费通知缴纳费用”有{count}件，第六部分却没有发出收费通知的件数；请核对",
)
def unpaid_without_notice(evidence: Evidence) -> Iterator[Fault]:
    """有人逾期未缴费，却没有发过收费通知。

    查什么：表三“（六）2.申请人逾期未按收费通知要求缴纳费用”大于0时，第六部分是否写了发
    出收费通知的件数。
    依据：国办函〔2020〕109号
    为什么：先有收费通知，才谈得上逾期不缴。一处有一处没有，总有一处不对。
    例：表三这一行为2，第六部分写“未发出收费通知”。
    何时不算错：通知是上一年度发出、本年度才逾期的，宜在正文说明。
    怎么改：核对收费台账，改表三的归类或者补写第六部分。
    """
    count = evidence.figure(_CELL)
    section = evidence.report.section(6)
    if count is None or count <= 0 or section is None:
        return
    if _NOTICE.search(fee_words(evidence)):
        return
    places = (*fact_places(evidence.report, [_CELL]), section.place)
    yield Fault({"count": count}, places, cells=(_CELL,))
