"""How things are placed in what holds them: turned, scaled and moved by a matrix.

A matrix (a, b, c, d, e, f) takes a point (x, y) to (ax + cy + e, bx + dy + f).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mingtang.document import Box

Matrix = tuple[float, float, float, float, float, float]
PLAIN: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def times(one: Matrix, other: Matrix) -> Matrix:
    """Return the matrix that does one, then the other."""
    if other == PLAIN:
        return one
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Return where a matrix takes a point."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def bounds(matrix: Matrix, box: Box) -> Box:
    """Return the upright rectangle around a rectangle that a matrix moves.

    >>> bounds((2, 0, 0, -2, 1, 0), (0, 0, 1, 3))
    (1, -6, 3, 0)
    """
    if matrix == PLAIN:
        return box
    x0, y0, x1, y1 = box
    corners = [moved(matrix, x, y) for x in (x0, x1) for y in (y0, y1)]
    xs, ys = zip(*corners, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def overlap(one: Box, other: Box) -> Box:
    """Return what two rectangles share; its sides are crossed where that is nothing."""
    return (
        max(one[0], other[0]),
        max(one[1], other[1]),
        min(one[2], other[2]),
        min(one[3], other[3]),
    )


def scale(matrix: Matrix) -> float:
    """Return by how much a matrix makes lengths longer, on the average."""
    a, b, c, d, _, _ = matrix
    return math.sqrt(abs(a * d - b * c))


def turned_back(matrix: Matrix, box: Box) -> Box:
    """Return the level rectangle that stands for a turned one, its middle kept.

    >>> turned_back((0, 1, -1, 0, 100, 0), (10, 20, 30, 24))
    (76.0, 10.0, 80.0, 30.0)
    """
    a, b, c, d, e, f = matrix
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    size = math.sqrt(abs(a * d - b * c))
    wide, high = (box[2] - box[0]) * size / 2, (box[3] - box[1]) * size / 2
    if abs(b) > abs(a):
        wide, high = high, wide
    x, y = a * x + c * y + e, b * x + d * y + f
    return x - wide, y - high, x + wide, y + high
