"""A photographed or scanned page made even and straight."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from mingtang.reading.scans.pictures import Picture

STROKE = (9, 9)
"""Ink is less broad than so many dots of a page made four times smaller."""
LEVEL = 0.03
"""A page that leans by fewer degrees is left as it is."""
STEPS = ((6.0, 0.5), (0.5, 0.1), (0.1, 0.02))
"""Leanings are tried so many degrees around the best, in such steps."""
ENOUGH = 200_000
"""So many dots of ink tell how a page leans."""
SOFT = 0.8
"""Ink is told from paper after a blur of so many dots: noise is finer than pens."""
FAINT = 40
"""What differs from the paper by less is not ink."""
HALF = 0.42
"""Ink is what is nearly half as dark as most ink."""


def even(picture: Picture) -> Picture:
    """Return a page with its shadows gone: paper is white everywhere."""
    small = cv2.resize(picture, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    around = np.ones(STROKE, np.uint8)
    paper = cv2.medianBlur(cv2.morphologyEx(small, cv2.MORPH_CLOSE, around), 5)
    size = (picture.shape[1], picture.shape[0])
    whole = cv2.resize(paper, size, interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(picture, np.maximum(whole, 1), scale=255), dtype=np.uint8)


def ink(picture: Picture) -> Picture:
    """Return where an even page has ink: 1, else 0."""
    dark = 255 - cv2.GaussianBlur(picture, (0, 0), SOFT)
    some = dark[dark > FAINT]
    level = float(np.percentile(some, 75)) if some.size else 255.0
    return np.asarray(dark > max(FAINT, HALF * level), dtype=np.uint8)


def leaning(inked: Picture) -> float:
    """Return by how many degrees the lines of a page rise to the right.

    Dots of ink thrown onto the side of the page pile up highest when the page
    is turned level.
    """
    ys, xs = np.nonzero(inked)
    step = len(ys) // ENOUGH + 1
    down, across = ys[::step] + 0.5, xs[::step] - inked.shape[1] / 2
    below = float(inked.shape[1])

    def height(degrees: float) -> float:
        thrown = down + across * math.tan(math.radians(degrees)) + below
        piles = np.bincount(thrown.astype(np.int64)).astype(np.float64)
        return float((piles**2).sum())

    best = 0.0
    for around, fine in STEPS:
        tried = best + np.arange(-around, around + fine / 2, fine)
        best = max(map(float, tried), key=lambda each: (height(each), -abs(each)))
    return best if abs(best) >= LEVEL else 0.0


def level(picture: Picture, degrees: float) -> Picture:
    """Return a page turned so that lines that rise by so many degrees are level."""
    if not degrees:
        return picture
    high, wide = picture.shape
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), -degrees, 1)
    how, white = cv2.INTER_CUBIC, cv2.BORDER_CONSTANT
    turned = cv2.warpAffine(
        picture, turn, (wide, high), flags=how, borderMode=white, borderValue=255.0
    )
    return np.asarray(turned, dtype=np.uint8)
