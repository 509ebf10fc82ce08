"""A report as one sequence of words and tables, in the order the form prints it.

Every format writes the same manuscript; only the ink differs. What a report
lacks is left out and never put in: a missing line has no row, a blank cell
stays blank, a heading is as it was printed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mingtang.report import State
from mingtang.text import UNREADABLE, parse_figure
from mingtang.writing.layout import panels
from mingtang.writing.parts import parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from mingtang.form.edition import Block, Table
    from mingtang.report import Fact, Report
    from mingtang.writing.layout import Box, Panel
    from mingtang.writing.parts import Part

TITLE, TEXT, HEADING, SIGNER, DAY = "title", "text", "heading", "signer", "day"


class Words(NamedTuple):
    """A line or paragraph: its role (title, text, heading, signer, day), its text."""

    role: str
    text: str


class Square(NamedTuple):
    """One cell of a drawn table: its text and the squares it covers.

    `kind` is ``corner``, ``head``, ``label``, ``caption`` or ``figure``; `cell`
    the id of a figure; `scope` the HTML scope of a head or label; `upright`
    says that the form prints it in a narrow column.
    """

    kind: str
    text: str
    rows: int = 1
    columns: int = 1
    cell: str = ""
    scope: str = ""
    upright: bool = False


class Drawn(NamedTuple):
    """A table as printed: its id, title and width, its rows, how many of them are heads."""

    table: str
    title: str
    width: int
    rows: tuple[tuple[Square, ...], ...]
    heads: int = 0

    def grid(self) -> list[list[Square | None]]:
        """Return the squares at their upper left places, None where covered."""
        placed: list[list[Square | None]] = [[None] * self.width for _ in self.rows]
        taken: set[tuple[int, int]] = set()
        for number, row in enumerate(self.rows):
            column = 0
            for square in row:
                while (number, column) in taken:
                    column += 1
                placed[number][column] = square
                taken |= {
                    (number + down, column + along)
                    for down in range(square.rows)
                    for along in range(square.columns)
                }
                column += square.columns
        return placed

    def filled(self) -> list[list[str]]:
        """Return the texts with a merged cell's repeated in each of its squares."""
        texts = [[""] * self.width for _ in self.rows]
        for number, row in enumerate(self.grid()):
            for column, square in enumerate(row):
                if square is None:
                    continue
                for down in range(square.rows):
                    for along in range(square.columns):
                        texts[number + down][column + along] = square.text
        return texts


Piece = Words | Drawn


def manuscript(report: Report) -> tuple[Piece, ...]:
    """Return the report's words and tables in printed order."""
    return tuple(_pieces(report))


class Placed(NamedTuple):
    """A piece with what its place among the others asks of it.

    It `keeps` on one page with what follows where that signs the report; it is
    the `first` line that signs; a table stands `below` it.
    """

    piece: Piece
    keeps: bool
    first: bool
    below: bool


def placed(pieces: Sequence[Piece]) -> Iterator[Placed]:
    """Yield pieces in order with what their places ask of them."""
    signed = False
    for piece, after in zip(pieces, (*pieces[1:], None), strict=True):
        signs = _signs(piece)
        table = isinstance(after, Drawn)
        yield Placed(piece, _signs(after), signs and not signed, table)
        signed = signed or signs


def _signs(piece: Piece | None) -> bool:
    return isinstance(piece, Words) and piece.role in (SIGNER, DAY)


def _pieces(report: Report) -> Iterator[Piece]:
    if report.title:
        yield Words(TITLE, report.title)
    signature = _Signature(report)
    for part in parts(report):
        if part.missing is None or part.tables:
            yield from _part(report, part, signature)
    yield from signature.left()


class _Signature:
    """The lines that sign a report, each written once, at the end where not before."""

    def __init__(self, report: Report) -> None:
        signed = report.signature
        self.words = {block.number: block.text for block in report.paragraphs}
        self.roles: dict[int, str] = {}
        self.loose: list[Words] = []
        day = "" if signed.day is None else _said(signed.day)
        for role, place, text in (
            (SIGNER, signed.body_place, signed.body or ""),
            (DAY, signed.day_place, signed.misdated or day),
        ):
            if place is not None and place.paragraph in self.words:
                self.roles[place.paragraph] = role
            elif text:
                self.loose.append(Words(role, text))

    def role(self, number: int) -> str:
        """Return the role of a paragraph that is written now."""
        return self.roles.pop(number, TEXT)

    def left(self) -> Iterator[Words]:
        """Yield what no part of the report held."""
        for number in sorted(self.roles):
            yield Words(self.roles[number], self.words[number])
        yield from self.loose


def _said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _part(report: Report, part: Part, signature: _Signature) -> Iterator[Piece]:
    if part.heading is not None:
        yield Words(HEADING, part.heading)
    for paragraph in part.paragraphs:
        yield Words(signature.role(paragraph.number), paragraph.text)
    for table in part.tables:
        present = _present(report, table)
        if present is not None:
            yield drawn(present, report)


def _present(report: Report, table: Table) -> Table | None:
    """Return a table with the lines and columns that the report has, None if none."""
    blocks = tuple(
        left for block in table.blocks if (left := _left(report, table, block)) is not None
    )
    return table._replace(blocks=blocks) if blocks else None


def _left(report: Report, table: Table, block: Block) -> Block | None:
    def there(line: str, column: str) -> bool:
        fact = report.facts.get(f"{table.id}/{line}/{column}")
        return fact is not None and fact.state is not State.ABSENT

    lines = tuple(
        line
        for line in block.lines
        if any(there(line.id, column.id) for column in block.columns)
    )
    columns = tuple(
        column
        for column in block.columns
        if any(there(line.id, column.id) for line in lines)
    )
    return block._replace(lines=lines, columns=columns) if lines else None


def drawn(table: Table, report: Report) -> Drawn:
    """Return a table of the form with the report's figures in it."""
    made = panels(table)
    width = max(len(panel.tracks) for panel in made)
    rows: list[tuple[Square, ...]] = []
    several = any(block.caption for block in table.blocks)
    for panel in made:
        if several:
            rows.append((Square("caption", panel.caption, 1, width, "", "colgroup"),))
        rows += _rows(panel, report, width)
    heads = 0 if several else len(made[0].head)
    return Drawn(table.id, table.title, width, tuple(rows), heads)


def _rows(panel: Panel, report: Report, width: int) -> Iterator[tuple[Square, ...]]:
    spare = width - len(panel.tracks)
    for row in (*panel.head, *panel.body):
        squares = [_square(box, report) for box in row]
        if spare:
            last = squares[-1]
            squares[-1] = last._replace(columns=last.columns + spare)
        yield tuple(squares)


def _square(box: Box, report: Report) -> Square:
    text = box.text
    if box.kind == "figure":
        text = _printed(report.facts.get(box.cell))
    return Square(
        box.kind, text, box.rows, box.columns, box.cell, box.scope, upright=box.upright
    )


def _printed(fact: Fact | None) -> str:
    """Return a cell's text as printed; what was never printed has none.

    What could not be placed never reads as this cell's figure, though its text
    may be one: it is written with the words that it was not read.
    """
    if fact is None:
        return ""
    if fact.state is State.UNREADABLE and parse_figure(fact.raw) != UNREADABLE:
        return f"[读不出：{fact.raw}]"
    return fact.raw
