"""How a table is fitted to the page: no figure breaks, no row is torn without need."""

from __future__ import annotations

import re
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from mingtang.writing.typography import CELL_SIZE, PITCH, TYPE_AREA, TYPE_HEIGHT, ems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingtang.manuscript import Drawn, Square

INSET = 2
"""Space between a cell's text and its border, in points."""
SMALLEST = 5
"""Type below this size, in points, cannot be read; wider tables are squeezed instead."""

BETWEEN = 0.3
"""Space between the lines of a cell, in its characters."""
_LINE = 0.75
"""The thickest that a program draws a row's border, in points."""
PADS = 0.36, 0.27, 0.18
"""Space above and below a cell's text, in characters: less where a table would be torn."""

_FORM_SIZE, _FORM_PAD = 12, 0.7
"""Type (小四) in points, and space above and below it, where people write in a form."""
SMALL = 8
"""Type is made no smaller than this to keep a table whole."""
_FIGURE_SHARE = 34.0
_UPRIGHT = 1.75, 4.15
"""Characters in the two narrow columns: the first is written from top to bottom."""
_LEAST_LABEL, _LEAST_FIGURE = 8, 2
_UNBROKEN = re.compile(r"[!-~]+")


class Fit(NamedTuple):
    """A table's widths and size of type in points, and the padding of its cells.

    `whole` says that it fits on a page below its heading.
    """

    widths: tuple[float, ...]
    size: int
    pad: float
    whole: bool


def fit(table: Drawn) -> Fit:
    """Return how a table is set: every figure in one line, the table on one page.

    Padding and then type are made smaller only where figures would not stand
    beside each other or the table would be torn. A form has room to write in.
    """
    if table.shares:
        widths = tuple(share * TYPE_AREA for share in table.shares)
        tall = sum(heights(table, widths, _FORM_SIZE, _FORM_PAD))
        return Fit(widths, _FORM_SIZE, _FORM_PAD, whole=tall <= TYPE_HEIGHT - 2 * PITCH)
    room = TYPE_HEIGHT - 2 * PITCH
    usual, size = _widths(table, CELL_SIZE)
    for smaller in range(size, min(size, SMALL) - 1, -1):
        widths, _ = _widths(table, smaller)
        for pad in PADS:
            if sum(heights(table, widths, smaller, pad)) <= room:
                return Fit(widths, smaller, pad, whole=True)
    return Fit(usual, size, PADS[0], whole=False)


def heights(
    table: Drawn, widths: Sequence[float], size: int, pad: float, between: float = BETWEEN
) -> list[float]:
    """Return about how tall a table's rows are, in points, rather too much than too little.

    `widths` are those of its columns, in points; `pad` and `between` the space
    around and between the lines of a cell, in characters of `size` points.
    """
    rows = [_LINE] * len(table.rows)
    spanning: list[tuple[int, Square, float]] = []
    for number, row in enumerate(table.grid()):
        for column, square in enumerate(row):
            if square is None:
                continue
            inner = sum(widths[column : column + square.columns]) - 2 * INSET
            count = _count(lines(square), inner / size)
            tall = (count * (1 + between) - between + 2 * pad) * size
            if square.rows == 1:
                rows[number] = max(rows[number], tall + _LINE)
            else:
                spanning.append((number, square, tall))
    for number, square, tall in spanning:
        lacking = tall - sum(rows[number : number + square.rows])
        for below in range(number, number + square.rows):
            rows[below] += max(0.0, lacking) / square.rows
    return rows


def _count(texts: list[str], room: float) -> int:
    """Return how many lines at most texts take where `room` characters fit in one."""
    held = max(1, int(room))
    return sum(
        1 if ems(text) <= held else ceil(ems(text) / max(1.0, held - 0.5)) for text in texts
    )


def _widths(table: Drawn, largest: int) -> tuple[tuple[float, ...], int]:
    """Return widths that fill the type area, and the largest type they hold, in points."""
    before = labels(table)
    needs = _needs(table, len(before))
    for size in range(largest, SMALLEST - 1, -1):
        fixed = [wide * size + 2 * INSET for wide in before[:-1]]
        least = _LEAST_LABEL * size + 2 * INSET if before else 0
        free = TYPE_AREA - sum(fixed) - least
        widths = _shared([need * size + 2 * INSET for need in needs], free, table)
        if widths:
            label = [TYPE_AREA - sum(fixed) - sum(widths)] if before else []
            return (*fixed, *label, *widths), size
    return (TYPE_AREA / table.width,) * table.width, SMALLEST


def is_narrow(square: Square) -> bool:
    """Return whether a head is broken every two characters, as the form prints it."""
    return square.kind == "head" and square.columns == 1 and len(square.text) > 3  # noqa: PLR2004


def lines(square: Square) -> list[str]:
    """Return a square's text in the lines it is broken into on paper.

    A group's number stands above its name: （三） over 不予公开.
    """
    text = square.text
    if square.upright and text.startswith("（"):
        text = text.replace("）", "）\n", 1)
    return text.split("\n")


def labels(table: Drawn) -> tuple[float, ...]:
    """Return the widths of the columns before the figures, the last taking what is left."""
    if table.table == "disputes":
        return ()
    upright = any(square.upright for row in table.rows for square in row)
    return (*(_UPRIGHT if upright else ()), 0.0)


def _needs(table: Drawn, before: int) -> list[float]:
    """Return how many characters each column of figures must hold side by side."""
    needs = [float(_LEAST_FIGURE)] * (table.width - before)
    for row in table.grid():
        for column, square in enumerate(row[before:]):
            if square is not None and square.kind == "figure":
                widest = max(map(ems, _UNBROKEN.findall(square.text)), default=0)
                share = (widest + 0.2) / square.columns
                for along in range(column, column + square.columns):
                    needs[along] = max(needs[along], share)
    return needs


def _shared(needs: list[float], free: float, table: Drawn) -> list[float]:
    """Return the columns' widths, each near the usual one; none where they do not fit."""
    least = sum(needs)
    if least > free:
        return []
    usual = _FIGURE_SHARE if table.table == "requests" else TYPE_AREA / table.width
    wished = [max(need, usual) for need in needs]
    if sum(wished) <= free:
        return wished
    part = (free - least) / (sum(wished) - least)
    return [need + (wish - need) * part for need, wish in zip(needs, wished, strict=True)]
