"""Ruled lines found among the dots of a page.

A line is thin across and dark all along: darkness is averaged along it, what
is broad across is taken away, and what is not dark over a stretch drops out.
Strokes of characters that pass for lines end in nothing; borders meet others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from mingtang.reading.paper.lattice import OPEN_EDGE
from mingtang.reading.paper.rulings import Rule, parts_of, segments
from mingtang.reading.scans.pictures import SCALE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mingtang.reading.paper.rulings import Segment
    from mingtang.reading.scans.pictures import Picture

LONGEST_STROKE = 16.0
"""Strokes of characters in tables are shorter than this, in points."""
BROAD = 4.0
"""What is broader is no line but a ground."""
PIECE = 3.0
"""Darkness is averaged over so many points along a line."""
DARKER = 12
"""A line is so much darker than the paper on both its sides."""
MEETS = 2.0
"""A border ends this near, in points, to a line across."""
LEVEL = 1.5
"""Borders that differ by less across, in points, continue each other."""
SHORTEST = 8.0
"""A border between two crossings is longer than this."""
LEAST_TABLE = 80.0
"""Lines that meet and reach over less are a large character or a stamp."""
BESIDE, NEAR = 1.7, 3.5
"""Dots of a line so near to a border belong to it; the second where it is long."""
LONG = 40.0
"""Strokes of neighbours on one height do not run on so far, in points."""


class Ruled(NamedTuple):
    """The borders of a page in points, and the dots that draw them (1, else 0)."""

    rules: tuple[Rule, ...]
    dots: Picture


def ruled(picture: Picture) -> Ruled:
    """Return the ruled lines of an even, straight page."""
    dark = 255 - picture
    across, down = _stretches(dark), _stretches(np.ascontiguousarray(dark.T)).T
    lines = [*_rules(across), *_rules(np.ascontiguousarray(down))]
    rules = borders(lines)
    far = round(LONG * SCALE)
    long = _opened(across, (1, far)) | _opened(down, (far, 1))
    every = (across | down) & _around(rules, BESIDE, picture)
    every |= long & _around(rules, NEAR, picture)
    dots = cv2.dilate(every, np.ones((3, 3), np.uint8))
    return Ruled(tuple(rules), np.asarray(dots, dtype=np.uint8))


def _opened(dots: Picture, size: tuple[int, int]) -> Picture:
    """Return the dots that stand in a full block of such a size."""
    opened = cv2.morphologyEx(dots, cv2.MORPH_OPEN, np.ones(size, np.uint8))
    return np.asarray(opened, np.uint8)


def _around(rules: Sequence[Rule], more: float, like: Picture) -> Picture:
    """Return the dots within so many points of ruled lines: 1, else 0."""
    made = np.zeros_like(like)
    for x0, y0, x1, y1 in rules:
        wider = (x0 - more, y0 - more, x1 + more, y1 + more)
        left, top, right, bottom = (round(each * SCALE) for each in wider)
        cv2.rectangle(made, (left, top), (right, bottom), 1, -1)
    return made


def _stretches(dark: Picture) -> Picture:
    """Return the dots of level lines: 1, else 0."""
    piece, broad = round(PIECE * SCALE), round(BROAD * SCALE) | 1
    along = cv2.blur(dark, (piece, 2))
    thin = cv2.morphologyEx(along, cv2.MORPH_TOPHAT, np.ones((broad, 1), np.uint8))
    longest = (1, round(LONGEST_STROKE * SCALE))
    return np.asarray(_opened(np.asarray(thin, np.uint8), longest) > DARKER, np.uint8)


def _rules(dots: Picture) -> list[Rule]:
    _, _, found, _ = cv2.connectedComponentsWithStats(dots)
    return [
        Rule(x / SCALE, y / SCALE, (x + wide) / SCALE, (y + high) / SCALE)
        for x, y, wide, high, _ in found[1:].tolist()
    ]


def borders(lines: Sequence[Rule]) -> list[Rule]:
    """Return the lines that begin and end at lines across, trimmed to them."""
    level, upright = segments(lines)
    falling = upright
    while True:
        across = _supported(_bound(level, upright), upright)
        down = _supported(_bound(upright, across), across)
        if (across, down) == (level, upright):
            break
        level, upright = across, down
    return [
        rule
        for across, down in parts_of(level, upright)
        if max(_reach(across), _reach(down)) >= LEAST_TABLE
        for rule in _drawn(across, _left_open(across, down, falling))
    ]


def _left_open(
    level: Sequence[Segment], upright: Sequence[Segment], falling: Sequence[Segment]
) -> list[Segment]:
    """Return upright borders that run on past the last level one where a page ends.

    A page's end cuts a table without a line: its upright borders all run on.
    """
    top, bottom = min(line.at for line in level), max(line.at for line in level)
    whole = [next((one for one in falling if _is_of(line, one)), line) for line in upright]
    above = sum(line.start < top - OPEN_EDGE for line in whole) * 2 > len(whole)
    below = sum(line.end > bottom + OPEN_EDGE for line in whole) * 2 > len(whole)
    return [
        line._replace(
            start=one.start if above and one.start < top - OPEN_EDGE else line.start,
            end=one.end if below and one.end > bottom + OPEN_EDGE else line.end,
        )
        for line, one in zip(upright, whole, strict=True)
    ]


def _is_of(border: Segment, line: Segment) -> bool:
    return border.at == line.at and line.start <= border.start and line.end >= border.end


def _reach(lines: Sequence[Segment]) -> float:
    """Return over how many points lines of one direction reach."""
    ends = [(line.start, line.end) for line in lines]
    return max(end for _, end in ends) - min(start for start, _ in ends) if ends else 0.0


def _drawn(level: Iterable[Segment], upright: Iterable[Segment]) -> list[Rule]:
    return [Rule(each.start, each.at - 0.5, each.end, each.at + 0.5) for each in level] + [
        Rule(each.at - 0.5, each.start, each.at + 0.5, each.end) for each in upright
    ]


def _supported(lines: Sequence[Segment], crossing: Sequence[Segment]) -> list[Segment]:
    """Return the borders but those of a single cell that continue no other.

    The heads of figures that fill a narrow column lie on one line from border to
    border. In a table borders go on: beside other cells, or further along.
    """
    return [
        line
        for line in lines
        if any(other is not line and abs(other.at - line.at) < LEVEL for other in lines)
        or sum(_meets(line, other) for other in crossing) > 2  # noqa: PLR2004 - its ends
    ]


def _meets(line: Segment, other: Segment) -> bool:
    return (
        other.start - MEETS <= line.at <= other.end + MEETS
        and line.start - MEETS <= other.at <= line.end + MEETS
    )


def _bound(lines: Sequence[Segment], crossing: Sequence[Segment]) -> list[Segment]:
    made: list[Segment] = []
    for line in lines:
        met = [other.at for other in crossing if _meets(line, other)]
        if met and max(met) - min(met) > SHORTEST:
            made.append(line._replace(start=min(met), end=max(met)))
    return made
