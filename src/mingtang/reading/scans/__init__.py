"""Scanned pages as pages of characters and ruled lines, by recognition.

The grid is found first; each cell is cut out and read for itself, so that no
figure can stray into another cell. What is not sure is in doubt, never guessed.
"""

from __future__ import annotations

from mingtang.reading.paper.frames import Frame
from mingtang.reading.paper.laying import Page
from mingtang.reading.scans.pictures import (
    MAX_PAGES,
    SCALE,
    Picture,
    PictureError,
    pictures,
    scaled,
)
from mingtang.reading.scans.setting import glyphs
from mingtang.reading.scans.turning import straight

__all__ = ["MAX_PAGES", "Picture", "PictureError", "page", "pictures"]


def page(picture: Picture, number: int, wide: float | None = None) -> Page:
    """Return a scanned page, `wide` points wide where its sheet is known.

    Raises `PictureError` where recognition is not installed whole.
    """
    plain = scaled(picture, wide)
    found = straight(plain)
    high, across = found.page.shape
    frame = Frame(0, 0, across / SCALE, high / SCALE)
    zoom = 1.0 if wide is None else wide * SCALE / plain.shape[1]
    a, b, c, d, e, f = (zoom * each for each in found.back)
    lines, rules, marks = found.cut.lines, found.cut.rules, found.cut.marks
    signs = glyphs(found.cut.page, lines)
    return Page(number, frame, frame, signs, rules, marks, 1.0, (a, b, c, d, e, f))
