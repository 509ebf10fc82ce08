"""Random lawful histories of cases: at each step one of the acts the engine offers."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from mingtang.case import events as e
from mingtang.case.choosing import WITHHELD, ground_refusal, grounds_open
from mingtang.case.conditions import Situation, silent
from mingtang.case.permitting import Offer, offers
from mingtang.case.recording import KINDS
from mingtang.case.replaying import replay
from mingtang.case.rulebook import Rulebook
from mingtang.case.vocabulary import APPLICANTS, CAUSES, STANCES
from mingtang.law.delivery import deliveries, receipts
from mingtang.law.fees import fee_by_pages, fee_of_item

FIRST, LAST = date(2024, 1, 2), date(2025, 6, 30)
RULES = Rulebook()


def first_events() -> st.SearchStrategy[e.Submitted]:
    channels = st.sampled_from([known.mode for known in receipts()])
    return st.builds(
        e.Submitted,
        on=st.dates(FIRST, LAST),
        channel=channels,
        applicant=st.sampled_from(list(APPLICANTS)),
    )


@st.composite
def histories(draw: st.DrawFn, longest: int = 14) -> list[e.Event]:
    """A request and what lawfully became of it, up to so many events."""
    history: list[e.Event] = [draw(first_events())]
    day = history[0].on
    for _ in range(draw(st.integers(0, longest))):
        day += timedelta(days=draw(st.sampled_from([0, 1, 2, 5, 12, 30])))
        now = Situation(replay(history), day, RULES)
        open_to = [offer for offer in offers(now) if offer.act.id != "reclassify"]
        if not open_to:
            continue
        event = draw(event_of(draw(st.sampled_from(open_to)), now))
        if event is not None:
            history.append(event)
    return history


@st.composite
def event_of(draw: st.DrawFn, offer: Offer, now: Situation) -> e.Event | None:
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


def _refund(draw: st.DrawFn, _offer: Offer, now: Situation) -> e.Event:
    fees = [each.fee for each in now.case.rounds if each.fee]
    left = sum(fee.collected - fee.refunded for fee in fees)
    return e.FeeRefunded(on=now.on, yuan=draw(st.integers(1, left)))


def _decided(draw: st.DrawFn, _offer: Offer, now: Situation) -> e.Event:
    ground = draw(st.sampled_from(grounds_open(now))).code
    withheld: tuple[str, ...] = ()
    if ground == "P1":
        able = [code for code in WITHHELD if not ground_refusal(code, now)]
        withheld = (draw(st.sampled_from(able)),)
    return e.Decided(on=now.on, ground=ground, withheld=withheld)


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
    "reason_accepted": lambda d, _, n: e.ReasonAccepted(
        on=n.on, answer_by=_later(d, n) if d(st.booleans()) else None
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
    "fee_paid": lambda _d, _, n: e.FeePaid(on=n.on, yuan=n.case.round.fee.yuan),
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
