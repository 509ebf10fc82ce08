"""Letters that a case leaves behind when it ends: issued, and never sent.

An answer goes out by its dispatch, with what tells third parties of it; any other
letter of an act with that act, whose day is the day it was told; one issued by itself
when its delivery is on record. So the applicant's own page has it too
(`mingtang_web.asking.following`). A receipt says only what was received, and stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _

from mingtang.case.act import act_of
from mingtang.case.events import (
    Decided,
    Dispatched,
    Merged,
    Split,
    Struck,
    Transferred,
    Withdrawn,
)
from mingtang.case.recording import parse
from mingtang_web.cases.bridge import EVENT
from mingtang_web.ledger.models import Entry
from mingtang_web.letters import actions as letters
from mingtang_web.letters.models import Letter
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mingtang.case.act import Act
    from mingtang.case.events import Event
    from mingtang_web.accounts.models import User
    from mingtang_web.cases.models import Case

ENDS = (Withdrawn, Transferred, Split, Merged)
_ATTESTS = frozenset({"registration_receipt"})
"""What says only that something happened."""


def ends(act: Act) -> bool:
    """Return whether an act ends its case without an answer."""
    return act.event in {"withdrawn", "transferred", "split", "merged"}


def unsent(case: Case) -> list[Letter]:
    """Return the letters of a case that stand and never went out: two queries."""
    entries = list(Entry.objects.filter(case_id=case.pk).order_by("sequence"))
    out, found = set(_gone_out(entries)), list[Letter]()
    rows = Letter.objects.filter(case_id=case.pk).defer("content", "order")
    for row in rows.prefetch_related("deliveries").order_by("id"):
        left = row.pk in out or row.replaces_id in out or bool(row.deliveries.all())
        out |= {row.pk} if left else set()
        if row.stands and row.is_sent and not left and row.kind not in _ATTESTS:
            found.append(row)
    return found


def lapse(case: Case, event: Event, actor: User | None) -> list[Letter]:
    """Make void what an ending leaves behind, in its transaction and after its entry.

    And the letters of a decision that is struck, sent or not: nothing stands behind
    them any more. The case's version says where in the history the ending stands.
    """
    if isinstance(event, Struck):
        return _fallen(case, event, actor)
    if not isinstance(event, ENDS):
        return []
    known = act_of(event)
    act = spoken(known.title) if known else ""
    why = _("%(act)s，案件终结；没有登记发出") % {"act": act}
    rows = unsent(case)
    for row in rows:
        letters.lapse(row, why, actor, ended=case.version - 1)
    return rows


def _fallen(case: Case, event: Struck, actor: User | None) -> list[Letter]:
    rows = of_decision(case, event.entry)
    why = _("“作出决定”的登记已经更正撤去，这份文书没有决定可依")
    for row in rows:
        letters.lapse(row, why, actor, ended=case.version - 1)
    return rows


def of_decision(case: Case, place: int) -> list[Letter]:
    """Return the standing letters of a decision at a place in the history; else none."""
    entries = Entry.objects.filter(case_id=case.pk, kind__startswith=EVENT)
    told = list(entries.order_by("sequence"))
    if not isinstance(parse(told[place].content["event"]), Decided):
        return []
    named = letters_of(told, place)
    rows = Letter.objects.filter(Q(pk__in=named) | Q(replaces__in=named), case_id=case.pk)
    return [row for row in rows.order_by("id") if row.stands]


def letters_of(recorded: Sequence[Entry], place: int) -> list[int]:
    """Return the letters of the answer that a record at a place belongs to, by their ids.

    Those of the last decision up to there; ``recorded`` are the entries of the events.
    """
    for entry in reversed(recorded[: place + 1]):
        if isinstance(parse(entry.content["event"]), Decided):
            return [each["letter"] for each in entry.content.get("letters", ())]
    return []


def to_be_made_anew(entries: Iterable[Entry]) -> list[int]:
    """Return the letters that an ending made void which was struck since, by their ids.

    ``entries`` are the case's own. What another letter has taken the place of is done.
    """
    told = list(entries)
    events = [parse(each.content["event"]) for each in told if _is_event(each)]
    struck = {event.entry for event in events if isinstance(event, Struck)}
    replaced = {each.content.get("in_place_of") for each in told}
    return [
        each.content["letter"]
        for each in told
        if each.content.get("ended") in struck and each.content["letter"] not in replaced
    ]


def owed(case: Case) -> list[int]:
    """Return the letters of a case that are to be made anew: one query."""
    entries = Entry.objects.filter(case_id=case.pk).order_by("sequence")
    return to_be_made_anew(entries)


def is_to_be_made_anew(letter: Letter) -> bool:
    """Return whether a void letter is owed again, its case being open once more."""
    if letter.stands or not letter.case_id:
        return False
    entries = Entry.objects.filter(case_id=letter.case_id).order_by("sequence")
    return letter.pk in to_be_made_anew(entries)


def _gone_out(entries: Iterable[Entry]) -> Iterator[int]:
    """Yield the letters that went out with an event that counts."""
    rows = [each for each in entries if _is_event(each)]
    told = [(each, parse(each.content["event"])) for each in rows]
    gone = {event.entry for _each, event in told if isinstance(event, Struck)}
    yield from gone_out(
        (entry.content, event)
        for place, (entry, event) in enumerate(told)
        if place not in gone
    )


def gone_out(standing: Iterable[tuple[Mapping[str, Any], Event]]) -> Iterator[int]:
    """Yield the letters that went out, from what the ledger says of events that stand.

    An answer goes out with its dispatch, every other letter with its act.
    """
    waiting: list[int] = []
    for content, event in standing:
        named = [each["letter"] for each in content.get("letters", ())]
        if isinstance(event, Decided):
            waiting = named
            continue
        if isinstance(event, Dispatched):
            yield from waiting
            waiting = []
        yield from named


def _is_event(entry: Entry) -> bool:
    return entry.kind.startswith(EVENT)
