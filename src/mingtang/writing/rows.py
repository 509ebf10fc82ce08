"""The rows of a sheet: how tall each is to show all of its text, and where pages end.

A spreadsheet never makes a row of merged cells as tall as its text, and tells
nobody how it breaks lines: heights are reckoned, rather too much than too little.
"""

from __future__ import annotations

from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from mingtang.writing.columns import edges
from mingtang.writing.fitting import PADS, SMALL, heights
from mingtang.writing.typography import CELL_SIZE, TYPE_AREA, TYPE_HEIGHT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mingtang.manuscript import Drawn

TALLEST = 400
"""A row is given so many points at most; Excel takes 409."""
PART = 90
"""A paragraph that needs more than one row is parted in rows of about so many points."""

_PITCH, _BETWEEN = 1.5, 0.45
"""From line to line, and between the lines of a cell, in characters: the loosest face's."""
_LOST = 1.5
"""Characters of a line left free where a word or a closing mark goes to the next."""
_ASCII = 0.6
"""How wide such a character is in the widest face that stands in for ours."""
_HEADING = 30
"""A heading above a table takes so many points at most."""


class Rows(NamedTuple):
    """How tall rows are and how large the type in them is, in points."""

    tall: tuple[float, ...]
    size: int


def of_words(text: str, size: int) -> Rows:
    """Return the rows of a paragraph: one, or several where one cannot be so tall."""
    held = TYPE_AREA / size - _LOST
    count = sum(max(1, ceil(_wide(line) / held)) for line in text.split("\n"))
    tall = (count * _PITCH + 0.5) * size
    parts = 1 if tall <= TALLEST else ceil(tall / PART)
    return Rows((tall / parts,) * parts, size)


def of_table(table: Drawn, widths: Sequence[float]) -> Rows:
    """Return the rows of a table on a sheet with columns of such widths, in points.

    Padding and then type are made smaller where the table would not fit a page.
    """
    own = [sum(widths[first:last]) for first, last in pairwise(edges(table))]
    for size in range(CELL_SIZE, SMALL - 1, -1):
        for pad in PADS:
            tall = heights(table, own, size, pad, _BETWEEN)
            if sum(tall) <= TYPE_HEIGHT - _HEADING:
                return Rows(tuple(tall), size)
    return Rows(tuple(heights(table, own, CELL_SIZE, PADS[0], _BETWEEN)), CELL_SIZE)


def _wide(line: str) -> float:
    """Return how wide a line is, in characters."""
    narrow = len(line.encode("ascii", "ignore"))
    return len(line) - (1 - _ASCII) * narrow


class Pages:
    """How far down the page the rows of a sheet have come."""

    def __init__(self) -> None:
        self.breaks: list[int] = []
        self._filled = 0.0

    def take(self, tall: Iterable[float]) -> None:
        """Go down by rows, to the next page where one does not fit."""
        for height in tall:
            full = self._filled + height > TYPE_HEIGHT
            self._filled = height if full else self._filled + height

    def keep(self, row: int, tall: float) -> None:
        """Begin a page at a row where so many points do not fit below it here."""
        if self._filled + tall > TYPE_HEIGHT >= tall:
            self.breaks.append(row)
            self._filled = 0.0
