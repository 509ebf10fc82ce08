"""A report on the screen: pieces in printed order, and what is found beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.urls import reverse

from mingtang.compiling.tables import totals
from mingtang.form.loading import edition_for
from mingtang.manuscript import Drawn, Words
from mingtang.report import State
from mingtang.writing.manuscript import manuscript
from mingtang_web.annual.compiling import draft, frozen
from mingtang_web.annual.faults import NEVER_LEFT
from mingtang_web.annual.naming import label_in
from mingtang_web.annual.queries import is_counted
from mingtang_web.annual.readiness import lacking, section_names, unready
from mingtang_web.annual.remarks import remarks_in
from mingtang_web.annual.yearly import entered, periods_of
from mingtang_web.files.actions import content

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import date

    from mingtang.finding import Finding
    from mingtang.manuscript import Square
    from mingtang.report import Report
    from mingtang_web.annual.compiling import Draft
    from mingtang_web.annual.models import Annual, Figure
    from mingtang_web.annual.remarks import Remarks
    from mingtang_web.annual.yearly import Period


NARROW = 6
"""Columns of a table that a phone shows without scrolling."""


class Box(NamedTuple):
    """A square of a printed table; ``address`` is where its figure opens."""

    square: Square
    anchor: str = ""
    address: str = ""
    marks: tuple[str, ...] = ()

    @property
    def field(self) -> str:
        """The id of the field in which its figure is entered by hand."""
        return f"id_{self.square.cell or ''}"

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
    """A finding as it stands beside the paper: where it leads, whether it is waived.

    ``may_be_left`` says whether a reason could take the place of mending it, and
    ``is_kept`` whether the words it is of are kept already: no reason stands for others.
    """

    finding: Finding
    anchor: str
    section: int | None
    waived: bool
    may_be_left: bool
    is_kept: bool = True

    @property
    def weight(self) -> str:
        """The name of its weight, which sets its colour."""
        return str(self.finding.weight)


class Gap(NamedTuple):
    """A place that is still to be filled in, and the section it stands in."""

    text: str
    section: int | None


class Source(NamedTuple):
    """Where a figure entered by hand comes from: its cell's words, and who answers."""

    anchor: str
    label: str
    row: Figure


class Sheet(NamedTuple):
    """A report on the screen; ``draft`` is None where it is what was signed.

    ``lacking`` is what it lacks to be sent, or in review to be signed; ``moved`` the
    names of the sections whose words were written of other figures; ``remarks`` what
    goes with a signed one.
    """

    report: Report
    pieces: tuple[Piece, ...]
    findings: tuple[Beside, ...] = ()
    gaps: tuple[Gap, ...] = ()
    draft: Draft | None = None
    lacking: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    remarks: Remarks | None = None


def sheet(annual: Annual, on: date, typed: dict[int, str] | None = None) -> Sheet:
    """Return a report as the screen shows it: as it was signed, or as it now stands.

    Raises `CompileError` and `AlteredFileError`.
    """
    if annual.is_settled:
        report = frozen(annual)
        marks = _marks(annual, periods_of(annual))
        pieces = tuple(_pieces(annual, report, marks, ()))
        assert annual.snapshot is not None  # noqa: S101 - it was signed
        return Sheet(report, pieces, remarks=remarks_in(content(annual.snapshot)))
    made = draft(annual, on, typed)
    marks = _marks(annual, made.periods)
    faulty = {cell for each in made.blocking for cell in each.cells}
    found = tuple(_beside(made, each) for each in made.findings)
    gaps = tuple(Gap(gap, _section_of(made.report, number)) for number, gap in made.gaps)
    pieces = tuple(_pieces(annual, made.report, marks, faulty))
    lacks = lacking if annual.is_written else unready
    names = section_names(made.report)
    moved = tuple(names[number] for number in made.moved)
    return Sheet(made.report, pieces, found, gaps, made, tuple(lacks(annual, made)), moved)


def sources(annual: Annual) -> list[Source]:
    """Return the figures entered by hand in the form's order, for whoever reads: one query.

    They are read as long as the report is there: in review, signed, published.
    """
    held = entered(annual)
    known = edition_for(annual.year).cell_ids()
    return [
        Source(source_anchor(cell), label_in(annual, cell), held[cell])
        for cell in known
        if cell in held
    ]


def source_anchor(cell: str) -> str:
    """Return the name under which a page leads to where a figure comes from."""
    return f"source-{cell.replace('/', '-')}"


def anchor_of(cell: str) -> str:
    """Return the name under which a page leads to a cell."""
    return f"cell-{cell.replace('/', '-')}"


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
    opens = told and ("spelled" in shown or is_counted(cell, annual))
    address = reverse("annual_cell", args=[annual.pk, cell]) if opens else ""
    if "entered" in shown:
        address = f"#{source_anchor(cell)}"
    return Box(square, anchor_of(cell), address, shown)


def _marks(annual: Annual, periods: Mapping[str, Period]) -> dict[str, tuple[str, ...]]:
    """Return which cells were adjusted, entered by hand, or added up from periods.

    Totals are adjusted with their parts.
    """
    adjusted = {row.cell for row in annual.adjustments.all() if row.counts}
    sums = totals(edition_for(annual.year).id)
    adjusted |= {cell for cell, parts in sums.items() if adjusted.intersection(parts)}
    held = entered(annual)
    spelled = {cell for cell, row in periods.items() if row.counts}
    names = {"adjusted": adjusted, "entered": held.keys(), "spelled": spelled}
    return {
        cell: tuple(name for name, cells in names.items() if cell in cells)
        for cell in adjusted | held.keys() | spelled
    }


def _beside(made: Draft, finding: Finding) -> Beside:
    numbers = [each.paragraph for each in finding.places if each.paragraph]
    stands = [_section_of(made.report, number) for number in numbers]
    section = next((each for each in stands if each is not None), None)
    anchor = anchor_of(finding.cells[0]) if finding.cells else ""
    may_be_left = finding.rule.code not in NEVER_LEFT
    waived, kept = made.is_waived(finding), section not in made.unkept
    return Beside(finding, anchor, section, waived, may_be_left, kept)


def _section_of(report: Report, number: int) -> int | None:
    """Return the section in which a paragraph stands, 0 for the preface."""
    if any(each.number == number for each in report.preface):
        return 0
    for part in report.sections:
        inside = {each.number for each in part.paragraphs} | {part.place.paragraph}
        if number in inside:
            return part.number
    return None
