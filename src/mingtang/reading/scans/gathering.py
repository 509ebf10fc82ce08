"""Short lines set side by side in one picture, so that they are read together.

A lone figure is too little for a network that learnt from lines. The figures
of many cells in a row, with white between them, are a line.
"""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from mingtang.reading.scans.recognising import HEIGHT, Character, read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingtang.reading.scans.inking import Strip
    from mingtang.reading.scans.pictures import Picture

LEAD = 20
"""White before the first, in dots."""


class Look(NamedTuple):
    """One way to set lines side by side: the gap, the room above, the width."""

    gap: int
    room: float
    width: int


FIRST, SECOND = Look(40, 1.5, 640), Look(56, 1.75, 560)
"""Two looks at the same line that have little in common but its ink."""


class _Set(NamedTuple):
    """A line's place in the picture it is read in."""

    line: int
    start: int
    picture: Picture


def gathered(
    page: Picture, lines: Sequence[Strip], look: Look
) -> list[tuple[Character, ...]]:
    """Return the characters of short lines, read many at once.

    Their places are in dots of the page, counted from its left edge.
    """
    if not lines:
        return []
    usual = median(line.height for line in lines)
    rows: list[list[_Set]] = [[]]
    end = LEAD
    for number, line in enumerate(lines):
        picture = _cut(page, line, max(usual, line.height) * look.room)
        wide = picture.shape[1]
        if rows[-1] and end + wide + look.gap > look.width:
            rows.append([])
            end = LEAD
        rows[-1].append(_Set(number, end, picture))
        end += wide + look.gap
    found: list[tuple[Character, ...]] = [()] * len(lines)
    for row, characters in zip(rows, read([_together(row) for row in rows]), strict=True):
        wide = _wide(row)
        for each in row:
            last = each.start + each.picture.shape[1]
            near = look.gap / 3
            scale = (lines[each.line].box[2] - lines[each.line].box[0] + 6) / (
                last - each.start
            )
            left = lines[each.line].box[0] - 3
            found[each.line] = tuple(
                sign._replace(at=left + (sign.at * wide - each.start) * scale)
                for sign in characters
                if each.start - near <= sign.at * wide <= last + near and sign.text != " "
            )
    return found


def _wide(row: Sequence[_Set]) -> int:
    return row[-1].start + row[-1].picture.shape[1] + LEAD


def _together(row: Sequence[_Set]) -> Picture:
    made = np.full((HEIGHT, _wide(row)), 255, np.uint8)
    for _, start, picture in row:
        made[:, start : start + picture.shape[1]] = picture
    return made


def _cut(page: Picture, line: Strip, high: float) -> Picture:
    """Return a line with room around it, white where its cell ends."""
    x0, y0, x1, y1 = line.box
    top, bottom = round((y0 + y1 - high) / 2), round((y0 + y1 + high) / 2)
    made = np.full((bottom - top, x1 - x0 + 6), 255, np.uint8)
    _, least, _, most = line.within
    first, last = max(top, least, 0), min(bottom, most, page.shape[0])
    left, right = max(x0 - 3, 0), min(x1 + 3, page.shape[1])
    made[first - top : last - top, left - x0 + 3 : right - x0 + 3] = page[
        first:last, left:right
    ]
    width = max(4, round(made.shape[1] * HEIGHT / made.shape[0]))
    how = cv2.INTER_AREA if made.shape[0] > HEIGHT else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(made, (width, HEIGHT), interpolation=how), np.uint8)
