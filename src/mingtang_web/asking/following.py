"""A case as its applicant opens it, by number and code and by nothing else."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from django.core import signing

from mingtang.case.conditions import Situation
from mingtang.case.events import Decided, Dispatched, Struck
from mingtang.case.permitting import offers
from mingtang.case.recording import parse
from mingtang.case.replaying import replay
from mingtang_web.asking import codes
from mingtang_web.asking.models import Hold
from mingtang_web.cases import bridge
from mingtang_web.cases.clocks import clock_of
from mingtang_web.cases.rules import rulebook
from mingtang_web.ledger.queries import of_case
from mingtang_web.letters.models import Letter
from mingtang_web.letters.queries import of_case as letters_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from django.db.models import QuerySet

    from mingtang.case.events import Event
    from mingtang.case.rulebook import Rulebook
    from mingtang.case.state import Case as History
    from mingtang_web.cases.clocks import Clock
    from mingtang_web.cases.models import Case
    from mingtang_web.ledger.models import Entry

_SALT = "mingtang.asking.following"
OPEN_FOR = 30 * 60
"""Seconds from the last page on which a case that was opened stays open."""
_NOBODY = "0" * 64
OWN_ACTS = frozenset(
    {"receive_correction", "receive_reason", "withdraw", "record_delivery"}
)
"""What of the engine's acts an applicant does."""


def found(number: str, code: str) -> Hold | None:
    """Return the hold of a number and a code; none where either is wrong.

    Whichever is wrong costs the same: one hash, one look-up by it, one comparison.
    """
    asked = codes.digest(number, code)
    row = _holds().filter(digest=asked).first()
    same = hmac.compare_digest(row.digest if row else _NOBODY, asked)
    return row if same else None


class Admission(NamedTuple):
    """What a ticket admits to: a hold, its case or the part of it that was chosen."""

    hold: Hold
    case: Case
    part: int = 0


def ticket(hold: Hold, part: int = 0) -> str:
    """Return by what a browser opens a case again for a while; signed, not stored.

    ``part`` is the how-manieth of a request that was split, zero for the whole.
    """
    return signing.dumps([hold.pk, hold.digest[:16], part], salt=_SALT)


def admitted(given: str) -> Admission | None:
    """Return what a ticket is for, none where it is none or too old.

    One query, two for a part.
    """
    try:
        pk, mark, part = signing.loads(given, salt=_SALT, max_age=OPEN_FOR)
    except (signing.BadSignature, ValueError):
        return None
    row = _holds().filter(pk=pk).first()
    if row is None or not hmac.compare_digest(row.digest[:16], mark):
        return None
    if not part:
        return Admission(row, row.case)
    chosen = parts_of(row.case)[part - 1 : part]
    return Admission(row, chosen[0], part) if chosen else None


def parts_of(case: Case) -> list[Case]:
    """Return the cases a request was split into; they are the applicant's as well."""
    rows = case.parts.select_related("body").defer("description")
    return list(rows.order_by("id"))


def _holds() -> QuerySet[Hold]:
    return Hold.objects.select_related("case__body").defer("case__description")


@dataclass(frozen=True)
class Followed:
    """A case, and the day on which its applicant looks; read when asked for."""

    case: Case
    today: date

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """What the ledger holds of the case's events."""
        rows = of_case(self.case.pk).filter(kind__startswith=bridge.EVENT)
        return tuple(rows)

    @cached_property
    def rules(self) -> Rulebook:
        """The calendar and choices of the case's body."""
        return rulebook(self.case.body)

    @cached_property
    def standing(self) -> tuple[tuple[Entry, Event], ...]:
        """The events that count, each with its entry."""
        told = [(entry, parse(entry.content["event"])) for entry in self.entries]
        struck = {event.entry for _entry, event in told if isinstance(event, Struck)}
        return tuple(
            each
            for place, each in enumerate(told)
            if place not in struck and not isinstance(each[1], Struck)
        )

    @cached_property
    def history(self) -> History:
        """The case that the events make."""
        return replay([event for _entry, event in self.standing])

    @cached_property
    def clock(self) -> Clock:
        """What is to be said of the clock today."""
        return clock_of(self.history, self.today, self.rules)

    @cached_property
    def decided(self) -> Decided | None:
        """The decision of the present round, none before it went out."""
        answer = self.history.round.answer
        if answer is None or answer.dispatched is None:
            return None
        last = [event for _entry, event in self.standing if isinstance(event, Decided)]
        return last[-1] if last else None

    def may(self) -> frozenset[str]:
        """Return which of the applicant's own acts the law permits today."""
        now = Situation(self.history, self.today, self.rules)
        return frozenset(offer.act.id for offer in offers(now)) & OWN_ACTS

    @cached_property
    def letters(self) -> tuple[Letter, ...]:
        """The letters that went out to the applicant, the first one first.

        An answer goes out by its dispatch, any other letter with its act; one that
        was issued by itself, when its delivery is on record. One that took another's
        place goes where that went.
        """
        out = set(self._gone_out())
        mine = []
        for row in letters_of(self.case.pk).order_by("id"):
            known = row.pk in out or row.replaces_id in out or row.deliveries.all()
            out |= {row.pk} if known else set()
            addressed = row.reader_id == self.case.applicant_id and row.is_sent
            if known and addressed and row.stands:
                mine.append(row)
        return tuple(mine)

    def _gone_out(self) -> Iterator[int]:
        waiting: list[int] = []
        for entry, event in self.standing:
            named = [each["letter"] for each in entry.content.get("letters", ())]
            if isinstance(event, Decided):
                waiting = named
                continue
            if isinstance(event, Dispatched):
                yield from waiting
                waiting = []
            yield from named
