"""On which lines of a flattened text its paragraphs and cells stand.

People open such a file in an editor, which counts lines; our own counts of
paragraphs and cells mean nothing to them. The reader drops page numbers and
marks of tables, so the blocks are found again one after the other in the text.
A line is told only where it is sure; better none than the wrong one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from mingtang.document import FILL, Grid

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mingtang.place import Place
    from mingtang.report import Report
    from mingtang.writing.sheet import Sheet

Square = tuple[int, int, int]
SURE = 8
"""A text so long is found again wherever it stands; a shorter one only in its turn."""
MOST_DROPPED, FARTHEST = 24, 20_000
"""So many characters at most are passed by before a short text, and a long one."""

_DROPPED = re.compile(rf"[\s|*#\u200b-\u200f\u2060\ufeff\u00ad{FILL}]")
_BETWEEN = re.compile(r"[-—–－:第页共/\d]*")


class Lines(NamedTuple):
    """The lines of paragraphs by number, and of squares by table, row and column."""

    paragraphs: Mapping[int, int]
    squares: Mapping[Square, int]

    def of(self, place: Place) -> int | None:
        """Return the line a place stands on, from 1, or None where it is not sure."""
        if place.paragraph is not None:
            return self.paragraphs.get(place.paragraph)
        square = (place.table or 0, place.row or 0, place.column or 0)
        return self.squares.get(square)

    def near(self, place: Place) -> int | None:
        """Return the line of the nearest square before it in its row, or None."""
        row = (place.table, place.row)
        before = [
            (column, line)
            for (*where, column), line in self.squares.items()
            if tuple(where) == row and column <= (place.column or 0)
        ]
        return max(before)[1] if before else None


def lines(sheet: Sheet) -> Lines:
    """Return the lines of a sheet; empty where the file is not flattened text."""
    paragraphs: dict[int, int] = {}
    squares: dict[Square, int] = {}
    if not sheet.text:
        return Lines(paragraphs, squares)
    finder = _Finder(sheet.text)
    for block in sheet.document.blocks:
        if isinstance(block, Grid):
            cells = [cell.text for row in block.rows for cell in row]
            found = [finder.line(text) for text in cells]
            squares |= _squares(block, sheet.report, cells, found)
        else:
            line = finder.line(block.text)
            if line is not None:
                paragraphs[block.number] = line
    return Lines(paragraphs, squares)


class _Finder:
    """Finds texts again, one after the other."""

    def __init__(self, text: str) -> None:
        self.starts: list[int] = []
        pieces, length = [], 0
        for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
            self.starts.append(length)
            piece = _DROPPED.sub("", line)
            pieces.append(piece)
            length += len(piece)
        self.text = "".join(pieces)
        self.at = 0

    def line(self, text: str) -> int | None:
        """Return the line a text begins on, and go on behind it."""
        key = _DROPPED.sub("", text)
        short = len(key) < SURE
        end = self.at + (MOST_DROPPED if short else FARTHEST) + len(key)
        found = self.text.find(key, self.at, end) if key else -1
        if found < 0:
            return None
        if short and not _BETWEEN.fullmatch(self.text[self.at : found]):
            return None
        self.at = found + len(key)
        return bisect_right(self.starts, found)


def _squares(
    grid: Grid, report: Report, cells: Sequence[str], found: Sequence[int | None]
) -> dict[Square, int]:
    """Return the lines of a grid's squares, as the places of a report count them."""
    if grid.flow:
        numbered = _in_flow(grid.number, report, cells)
    else:
        numbered = [(cell.row + 1, cell.column + 1) for row in grid.rows for cell in row]
    made: dict[Square, int] = {}
    for where, line in zip(numbered, found, strict=True):
        if where is not None and line is not None:
            made[grid.number, *where] = line
    return made


def _in_flow(
    table: int, report: Report, cells: Sequence[str]
) -> Sequence[tuple[int, int] | None]:
    """Return row and column of cells whose rows are not marked, None where unknown.

    Where each row begins is told by what the report has of it, label and figures.
    """
    numbered: list[tuple[int, int] | None] = [None] * len(cells)
    plain = [cell.strip() for cell in cells]
    at = 0
    for row, known in _known(table, report):
        last = max(known)
        fits = (
            start
            for start in range(at, len(plain) - last + 1)
            if all(plain[start + column - 1] == text for column, text in known.items())
        )
        start = next(fits, None)
        if start is None:
            continue
        for column in range(1, last + 1):
            numbered[start + column - 1] = (row, column)
        at = start + last
    return numbered


def _known(table: int, report: Report) -> Iterator[tuple[int, dict[int, str]]]:
    """Yield the rows of a table with the text of their columns, as far as known."""
    texts = [(fact.place, fact.raw) for fact in report.facts.values()]
    texts += [(label.place, label.printed) for label in report.labels]
    here = sorted(
        (place.row, place.column, text.strip())
        for place, text in texts
        if place and place.table == table and place.row and place.column
    )
    for row, group in groupby(here, key=lambda one: one[0]):
        known = {column: text for _, column, text in group}
        if any(len(text) >= SURE for text in known.values()) or len(known) > SURE // 2:
            yield row, known
