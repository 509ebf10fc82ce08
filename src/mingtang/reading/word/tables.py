"""A table's rows as Word stores them, made into cells with the squares they cover."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from mingtang.document import Square
from mingtang.reading.limits import MAX_SPAN
from mingtang.reading.prose import lays_out
from mingtang.reading.word.markup import (
    Node,
    W,
    inside,
    is_on,
    number,
    properties_of,
    value,
)

if TYPE_CHECKING:
    from collections.abc import Sequence


ROW, CELL = f"{W}tr", f"{W}tc"
_ROW_PROPERTIES, _CELL_PROPERTIES = f"{W}trPr", f"{W}tcPr"
_WIDTH, _DOWN, _ACROSS, _DELETED = (
    f"{W}{name}" for name in ("gridSpan", "vMerge", "hMerge", "cellDel")
)
_ON = "continue"


class Words(NamedTuple):
    """A text and the paragraphs it stands in: several where their ends are not seen."""

    text: str
    nodes: tuple[Node, ...] = ()


class Table(NamedTuple):
    """A table: the texts of its cells, the squares they cover, the elements they are."""

    texts: tuple[tuple[str, ...], ...]
    squares: tuple[tuple[Square, ...], ...]
    nodes: tuple[tuple[Node, ...], ...]


class Shape(NamedTuple):
    """How wide a cell is, and whether it begins or carries on a merged one."""

    width: int = 1
    down: str = ""
    across: str = ""


class RawCell(NamedTuple):
    """A cell as stored: its element, its blocks and its shape."""

    node: Node
    blocks: tuple[Words | Table, ...]
    shape: Shape

    @property
    def text(self) -> str:
        """Return what the cell shows."""
        return "\n".join([each.text for each in self.blocks if isinstance(each, Words)])


class RawRow(NamedTuple):
    """A row as stored: the columns it leaves out at its start, its cells."""

    before: int
    cells: tuple[RawCell, ...]


def row_before(row: Node) -> int | None:
    """Return the columns a row leaves out at its start, None for a row nobody sees."""
    properties = properties_of(row, _ROW_PROPERTIES)
    if properties is None:
        return 0
    if properties.find(f"{W}del") is not None:
        return None
    hidden = properties.find(f"{W}hidden")
    if hidden is not None and is_on(hidden):
        return None
    return number(value(properties.find(f"{W}gridBefore")), 0, MAX_SPAN)


def shape(cell: Node) -> Shape | None:
    """Return a cell's shape, None for a deleted cell."""
    properties = properties_of(cell, _CELL_PROPERTIES)
    if properties is None:
        return Shape()
    width, down, across = 1, "", ""
    for each in properties:
        tag = each.tag
        if tag == _WIDTH:
            width = max(1, number(value(each), 1, MAX_SPAN))
        elif tag == _DOWN:
            down = value(each) or _ON
        elif tag == _ACROSS:
            across = value(each) or _ON
        elif tag == _DELETED:
            return None
    return Shape(width, down, across)


def cells_of(row: Node) -> list[Node]:
    """Return the cells of a row, through whatever wraps them."""
    return [node for node in inside(row) if node.tag == CELL]


def made(rows: list[RawRow]) -> Table | None:
    """Return the rows as a table, None where the table only lays text out."""
    cells = [cell for row in rows for cell in row.cells]
    if max((len(row.cells) for row in rows), default=0) <= 1:
        return None
    if any(isinstance(block, Table) for cell in cells for block in cell.blocks):
        return None
    if lays_out([cell.text for cell in cells]):
        return None
    return _Merging().table(rows)


class _Merging:
    """Walks a table's rows, remembering which cells may go on downwards."""

    def __init__(self) -> None:
        self.texts: list[list[str]] = []
        self.squares: list[list[Square]] = []
        self.nodes: list[list[Node]] = []
        self.open: dict[tuple[int, int], tuple[int, int]] = {}

    def table(self, rows: list[RawRow]) -> Table:
        """Return the table."""
        for row in rows:
            self._row(row)
        squares = tuple([tuple(each) for each in self.squares])
        texts = tuple([tuple(each) for each in self.texts])
        return Table(texts, _shared(squares), tuple([tuple(each) for each in self.nodes]))

    def _row(self, row: RawRow) -> None:
        texts: list[str] = []
        squares: list[Square] = []
        self.texts.append(texts)
        self.squares.append(squares)
        nodes: list[Node] = []
        self.nodes.append(nodes)
        going: dict[tuple[int, int], tuple[int, int]] = {}
        column = row.before
        for cell in _across(row.cells):
            width, down, _ = cell.shape
            key = (column, width)
            above = self.open.get(key) if down == _ON else None
            if above is not None:
                line, at = above
                square = self.squares[line][at]
                self.squares[line][at] = square._replace(rowspan=square.rowspan + 1)
                going[key] = above
            else:
                if down:
                    going[key] = (len(self.squares) - 1, len(squares))
                texts.append(cell.text)
                nodes.append(cell.node)
                squares.append(Square(column, 1, width))
            column += width
        self.open = going


def _across(cells: tuple[RawCell, ...]) -> Sequence[RawCell]:
    """Return a row's cells, those joined sideways in the old way as one."""
    if not any(cell.shape.across for cell in cells):
        return cells
    joined: list[RawCell] = []
    for cell in cells:
        if cell.shape.across == _ON and joined and joined[-1].shape.across:
            first = joined[-1]
            wide = first.shape._replace(width=first.shape.width + cell.shape.width)
            joined[-1] = RawCell(first.node, first.blocks + cell.blocks, wide)
        else:
            joined.append(cell)
    return joined


@lru_cache(maxsize=512)
def _shared(squares: tuple[tuple[Square, ...], ...]) -> tuple[tuple[Square, ...], ...]:
    """Return the squares of a layout met before, as documents of one layout share them."""
    return squares
