"""Which lines make one table: frames left out, open sides added, stacked tables parted."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

from mingtang.reading.paper.rulings import (
    DOUBLE,
    EVEN,
    TOUCH,
    Part,
    Segment,
    parts_of,
    segments,
    whole,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mingtang.reading.paper.rulings import Rule

TALL = 40.0
"""The side of a frame is longer than this, in points."""
ALONG = 6.0
"""A line ends where a table does if its ends are no further off."""
MANY = 64
"""More lines than this that nothing touches are no frames."""
MAX_LINES = 4_000
"""A page with more lines than this is a drawing, and holds no table."""
PARTED = 2
"""So many lines that end, and so many that begin, at one level line part tables."""


def outlines(rules: Iterable[Rule]) -> list[Part]:
    """Return the lines of each table, and other lines that hang together."""
    level, upright = segments(rules)
    if len(level) + len(upright) > MAX_LINES:
        return []
    level, upright = _unframed(level, upright)
    parts = parts_of(whole(level, DOUBLE), whole(upright, DOUBLE))
    made = [part for part in parts if part[0]]
    for _, (side, *_) in (part for part in parts if not part[0]):
        _lean(side, made)
    return [piece for part in made for piece in _parted(*part)]


def _unframed(level: list[Segment], upright: list[Segment]) -> Part:
    """Return the lines without frames around others (a page's border, a layout's box).

    No line inside touches a frame; where the outer border of a table is such a
    one, its cells have borders of their own.
    """
    level.sort()
    heights = [each.at for each in level]
    alone = [
        side
        for side in upright
        if side.end - side.start > TALL and not _touched(side, level, heights)
    ]
    if len(alone) > MANY:
        return level, upright
    gone: set[Segment] = set()
    for left, right in ((a, b) for a in alone for b in alone if a.at < b.at):
        if abs(left.start - right.start) > EVEN or abs(left.end - right.end) > EVEN:
            continue
        ends = [
            each
            for each in level
            if abs(each.start - left.at) < TOUCH
            and abs(each.end - right.at) < TOUCH
            and min(abs(each.at - left.start), abs(each.at - left.end)) < TOUCH
        ]
        inside = [
            each
            for each in level[
                bisect_right(heights, left.start + EVEN) : bisect_left(
                    heights, left.end - EVEN
                )
            ]
            if left.at < each.start and each.end < right.at
        ]
        if inside:
            gone |= {left, right, *ends}
    return (
        [each for each in level if each not in gone],
        [each for each in upright if each not in gone],
    )


def _touched(side: Segment, level: Sequence[Segment], heights: Sequence[float]) -> bool:
    """Return whether a level line meets an upright one between its ends."""
    first = bisect_right(heights, side.start + TOUCH)
    last = bisect_left(heights, side.end - TOUCH)
    return any(
        each.start - EVEN <= side.at <= each.end + EVEN for each in level[first:last]
    )


def _lean(side: Segment, parts: Sequence[Part]) -> None:
    """Add an upright line that nothing meets to the table beside it.

    A cell that is as high as its page has no line above or below it.
    """
    beside = [
        down
        for _, down in parts
        if len(down) > 1
        and abs(min(each.start for each in down) - side.start) < ALONG
        and abs(max(each.end for each in down) - side.end) < ALONG
    ]
    if beside:
        near = min(beside, key=lambda down: min(abs(each.at - side.at) for each in down))
        near.append(side)


def _parted(across: list[Segment], down: list[Segment]) -> Iterator[Part]:
    """Yield the tables that stand one upon the other and share the line between.

    Rows of one table share most of their upright lines, or one row's are among
    the other's.
    """
    borders = {line.at for line in across if _is_border(line.at, down)}
    if not borders:
        yield across, down
        return
    for top, bottom in pairwise((float("-inf"), *sorted(borders), float("inf"))):
        yield _between(across, down, top, bottom)


def _is_border(at: float, down: Iterable[Segment]) -> bool:
    """Return whether other upright lines begin at a level line than end there."""
    ends: list[float] = []
    starts: list[float] = []
    through = 0
    for each in down:
        if each.start > at + TOUCH or each.end < at - TOUCH:
            continue
        if each.start >= at - TOUCH:
            starts.append(each.at)
        elif each.end <= at + TOUCH:
            ends.append(each.at)
        else:
            through += 1
    fewer = min(len(starts), len(ends))
    if fewer < PARTED or through > fewer:
        return False
    shared = sum(any(abs(one - other) < DOUBLE for other in ends) for one in starts)
    return fewer - shared >= PARTED and through + shared <= fewer - shared


def _between(
    across: Iterable[Segment], down: Iterable[Segment], top: float, bottom: float
) -> Part:
    """Return the lines between two level lines, these no wider than what they bound."""
    inner = [
        each._replace(start=max(each.start, top), end=min(each.end, bottom))
        for each in down
        if each.start < bottom - TOUCH and each.end > top + TOUCH
    ]
    lines = [each for each in across if top <= each.at <= bottom]
    middle = [each for each in lines if top < each.at < bottom]
    low = min((*(each.at for each in inner), *(each.start for each in middle)))
    high = max((*(each.at for each in inner), *(each.end for each in middle)))
    clipped = [
        each._replace(start=max(each.start, low), end=min(each.end, high)) for each in lines
    ]
    return [each for each in clipped if each.end > each.start], inner
