"""What drawn paths are: ruled lines, grounds behind text, or pictures of something.

A line of a table may be a stroke, a thin filled rectangle or a side of a
rectangle. Knows nothing of any format.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from mingtang.reading.paper.rulings import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mingtang.document import Box

THIN = 3.2
"""A filled shape thinner than this, in points, is a line."""
LEVEL = 0.6
"""A line that rises less than this is level."""
INK = 40.0
"""A filled shape smaller than this, and no rectangle, may be a drawn character."""

Point = tuple[float, float]


class Subpath(NamedTuple):
    """One run of a path: its corners, whether it is closed, whether it bends."""

    points: tuple[Point, ...]
    closed: bool = False
    curved: bool = False

    @property
    def box(self) -> Box:
        """Return the rectangle around it."""
        xs, ys = zip(*self.points, strict=True)
        return min(xs), min(ys), max(xs), max(ys)

    @property
    def is_rectangle(self) -> bool:
        """Return whether every side is level or upright."""
        return not self.curved and all(
            abs(a[0] - b[0]) < LEVEL or abs(a[1] - b[1]) < LEVEL
            for a, b in pairwise((*self.points, self.points[0]))
        )


class Shapes(NamedTuple):
    """What a path leaves on the page."""

    rules: tuple[Rule, ...] = ()
    grounds: tuple[Box, ...] = ()
    marks: tuple[Box, ...] = ()


def stroked(paths: Iterable[Subpath], width: float) -> Shapes:
    """Return what drawing along paths with a pen so wide leaves."""
    rules: list[Rule] = []
    grounds: list[Box] = []
    marks: list[Box] = []
    half = max(width, 0.1) / 2
    for path in paths:
        points = path.points
        if path.closed:
            points = (*points, points[0])
        straight = [_side(a, b, half) for a, b in pairwise(points) if a != b]
        if path.curved or None in straight:
            marks += _small([path.box])
            continue
        for rule in straight:
            if rule is not None and 2 * half <= 2 * THIN:
                rules.append(rule)
            elif rule is not None:
                grounds.append((rule.x0, rule.y0, rule.x1, rule.y1))
    return Shapes(tuple(rules), tuple(grounds), tuple(marks))


def _side(a: Point, b: Point, half: float) -> Rule | None:
    """Return the ink of a straight stroke, None where it runs aslant."""
    if abs(a[1] - b[1]) < LEVEL:
        y = (a[1] + b[1]) / 2
        return Rule(min(a[0], b[0]), y - half, max(a[0], b[0]), y + half)
    if abs(a[0] - b[0]) < LEVEL:
        x = (a[0] + b[0]) / 2
        return Rule(x - half, min(a[1], b[1]), x + half, max(a[1], b[1]))
    return None


def filled(paths: Sequence[Subpath]) -> Shapes:
    """Return what filling paths leaves."""
    rules: list[Rule] = []
    grounds: list[Box] = []
    marks: list[Box] = []
    for path in paths:
        x0, y0, x1, y1 = box = path.box
        if min(x1 - x0, y1 - y0) <= THIN and not path.curved:
            rules.append(Rule(*box))
        elif path.is_rectangle:
            grounds.append(box)
        else:
            marks += _small([box])
    if len(grounds) == 2 and len(paths) == 2 and _frames(*grounds):  # noqa: PLR2004 - out and in
        x0, y0, x1, y1 = max(grounds, key=_area)
        corners = ((x0, y0), (x1, y0), (x1, y1), (x0, y1))
        return stroked([Subpath(corners, closed=True)], 0.5)
    return Shapes(tuple(rules), tuple(grounds), tuple(marks))


def _frames(one: Box, other: Box) -> bool:
    """Return whether two rectangles are the outside and inside of a frame."""
    return all(abs(a - b) <= THIN for a, b in zip(one, other, strict=True))


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _small(boxes: Iterable[Box]) -> list[Box]:
    return [
        box
        for box in boxes
        if box[2] - box[0] < INK and box[3] - box[1] < INK and _area(box) > 1
    ]
