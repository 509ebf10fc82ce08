"""Where an object stands in what holds it, and the window through which it is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.matrices import bounds, times
from mingtang.reading.ofd.markup import child, children, is_on, values, words
from mingtang.reading.ofd.paths import subpaths
from mingtang.reading.paper.drawn import shared

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mingtang.document import Box
    from mingtang.matrices import Matrix
    from mingtang.reading.ofd.markup import Node

NOWHERE: Box = (0.0, 0.0, 0.0, 0.0)
"""The window of what is cut off on every side."""


def inside(node: Node, outer: Matrix) -> Matrix:
    """Return how points of an object are placed: by its own matrix, then its boundary."""
    return _turned(node, _moved(node, outer))


def _moved(node: Node, outer: Matrix) -> Matrix:
    boundary = values(node.get("Boundary"), 4)
    if boundary is None:
        return outer
    return times((1.0, 0.0, 0.0, 1.0, boundary[0], boundary[1]), outer)


def _turned(node: Node, outer: Matrix) -> Matrix:
    matrix = values(node.get("CTM"), 6)
    if matrix is None:
        return outer
    a, b, c, d, e, f = matrix
    return times((a, b, c, d, e, f), outer)


def window(node: Node, outer: Matrix) -> Box | None:
    """Return what its boundary and its clips leave of an object, None without any.

    A boundary without an inside is a slip of the writer and cuts nothing.
    """
    found: list[Box] = []
    boundary = values(node.get("Boundary"), 4)
    if boundary is not None and min(boundary[2:]) > 0:
        x, y, wide, high = boundary
        found.append(bounds(outer, (x, y, x + wide, y + high)))
    clips = child(node, "Clips")
    if clips is not None:
        with_own = is_on(clips, "TransFlag", default=True)
        place = inside(node, outer) if with_own else _moved(node, outer)
        found += [_around(boxes) for each in clips if (boxes := [*_areas(each, place)])]
    return common(found)


def common(boxes: Iterable[Box]) -> Box | None:
    """Return the rectangle that all share, None of none."""
    left: Box | None = None
    for box in boxes:
        left = box if left is None else shared(left, box) or NOWHERE
    return left


def _areas(clip: Node, place: Matrix) -> Iterator[Box]:
    """Yield the rectangles around the paths of a clip."""
    for area in children(clip, "Area"):
        held = _turned(area, place)
        for path in children(area, "Path"):
            data = words(child(path, "AbbreviatedData"))
            yield from (run.box for run in subpaths(data, inside(path, held)))


def _around(boxes: Iterable[Box]) -> Box:
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return min(x0), min(y0), max(x1), max(y1)
