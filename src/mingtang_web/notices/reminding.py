"""What a case gives cause to tell on a day; the moment of the day plays no part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.case.awaiting import deadlines, fee_unserved_since, unserved
from mingtang.case.deadlines import Timeliness, days_left
from mingtang.case.judging import round_timeliness
from mingtang.case.replaying import replay
from mingtang.law.calendar import UncoveredYearError
from mingtang_web.bodies.models import Role
from mingtang_web.notices.leading import LONGEST
from mingtang_web.notices.models import Kind
from mingtang_web.notices.wanting import Wanted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mingtang.case.awaiting import Deadline
    from mingtang.case.events import Event
    from mingtang.case.rulebook import Rulebook
    from mingtang_web.cases.models import Case

AHEAD = (Kind.ANSWER, Kind.ASK_CORRECTION)
"""The body's own terms, told before their last day."""
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
    kept = round_timeliness(made, on, rules)
    told = Wanted(Kind.ANSWER, case.body_id, on, (Role.HANDLER,), case.pk, case.handler_id)
    if kept is Timeliness.OVERDUE and is_working(on, rules):
        yield told._replace(kind=Kind.OVERDUE, roles=(Role.HANDLER, Role.APPROVER))
    watching = (Role.HANDLER, Role.APPROVER, Role.SUPERVISOR)
    for opinion in unserved(made, on, rules):
        yield told._replace(kind=Kind.UNSERVED, roles=watching, day=opinion.sent)
    notified = fee_unserved_since(made, on, rules)
    if notified:
        yield told._replace(kind=Kind.UNSERVED, roles=watching, day=notified)
    for deadline in deadlines(made, rules):
        if deadline.kind != Kind.ANSWER or kept is Timeliness.OPEN:
            yield from _of(deadline, told, rules)


def of_term(
    told: Wanted, late: Kind | None, due: date, on: date, rules: Rulebook
) -> Iterator[Wanted]:
    """Yield what a term gives cause to tell: that it ends soon, or each day that it is out.

    ``told`` is what is told ahead; ``late`` of which kind that is which is told after,
    none where somebody else tells it.
    """
    if on > due:
        if late and is_working(on, rules):
            yield told._replace(kind=late, day=on)
    elif (left := _left(due, on, rules)) <= LONGEST:
        yield told._replace(day=due, left=left)


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
        yield from of_term(told._replace(kind=kind), None, deadline.day, on, rules)
    elif kind in LAPSING and on > deadline.day:
        yield told._replace(kind=kind, day=deadline.day)


def _left(due: date, on: date, rules: Rulebook) -> int:
    """Return the working days left; where a year has no notice yet, the days left."""
    try:
        return days_left(due, on, rules)
    except UncoveredYearError:
        return (due - on).days
