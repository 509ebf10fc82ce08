"""Cases by where they stand in a year's tables, and those that stand in none of them.

What is marked here is what `mingtang_web.cases.figures` counts, so that behind a figure
there are as many cases as it says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Exists, OuterRef, Q

from mingtang.case.counting import NEW
from mingtang.case.state import Phase
from mingtang_web.cases.models import Case
from mingtang_web.counts.actions import CASE
from mingtang_web.counts.models import Counted
from mingtang_web.counts.queries import covering

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet

    from mingtang_web.bodies.models import Body

    Whose = QuerySet[Body] | Collection[int]

APART = ("entered", "unconfirmed", "unreceived", "merged", "split")
"""The registrations of a year, and those of them that do not count as new."""


class Stand(NamedTuple):
    """A figure of a year: some cells of its tables together, or one of `APART`."""

    year: int
    cells: tuple[str, ...] = ()
    apart: str = ""

    @property
    def is_new(self) -> bool:
        """Whether it counts requests of the year alone."""
        return all(cell.startswith(f"requests/{NEW}/") for cell in self.cells)


def standing_in(
    cases: QuerySet[Case], stand: Stand, bodies: Whose | None = None
) -> QuerySet[Case]:
    """Return the cases that a figure counts; those of some bodies where they are named.

    Of new requests the year is said twice, so that a page of them is read off the index
    of days, and not out of all that the cells hold.
    """
    if stand.apart:
        return _apart(cases, stand)
    rows = covering(CASE, stand.cells, stand.year)
    if bodies is not None:
        rows = rows.filter(body__in=bodies)
    found = cases.filter(pk__in=rows.values("matter"))
    return found.filter(received__year=stand.year) if stand.is_new else found


def nowhere() -> Q:
    """Return what marks a confirmed request that counts nowhere: merged, or split."""
    counts = Counted.objects.filter(
        kind=CASE, matter=OuterRef("pk"), cell__startswith="requests/"
    )
    return Q(~Exists(counts), decided__isnull=False, ground="")


def in_parts() -> Exists:
    """Return whether a case was split into others."""
    return Exists(Case.objects.filter(parent=OuterRef("pk")))


def _apart(cases: QuerySet[Case], stand: Stand) -> QuerySet[Case]:
    got = Q(received__year=stand.year)
    not_got = Q(received=None, submitted__year=stand.year)
    waits = Q(phase=Phase.SUBMITTED)
    marks = {
        "entered": got | not_got,
        "unconfirmed": not_got & waits,
        "unreceived": not_got & ~waits,
        "merged": got & nowhere() & ~Q(in_parts()),
        "split": got & nowhere() & Q(in_parts()),
    }
    return cases.filter(marks[stand.apart])
