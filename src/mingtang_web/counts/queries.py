"""Reading the tallies: a year from some hundred rows, and the matters of one cell."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Sum

from mingtang_web.counts.actions import stretch
from mingtang_web.counts.models import OPEN, Closing, Counted, Owed, Tally

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.db.models import Q, QuerySet

    from mingtang.compiling import Stretch
    from mingtang_web.bodies.models import Body


class Place(NamedTuple):
    """A cell of a body's year, which may be a total of several."""

    body: Body
    year: int
    cells: Sequence[str]


def tally_of(body: Body) -> Counter[Stretch]:
    """Return what a body's matters add up to, in all years: one query."""
    rows = Tally.objects.filter(body=body).exclude(n=0)
    found: Counter[Stretch] = Counter()
    for cell, first, last, n in rows.values_list("cell", "first", "last", "n"):
        found[stretch(cell, first, last)] = n
    return found


def summed(bodies: Q) -> list[tuple[str, int, int, int]]:
    """Return what several bodies' matters add up to together: one query.

    ``bodies`` marks rows whose ``body`` is meant. Cell, first year, last year, how many;
    nothing that adds up to 0.
    """
    rows = Tally.objects.filter(bodies).order_by().values("cell", "first", "last")
    together = rows.annotate(together=Sum("n")).exclude(together=0)
    return list(together.values_list("cell", "first", "last", "together"))


def covering(kind: str, cells: Sequence[str], year: int) -> QuerySet[Counted]:
    """Return what counts in cells of a year's tables, of one kind of matter."""
    rows = Counted.objects.filter(kind=kind, cell__in=cells)
    return rows.filter(first__lte=year, last__gte=year).order_by()


def closed(body: Body) -> dict[int, date]:
    """Return the days on which a body's reports were signed, by their year: one query."""
    return dict(Closing.objects.filter(body=body).values_list("year", "on"))


def is_owed(body: Body) -> bool:
    """Return whether a body's matters are still to be counted: its tables are not whole."""
    return Owed.objects.filter(body=body).exists()


def matters_in(place: Place, after: int, most: int) -> list[int]:
    """Return the ids of the matters that count in a cell, those after an id, in order.

    At most so many. A stretch that has ended is of one year; what ended and what goes
    on are asked apart, each from its own part of an index, so that a cell of a million
    is as quick as one of ten.
    """
    rows = Counted.objects.filter(
        body=place.body, cell__in=place.cells, matter__gt=after
    ).order_by("matter")
    found: set[int] = set()
    for each in (
        rows.filter(last=place.year),
        rows.filter(last=OPEN, first__lte=place.year),
    ):
        found.update(each.values_list("matter", flat=True).distinct()[:most])
    return sorted(found)[:most]
