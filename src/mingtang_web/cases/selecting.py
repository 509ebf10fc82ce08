"""Choosing cases out of those a person sees: by words, by what they are, by days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value, When

from mingtang.case.deadlines import Timeliness
from mingtang_web.cases.exchanges import Explanation, SectionOpinion, Urging
from mingtang_web.cases.models import OPEN_PHASES, Case
from mingtang_web.cases.queries import answered, judged, overdue, soon_due, unserved
from mingtang_web.cases.standing import standing_in
from mingtang_web.letters.models import Letter

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from mingtang_web.bodies.models import Body
    from mingtang_web.cases.standing import Stand

SHOWN = (
    "body", "number", "applicant_kind", "channel", "subject", "section", "handler",
    "phase", "submitted", "received", "due", "running", "kept", "ground", "decided",
    "version", "body__short_name", "body__code", "body__path", "section__name",
    "handler__display_name",
)  # fmt: skip
"""The columns that lists show; the sealed description is not among them."""
OPEN, CLOSED, EVERY = "open", "closed", "all"


@dataclass(frozen=True)
class Wanted:
    """What a list is narrowed to; what is blank narrows nothing.

    ``state`` is open, closed or all; ``clock`` today, soon, late, paused or unsettled;
    ``note`` urged, unexplained, unassigned, unserved or imported; ``words`` are looked
    for in number, subject and the numbers of letters, all of them. ``decided`` is a
    year, ``kept`` whether an answer was in time, ``days`` a band of `BANDS`, ``stand`` a
    figure of a year.
    """

    state: str = OPEN
    clock: str = ""
    note: str = ""
    words: str = ""
    phase: str = ""
    channel: str = ""
    kind: str = ""
    ground: str = ""
    section: int | None = None
    handler: int | None = None
    bodies: QuerySet[Body] | Collection[int] | None = None
    since: date | None = None
    until: date | None = None
    kept: str = ""
    decided: int | None = None
    days: str = ""
    stand: Stand | None = None

    @property
    def day(self) -> str:
        """The day by which what is not open is listed: the one it is narrowed by.

        So a page of a year gone by is read off an index, and not looked for among all
        that came since.
        """
        if self.decided:
            return "decided"
        new = self.stand is not None and self.stand.is_new
        return "received" if self.since or self.until or new else "submitted"


_FIELDS = {
    "phase": "phase",
    "channel": "channel",
    "kind": "applicant_kind",
    "ground": "ground",
    "section": "section",
    "handler": "handler",
    "bodies": "body__in",
    "since": "received__gte",
    "until": "received__lte",
    "decided": "decided__year",
}
BANDS = {"0-5": (0, 5), "6-10": (6, 10), "11-15": (11, 15), "16-20": (16, 20),
         "21-40": (21, 40), "41-": (41, None)}  # fmt: skip
"""The bands of net working days: first and last, none where they end nowhere."""


def selected(cases: QuerySet[Case], wanted: Wanted, on: date, soon: date) -> QuerySet[Case]:
    """Return the cases that are wanted, as lists show them, in their order."""
    given = {
        lookup: getattr(wanted, name)
        for name, lookup in _FIELDS.items()
        if getattr(wanted, name) not in ("", None)
    }
    found = _in_state(cases.filter(**given), wanted.state)
    if wanted.kept:
        found = found.filter(judged(wanted.kept, on))
    if wanted.stand:
        found = standing_in(found, wanted.stand, wanted.bodies)
    if wanted.days:
        found = found.filter(answered_within(*BANDS[wanted.days]))
    for word in wanted.words.split():
        named = Q(number__icontains=word) | Q(subject__icontains=word)
        found = found.filter(named | _has_letter(word) | _had_number(word))
    if wanted.clock:
        found = _CLOCKS[wanted.clock](found, on, soon)
    if wanted.note:
        found = _NOTES[wanted.note](found, on)
    return ordered(found, wanted.state, wanted.day)


def ordered(
    cases: QuerySet[Case], state: str = OPEN, day: str = "submitted"
) -> QuerySet[Case]:
    """Return cases as lists show them: what is due first, or else the last by a day.

    An answer that went out in time waits for nothing but its arrival, and comes last.
    """
    shown = cases.select_related("body", "section", "handler").only(*SHOWN)
    if state != OPEN:
        return shown.order_by(f"-{day}", "-id")
    last = models.Case(When(answered(), then=Value(1)), default=Value(0))
    return shown.order_by(last, F("due").asc(nulls_last=True), "id")


def answered_within(first: int, last: int | None) -> Q:
    """Return what marks the cases answered within so many net working days."""
    found = Q(net_days__gte=first) & ~Q(ground="")
    return found & Q(net_days__lte=last) if last is not None else found


def asked_of(sections: Collection[int]) -> Q:
    """Return what marks the cases on which one of some sections owes an opinion."""
    owed = SectionOpinion.objects.filter(section__in=sections, answered_at=None)
    return Q(pk__in=owed.order_by().values("case"))


def urged() -> Q:
    """Return what marks the cases in which a supervisor waits for an answer."""
    return Q(pk__in=Urging.objects.filter(answered_at=None).order_by().values("case"))


def shown(ids: Sequence[int]) -> list[Case]:
    """Return the cases of a page, as lists show them, in the order of their ids."""
    found = ordered(Case.objects.filter(pk__in=ids)).in_bulk()
    return [found[pk] for pk in ids if pk in found]


def unexplained(cases: QuerySet[Case], on: date) -> QuerySet[Case]:
    """Return those that are late, or were answered late, and nobody has said why."""
    late = Q(phase__in=OPEN_PHASES, due__lt=on) & ~answered()
    late |= Q(kept=Timeliness.LATE)
    said = Explanation.objects.filter(case=OuterRef("pk"))
    return cases.filter(late).exclude(Exists(said))


def _has_letter(word: str) -> Q:
    """Return what marks the cases of which a letter bears such a number (文号)."""
    rows = Letter.objects.filter(number__icontains=word, case_id__isnull=False)
    return Q(pk__in=rows.order_by().values("case_id"))


def _had_number(word: str) -> Q:
    """Return what marks the cases that had such a number, or letter, in an old ledger."""
    known = Q(imported__old_number__icontains=word)
    known |= Q(imported__letter_number__icontains=word)
    return Q(pk__in=Case.objects.filter(known).order_by().values("pk"))


def _in_state(cases: QuerySet[Case], state: str) -> QuerySet[Case]:
    if state == EVERY:
        return cases
    is_open = Q(phase__in=OPEN_PHASES)
    return cases.filter(is_open if state == OPEN else ~is_open)


_CLOCKS: dict[str, Callable[[QuerySet[Case], date, date], QuerySet[Case]]] = {
    "today": lambda cases, on, _: soon_due(cases, on, on),
    "soon": soon_due,
    "late": lambda cases, on, _: overdue(cases, on),
    "paused": lambda cases, _, __: cases.filter(running__in=("paused", "stopped")),
    "unsettled": lambda cases, _, __: cases.filter(running="unsettled"),
}
_NOTES: dict[str, Callable[[QuerySet[Case], date], QuerySet[Case]]] = {
    "urged": lambda cases, _: cases.filter(urged()),
    "unexplained": unexplained,
    "unassigned": lambda cases, _: cases.filter(handler=None),
    "unserved": lambda cases, on: cases.filter(unserved(on)),
    "imported": lambda cases, _: cases.filter(imported__isnull=False),
}
