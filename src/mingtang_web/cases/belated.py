"""What is entered later than it happened: consented to where it undoes lateness, and told.

Where the act was sent for consent within its term and signed after it, that is what
is said: it is no act entered afterwards.

An act entered for an earlier day that makes a late case timely, or moves a term that
has passed, is done by two persons and stays in the ledger under a kind of its own,
beside the event, so that whoever supervises finds it. So does a strike that puts the
answer off, and what is entered in the place of what was struck.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from mingtang.case.act import Consent
from mingtang.case.consenting import Need, need, overrun, told_above
from mingtang.case.events import Reclassified, Struck
from mingtang.case.replaying import replay
from mingtang.case.situation import Situation
from mingtang_web import clock
from mingtang_web.cases import bridge
from mingtang_web.cases.models import Proposal
from mingtang_web.cases.questioning import closed
from mingtang_web.cases.rules import rulebook
from mingtang_web.ledger.actions import Record, append
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from collections.abc import Callable

    from mingtang.case import state as engine
    from mingtang.case.events import Event
    from mingtang_web.bodies.models import Body
    from mingtang_web.cases.actions import Doing
    from mingtang_web.cases.models import Case
    from mingtang_web.ledger.models import Entry

BELATED = "case.belated"
TOLD: list[Callable[[Case, SignedLate | None], None]] = []
"""What apps above this one do once such an act is recorded, with it."""


def now_of(case: Case) -> Situation:
    """Return a case as it stands today, from its history: one query."""
    events = bridge.history(case.pk)
    return Situation(replay(events), clock.today(), rulebook(case.body), events)


def needed(case: Case, event: Event, doing: Doing) -> Need | None:
    """Return whose consent an act needs as it is to be done, none where nobody's."""
    return needed_in(case.body, event, now_of(case), untold=doing.letter is None)


def needed_in(
    body: Body, event: Event, now: Situation, *, untold: bool = False
) -> Need | None:
    """Return whose consent an act needs in a case of a body as it stands.

    As the engine says, and another applicant's kind (更正申请人类别) wherever the report
    of the case's year is signed: its columns are published (国办公开办函〔2021〕30号).
    """
    asked = need(event, now, untold=untold)
    if asked is None and isinstance(event, Reclassified):
        told = columns_settled(body, now.case)
        return Need(Consent.APPROVAL, told) if told else None
    return asked


def columns_settled(body: Body, case: engine.Case) -> str:
    """Return that the columns of a case's year are published; blank where they are not."""
    year = (case.received or case.submitted).year
    if not closed(body, year):
        return ""
    told = _(
        "%(year)s年度的年度报告已经签发，表三里本件仍在原来那一列，更正以后须看是否更正报告"
    )
    return told % {"year": year}


def unsigned(asked: Need) -> str:
    """Return what to tell whoever would do alone what takes two."""
    if not asked.why:
        return _("此事须经另一人审批，请先送审")
    why = _("%(why)s：此事须经另一人审批，请在案件页写明依据后送审")
    return why % {"why": spoken(asked.why)}


def keep(case: Case, event: Event, doing: Doing, before: Situation) -> None:
    """Record that an event undid lateness, where it did, and have it told.

    A strike that puts the answer off too, with what it struck.

    Inside the event's transaction; ``before`` is the case as it stood.
    """
    if not told_above(event, before):
        return
    payload = bridge.payload(event)
    if isinstance(event, Struck):
        payload["struck"] = bridge.payload(before.events[event.entry])["event"]
    if doing.note:
        payload["why"] = doing.note
    passed = overrun(event, before)
    if passed:
        payload |= {"last": passed.last.isoformat(), "days": passed.days}
    proposed = _proposed(case, doing)
    if proposed:
        payload["proposed"] = proposed.isoformat()
    entry = append(
        Record(
            case.body, BELATED, payload,
            actor=doing.actor, approver=doing.approver, case_id=case.pk,
        )
    )  # fmt: skip
    for told in TOLD:
        told(case, in_time_signed_late(entry))


class SignedLate(NamedTuple):
    """An act sent for consent within its term and consented to after it.

    ``proposed`` and ``approved`` are the days, ``last`` the term's last one, ``days``
    how many working days had passed since, None where they cannot be told.
    """

    proposed: date
    approved: date
    last: date
    days: int | None


def in_time_signed_late(entry: Entry) -> SignedLate | None:
    """Return what an entry of this kind tells of a consent that alone came late.

    None where the act itself was entered late, and of entries that do not say.
    """
    told = entry.content
    if "struck" in told:
        return None
    if "proposed" not in told or "last" not in told:
        return None
    proposed, last = map(date.fromisoformat, (told["proposed"], told["last"]))
    if proposed > last or date.fromisoformat(told["event"]["on"]) < proposed:
        return None
    approved = entry.recorded_at.astimezone(clock.CHINA).date()
    return SignedLate(proposed, approved, last, told["days"])


def _proposed(case: Case, doing: Doing) -> date | None:
    """Return the day on which an act that somebody consented to was sent for it."""
    if doing.approver is None:
        return None
    sent = case.proposals.filter(version=doing.version, closed_by=doing.approver)
    found = sent.filter(stage=Proposal.Stage.APPROVED).first()
    return found.proposed_at.astimezone(clock.CHINA).date() if found else None
