"""A report on the screen: pieces in printed order, and what is found beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from mingtang.compiling import gaps_in
from mingtang.compiling.tables import totals
from mingtang.form.loading import edition_for
from mingtang.manuscript import Drawn, Words
from mingtang.report import State
from mingtang.writing.manuscript import manuscript
from mingtang_web.annual.compiling import draft, entered, frozen
from mingtang_web.annual.queries import is_counted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from mingtang.finding import Finding
    from mingtang.form.edition import Edition
    from mingtang.manuscript import Square
    from mingtang.report import Report
    from mingtang_web.annual.compiling import Draft
    from mingtang_web.annual.models import Annual


NARROW = 6
"""Columns of a table that a phone shows without scrolling."""


class Box(NamedTuple):
    """A square of a printed table; ``address`` is where its figure opens."""

    square: Square
    anchor: str = ""
    address: str = ""
    marks: tuple[str, ...] = ()

    @property
    def is_head(self) -> bool:
        """Whether it is a head or a label."""
        return self.square.kind != "figure" and bool(self.square.scope)


class Piece(NamedTuple):
    """A line of words with its role, or a table of boxes."""

    role: str
    text: str
    rows: tuple[tuple[Box, ...], ...] = ()
    is_wide: bool = False


class Beside(NamedTuple):
    """A finding as it stands beside the paper: where it leads, whether it is waived."""

    finding: Finding
    anchor: str
    section: int | None
    waived: bool

    @property
    def weight(self) -> str:
        """The name of its weight, which sets its colour."""
        return str(self.finding.weight)


class Gap(NamedTuple):
    """A place that is still to be filled in, and the section it stands in."""

    text: str
    section: int | None


class Sheet(NamedTuple):
    """A report on the screen; ``draft`` is None where it is what was signed."""

    report: Report
    pieces: tuple[Piece, ...]
    findings: tuple[Beside, ...] = ()
    gaps: tuple[Gap, ...] = ()
    draft: Draft | None = None


def sheet(annual: Annual, on: date, typed: dict[int, str] | None = None) -> Sheet:
    """Return a report as the screen shows it: as it was signed, or as it now stands.

    Raises `CompileError` and `AlteredFileError`.
    """
    marks = _marks(annual)
    if annual.is_settled:
        report = frozen(annual)
        return Sheet(report, tuple(_pieces(annual, report, marks, ())))
    made = draft(annual, on, typed)
    faulty = {cell for each in made.blocking for cell in each.cells}
    found = tuple(_beside(made, each) for each in made.findings)
    gaps = tuple(
        Gap(gap, _section_of(made.report, each.number))
        for each in made.gaps
        for gap in gaps_in(each.text)
    )
    pieces = tuple(_pieces(annual, made.report, marks, faulty))
    return Sheet(made.report, pieces, found, gaps, made)


def anchor_of(cell: str) -> str:
    """Return the name under which a page leads to a cell."""
    return f"cell-{cell.replace('/', '-')}"


def label_of(edition: Edition, cell: str) -> str:
    """Return a cell's line and column as printed."""
    line, column = edition.labels(cell)
    return f"{line.full_label} · {column.label}"


def label_in(annual: Annual, cell: str) -> str:
    """Return what a cell is called in the form of a report's year."""
    return label_of(edition_for(annual.year), cell)


def _pieces(
    annual: Annual,
    report: Report,
    marks: dict[str, tuple[str, ...]],
    faulty: Collection[str],
) -> Iterator[Piece]:
    for piece in manuscript(report).pieces:
        if isinstance(piece, Words):
            yield Piece(piece.role, piece.text)
        elif isinstance(piece, Drawn):
            rows = tuple(
                tuple(_box(annual, report, square, marks, faulty) for square in row)
                for row in piece.rows
            )
            yield Piece("table", piece.title, rows, piece.width > NARROW)


def _box(
    annual: Annual,
    report: Report,
    square: Square,
    marks: dict[str, tuple[str, ...]],
    faulty: Collection[str],
) -> Box:
    cell = square.cell
    if not cell:
        return Box(square)
    shown = marks.get(cell, ())
    if cell in faulty:
        shown = ("faulty", *shown)
    fact = report.facts[cell]
    # A nought opens nothing but the form of an adjustment: no stop for the keyboard.
    told = fact.state is State.NUMBER and (fact.value or annual.is_written)
    opens = told and is_counted(cell, annual.year)
    address = reverse("annual_cell", args=[annual.pk, cell]) if opens else ""
    return Box(square, anchor_of(cell), address, shown)


def _marks(annual: Annual) -> dict[str, tuple[str, ...]]:
    """Return which cells were adjusted, totals with their parts, or entered by hand."""
    adjusted = {row.cell for row in annual.adjustments.all() if row.counts}
    sums = totals(edition_for(annual.year).id)
    adjusted |= {cell for cell, parts in sums.items() if adjusted.intersection(parts)}
    by_hand = entered(annual).keys()
    names = {"adjusted": adjusted, "entered": by_hand}
    return {
        cell: tuple(name for name, cells in names.items() if cell in cells)
        for cell in adjusted | by_hand
    }


def _beside(made: Draft, finding: Finding) -> Beside:
    numbers = [each.paragraph for each in finding.places if each.paragraph]
    stands = [_section_of(made.report, number) for number in numbers]
    section = next((each for each in stands if each is not None), None)
    anchor = anchor_of(finding.cells[0]) if finding.cells else ""
    return Beside(finding, anchor, section, finding.fingerprint in made.waived)


def _section_of(report: Report, number: int) -> int | None:
    """Return the section in which a paragraph stands, 0 for the preface."""
    if any(each.number == number for each in report.preface):
        return 0
    for part in report.sections:
        inside = {each.number for each in part.paragraphs} | {part.place.paragraph}
        if number in inside:
            return part.number
    return None


def section_names(report: Report) -> dict[int, str]:
    """Return what the preface and the sections are called."""
    names = {part.number: part.heading for part in report.sections if part.number}
    return {0: _("引言")} | names
