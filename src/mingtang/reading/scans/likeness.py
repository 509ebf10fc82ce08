"""Figures compared with the other figures of the same page: one print, one shape.

A report is set in one face, so each figure looks like the others of its name.
One that looks more like those of another name was misread, whatever the
network says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingtang.reading.scans.inking import Dots
    from mingtang.reading.scans.pictures import Picture

Shapes = np.ndarray[Any, np.dtype[np.float32]]
FIELD, TALL = 36, 24
"""Shapes are compared on a square of so many dots, figures so many high."""
NEAREST = 3
"""A shape is compared with so many of the likest of each name."""


class Likeness(NamedTuple):
    """How like a figure is to the others of its name, and to the likest other name.

    From -1 to 1; -1 also where there is nothing to compare. `known` is how many
    others of its name the page has, `broader` by how much of its height it is
    wider than most of them.
    """

    own: float
    other: float
    known: int
    broader: float = 0.0


def likenesses(page: Picture, figures: Sequence[tuple[str, Dots]]) -> list[Likeness]:
    """Return how like each figure, of a name and a place, is to the others."""
    if not figures:
        return []
    shapes = np.stack([_shape(page, box) for _, box in figures])
    names = np.array([name for name, _ in figures])
    alike = shapes @ shapes.T
    np.fill_diagonal(alike, -1.0)
    every = sorted(set(names.tolist()))
    shares = np.array([(x1 - x0) / (y1 - y0) for _, (x0, y0, x1, y1) in figures])
    best = np.stack([_nearest(alike, names == name) for name in every])
    made = []
    for number, name in enumerate(names.tolist()):
        column = best[:, number].tolist()
        own = column.pop(every.index(name))
        known = int((names == name).sum()) - 1
        broader = float(shares[number] - np.median(shares[names == name]))
        other = max(column, default=-1.0)
        made.append(Likeness(own if known else -1.0, other, known, broader))
    return made


def _nearest(alike: Shapes, of: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Shapes:
    """Return for each shape how like the likest of one name are, on average."""
    nearest = np.sort(alike[:, of], axis=1)[:, ::-1][:, :NEAREST]
    held = nearest > -1.0
    sums = np.where(held, nearest, 0.0).sum(1)
    return np.where(held.any(1), sums / np.maximum(held.sum(1), 1), -1.0)


def _shape(page: Picture, box: Dots) -> Shapes:
    """Return a piece of a page as a vector of length 1, figures equally high."""
    x0, y0, x1, y1 = box
    scale = TALL / (y1 - y0)
    wide = min(FIELD, max(1, round((x1 - x0) * scale)))
    high = min(FIELD, max(1, round((y1 - y0) * scale)))
    dark = 255 - page[y0:y1, x0:x1]
    made = np.zeros((FIELD, FIELD), np.float32)
    top, left = (FIELD - high) // 2, (FIELD - wide) // 2
    small = cv2.resize(dark, (wide, high), interpolation=cv2.INTER_AREA)
    made[top : top + high, left : left + wide] = small
    made = np.asarray(cv2.GaussianBlur(made, (0, 0), 1.0), np.float32)
    made -= made.mean()
    return np.asarray(made.ravel() / max(float(np.linalg.norm(made)), 1e-6), np.float32)
