"""A case as its applicant opens it, by number and code and by nothing else."""

from __future__ import annotations

import hmac
import json
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core import signing
from django.core.cache import cache as remembered

from mingtang.case.act import act
from mingtang.case.events import Decided, Struck
from mingtang.case.permitting import refusal
from mingtang.case.recording import parse
from mingtang.case.replaying import replay
from mingtang.case.rulebook import Rulebook
from mingtang.case.situation import Situation
from mingtang.law import calendar
from mingtang_web.asking import codes
from mingtang_web.asking.actions import HELD
from mingtang_web.asking.models import Hold
from mingtang_web.asking.shelf import KEPT_CASE, LET_GO
from mingtang_web.cases import bridge
from mingtang_web.cases.attaching import ATTACHED
from mingtang_web.cases.clocks import clock_of
from mingtang_web.cases.lapsing import gone_out
from mingtang_web.cases.models import Attachment
from mingtang_web.cases.objecting import CHECKED
from mingtang_web.cases.rules import rulebook
from mingtang_web.clock import CHINA
from mingtang_web.ledger.queries import of_case
from mingtang_web.letters.queries import of_case as letters_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from mingtang.case.events import Event
    from mingtang.case.state import Case as History
    from mingtang_web.bodies.models import Body
    from mingtang_web.cases.clocks import Clock
    from mingtang_web.cases.models import Case
    from mingtang_web.letters.models import Letter

Content = dict[str, Any]
_SALT = "mingtang.asking.following"
OPEN_FOR = 30 * 60
"""Seconds from the last page on which a case that was opened stays open."""
_NOBODY = "0" * 64
A_MINUTE = 60
_WANTED = bridge.EVENT, "letter."
OPENINGS = HELD, KEPT_CASE, LET_GO
"""What the ledger tells of ways by which the case opens to its applicant."""
ABOUT_FEES = Attachment.What.OBJECTION, Attachment.What.PAYMENT
"""What an applicant hands in about a fee without any act of the law's."""
_BESIDE = frozenset({*OPENINGS, ATTACHED, CHECKED})
OWN_ACTS = frozenset(
    {"receive_correction", "receive_reason", "withdraw", "record_delivery"}
)
"""What of the engine's acts an applicant does."""


def found(number: str, code: str) -> Hold | None:
    """Return the hold of a number and a code; none where either is wrong.

    Whichever is wrong costs the same: one hash, one look-up by it, one comparison.
    """
    asked = codes.digest(number, code)
    row = _only(_holds().filter(digest=asked))
    same = hmac.compare_digest(row.digest if row else _NOBODY, asked)
    return row if same else None


class Said(NamedTuple):
    """An entry of the ledger: its place among the case's, kind, content and day.

    It is the applicant's ``own`` where nobody of the body made it.
    """

    place: int
    kind: str
    content: Content
    day: date
    own: bool


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
    row = _only(_holds().filter(pk=pk))
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


_OF_CASE = (
    "number", "subject", "phase", "version", "parent", "applicant", "received",
)  # fmt: skip
_OF_BODY = (
    "path", "name", "telephone", "disclosure_office", "address", "review_organ", "court",
    "review_online", "letter_code",
)  # fmt: skip


def _only(rows: QuerySet[Hold]) -> Hold | None:
    """Return the hold that alone can be meant; `first` would ask for an order as well."""
    return next(iter(rows), None)


@cache
def _holds() -> QuerySet[Hold]:
    """Return the holds with what a page shows of case and body, in one small query.

    A question, made once; it is asked anew each time.
    """
    shown = [f"case__{name}" for name in _OF_CASE]
    shown += [f"case__body__{name}" for name in _OF_BODY]
    return Hold.objects.select_related("case__body").only("digest", *shown)


def _rules(body: Body) -> Rulebook:
    """Return what counts for a body, remembered for a minute: many look, few choose."""
    key = f"rules:{body.path}"
    choices = remembered.get(key)
    if choices is None:
        choices = dict(rulebook(body).choices)
        remembered.set(key, choices, A_MINUTE)
    return Rulebook(calendar(), choices)


@dataclass(frozen=True)
class Followed:
    """A case, and the day on which its applicant looks; read when asked for."""

    case: Case
    today: date

    @cached_property
    def entries(self) -> list[Said]:
        """What the ledger holds of events, letters, codes and fees in dispute."""
        rows = of_case(self.case.pk).values_list("kind", "payload", "recorded_at", "actor")
        return [
            Said(
                place, kind, json.loads(payload), at.astimezone(CHINA).date(), actor is None
            )
            for place, (kind, payload, at, actor) in enumerate(rows)
            if kind.startswith(_WANTED) or kind in _BESIDE
        ]

    @cached_property
    def rules(self) -> Rulebook:
        """The calendar and choices of the case's body."""
        return _rules(self.case.body)

    @cached_property
    def placed(self) -> tuple[tuple[Said, Event], ...]:
        """The events that count, each with its entry."""
        told = [
            (said, parse(said.content["event"]))
            for said in self.entries
            if said.kind.startswith(bridge.EVENT)
        ]
        struck = {event.entry for _said, event in told if isinstance(event, Struck)}
        return tuple(
            each
            for place, each in enumerate(told)
            if place not in struck and not isinstance(each[1], Struck)
        )

    @cached_property
    def standing(self) -> tuple[tuple[Content, Event], ...]:
        """The events that count, each with what its entry says."""
        return tuple((said.content, event) for said, event in self.placed)

    @property
    def openings(self) -> list[Said]:
        """When a code was handed out, the case put to an account or out of one.

        The first code of a request by the internet or counter, which stands on the
        receipt, has no day.
        """
        return [said for said in self.entries if said.kind in OPENINGS]

    @cached_property
    def about_fees(self) -> list[Said]:
        """What the applicant handed in about a fee, once a day, and what was found."""
        found: dict[object, Said] = {}
        checked = 0
        for said in self.entries:
            if said.kind == CHECKED:
                checked = said.place
                found[checked] = said
            elif said.kind == ATTACHED and said.own and said.content["what"] in ABOUT_FEES:
                found.setdefault((said.content["what"], said.day, checked), said)
        return list(found.values())

    @cached_property
    def history(self) -> History:
        """The case that the events make."""
        return replay([event for _said, event in self.standing])

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
        last = [event for _said, event in self.standing if isinstance(event, Decided)]
        return last[-1] if last else None

    def may(self) -> frozenset[str]:
        """Return which of the applicant's own acts the law permits today."""
        now = Situation(self.history, self.today, self.rules)
        return frozenset(name for name in OWN_ACTS if refusal(act(name), now) is None)

    @cached_property
    def letters(self) -> tuple[Letter, ...]:
        """The letters that went out to the applicant, the first one first.

        An answer goes out by its dispatch, any other letter with its act; one that
        was issued by itself, when its delivery is on record. One that took another's
        place goes where that went.
        """
        if not any("letter" in content for content in self._told_of_letters()):
            return ()
        out = set(gone_out(self.standing))
        mine = []
        for row in letters_of(self.case.pk).order_by("id"):
            known = row.pk in out or row.replaces_id in out or row.deliveries.all()
            out |= {row.pk} if known else set()
            addressed = row.reader_id == self.case.applicant_id and row.is_sent
            if known and addressed and row.stands:
                mine.append(row)
        return tuple(mine)

    def _told_of_letters(self) -> Iterator[Content]:
        for said in self.entries:
            yield said.content
            yield from said.content.get("letters", ())
