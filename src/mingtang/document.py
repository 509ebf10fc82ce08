"""The neutral page: text blocks and grids in reading order, with places.

Every reader gives this, every writer takes it. A document says what stands
where; it does not know what a report is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator


FILL = "\u2063"
"""The text of a square that only carries on a merged cell, where that is known."""


class Cell(NamedTuple):
    """One printed cell: its text and the grid squares it covers, from 0."""

    text: str
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1


class Paragraph(NamedTuple):
    """One text block outside every grid; `number` counts from 1."""

    text: str
    number: int


class Grid(NamedTuple):
    """One table: its rows of cells, each cell once, where it begins.

    `number` counts tables from 1. `spans` says that merged cells are known
    (HTML), so that a cell's column is its true column; where it is False a
    cell's column is only its order in the row. `flow` says that rows are not
    marked at all: the one row holds every cell in reading order.
    """

    rows: tuple[tuple[Cell, ...], ...]
    number: int
    spans: bool = False
    flow: bool = False


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
