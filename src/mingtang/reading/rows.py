"""The document's tables as one stream of rows, cells with their senses.

A grid gives its rows as they stand. Where rows are not marked (a cell a line)
they begin at labels. What this yields is all that locating sees.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from mingtang.document import FILL
from mingtang.place import Place
from mingtang.reading.vocabulary import WORDS, Kind, Sense, sense

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingtang.document import Box, Cell, Grid


class Item(NamedTuple):
    """One cell of a row: text, sense, true or counted column, width, address."""

    text: str
    sense: Sense
    column: int
    colspan: int = 1
    address: Place | None = None
    """Where the cell stands that was a stretch of a text block."""
    box: Box | None = None
    """Where on its page the cell stands, in formats that have pages."""


class Row(NamedTuple):
    """One row: its cells in order and how much is known of them.

    `source` tells tables apart (the grid's number, 0 for text); `spans` that
    columns are true columns; `vanishing` that empty cells left no trace;
    `flow` that the row was cut out of cells without row marks; `doubtful` that
    a number of something else (the row, a page) may stand among the figures;
    `page` is the page the row stands on, in formats that have pages.
    """

    items: tuple[Item, ...]
    source: int
    number: int
    spans: bool = False
    vanishing: bool = False
    flow: bool = False
    doubtful: bool = False
    page: int | None = None

    def place(self, item: Item) -> Place:
        """Return where a cell of this row stands."""
        if item.address is not None:
            return item.address
        return Place(self.page, self.source, self.number, item.column + 1, box=item.box)

    @property
    def width(self) -> int:
        """Return the number of columns the row reaches over."""
        if not self.items:
            return 0
        last = self.items[-1]
        return last.column + last.colspan


def grid_rows(grid: Grid) -> Iterator[Row]:
    """Yield the rows of a grid."""
    if grid.flow:
        yield from _flow_rows(grid)
        return
    number, spans = grid.number, grid.spans
    for index, cells in enumerate(grid.rows, start=1):
        items = tuple(
            [Item(cell.text, sense(cell.text), cell.column, cell.colspan) for cell in cells]
        )
        if items and grid.boxes:
            boxed = zip(items, grid.boxes[index - 1], strict=True)
            items = tuple([item._replace(box=box) for item, box in boxed])
        if items:
            yield Row(items, number, index, spans, page=grid.page)


_STARTS = frozenset({Kind.CAPTION, Kind.LEAD, Kind.CORNER})


def _flow_rows(grid: Grid) -> Iterator[Row]:
    """Yield rows of a grid whose rows are not marked: they begin at labels."""
    cells = grid.rows[0] if grid.rows else ()
    senses = [sense(cell.text) for cell in cells]
    bounds = [*_row_starts(cells, senses), len(cells)]
    for number, (start, end) in enumerate(pairwise(bounds), start=1):
        items = tuple(
            Item(cells[index].text, senses[index], index - start)
            for index in range(start, end)
        )
        if items:
            yield Row(items, grid.number, number, flow=True)


def _row_starts(cells: Sequence[Cell], senses: Sequence[Sense]) -> list[int]:
    """Return where rows begin: at captions, leads, corners and line labels.

    A group label and the line label after it share a row; figures that follow
    column headers begin a row of their own (table 四).
    """
    starts = [0]
    previous: Kind | None = None
    labelled = figures = False
    for index, each in enumerate(senses):
        kind = each.kind
        began = index and _begins(each, senses[index - 1], previous, (labelled, figures))
        if began:
            starts.append(
                _with_blanks(cells, senses, index) if kind is Kind.FIGURE else index
            )
            labelled, figures = each.targets == WORDS, False
        labelled = labelled or kind in (Kind.LINE, Kind.GROUP)
        figures = figures or kind is Kind.FIGURE
        if kind is not Kind.BLANK:
            previous = kind
    return starts


def _begins(
    each: Sense, before: Sense, previous: Kind | None, row: tuple[bool, bool]
) -> bool:
    """Return whether a cell begins a row, given the one before and what the row has."""
    labelled, figures = row
    kind = each.kind
    if kind in _STARTS:
        return True
    if kind in (Kind.LINE, Kind.GROUP):
        return not heads(before)
    if kind is Kind.FIGURE:
        return previous is Kind.COLUMN and not labelled
    if kind in (Kind.COLUMN, Kind.PARENT):
        return figures or labelled
    return each.targets == WORDS and (figures or labelled)


def _with_blanks(cells: Sequence[Cell], senses: Sequence[Sense], index: int) -> int:
    """Return where a row of figures under headers begins, blanks before it included."""
    start = index
    while cells[start - 1].text != FILL and senses[start - 1].kind is Kind.BLANK:
        start -= 1
    return start


def heads(each: Sense) -> bool:
    """Return whether a text may head a group, with a line label after it."""
    return each.kind is Kind.GROUP or (
        each.kind is Kind.LINE and each.targets[0] == "requests/other_handling"
    )
