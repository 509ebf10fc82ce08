"""Reading reviews and suits: what somebody sees, what is to be answered, table four."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Case as Either
from django.db.models import Sum, When

from mingtang.case.counting import COLUMNS, KINDS, Cell, cells
from mingtang.law import calendar as entered_calendar
from mingtang_web.bodies.queries import seen
from mingtang_web.cases.clocks import until
from mingtang_web.cases.rules import rulebook
from mingtang_web.counts.actions import DISPUTE
from mingtang_web.counts.queries import covering
from mingtang_web.disputes import bridge
from mingtang_web.disputes.models import Dispute, Position

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from mingtang_web.bodies.models import Body
    from mingtang_web.bodies.policy import Standing
    from mingtang_web.cases.clocks import Clock
    from mingtang_web.cases.models import Case


class Waiting(NamedTuple):
    """A review or suit that waits for the body's answer, or to be performed.

    ``clock`` is None where nothing is due, or no last day can be said: a holiday
    notice is missing, or a court has not set it (待定).
    """

    dispute: Dispute
    clock: Clock | None


class Counting(NamedTuple):
    """The disputes in a figure of table four, and what the figure is.

    More than they are, where first and second instance count each for itself.
    """

    rows: QuerySet[Dispute]
    times: int


def visible(held: Standing) -> QuerySet[Dispute]:
    """Return the disputes a person sees: the one authorisation predicate of all lists."""
    return Dispute.objects.filter(body__in=seen(held))


def open_first(rows: QuerySet[Dispute]) -> QuerySet[Dispute]:
    """Return disputes in the order of the register: what is open first, then the newest."""
    return rows.order_by(Either(When(ended=None, then=0), default=1), "-filed", "-id")


def to_answer(rows: QuerySet[Dispute]) -> QuerySet[Dispute]:
    """Return those whose answer is still to be handed in; a third party owes none."""
    rows = rows.filter(copied__isnull=False, answered=None, ended=None)
    return rows.exclude(position=Position.THIRD_PARTY)


def to_perform(rows: QuerySet[Dispute]) -> QuerySet[Dispute]:
    """Return those that are still to be performed by a day."""
    return rows.filter(perform_by__isnull=False, performed=None)


def waiting(held: Standing, on: date) -> list[Waiting]:
    """Return what is still to be answered, the most urgent first.

    One query: due days are counted anew, so that a calendar entered late tells.
    """
    rows = to_answer(visible(held)).select_related("body")
    return sorted((asked(each, on) for each in rows), key=_urgency)


def unperformed(held: Standing, on: date) -> list[Waiting]:
    """Return what is still to be performed, the most urgent first: one query."""
    rows = to_perform(visible(held)).select_related("body")
    return sorted((performing(each, on) for each in rows), key=_urgency)


def asked(dispute: Dispute, on: date) -> Waiting:
    """Return by when a review or suit is to be answered, as of a day."""
    due = dispute.due(entered_calendar())
    return Waiting(dispute, until(due, on) if due else None)


def performing(dispute: Dispute, on: date) -> Waiting:
    """Return by when a ruling is to be performed, as of a day; no day where it need not."""
    due = None if dispute.performed else dispute.perform_by
    return Waiting(dispute, until(due, on) if due else None)


def of_case(case: Case) -> QuerySet[Dispute]:
    """Return the reviews and suits over a case, the first one first."""
    return case.disputes.order_by("filed", "id")


def over_the_same(dispute: Dispute) -> QuerySet[Dispute]:
    """Return the other reviews and suits over a dispute's cases, the first one first.

    Without the review that it follows, which is told by itself.
    """
    known = [each for each in (dispute.pk, dispute.review_id) if each]
    rows = Dispute.objects.filter(cases__in=dispute.cases.all()).exclude(pk__in=known)
    return rows.order_by("filed", "id").distinct()


def table_four(body: Body, day: date) -> dict[Cell, list[str]]:
    """Return table four of ``day``'s year as it stands on a day: numbers by cell.

    Every cell is there, the empty ones too; the figure is the length, and the list
    says which disputes it is made of. Three queries.
    """
    rows = Dispute.objects.filter(body=body, filed__lte=day).order_by("filed", "id")
    numbers = dict(rows.values_list("pk", "number"))
    known = bridge.histories(numbers)
    choices = rulebook(body).choices
    found: dict[Cell, list[str]] = defaultdict(list)
    for dispute, number in numbers.items():
        for cell in cells(known[dispute], day, choices):
            found[cell].append(number)
    return {
        Cell(kind, column): found[Cell(kind, column)]
        for kind in KINDS
        for column in COLUMNS
    }


def counting_in(rows: QuerySet[Dispute], cells: Sequence[str], year: int) -> Counting:
    """Return the disputes that count in cells of a year's table four, and how often."""
    found = covering(DISPUTE, cells, year).filter(matter__in=rows.order_by().values("pk"))
    times = found.aggregate(times=Sum("n"))["times"] or 0
    return Counting(rows.filter(pk__in=found.values("matter")), times)


def years(held: Standing) -> list[int]:
    """Return the years in which disputes that a person sees were filed, newest first."""
    days = visible(held).order_by().dates("filed", "year", order="DESC")
    return [day.year for day in days]


def _urgency(waits: Waiting) -> tuple[date, int]:
    due = waits.clock.due if waits.clock else None
    return due or date.max, waits.dispute.pk
