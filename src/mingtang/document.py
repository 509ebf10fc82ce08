"""The neutral page: text blocks and grids in reading order, with places.

Every reader gives this, every writer takes it. A document says what stands
where; it does not know what a report is.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from mingtang.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


FILL = "\u2063"
"""The text of a square that only carries on a merged cell, where that is known."""


Box = tuple[float, float, float, float]
"""The rectangle (x0, y0, x1, y1) on a page, in points from its upper left corner."""


class Cell(NamedTuple):
    """One printed cell: its text and the grid squares it covers, from 0."""

    text: str
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1


class Paragraph(NamedTuple):
    """One text block outside every grid; `number` counts from 1.

    `page` and `box` say where it stands in formats that have pages.
    """

    text: str
    number: int
    page: int | None = None
    box: Box | None = None

    def place(self, start: int | None = None, end: int | None = None) -> Place:
        """Return where the block stands, or the characters from `start` to `end` of it.

        >>> Paragraph("总体情况", 3, page=1).place(0, 2).as_json()
        {'page': 1, 'paragraph': 3, 'start': 0, 'end': 2}
        """
        return Place(self.page, None, None, None, self.number, start, end, self.box)


class Square(NamedTuple):
    """The grid squares a cell covers: its first column, rows down, columns across."""

    column: int
    rowspan: int = 1
    colspan: int = 1


class Grid(NamedTuple):
    """One table: the text of every cell, each cell once, and where the cells stand.

    `texts` and `squares` have the same rows of the same cells; tables of one
    layout share their squares. `number` counts tables from 1. `spans` says
    that merged cells are known (HTML), so that a cell's column is its true
    column; where it is False a cell's column is only its order in the row.
    `flow` says that rows are not marked at all: the one row holds every cell
    in reading order. In formats that have pages `page` counts from 1 and
    `boxes`, of the same shape as `texts`, say where on it each cell stands: a
    table that runs on over pages is a grid on each. `trusts`, of that shape too,
    say how sure each text is, from 0 to 1, where it was recognised in a picture.
    """

    texts: tuple[tuple[str, ...], ...]
    squares: tuple[tuple[Square, ...], ...]
    number: int
    spans: bool = False
    flow: bool = False
    page: int | None = None
    boxes: tuple[tuple[Box | None, ...], ...] = ()
    trusts: tuple[tuple[float, ...], ...] = ()

    @classmethod
    def plain(
        cls, rows: Iterable[Iterable[str]], number: int, *, flow: bool = False
    ) -> Grid:
        """Return a grid without merged cells, its columns counted in each row.

        >>> Grid.plain([["规章", "0"]], 1).rows[0][1].column
        1
        """
        texts = tuple(tuple(row) for row in rows)
        squares = tuple(_in_line(len(row)) for row in texts)
        return cls(texts, squares, number, flow=flow)

    @property
    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        """Return the rows of cells, text and squares together."""
        return tuple(
            tuple(
                Cell(text, number, square.column, square.rowspan, square.colspan)
                for text, square in zip(texts, squares, strict=True)
            )
            for number, (texts, squares) in enumerate(
                zip(self.texts, self.squares, strict=True)
            )
        )


@lru_cache(maxsize=512)
def _in_line(count: int) -> tuple[Square, ...]:
    return tuple(Square(column) for column in range(count))


class Document(NamedTuple):
    """A file as a neutral page.

    `kind` is the format told from the content (``html``, ``text`` …);
    `notes` are things the reader of the format wants known (damage, codes
    ``encoding`` …) as pairs of code and Chinese words.
    """

    kind: str
    blocks: tuple[Paragraph | Grid, ...]
    notes: tuple[tuple[str, str], ...] = ()
    title: str | None = None

    def paragraphs(self) -> Iterator[Paragraph]:
        """Yield the text blocks in reading order."""
        return (block for block in self.blocks if isinstance(block, Paragraph))

    def grids(self) -> Iterator[Grid]:
        """Yield the tables in reading order."""
        return (block for block in self.blocks if isinstance(block, Grid))
