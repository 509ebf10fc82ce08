"""Ruled lines made whole: pieces and dots joined, doubles made one; which meet."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

DOUBLE = 4.5
"""Parallel lines nearer than this, in points, are one line drawn twice."""
EVEN = 0.8
"""Pieces of one line lie no further than this off each other."""
GAP = 4.0
"""A line goes on over a gap of this many points (dashes, corners)."""
TOUCH = 3.5
"""Lines that come this near to each other meet."""
SHORTEST = 3.0
"""A line shorter than this is a dot or a corner's joint."""
DOTS = 4
"""So many dots in a row are a dotted line."""


class Rule(NamedTuple):
    """The rectangle of ink of a ruled line, in points from the upper left corner."""

    x0: float
    y0: float
    x1: float
    y1: float


class Segment(NamedTuple):
    """A whole line: where it lies across its direction, and from where to where."""

    at: float
    start: float
    end: float


Part = tuple[list[Segment], list[Segment]]
"""The level and the upright lines of something."""


def segments(rules: Iterable[Rule]) -> Part:
    """Return level and upright lines, each whole; doubles are still two."""
    level: list[Segment] = []
    upright: list[Segment] = []
    for x0, y0, x1, y1 in rules:
        wide, high = x1 - x0, y1 - y0
        dot = max(wide, high) < SHORTEST and abs(wide - high) <= EVEN
        if wide >= high or dot:
            level.append(Segment((y0 + y1) / 2, x0, x1))
        if wide < high or dot:
            upright.append(Segment((x0 + x1) / 2, y0, y1))
    return _joined(level), _joined(upright)


def _joined(pieces: Iterable[Segment]) -> list[Segment]:
    """Return lines put together; dots are one only where there are some in a row."""
    return [
        Segment(at, chain[0].start, max(piece.end for piece in chain))
        for at, chain in _chains(pieces, EVEN)
        if len(chain) >= DOTS or any(piece.end - piece.start >= SHORTEST for piece in chain)
    ]


def whole(pieces: Iterable[Segment], apart: float) -> list[Segment]:
    """Return lines put together from pieces that lie no further apart than that."""
    return [
        Segment(at, chain[0].start, max(piece.end for piece in chain))
        for at, chain in _chains(pieces, apart)
    ]


def _chains(
    pieces: Iterable[Segment], apart: float
) -> Iterator[tuple[float, list[Segment]]]:
    """Yield the pieces of each line, and where that line lies."""
    groups: list[list[Segment]] = []
    for piece in sorted(pieces):
        if not groups or piece.at - groups[-1][0].at > apart:
            groups.append([])
        groups[-1].append(piece)
    for group in groups:
        at = (group[0].at + group[-1].at) / 2
        chain: list[Segment] = []
        end = float("-inf")
        for piece in sorted(group, key=itemgetter(1)):
            if chain and piece.start > end + GAP:
                yield at, chain
                chain = []
            chain.append(piece)
            end = max(end, piece.end)
        yield at, chain


def parts_of(level: Sequence[Segment], upright: Sequence[Segment]) -> list[Part]:
    """Return the lines in groups that hang together."""
    home = list(range(len(level) + len(upright)))

    def root(at: int) -> int:
        while home[at] != at:
            home[at] = home[home[at]]
            at = home[at]
        return at

    level = sorted(level)
    heights = [across.at for across in level]
    for j, down in enumerate(upright, len(level)):
        first = bisect_left(heights, down.start - TOUCH)
        last = bisect_right(heights, down.end + TOUCH)
        for i in range(first, last):
            if level[i].start - TOUCH <= down.at <= level[i].end + TOUCH:
                home[root(i)] = root(j)
    parts: dict[int, Part] = {}
    for at, each in enumerate((*level, *upright)):
        part = parts.setdefault(root(at), ([], []))
        part[0 if at < len(level) else 1].append(each)
    return list(parts.values())
