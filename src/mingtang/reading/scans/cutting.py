"""A straight page cut into cells and lines of text: what is to be read, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from mingtang.reading.paper.lattice import lattices
from mingtang.reading.scans.inking import Strip, is_leftover, may_be_figure, pieces, strips
from mingtang.reading.scans.pictures import SCALE
from mingtang.reading.scans.ruling import ruled
from mingtang.reading.scans.straightening import ink

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.document import Box
    from mingtang.reading.paper.rulings import Rule
    from mingtang.reading.scans.inking import Dots
    from mingtang.reading.scans.pictures import Picture

TALL = 40.0
"""Outside tables what is taller, in points, is a seal or a picture."""
INSIDE = 2
"""Dots left out along the sides of a cell."""
LEAST_CELL = 5
"""A cell of fewer dots a side holds nothing."""
FAINT, PALE = 3.0, 8
"""What is darker than its cell by this, after so wide a blur, may be writing."""
TINY, FULL = 4.5, 0.8
"""Writing is at least so high, in points, or fills so much of a low cell."""


class Cut(NamedTuple):
    """The lines of text of a page, its ruled lines, and where something faint stands.

    `page` is the page without the dots of its ruled lines.
    """

    page: Picture
    lines: tuple[Strip, ...]
    rules: tuple[Rule, ...]
    marks: tuple[Box, ...]


def cut(page: Picture) -> Cut:
    """Return the parts of an even, straight page."""
    borders = ruled(page)
    clean = page.copy()
    clean[borders.dots > 0] = 255
    inked = ink(page)
    inked[borders.dots > 0] = 0
    tables = lattices(borders.rules)[0]
    lines: list[Strip] = []
    marks: list[Box] = []
    faint = np.asarray(255 - cv2.GaussianBlur(clean, (0, 0), FAINT), np.uint8)
    for number, table in enumerate(tables):
        for cell in range(len(table.cells)):
            within = _dots(table.cell_box(cell), -INSIDE)
            if min(within[2] - within[0], within[3] - within[1]) < LEAST_CELL:
                continue
            found, doubtful = _in_cell(inked, within, (number, cell))
            lines += found
            if doubtful:
                marks.append(table.cell_box(cell))
            elif not found:
                marks += _faint(faint, within)
    for table in tables:
        x0, y0, x1, y1 = _dots(table.box, INSIDE * 2)
        inked[max(0, y0) : y1, max(0, x0) : x1] = 0
    lines += _outside(inked)
    return Cut(clean, tuple(lines), borders.rules, tuple(marks))


def _dots(box: Box, more: int) -> Dots:
    """Return a rectangle of points in dots, so many dots wider on each side."""
    x0, y0, x1, y1 = (round(each * SCALE) for each in box)
    return x0 - more, y0 - more, x1 + more, y1 + more


def _in_cell(
    inked: Picture, within: Dots, cell: tuple[int, int]
) -> tuple[list[Strip], bool]:
    """Return the lines of a cell, and whether ink at its side may be a figure."""
    every = pieces(inked, within)
    found = [each for each in every if not is_leftover(each, within)]
    doubtful = any(may_be_figure(each) for each in every if each not in found)
    return (strips(found, within, cell) if found else []), doubtful


def _faint(dark: Picture, within: Dots) -> Iterator[Box]:
    """Yield an empty cell in which something may be writing, too pale to be read."""
    x0, y0, x1, y1 = within
    edge = round(FAINT * 2)
    inner = dark[y0 + edge : y1 - edge, x0 + edge : x1 - edge]
    if not inner.size:
        return
    seen = np.asarray(inner > np.median(inner) + PALE, np.uint8)
    least = min(TINY * SCALE, FULL * inner.shape[0])
    _, _, found, _ = cv2.connectedComponentsWithStats(seen)
    if any(high > least for _, _, _, high, _ in found[1:].tolist()):
        yield x0 / SCALE, y0 / SCALE, x1 / SCALE, y1 / SCALE


def _outside(inked: Picture) -> list[Strip]:
    """Return the lines of text that stand in no table; what is too tall is no text."""
    high, wide = inked.shape
    whole = (0, 0, wide, high)
    found = [each for each in pieces(inked, whole) if each[3] - each[1] < TALL * SCALE]
    return strips(found, whole) if found else []
