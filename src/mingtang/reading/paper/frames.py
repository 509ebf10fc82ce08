"""Where a point of a page stands once the page is turned the way it is read.

Files measure from the lower left corner of a sheet that may then be turned;
people, and this engine, measure from the upper left corner of what they see.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from mingtang.document import Box


class Frame(NamedTuple):
    """A sheet's edges in its file's measure, and its quarter turns clockwise."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int = 0

    @property
    def size(self) -> tuple[float, float]:
        """Return width and height as turned."""
        wide, high = self.right - self.left, self.top - self.bottom
        return (high, wide) if self.turn % 2 else (wide, high)

    def seen(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point of the file stands on the turned sheet.

        >>> Frame(0, 0, 100, 200).seen(10, 190), Frame(0, 0, 100, 200, 1).seen(10, 190)
        ((10, 10), (190, 10))
        """
        if self.turn == 0:
            return x - self.left, self.top - y
        if self.turn == 1:
            return y - self.bottom, x - self.left
        if self.turn == 2:  # noqa: PLR2004 - two quarter turns
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def written(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point of the turned sheet stands in the file: `seen` undone."""
        if self.turn == 0:
            return self.left + x, self.top - y
        if self.turn == 1:
            return self.left + y, self.bottom + x
        if self.turn == 2:  # noqa: PLR2004 - two quarter turns
            return self.right - x, self.bottom + y
        return self.right - y, self.top - x

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """Return a rectangle of the file as it is seen."""
        (a, b), (c, d) = self.seen(x0, y0), self.seen(x1, y1)
        return min(a, c), min(b, d), max(a, c), max(b, d)

    def moved(self, box: Box, other: Frame) -> Box:
        """Return a rectangle seen in this frame as it is seen in another."""
        if self == other:
            return box
        (a, b), (c, d) = self.written(*box[:2]), self.written(*box[2:])
        return other.box(a, b, c, d)

    def stored(self, box: Box) -> Box:
        """Return a rectangle as seen in the file's measure: left, bottom, right, top.

        >>> Frame(0, 0, 100, 200).stored((10, 20, 30, 50))
        (10, 150, 30, 180)
        """
        (a, b), (c, d) = self.written(*box[:2]), self.written(*box[2:])
        return min(a, c), min(b, d), max(a, c), max(b, d)
