"""The way back: from blocks of a document to the cells of the workbook they came from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingtang.document import Document
    from mingtang.reading.sheets.assembly import Sheet


class Origin(NamedTuple):
    """Where a block stands on its sheet: the rows it is made of, its first column.

    Both count what is seen, from 0; `sheet` counts the sheets taken, from 0.
    """

    sheet: int
    rows: tuple[int, ...]
    left: int


def stored(seen: int, hidden: Sequence[int]) -> int:
    """Return the number that a seen row or column is stored under, hidden ones counted.

    >>> [stored(seen, (0, 2, 3)) for seen in range(3)]
    [1, 4, 5]
    """
    for each in hidden:
        if each > seen:
            break
        seen += 1
    return seen


class Spot(NamedTuple):
    """A cell of a workbook: the part its sheet is stored in, row and column from 0."""

    part: str
    row: int
    column: int


class Trace(NamedTuple):
    """An XLSX workbook as read, with the way back from blocks to cells."""

    document: Document
    parts: tuple[str, ...]
    sheets: tuple[Sheet, ...]
    origins: tuple[Origin, ...]

    def spot(self, block: int, row: int = 0, column: int = 0) -> Spot:
        """Return the cell at a row and column of a block, all counted from 0."""
        origin = self.origins[block]
        sheet = self.sheets[origin.sheet]
        return Spot(
            self.parts[origin.sheet],
            stored(origin.rows[row], sheet.hidden_rows),
            stored(origin.left + column, sheet.hidden_columns),
        )
