"""A report as one sequence of words and tables, in the order the form prints it.

Every format writes the same manuscript; only the ink differs. What a report
lacks is left out and never put in: a missing line has no row, a blank cell
stays blank, a heading is as it was printed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.manuscript import (
    DAY,
    HEADING,
    SIGNER,
    TEXT,
    TITLE,
    Drawn,
    Manuscript,
    Square,
    Words,
)
from mingtang.report import State
from mingtang.text import UNREADABLE, parse_figure
from mingtang.writing.layout import panels
from mingtang.writing.parts import parts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mingtang.form.edition import Block, Table
    from mingtang.manuscript import Piece
    from mingtang.report import Fact, Report
    from mingtang.writing.layout import Box, Panel
    from mingtang.writing.parts import Part


def manuscript(report: Report) -> Manuscript:
    """Return the report's words and tables in printed order."""
    pieces = tuple(_pieces(report))
    return Manuscript(report.title or "", report.body or "", report.signed_on, pieces)


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
