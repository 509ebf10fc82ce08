"""Cases that a ruling opens anew: which rulings may, and undone with the ruling alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from mingtang.case.disputes import parse_dispute
from mingtang.case.events import Reopened, Struck
from mingtang.case.proceedings import order_refusal
from mingtang_web import clock
from mingtang_web.cases import actions as cases
from mingtang_web.cases import bridge as case_bridge
from mingtang_web.cases.actions import Doing
from mingtang_web.cases.locking import locked
from mingtang_web.cases.models import Case
from mingtang_web.disputes import bridge
from mingtang_web.disputes.models import Procedure
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from mingtang.case.disputes import DisputeEvent
    from mingtang.case.events import Event
    from mingtang_web.accounts.models import User
    from mingtang_web.disputes.models import Dispute
    from mingtang_web.ledger.models import Entry

CAUSES = {Procedure.REVIEW: "review", Procedure.SUIT: "judgment"}
"""What opens a case anew, by the procedure that ruled."""
_PAPERS = {"review": lazy("行政复议决定"), "judgment": lazy("行政判决")}
"""The ruling that opens a case anew, by the cause."""


def may_order(event: DisputeEvent, document: str) -> None:
    """Let a ruling order new answers that can, by its number; raises `ValidationError`."""
    why = order_refusal(event)
    if why:
        raise ValidationError({"reopens": spoken(why)})
    if not document:
        why = _("请填写决定书、判决书的文号：重新作出的答复须写明所依照的裁决")
        raise ValidationError({"document": why})


def close_again(dispute: Dispute, entry: Entry, actor: User) -> None:
    """Strike the reopenings that a struck ruling ordered; raises `NotPermittedError`."""
    cause = CAUSES[Procedure(dispute.procedure)]
    named = sorted((entry.content.get("order") or {}).get("cases", ()))
    for present in [locked(case) for case in Case.objects.filter(pk__in=named)]:
        event = parse_dispute(entry.content["event"])
        place = _place(case_bridge.history(present.pk), event.on, cause)
        if place is not None:
            why = _("%(number)s登记的裁决已更正") % {"number": dispute.number}
            doing = Doing(actor, present.version, note=why)
            cases.write(present, Struck(on=clock.today(), entry=place), doing)


def _place(history: Sequence[Event], on: date, cause: str) -> int | None:
    """Return the place of a reopening of that day and cause that counts, or None."""
    struck = {event.entry for event in history if isinstance(event, Struck)}
    for place, event in enumerate(history):
        if place in struck or not isinstance(event, Reopened):
            continue
        if (event.on, event.cause) == (on, cause):
            return place
    return None


def unruled(case: Case, cause: str) -> str:
    """Return that no ruling is registered that opens a case anew; blank: one is.

    行政复议法第六十四条, 行政诉讼法第七十条: one that binds and orders a new answer. Two
    queries.
    """
    if cause not in _PAPERS:
        return ""
    procedure = next(each for each, known in CAUSES.items() if known == cause)
    over = case.disputes.filter(procedure=procedure).values_list("pk", flat=True)
    known = bridge.histories(over)
    if any(order_refusal(event) is None for each in known.values() for event in each):
        return ""
    why = _(
        "复议、诉讼登记中没有关联本件、责令重新处理的%(paper)s；请先在那里登记，"
        "暂时登记不了的，请写明依哪份文书（文号、日期）重新处理"
    )
    return why % {"paper": _PAPERS[cause]}


def ordered_by(case: Case, place: int) -> str:
    """Return why a record of a case is struck with the ruling alone that ordered it."""
    event = case_bridge.history(case.pk)[place]
    if not isinstance(event, Reopened):
        return ""
    for dispute in case.disputes.all():
        if CAUSES[Procedure(dispute.procedure)] != event.cause:
            continue
        for entry in bridge.standing(bridge.entries([dispute.pk])[dispute.pk]):
            named = (entry.content.get("order") or {}).get("cases", ())
            ruled = parse_dispute(entry.content["event"])
            if case.pk in named and ruled.on == event.on:
                why = _("这次重新处理是%(number)s责令的，请在那里更正裁决的登记")
                return why % {"number": dispute.number}
    return ""
