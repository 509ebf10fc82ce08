"""Lines of text read and set as characters with places, as a page holds them."""

from __future__ import annotations

from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

import numpy as np

from mingtang.reading.paper.glyphs import DOUBT, Glyph
from mingtang.reading.scans.judging import judged, words
from mingtang.reading.scans.pictures import SCALE
from mingtang.reading.scans.recognising import FIGURES, read
from mingtang.reading.scans.spelling import spelled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingtang.reading.scans.inking import Strip
    from mingtang.reading.scans.judging import Sign
    from mingtang.reading.scans.pictures import Picture

SHORT = 4.2
"""A line in a cell less wide than so many times its height is read with others."""
LEAST_HEIGHT = 8.0
"""No line of type is lower, in points."""
ROOM = 0.18
"""What is cut out around a line, by its height."""
FIGURE, WORD = 0.62, 1.0
"""How wide a figure, another character may be, by the size of the type."""
FIGURE_HEIGHT, WORD_HEIGHT = 0.72, 0.92
"""How high figures and words are by the size of the type."""
SAME = 0.15
"""Lines whose heights differ by a smaller share are of one size of type."""
_FIGURES = frozenset(FIGURES + ".,-/%")


def glyphs(page: Picture, lines: Sequence[Strip]) -> tuple[Glyph, ...]:
    """Return the characters of a page's lines with their places in points."""
    short = [line for line in lines if _is_short(line)]
    long = [line for line in lines if not _is_short(line)]
    told = {**dict(zip(short, judged(page, short), strict=True)), **_long(page, long)}
    signs = spelled([(line, told[line]) for line in lines])
    usual = median(line.height for line in long) if long else 0.0
    return tuple(glyph for line, read in signs for glyph in _set(line, read, usual))


def _is_short(line: Strip) -> bool:
    high = max(LEAST_HEIGHT * SCALE, line.height)
    return line.cell is not None and line.box[2] - line.box[0] < SHORT * high


def pictured(page: Picture, lines: Sequence[Strip]) -> list[Picture]:
    """Return lines cut out with a little room around them."""
    return [_cut(page, line) for line in lines]


def _cut(page: Picture, line: Strip) -> Picture:
    x0, y0, x1, y1 = line.box
    room = max(3, round(line.height * ROOM), round(LEAST_HEIGHT * SCALE - line.height) // 2)
    return np.ascontiguousarray(
        page[max(0, y0 - room) : y1 + room, max(0, x0 - room) : x1 + room]
    )


def _long(page: Picture, lines: Sequence[Strip]) -> dict[Strip, tuple[Sign, ...]]:
    made: dict[Strip, tuple[Sign, ...]] = {}
    cut = pictured(page, lines)
    for line, picture, found in zip(lines, cut, read(cut), strict=True):
        wide = picture.shape[1]
        left = (line.box[0] + line.box[2] - wide) / 2
        made[line] = words(each._replace(at=left + each.at * wide) for each in found)
    return made


def _set(line: Strip, signs: Sequence[Sign], usual: float) -> Iterator[Glyph]:
    """Yield the characters of a line, each as wide as its neighbours leave it.

    Lines of nearly the usual height are of one size: ink differs, type does not.
    """
    signs = [sign for sign in signs if sign.text.strip() or not sign.text]
    figures = all(sign.text in _FIGURES for sign in signs)
    share = FIGURE_HEIGHT if figures else WORD_HEIGHT
    same = not figures and abs(line.height - usual) <= SAME * usual
    high = usual if same else line.height
    least = LEAST_HEIGHT * share if len(signs) == 1 else 1.0
    size = max(high / SCALE, least) / share
    middles = [sign.at / SCALE for sign in signs]
    walls = [(left + right) / 2 for left, right in pairwise(middles)]
    base = line.box[3] / SCALE
    for number, (sign, middle) in enumerate(zip(signs, middles, strict=True)):
        half = size * (FIGURE if sign.text in _FIGURES else WORD) / 2
        if line.cell is not None and sign.text not in _FIGURES:
            half = line.box[2] / SCALE
        left = max(middle - half, walls[number - 1] if number else line.box[0] / SCALE)
        last = number == len(walls)
        right = min(middle + half, line.box[2] / SCALE if last else walls[number])
        yield Glyph(
            sign.text or DOUBT,
            min(left, middle - 0.1),
            line.box[1] / SCALE,
            max(right, middle + 0.1),
            base,
            base,
            size,
            0,
            sign.doubt,
            round(sign.trust, 3),
        )
