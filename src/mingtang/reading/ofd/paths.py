"""The short way OFD writes paths (AbbreviatedData) as runs of corners."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingtang.matrices import moved
from mingtang.reading.ofd.markup import OfdError, value
from mingtang.reading.paper.strokes import Point, Subpath

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingtang.matrices import Matrix

_TOKEN = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|[^\s,]", re.ASCII)
_TAKES = {"M": 2, "S": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
"""How many numbers follow each letter: move, start, line, curves, arc, close."""


def subpaths(printed: str, placed: Matrix) -> list[Subpath]:
    """Return the runs of a path where a matrix places them.

    Raises `OfdError` for a letter that means nothing and for missing numbers.
    """
    pen = _Pen(placed)
    letter, held = "", list[float]()
    for token in _TOKEN.findall(printed):
        if token[-1].isdigit() or token[-1] == ".":
            held.append(value(token))
        elif held or token not in _TAKES:
            message = f"路径里的“{token}”无法理解"
            raise OfdError(message)
        else:
            letter = token
        if len(held) == _TAKES.get(letter, 0):
            pen.draw(letter, held)
            held = []
    if held:
        message = "路径不完整"
        raise OfdError(message)
    pen.lift()
    return pen.made


class _Pen:
    """Draws letter by letter; curves are known by the points that bound them."""

    def __init__(self, placed: Matrix) -> None:
        self.made: list[Subpath] = []
        self._placed = placed
        self._points: list[Point] = []
        self._closed = self._curved = False

    def draw(self, letter: str, held: Sequence[float]) -> None:
        """Follow one letter and its numbers."""
        if letter in ("M", "S"):
            self.lift()
        if letter == "C":
            self._closed = bool(self._points)
            first = self._points[:1]
            self.lift()
            self._points = first
        elif letter == "A":
            self._arc(held)
        else:
            self._curved = self._curved or letter in ("Q", "B")
            pairs = zip(held[::2], held[1::2], strict=True)
            self._points += [moved(self._placed, x, y) for x, y in pairs]

    def _arc(self, held: Sequence[float]) -> None:
        """Add the end of an arc, and the corners of the ellipse around it."""
        wide, high, _, _, _, x, y = held
        end = moved(self._placed, x, y)
        a, b, c, d, _, _ = self._placed
        reach = max(abs(wide), abs(high))
        across, down = reach * (abs(a) + abs(c)), reach * (abs(b) + abs(d))
        start = self._points[-1] if self._points else end
        middle = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
        self._curved = True
        self._points += [
            (middle[0] - across, middle[1] - down),
            (middle[0] + across, middle[1] + down),
            end,
        ]

    def lift(self) -> None:
        """Take the pen off the sheet."""
        if len(self._points) > 1:
            run = Subpath(tuple(self._points), self._closed, self._curved)
            self.made.append(run)
        self._points, self._closed, self._curved = [], False, False
