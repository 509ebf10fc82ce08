"""Tables whose merged cells were written out into every square, merged again.

Spreadsheet exports and some converters repeat a merged cell's text in each
square it covers. No table of the form prints one label twice side by side, so
a document that does is taken to hold such tables. Figures are only merged
where one merged header stands above squares that all show the same.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from mingtang.document import Document, Grid, Square
from mingtang.reading.vocabulary import Kind, sense

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FEW = 3
"""So many rows with a line label written twice side by side show that it is filled."""
_BARE = (Kind.FIGURE, Kind.BLANK)


def remerged(document: Document) -> Document:
    """Return the document with filled tables as tables of merged cells."""
    if not any(map(is_filled, document.grids())):
        return document
    blocks = tuple(
        _Merging(block).grid() if isinstance(block, Grid) and _is_plain(block) else block
        for block in document.blocks
    )
    return document._replace(blocks=blocks)


def is_filled(grid: Grid) -> bool:
    """Return whether merged cells of a table are repeated in every square.

    Its rows are then equally long, no cell is merged, and line labels stand
    twice side by side.
    """
    return _is_plain(grid) and sum(map(_repeats, grid.texts)) >= FEW


def _is_plain(grid: Grid) -> bool:
    """Return whether a table's rows are equally long and none of its cells merged."""
    if grid.flow or len({len(row) for row in grid.texts}) != 1:
        return False
    return all(
        square.rowspan == square.colspan == 1 for row in grid.squares for square in row
    )


def _repeats(row: Sequence[str]) -> bool:
    return any(
        text == following and text.strip() and sense(text).kind is Kind.LINE
        for text, following in pairwise(row)
    )


class _Merging:
    """Walks a filled table, remembering what is covered and the headers above."""

    def __init__(self, grid: Grid) -> None:
        self.given = grid
        self.covered: set[tuple[int, int]] = set()
        self.headers: dict[int, int] = {}

    def grid(self) -> Grid:
        """Return the grid with every block of one label as one cell."""
        squares = [tuple(self._squares(number)) for number in range(len(self.given.texts))]
        texts = [
            tuple(row[square.column] for square in made)
            for row, made in zip(self.given.texts, squares, strict=True)
        ]
        return Grid(tuple(texts), tuple(squares), self.given.number, spans=True)

    def _squares(self, number: int) -> Iterator[Square]:
        """Yield the squares of the cells that begin in a row, marking what they cover."""
        row = self.given.texts[number]
        column = 0
        while column < len(row):
            if (number, column) in self.covered:
                column += 1
                continue
            across, down = self._size(number, column)
            self.covered |= {
                (line, at)
                for line in range(number, number + down)
                for at in range(column, column + across)
            }
            yield Square(column, down, across)
            column += across

    def _size(self, number: int, column: int) -> tuple[int, int]:
        """Return how many squares the cell that begins there covers, across and down."""
        row = self.given.texts[number]
        across = 1
        while (
            column + across < len(row)
            and row[column + across] == row[column]
            and (number, column + across) not in self.covered
        ):
            across += 1
        kind = sense(row[column]).kind
        if kind in _BARE:
            header = self.headers.get(column, 1)
            return (header if header <= across else 1), 1
        if kind is Kind.COLUMN:
            self.headers |= dict.fromkeys(range(column, column + across), 1)
            self.headers[column] = across
        block = row[column : column + across]
        below = self.given.texts[number + 1 :]
        down = next(
            (
                at
                for at, each in enumerate(below)
                if each[column : column + across] != block
            ),
            len(below),
        )
        return across, down + 1
