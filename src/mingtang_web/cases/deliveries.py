"""What a case and the records of its letters say of a delivery, and whether they agree.

A letter belongs to the event that it went out with, as that event's entry tells; one
issued in its place belongs there too.
"""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from mingtang.case import events as e
from mingtang.case.recording import parse
from mingtang.case.replaying import replay
from mingtang.drafting import template
from mingtang_web.applicants.actions import ErasedError
from mingtang_web.cases.bridge import EVENT
from mingtang_web.cases.lettering import kind_for, matter_of
from mingtang_web.ledger.models import Entry
from mingtang_web.letters.actions import order_of
from mingtang_web.letters.bridge import POST
from mingtang_web.letters.composing import reads_otherwise
from mingtang_web.letters.models import MODES, DeliveryRecord, Letter
from mingtang_web.letters.orders import Matter

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet

    from mingtang.case.state import Case as History
    from mingtang_web.cases.models import Case
    from mingtang_web.letters.delivering import Delivered

    Row = tuple[e.Event, tuple[int, ...]]
    Link = tuple[int, int | None]


class Known(NamedTuple):
    """What a case says of a delivery: the way, the day out, the day it arrived."""

    mode: str | None = None
    dispatched: date | None = None
    received: date | None = None


class Place(NamedTuple):
    """Where a letter stands in its case.

    ``event`` is the one it went out with, ``known`` what the case says of its delivery,
    None where the case has moved past it. ``family`` are the letter and those that it
    stands in for, or that stand in for it.
    """

    event: e.Event
    known: Known | None
    family: frozenset[int]

    def of_letter(self, letter: Letter) -> Known:
        """Return what the case says of this letter, not of one whose place it took.

        A day before the letter's own was that one's.
        """
        mode, out, arrived = self.known or Known()
        if out and out < letter.day:
            mode, out = None, None
        return Known(mode, out, arrived if arrived and arrived >= letter.day else None)


_SENT: dict[type[e.Event], type[e.Event]] = {
    e.Dispatched: e.Decided,
    e.Delivered: e.Decided,
    e.FeeNoticeDelivered: e.FeeNotified,
    e.ConsultationDelivered: e.Consulted,
}
"""Of each event that tells a delivery the one that sent out what was delivered."""


def place_of(letter: Letter) -> Place | None:
    """Return where a letter stands in its case: two queries.

    None for one whose delivery its case does not record: it went out with no act, beside
    one, or with one that ends nothing by arriving.
    """
    rows = _sent_with(letter.case_id or 0)
    links = _links(letter.case_id or 0)
    for event, letters in rows:
        family = _family(letters, links)
        own = type(event) in _SENT.values() and letter.kind == kind_for(event)
        if own and letter.pk in family:
            later = [each for each, _letters in rows if _same(each, event)]
            known = (
                says(event, replay(each for each, _letters in rows))
                if later[-1] is event
                else None
            )
            return Place(event, known, family)
    return None


def went_with(letter: Letter) -> Entry | None:
    """Return the entry of the event that a letter, or the one it stands in for, went with.

    None for one that went out with no act. An event struck since is one too.
    """
    links = _links(letter.case_id or 0)
    entries = Entry.objects.filter(case_id=letter.case_id, kind__startswith=EVENT)
    for entry in entries.select_related("approver").order_by("-sequence"):
        named = (row["letter"] for row in entry.content.get("letters", ()))
        if letter.pk in _family(named, links):
            return entry
    return None


def records(
    case: Case, told: type[e.Event], party: str | None = None
) -> QuerySet[DeliveryRecord]:
    """Return the records of the letters whose delivery a kind of event tells, in order.

    ``party`` is whom a consultation asked.
    """
    sent = _SENT[told]
    found = [
        (each, letters)
        for each, letters in _sent_with(case.pk)
        if isinstance(each, sent) and getattr(each, "party", None) == party
    ]
    event, letters = found[-1] if found else (None, ())
    family = _family(letters, _links(case.pk))
    kind = kind_for(event) if event else None
    return DeliveryRecord.objects.filter(letter__in=family, letter__kind=kind or "")


def answer_lost(case: Case) -> bool:
    """Return whether the answer in force went out by letters of which none stands.

    A case that ended otherwise has none in force, sent or not.
    """
    rows = _sent_with(case.pk)
    made = replay(each for each, _letters in rows)
    if made.closing or made.round.answer is None:
        return False
    event, named = next(row for row in reversed(rows) if isinstance(row[0], e.Decided))
    family = _family(named, _links(case.pk))
    own = Letter.objects.filter(pk__in=family, kind=kind_for(event) or "")
    return bool(named) and not own.filter(status=Letter.Status.ISSUED).exists()


def worded_for_another_way(case: Case | None, letter: Letter, mode: str) -> str | None:
    """Return why a letter may not go out that way: it tells another; None where it may."""
    try:
        order = order_of(letter)
        matter = matter_of(case, order) if case else Matter(letter.body, letter.reader)
        if not reads_otherwise(order, matter, mode):
            return None
    except ErasedError:
        return None
    modes = dict(MODES)
    why = _(
        "这份文书（%(number)s）是按“%(made)s”写的，改以“%(mode)s”送达，救济告知等文字就不对；"
        "请先按这种送达方式“改正后重新出具”，再登记"
    )
    made = order.delivery or POST
    number = letter.number or letter.title
    return why % {"number": number, "made": modes.get(made), "mode": modes.get(mode)}


def contradiction(case: Case, event: e.Event) -> str | None:
    """Return why an event of delivery says otherwise than the letter's records, or None."""
    if isinstance(event, e.Dispatched):
        wrong = _written_otherwise(case, event)
        if wrong:
            return wrong
    if not DeliveryRecord.objects.filter(letter__case_id=case.pk).exists():
        return None
    told = list(records(case, type(event), getattr(event, "party", None)))
    if isinstance(event, e.Dispatched):
        return _sent_otherwise(told, event)
    days = [each.received for each in told if each.received]
    if not days or event.on in days:
        return None
    why = _("文书的送达记录是%(day)s签收；请先核对，另有一次送达的先在文书登记")
    return why % {"day": days[-1]}


def _written_otherwise(case: Case, event: e.Dispatched) -> str | None:
    """Return why the answer may not go out that way; one on record was let pass there."""
    answers = [
        letters for each, letters in _sent_with(case.pk) if isinstance(each, e.Decided)
    ]
    if not answers or not answers[-1]:
        return None
    family = _family(answers[-1], _links(case.pk))
    rows = Letter.objects.filter(
        pk__in=family, status=Letter.Status.ISSUED, deliveries=None
    )
    for row in rows.select_related("body", "reader"):
        if template(row.kind).ground and event.on >= row.day:
            return worded_for_another_way(case, row, event.mode)
    return None


def _sent_otherwise(told: list[DeliveryRecord], event: e.Dispatched) -> str | None:
    ways = [(each.dispatched, each.mode) for each in told]
    if not ways or (event.on, event.mode) in ways:
        return None
    why = _("文书的送达记录是%(day)s以“%(mode)s”发出；请先核对，另有一次寄送的先在文书登记")
    return why % {"day": ways[-1][0], "mode": told[-1].get_mode_display()}


@singledispatch
def says(_event: e.Event, _history: History) -> Known | None:
    """Return what a case says of the delivery of what went out with its last such event."""
    return None


@says.register(e.Decided)
def _answer(_event: e.Decided, history: History) -> Known | None:
    given = history.round.answer
    return Known(given.mode, given.dispatched, given.delivered) if given else None


@says.register(e.FeeNotified)
def _fee(_event: e.FeeNotified, history: History) -> Known | None:
    fee = history.round.fee
    return Known(received=fee.delivered) if fee else None


@says.register(e.Consulted)
def _opinion(event: e.Consulted, history: History) -> Known | None:
    asked = history.round.opinion(event.party)
    return Known(received=asked.delivered) if asked else None


def following(place: Place, told: Delivered) -> list[e.Event]:
    """Return the events that a delivery brings into the case, in their order."""
    event, known, made = place.event, place.known, list[e.Event]()
    if known is None:
        return made
    if isinstance(event, e.Decided) and known.dispatched is None:
        made.append(e.Dispatched(on=told.dispatched, mode=told.mode))
    if told.received is None or known.received is not None:
        return made
    if isinstance(event, e.Decided):
        made.append(e.Delivered(on=told.received))
    elif isinstance(event, e.FeeNotified):
        made.append(e.FeeNoticeDelivered(on=told.received))
    elif isinstance(event, e.Consulted):
        made.append(e.ConsultationDelivered(on=told.received, party=event.party))
    return made


def _same(one: e.Event, other: e.Event) -> bool:
    """Return whether two events are of one kind, and ask the same party."""
    parties = getattr(one, "party", None), getattr(other, "party", None)
    return type(one) is type(other) and parties[0] == parties[1]


def _sent_with(case: int) -> list[Row]:
    """Return the events that count, each with its letters: one query."""
    entries = Entry.objects.filter(case_id=case, kind__startswith=EVENT)
    told = [entry.content for entry in entries.order_by("sequence")]
    rows = [
        (parse(each["event"]), tuple(row["letter"] for row in each.get("letters", ())))
        for each in told
    ]
    gone = {event.entry for event, _letters in rows if isinstance(event, e.Struck)}
    return [
        row
        for place, row in enumerate(rows)
        if place not in gone and not isinstance(row[0], e.Struck)
    ]


def _links(case: int) -> list[Link]:
    """Return a case's letters with the one that each stands in for: one query."""
    rows = Letter.objects.filter(case_id=case).order_by("pk")
    return list(rows.values_list("pk", "replaces"))


def _family(letters: Iterable[int], links: Iterable[Link]) -> frozenset[int]:
    """Return some letters with those issued in their place, and in the place of those."""
    found = set(letters)
    for pk, replaced in links:
        if replaced in found:
            found.add(pk)
    return frozenset(found)
