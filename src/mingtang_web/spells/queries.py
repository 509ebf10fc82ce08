"""Reading figures of periods: what somebody sees, and what they make of a year."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from mingtang import compiling as engine
from mingtang_web.bodies.queries import seen
from mingtang_web.spells.cells import cells_of
from mingtang_web.spells.models import Spell

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet

    from mingtang_web.bodies.models import Body
    from mingtang_web.bodies.policy import Standing

Stretches = tuple[tuple["date", "date"], ...]


class Made(NamedTuple):
    """What a cell's periods make of a year: its figure, or the days still lacking.

    ``spells`` are the periods in the order of time, those that are struck not among them.
    """

    cell: str
    label: str
    spells: tuple[Spell, ...]
    figure: engine.Figure | None
    lacking: Stretches = ()


def visible(held: Standing) -> QuerySet[Spell]:
    """Return the figures a person sees: the one authorisation predicate of all lists."""
    rows = Spell.objects.filter(body__in=seen(held))
    return rows.select_related("body", "document__published")


def of_year(body: Body, year: int) -> QuerySet[Spell]:
    """Return what a body entered for periods of a year, what is struck with it."""
    rows = Spell.objects.filter(body=body, first__year=year)
    return rows.select_related("document__published")


def made_of(body: Body, year: int) -> dict[str, Made]:
    """Return what the periods of a year make of each cell that has any: one query."""
    return made(of_year(body, year).filter(struck=False), year)


def made(rows: Iterable[Spell], year: int) -> dict[str, Made]:
    """Return what periods make of the cells of a year, in the order of the form."""
    by_cell: dict[str, list[Spell]] = defaultdict(list)
    for row in rows:
        by_cell[row.cell].append(row)
    told = engine.yearly((_spell(row) for some in by_cell.values() for row in some), year)
    figures = {each.cell: each for each in told.figures}
    return {
        cell: Made(
            cell,
            label,
            tuple(sorted(by_cell[cell], key=lambda row: row.first)),
            figures.get(cell),
            told.lacking.get(cell, ()),
        )
        for cell, label in cells_of(year).items()
        if cell in by_cell
    }


def _spell(row: Spell) -> engine.Spell:
    return engine.Spell(row.cell, row.first, row.last, row.amount, row.whence)
