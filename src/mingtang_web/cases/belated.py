"""What is entered later than it happened: consented to where it undoes lateness, and told.

An act entered for an earlier day that makes a late case timely, or moves a term that
has passed, is done by two persons and stays in the ledger under a kind of its own,
beside the event, so that whoever supervises finds it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from mingtang.case.conditions import Situation
from mingtang.case.consenting import need, undoes_lateness
from mingtang.case.replaying import replay
from mingtang_web import clock
from mingtang_web.cases import bridge
from mingtang_web.cases.rules import rulebook
from mingtang_web.ledger.actions import Record, append
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from collections.abc import Callable

    from mingtang.case.consenting import Need
    from mingtang.case.events import Event
    from mingtang_web.cases.actions import Doing
    from mingtang_web.cases.models import Case

BELATED = "case.belated"
TOLD: list[Callable[[Case], None]] = []
"""What apps above this one do once such an act is recorded, with it."""


def now_of(case: Case) -> Situation:
    """Return a case as it stands today, from its history: one query."""
    made = replay(bridge.history(case.pk))
    return Situation(made, clock.today(), rulebook(case.body))


def needed(case: Case, event: Event, doing: Doing) -> Need | None:
    """Return whose consent an act needs as it is to be done, none where nobody's."""
    return need(event, now_of(case), untold=doing.letter is None)


def unsigned(asked: Need) -> str:
    """Return what to tell whoever would do alone what takes two."""
    if not asked.why:
        return _("此事须经另一人审批，请先送审")
    why = _("%(why)s：此事须经另一人审批，请在案件页写明依据后送审")
    return why % {"why": spoken(asked.why)}


def keep(case: Case, event: Event, doing: Doing, before: Situation) -> None:
    """Record that an event undid lateness, where it did, and have it told.

    Inside the event's transaction; ``before`` is the case as it stood.
    """
    if not undoes_lateness(event, before):
        return
    payload = bridge.payload(event)
    if doing.note:
        payload["why"] = doing.note
    append(
        Record(
            case.body, BELATED, payload,
            actor=doing.actor, approver=doing.approver, case_id=case.pk,
        )
    )  # fmt: skip
    for told in TOLD:
        told(case)
