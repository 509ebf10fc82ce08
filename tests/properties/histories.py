"""Random lawful histories of cases: at each step one of the acts the engine offers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from mingtang.case import events as e
from mingtang.case.choosing import WITHHELD, grounds_open
from mingtang.case.conditions import silent
from mingtang.case.deadlines import answer_term, payment_due
from mingtang.case.permitting import NotPermittedError, Offer, admit, offers
from mingtang.case.recording import KINDS
from mingtang.case.replaying import follow, replay
from mingtang.case.rulebook import Rulebook
from mingtang.case.situation import Situation
from mingtang.case.vocabulary import APPLICANTS, CAUSES, STANCES
from mingtang.law.delivery import deliveries, receipts
from mingtang.law.fees import fee_by_pages, fee_of_item

if TYPE_CHECKING:
    from collections.abc import Callable

FIRST, LAST = date(2024, 1, 2), date(2025, 6, 30)
LAST_WEEKS = date(2024, 12, 2), date(2024, 12, 31)
RULES = Rulebook()


def first_events() -> st.SearchStrategy[e.Submitted]:
    channels = st.sampled_from([known.mode for known in receipts()])
    return st.builds(
        e.Submitted,
        on=st.one_of(st.dates(FIRST, LAST), st.dates(*LAST_WEEKS)),
        channel=channels,
        applicant=st.sampled_from(list(APPLICANTS)),
    )


@st.composite
def histories(draw: st.DrawFn, longest: int = 14) -> list[e.Event]:
    """A request and what lawfully became of it, up to so many events."""
    return draw(later_than(draw(first_events()), longest))


@st.composite
def later_than(
    draw: st.DrawFn, first: e.Submitted | e.Divided, longest: int = 14
) -> list[e.Event]:
    """What lawfully became of a request, or a part of one, up to so many events."""
    history: list[e.Event] = [first]
    case, day = replay(history), first.on
    for _ in range(draw(st.integers(0, longest))):
        day += timedelta(days=draw(st.sampled_from([0, 1, 2, 5, 12, 30])))
        now = Situation(case, day, RULES)
        open_to = offers(now)
        if not open_to:
            continue
        may_end = draw(st.integers(0, 7)) == 0
        tends = [
            offer
            for offer in open_to
            if may_end or offer.act.id not in _ENDING
            for _ in range(_TENDS.get(offer.act.id, 1))
        ]
        if tends:
            event = draw(event_of(draw(st.sampled_from(tends)), now))
            if isinstance(event, e.FeeNotified) and not _in_time(history, event):
                continue  # offered, for one that went out in time may be entered late
            history.append(event)
            case = follow(case, event)
    return history


def _in_time(history: list[e.Event], event: e.Event) -> bool:
    try:
        admit(history, event, RULES)
    except NotPermittedError:
        return False
    return True


_ENDING = {"withdraw", "transfer", "split", "merge", "reclassify"}
# What moves a story on, the oftener the rarer its place is come to.
_TENDS = {
    "receive_correction": 3,
    "receive_reason": 2,
    "accept_reason": 8,
    "receive_opinion": 4,
    "record_consultation_delivery": 4,
    "note_silence": 8,
    "ask_correction": 2,
    "notify_fee": 3,
    "record_fee_delivery": 3,
    "decide": 5,
    "dispatch": 3,
    "record_delivery": 3,
    "reopen": 2,
    "split": 8,
}


@st.composite
def told_late(draw: st.DrawFn, longest: int = 14) -> list[e.Event]:
    """A lawful history in which some things were entered days after they happened."""
    history = draw(histories(longest))
    for place in range(1, len(history)):
        event = history[place]
        earlier = replace(event, on=event.on - timedelta(days=draw(st.integers(0, 6))))
        told = [*history[:place], earlier, *history[place + 1 :]]
        if _lawful(told):
            history = told
    return history


def _lawful(history: list[e.Event]) -> bool:
    try:
        for place, event in enumerate(history):
            admit(history[:place], event, RULES)
    except NotPermittedError:
        return False
    return True


def with_parts(draw: Callable[..., object], history: list[e.Event]) -> list[list[e.Event]]:
    """Return a history with those of its parts, where the request was split."""
    last = replay(history).closing
    if last is None or last.how != "split":
        return [history]
    case = replay(history)
    assert case.received
    part = e.Divided(
        on=last.on,
        parent="A",
        channel=case.channel,
        applicant=case.applicant,
        received=case.received,
        clock=case.received,
        corrected=case.corrected,
    )
    return [history, *(draw(later_than(part)) for _ in last.to)]


@st.composite
def event_of(draw: st.DrawFn, offer: Offer, now: Situation) -> e.Event:
    """The event of an offered act with particulars that are in order."""
    name = offer.act.event
    if name in _DRAWN:
        return _DRAWN[name](draw, offer, now)
    return KINDS[name](on=now.on)


def _later(draw: st.DrawFn, now: Situation) -> date:
    return now.on + timedelta(days=draw(st.integers(1, 20)))


def _consulted(_draw: st.DrawFn, offer: Offer, now: Situation) -> e.Event:
    party = str(len(now.case.round.opinions) + 1)
    return e.Consulted(on=now.on, party=party, role=offer.act.role or "")


def _fee(draw: st.DrawFn, _offer: Offer, now: Situation) -> e.Event:
    if draw(st.booleans()):
        position = draw(st.integers(11, 60))
        owed = fee_of_item(position, now.on)
        return e.FeeNotified(on=now.on, basis="items", pieces=position, yuan=owed)
    pages = draw(st.integers(31, 300))
    owed = fee_by_pages(pages, now.on)
    return e.FeeNotified(on=now.on, basis="pages", pieces=pages, yuan=owed)


def _paid(_draw: st.DrawFn, _offer: Offer, now: Situation) -> e.Event:
    fee = now.case.round.fee
    assert fee
    due = payment_due(fee, RULES)
    return e.FeePaid(on=min(now.on, due) if due else now.on, yuan=fee.yuan)


def _accepted(draw: st.DrawFn, _offer: Offer, now: Situation) -> e.Event:
    answer = answer_term(now.case, RULES)
    assert answer
    over = answer.due is not None and now.on > answer.due
    if over or now.case.round.answer_by or draw(st.booleans()):
        return e.ReasonAccepted(on=now.on)
    last = max(now.on, answer.due) if answer.due else now.on
    later = last + timedelta(days=draw(st.integers(1, 20)))
    return e.ReasonAccepted(on=now.on, answer_by=later)


def _refund(draw: st.DrawFn, _offer: Offer, now: Situation) -> e.Event:
    fees = [each.fee for each in now.case.rounds if each.fee]
    left = sum(fee.collected - fee.refunded for fee in fees)
    return e.FeeRefunded(on=now.on, yuan=draw(st.integers(1, left)))


def _decided(draw: st.DrawFn, _offer: Offer, now: Situation) -> e.Event:
    able = [known.code for known in grounds_open(now)]
    rare = [code for code in able if code in {"P1", "N4", "U3"}]
    told = draw(st.sampled_from([*able, *rare * 6]))
    withheld: tuple[str, ...] = ()
    if told == "P1":
        parts = st.sampled_from([code for code in WITHHELD if code in able])
        withheld = tuple(draw(st.lists(parts, min_size=1, max_size=3, unique=True)))
    return e.Decided(on=now.on, ground=told, withheld=withheld)


def _delivered(_draw: st.DrawFn, _offer: Offer, now: Situation) -> e.Event:
    answer = now.case.round.answer
    assert answer
    at_once = answer.mode == "on_the_spot" and answer.dispatched
    return e.Delivered(on=at_once or now.on)


def _delivered_letter(_draw: st.DrawFn, _offer: Offer, now: Situation) -> e.Event:
    waiting = [o for o in now.case.round.open_opinions if o.delivered is None]
    return e.ConsultationDelivered(on=now.on, party=waiting[0].party)


def _silence(_draw: st.DrawFn, _offer: Offer, now: Situation) -> e.Event:
    quiet = [o for o in now.case.round.open_opinions if silent(o, now)]
    return e.SilenceNoted(on=now.on, party=quiet[0].party)


def _party(now: Situation) -> str:
    return now.case.round.open_opinions[0].party


_DRAWN = {
    "correction_asked": lambda d, _, n: e.CorrectionAsked(on=n.on, until=_later(d, n)),
    "reason_asked": lambda d, _, n: e.ReasonAsked(on=n.on, until=_later(d, n)),
    "reason_accepted": _accepted,
    "reclassified": lambda d, _, n: e.Reclassified(
        on=n.on,
        applicant=d(st.sampled_from([k for k in APPLICANTS if k != n.case.applicant])),
    ),
    "consulted": _consulted,
    "consultation_delivered": _delivered_letter,
    "opinion_received": lambda d, _, n: e.OpinionReceived(
        on=n.on, party=_party(n), stance=d(st.sampled_from(list(STANCES)))
    ),
    "silence_noted": _silence,
    "consultation_recalled": lambda _d, _, n: e.ConsultationRecalled(
        on=n.on, party=_party(n)
    ),
    "extended": lambda d, _, n: e.Extended(on=n.on, days=d(st.integers(1, 20))),
    "fee_notified": _fee,
    "fee_paid": _paid,
    "fee_refunded": _refund,
    "decided": _decided,
    "dispatched": lambda d, _, n: e.Dispatched(
        on=n.on, mode=d(st.sampled_from([known.mode for known in deliveries()]))
    ),
    "delivered": _delivered,
    "transferred": lambda _d, _, n: e.Transferred(on=n.on, to="11370000000000001X"),
    "split": lambda _d, _, n: e.Split(on=n.on, parts=("A-1", "A-2")),
    "merged": lambda _d, _, n: e.Merged(on=n.on, into="A-9"),
    "reopened": lambda d, _, n: e.Reopened(
        on=n.on,
        cause=d(st.sampled_from(list(CAUSES))),
        answer_by=_later(d, n) if d(st.booleans()) else None,
    ),
}
