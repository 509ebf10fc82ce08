"""Dots of ink as pieces, pieces as characters, characters as lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import cv2

from mingtang.reading.scans.pictures import SCALE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mingtang.reading.scans.pictures import Picture

DUST = 1.1
"""A piece of ink smaller than this, in points, both ways is dust."""
THIN = 1.3
"""What is thinner and runs along a cell's side is left over from its border."""
ALONG = 0.8
"""What runs along so much of a cell's side may be thicker."""
CLEAR = 0.6
"""What stands so far from a cell's side, in points, is no part of its border."""
PEN, TALL = 0.6, 4.5
"""What is thicker and higher than this, in points, may be a figure."""
LOW = 3.5
"""A piece lower than this, in points, is a mark beside characters, or a dash."""
BESIDE = 2.0
"""Marks stand within so many points of their line."""
SAME_LINE = 0.5
"""Pieces that share so much of the lower one's height stand on one line."""
CRACK, LOWEST = 1.0, 13.0
"""Pieces nearer than this, no higher together than that, in points, are one line."""
OVERLAP = 0.4
"""Pieces that share so much of the narrower one's width are one character."""

Dots = tuple[int, int, int, int]
"""A rectangle of dots: left, top, right, bottom, the last two exclusive."""


class Strip(NamedTuple):
    """A line of text on a page: the rectangle of its ink, and its pieces."""

    box: Dots
    pieces: tuple[Dots, ...]
    within: Dots
    """What may not be looked beyond: the cell, or the page."""
    cell: tuple[int, int] | None = None
    """Which table, and which of its cells."""

    @property
    def height(self) -> int:
        """Return how high the ink is."""
        return self.box[3] - self.box[1]

    @property
    def characters(self) -> tuple[Dots, ...]:
        """Return the pieces put together where one stands over another."""
        made: list[Dots] = []
        for piece in sorted(self.pieces):
            last = made[-1] if made else None
            if last and _shared(last, piece) > OVERLAP * min(_wide(last), _wide(piece)):
                made[-1] = around((last, piece))
            else:
                made.append(piece)
        return tuple(made)


def _wide(piece: Dots) -> int:
    return piece[2] - piece[0]


def _shared(left: Dots, right: Dots) -> int:
    return min(left[2], right[2]) - max(left[0], right[0])


def around(pieces: Iterable[Dots]) -> Dots:
    """Return the rectangle around pieces."""
    x0, y0, x1, y1 = zip(*pieces, strict=True)
    return min(x0), min(y0), max(x1), max(y1)


def pieces(inked: Picture, within: Dots) -> list[Dots]:
    """Return the pieces of ink in a part of a page, without dust."""
    x0, y0, x1, y1 = within
    _, _, found, _ = cv2.connectedComponentsWithStats(inked[y0:y1, x0:x1], connectivity=8)
    least = DUST * SCALE
    return [
        (x0 + x, y0 + y, x0 + x + wide, y0 + y + high)
        for x, y, wide, high, dots in found[1:].tolist()
        if max(wide, high) >= least and dots >= least * least / 2
    ]


def is_leftover(piece: Dots, cell: Dots) -> bool:
    """Return whether a piece is what is left of a cell's border.

    It touches the side that it runs along: a thin figure in a low cell touches
    top and bottom, and runs along neither.
    """
    wide, high = piece[2] - piece[0], piece[3] - piece[1]
    beside = min(piece[0] - cell[0], cell[2] - piece[2]) < CLEAR * SCALE
    below = min(piece[1] - cell[1], cell[3] - piece[3]) < CLEAR * SCALE
    upright = beside and wide < _thickest(high, cell[3] - cell[1])
    return upright or (below and high < _thickest(wide, cell[2] - cell[0]))


def _thickest(long: int, side: int) -> float:
    """Return how thick what is left of a border is at most, in dots."""
    return THIN * SCALE * (2 if long > ALONG * side else 1)


def may_be_figure(piece: Dots) -> bool:
    """Return whether a piece is thick and high enough for a figure, such as a 1."""
    return _wide(piece) > PEN * SCALE and piece[3] - piece[1] > TALL * SCALE


def strips(
    found: Sequence[Dots], within: Dots, cell: tuple[int, int] | None = None
) -> list[Strip]:
    """Return pieces as lines of text from the top down."""
    high = [each for each in found if each[3] - each[1] > LOW * SCALE] or list(found)
    rows: list[list[Dots]] = []
    boxes: list[Dots] = []
    for piece in sorted(high, key=lambda each: each[1]):
        home = next((at for at, box in enumerate(boxes) if _on_line(piece, box)), None)
        if home is None:
            rows.append([piece])
            boxes.append(piece)
        else:
            rows[home].append(piece)
            boxes[home] = around((boxes[home], piece))
    rows = _merged(sorted(rows, key=lambda row: around(row)[1]))
    marks = set(found) - set(high)
    boxes = [around(row) for row in rows]
    for mark in sorted(marks):
        middle = (mark[1] + mark[3]) / 2
        for row, (_, top, _, bottom) in zip(rows, boxes, strict=True):
            if top - BESIDE * SCALE <= middle <= bottom + BESIDE * SCALE:
                row.append(mark)
                break
    return [Strip(around(row), tuple(sorted(row)), within, cell) for row in rows]


def _on_line(piece: Dots, line: Dots) -> bool:
    shared = min(piece[3], line[3]) - max(piece[1], line[1])
    return shared > SAME_LINE * min(piece[3] - piece[1], line[3] - line[1])


def _is_part(above: Dots, below: Dots) -> bool:
    """Return whether two lines are one: side by side, or pale characters come apart."""
    near = below[1] - above[3] < CRACK * SCALE
    low = below[3] - above[1] < LOWEST * SCALE
    return _on_line(below, above) or (near and low)


def _merged(rows: list[list[Dots]]) -> list[list[Dots]]:
    """Return lines put together where accents or parts seemed lines of their own."""
    made: list[list[Dots]] = []
    for row in rows:
        if made and _is_part(around(made[-1]), around(row)):
            made[-1] += row
        else:
            made.append(list(row))
    return made
