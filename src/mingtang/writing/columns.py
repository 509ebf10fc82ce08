"""The columns of a sheet, shared by all its tables, each as wide as the page.

A sheet has one set of columns where paper has one for each table. Table 四 takes
each of them; the others take several together for what is wide, so that figures
of table 三 stay in cells of their own.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from mingtang.writing.fitting import INSET, labels
from mingtang.writing.typography import CELL_SIZE, TYPE_AREA

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mingtang.manuscript import Drawn, Square

SHARED = 15
"""The sheet's columns: those of the widest table."""

_NARROW = 1, 2
"""What the two narrow columns of labels in table 三 take."""
_LEAST_LABEL = 5
_DIGIT = 0.6
"""How wide a figure's characters are, in their size; faces differ."""


def edges(table: Drawn) -> tuple[int, ...]:
    """Return where each column of a table begins, from 0, and where the last one ends."""
    before = len(labels(table))
    figures = table.width - before
    if not before:
        return tuple(round(SHARED * number / figures) for number in range(figures + 1))
    narrow = _NARROW[: before - 1]
    room = SHARED - sum(narrow)
    each = max(1, (room - _LEAST_LABEL) // figures)
    label = max(1, room - each * figures)
    return (0, *accumulate((*narrow, label, *(each,) * figures)))


def widths(tables: Iterable[Drawn]) -> tuple[float, ...]:
    """Return how wide the columns are, in points: alike, but for what long figures take.

    Together they fill the type area.
    """
    wished = [TYPE_AREA / SHARED] * SHARED
    for table in tables:
        bounds = edges(table)
        for column, square in _figures(table):
            first, last = bounds[column], bounds[column + square.columns]
            need = len(square.text) * _DIGIT * CELL_SIZE + 2 * INSET
            for shared in range(first, last):
                wished[shared] = max(wished[shared], need / (last - first))
    return tuple(wish * TYPE_AREA / sum(wished) for wish in wished)


def _figures(table: Drawn) -> Iterator[tuple[int, Square]]:
    for row in table.grid():
        for column, square in enumerate(row):
            if square is not None and square.kind == "figure":
                yield column, square
