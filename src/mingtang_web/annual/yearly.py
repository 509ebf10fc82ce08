"""Figures of periods in a report: what they make of the year, beside what was typed.

A figure that somebody typed into the report stands before what the periods add up to,
and is never replaced silently; where the two differ, both are told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mingtang_web.annual.models import Annual, Figure
from mingtang_web.figures import exact
from mingtang_web.spells.queries import Made, made_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mingtang import compiling as engine


class Period(NamedTuple):
    """A cell for which periods were entered, and what was typed into the report.

    ``made`` is what the periods make of it.
    """

    made: Made
    typed: Figure | None = None

    @property
    def counts(self) -> bool:
        """Whether the report takes the cell from its periods."""
        return self.made.figure is not None and self.typed is None

    @property
    def differs(self) -> bool:
        """Whether the typed figure is another than the periods add up to."""
        found, typed = self.made.figure, self.typed
        return bool(found and typed and exact(typed.value) != found.value)


def entered(annual: Annual) -> dict[str, Figure]:
    """Return the figures typed into a report that count, by their cells: one query."""
    last = {row.cell: row for row in annual.figures.select_related("by").order_by("id")}
    return {cell: row for cell, row in last.items() if row.value}


def periods_of(
    annual: Annual, typed: Mapping[str, Figure] | None = None
) -> dict[str, Period]:
    """Return the cells of a report for which periods were entered: two queries.

    ``typed`` spares asking for the typed figures again.
    """
    held = entered(annual) if typed is None else typed
    found = made_of(annual.body, annual.year)
    return {cell: Period(made, held.get(cell)) for cell, made in found.items()}


def compiled(annual: Annual, typed: Mapping[str, Figure]) -> Iterator[engine.Figure]:
    """Yield the figures that a report takes from periods."""
    for each in periods_of(annual, typed).values():
        if each.counts and each.made.figure:
            yield each.made.figure
