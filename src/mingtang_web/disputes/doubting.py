"""Doubts about a dispute that is entered all the same: a court decides them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from mingtang_web.disputes.filing import untold
from mingtang_web.disputes.models import Procedure
from mingtang_web.disputes.orders import review_first

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from mingtang_web.cases.models import Case
    from mingtang_web.disputes.models import Dispute


def receipts(cases: Iterable[Case], filed: date) -> list[str]:
    """Return whose answers had not arrived when they were disputed: the term waits.

    行政复议法第二十条, 行政诉讼法第四十六条. One query for the histories.
    """
    why = _(
        "%(number)s的答复到%(day)s还没有登记送达：申请复议、起诉的期限自知道答复之日起算，"
        "请核对送达日期（行政复议法第二十条、行政诉讼法第四十六条）"
    )
    found = untold(cases, filed)
    return [why % {"number": case.number, "day": filed} for case, _how in found]


def doubts(dispute: Dispute, cases: Iterable[Case]) -> list[str]:
    """Return what is doubtful about a suit: that review should have come first.

    行政复议法第二十三条. One query for the histories, where it is a direct suit.
    """
    if dispute.procedure != Procedure.SUIT or dispute.kind != "suit_direct":
        return []
    why = _("%(number)s的答复依法应当先申请行政复议（复议前置），直接起诉的请核对")
    found = review_first(cases, dispute.filed)
    return [why % {"number": case.number} for case in found]
