"""Ruled lines made whole: pieces joined, doubles made one, those that meet together."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

DOUBLE = 4.5
"""Parallel lines nearer than this, in points, are one line drawn twice."""
GAP = 4.0
"""A line goes on over a gap of this many points (dashes, corners)."""
TOUCH = 3.5
"""Lines that come this near to each other meet."""
SHORTEST = 3.0
"""A line shorter than this is a dot or a corner's joint."""


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


def segments(rules: Iterable[Rule]) -> tuple[list[Segment], list[Segment]]:
    """Return level and upright lines, each whole."""
    level: list[Segment] = []
    upright: list[Segment] = []
    for x0, y0, x1, y1 in rules:
        if max(x1 - x0, y1 - y0) < SHORTEST:
            continue
        if x1 - x0 >= y1 - y0:
            level.append(Segment((y0 + y1) / 2, x0, x1))
        else:
            upright.append(Segment((x0 + x1) / 2, y0, y1))
    return _whole(level), _whole(upright)


def _whole(pieces: list[Segment]) -> list[Segment]:
    """Return lines put together from their pieces."""
    groups: list[list[Segment]] = []
    for piece in sorted(pieces):
        if not groups or piece.at - groups[-1][0].at > DOUBLE:
            groups.append([])
        groups[-1].append(piece)
    made: list[Segment] = []
    for group in groups:
        at = (group[0].at + group[-1].at) / 2
        start = end = float("-inf")
        for piece in sorted(group, key=lambda each: each.start):
            if piece.start > end + GAP:
                if end > start:
                    made.append(Segment(at, start, end))
                start, end = piece.start, piece.end
            end = max(end, piece.end)
        made.append(Segment(at, start, end))
    return made


def parts_of(
    level: Sequence[Segment], upright: Sequence[Segment]
) -> list[tuple[list[Segment], list[Segment]]]:
    """Return the lines in groups that hang together."""
    home = list(range(len(level) + len(upright)))

    def root(at: int) -> int:
        while home[at] != at:
            home[at] = home[home[at]]
            at = home[at]
        return at

    for i, across in enumerate(level):
        for j, down in enumerate(upright, len(level)):
            meets = across.start - TOUCH <= down.at <= across.end + TOUCH
            if meets and down.start - TOUCH <= across.at <= down.end + TOUCH:
                home[root(i)] = root(j)
    parts: dict[int, tuple[list[Segment], list[Segment]]] = {}
    for at, each in enumerate((*level, *upright)):
        part = parts.setdefault(root(at), ([], []))
        part[0 if at < len(level) else 1].append(each)
    return list(parts.values())
