"""What a case gives cause to tell on a day; the moment of the day plays no part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.case.awaiting import deadlines
from mingtang.case.deadlines import Timeliness, days_left, timeliness
from mingtang.case.replaying import replay
from mingtang.law.calendar import UncoveredYearError
from mingtang_web.bodies.models import Role
from mingtang_web.notices.models import Kind
from mingtang_web.notices.wanting import Wanted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mingtang.case.awaiting import Deadline
    from mingtang.case.events import Event
    from mingtang.case.rulebook import Rulebook
    from mingtang_web.cases.models import Case

AHEAD = {Kind.ANSWER: (5, 3, 1, 0), Kind.ASK_CORRECTION: (2, 0)}
"""How many working days before its last day each of the body's own terms is told."""
LAPSING = (Kind.OPINION, Kind.CORRECTION, Kind.REASON, Kind.PAYMENT)
"""Others' terms, told the day after they ran out."""
WEEKEND = 5


def wanted_of(
    case: Case, history: tuple[Event, ...], on: date, rules: Rulebook
) -> Iterator[Wanted]:
    """Yield what a case gives cause to tell on a day.

    Raises `ImpossibleHistoryError` and `UncoveredDayError` where its history cannot
    be counted.
    """
    made = replay(history)
    kept = timeliness(made, on, rules)
    told = Wanted(Kind.ANSWER, case.body_id, on, (Role.HANDLER,), case.pk, case.handler_id)
    if kept is Timeliness.OVERDUE and is_working(on, rules):
        yield told._replace(kind=Kind.OVERDUE, roles=(Role.HANDLER, Role.APPROVER))
    for deadline in deadlines(made, rules):
        if deadline.kind != Kind.ANSWER or kept is Timeliness.OPEN:
            yield from _of(deadline, told, rules)


def step(left: int, steps: tuple[int, ...]) -> int | None:
    """Return which reminder is due when some working days are left, None where none is.

    A reminder missed, because nothing ran that day, is made up for by the next.

    >>> [step(left, (5, 3, 1, 0)) for left in (6, 5, 4, 1, 0, -1)]
    [None, 5, 5, 1, 0, None]
    """
    return min((each for each in steps if each >= left >= 0), default=None)


def is_working(on: date, rules: Rulebook) -> bool:
    """Return whether people are at work; a year without its notice has weekdays only."""
    try:
        return rules.calendar.is_working(on)
    except UncoveredYearError:
        return on.weekday() < WEEKEND


def _of(deadline: Deadline, told: Wanted, rules: Rulebook) -> Iterator[Wanted]:
    kind, on = Kind(deadline.kind), told.day
    if kind is Kind.CONFIRMATION:
        if on == deadline.day or is_working(on, rules):
            yield told._replace(kind=kind, roles=(Role.HANDLER, Role.CLERK))
    elif deadline.day is None:
        return
    elif kind in AHEAD:
        due = step(_left(deadline.day, on, rules), AHEAD[kind])
        if due is not None:
            yield told._replace(kind=kind, day=deadline.day, about=str(due))
    elif kind in LAPSING and on > deadline.day:
        yield told._replace(kind=kind, day=deadline.day)


def _left(due: date, on: date, rules: Rulebook) -> int:
    """Return the working days left; where a year has no notice yet, the days left."""
    try:
        return days_left(due, on, rules)
    except UncoveredYearError:
        return (due - on).days
