"""Which way up a page is, and how it leans: the page as it is meant to be read."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from mingtang.reading.scans.cutting import cut
from mingtang.reading.scans.pictures import SCALE
from mingtang.reading.scans.recognising import read
from mingtang.reading.scans.setting import pictured
from mingtang.reading.scans.straightening import even, ink, leaning, level

if TYPE_CHECKING:
    from mingtang.matrices import Matrix
    from mingtang.reading.scans.cutting import Cut
    from mingtang.reading.scans.pictures import Picture

READABLE, TELLING = 0.8, 5
"""A page is upright where such a share of its lines is read, and so many characters
in each: on its side, single ones pass for others and are read as surely."""
TRIED, LONG = 8, 7
"""So many lines tell which way up a page is, so many times their height of each."""


class Straight(NamedTuple):
    """A page made even and straight, its parts, and how it goes back.

    `back` takes points of the straight page to points of the page as given.
    """

    page: Picture
    cut: Cut
    back: Matrix


def straight(plain: Picture) -> Straight:
    """Return a page turned and levelled so that its text can be read."""
    best, most = None, -1.0
    for turn in (0, 2, 1, 3):
        made = _turned(plain, turn)
        sure, upright = _read(made)
        if sure > most:
            best, most = made, sure
        if upright:
            break
    assert best is not None  # noqa: S101 - four turns were tried
    return best


def _turned(plain: Picture, turn: int) -> Straight:
    """Return a page after quarter turns to the left."""
    turned = even(np.ascontiguousarray(np.rot90(plain, turn)))
    lean = leaning(ink(turned))
    page = level(turned, lean)
    return Straight(page, cut(page), _back(plain, turn, lean))


def _read(made: Straight) -> tuple[float, bool]:
    """Return how many characters of a page's widest lines are read, surely so.

    And whether that is nearly all there is room for, so that the page is
    upright; one without lines is.
    """
    widest = sorted(made.cut.lines, key=lambda line: line.box[0] - line.box[2])[:TRIED]
    begun = [line[:, : LONG * len(line)] for line in pictured(made.page, widest)]
    found = read(begun)
    sure = sum(sign.sure for line in found for sign in line)
    room = sum(
        max(len(line), picture.shape[1] / len(picture))
        for line, picture in zip(found, begun, strict=True)
    )
    return sure, sure >= max(READABLE * room, TELLING * len(found))


def _back(plain: Picture, turn: int, lean: float) -> Matrix:
    """Return how points of a turned, levelled page go back onto the page as given."""
    high, wide = (side / SCALE for side in plain.shape)
    across, down = (high, wide) if turn % 2 else (wide, high)
    angle = turn * math.pi / 2 - math.radians(lean)
    a, b = math.cos(angle), math.sin(angle)
    x, y = across / 2, down / 2
    return a, b, -b, a, wide / 2 - a * x + b * y, high / 2 - b * x - a * y
