"""What differs between two sequences, in bounded work (差异)."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.distance import Indel

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

MOST_WORK = 4_000_000
"""Pairs that are compared at once; longer stretches are parted at what is there once."""
DEEPEST = 16
"""How often a stretch is parted."""


class Change(NamedTuple):
    """A stretch of the old sequence, and what stands for it in the new one."""

    same: bool
    old: slice
    new: slice


def changes(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Change]:
    """Return the stretches of two sequences, by turns the same and different.

    Within `MOST_WORK` pairs the longest common sequence is kept. Beyond, what occurs
    once in both anchors the rest, and where there is nothing of that kind either, a
    whole stretch is different.
    """
    names: dict[Hashable, int] = {}
    olds = [names.setdefault(each, len(names)) for each in old]
    news = [names.setdefault(each, len(names)) for each in new]
    found: list[Change] = []
    a = c = 0
    for same, (_, b, _, d) in _stretches(olds, news, (0, len(old), 0, len(new)), 0):
        if (b, d) == (a, c):
            continue
        if found and found[-1].same == same:
            last = found.pop()
            a, c = last.old.start, last.new.start
        found.append(Change(same, slice(a, b), slice(c, d)))
        a, c = b, d
    return found


_Bounds = tuple[int, int, int, int]
"""From where to where in the old sequence, and in the new one."""


def _stretches(
    old: list[int], new: list[int], bounds: _Bounds, depth: int
) -> Iterator[tuple[bool, _Bounds]]:
    """Yield the stretches within bounds, in order."""
    a, b, c, d = bounds
    start = _shared(old[a:b], new[c:d])
    yield True, (a, a + start, c, c + start)
    a, c = a + start, c + start
    end = _shared(old[a:b][::-1], new[c:d][::-1])
    inner = (a, b - end, c, d - end)
    if (b - end - a) * (d - end - c) <= MOST_WORK:
        yield from _compared(old, new, inner)
    else:
        yield from _anchored(old, new, inner, depth)
    yield True, (b - end, b, d - end, d)


def _shared(old: list[int], new: list[int]) -> int:
    """Return how many elements are the same from the beginning."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((n for n, (one, other) in pairs if one != other), min(len(old), len(new)))


def _compared(
    old: list[int], new: list[int], bounds: _Bounds
) -> Iterator[tuple[bool, _Bounds]]:
    a, b, c, d = bounds
    for step in Indel.opcodes(old[a:b], new[c:d]):
        yield (
            step.tag == "equal",
            (a + step.src_start, a + step.src_end, c + step.dest_start, c + step.dest_end),
        )


def _anchored(
    old: list[int], new: list[int], bounds: _Bounds, depth: int
) -> Iterator[tuple[bool, _Bounds]]:
    """Yield the stretches between anchors, as the patience method finds them."""
    a, b, c, d = bounds
    anchors = _anchors(old[a:b], new[c:d]) if depth < DEEPEST else []
    if not anchors:
        yield False, bounds
        return
    for one, other in anchors:
        yield from _stretches(
            old, new, (a, bounds[0] + one, c, bounds[2] + other), depth + 1
        )
        a, c = bounds[0] + one + 1, bounds[2] + other + 1
        yield True, (a - 1, a, c - 1, c)
    yield from _stretches(old, new, (a, b, c, d), depth + 1)


def _anchors(old: list[int], new: list[int]) -> list[tuple[int, int]]:
    """Return the places of what occurs once in both, as the longest rising chain."""
    once = {each for each, n in Counter(old).items() if n == 1}
    places = {each: n for n, each in enumerate(new) if each in once}
    once &= {each for each, n in Counter(new).items() if n == 1}
    pairs = [(n, places[each]) for n, each in enumerate(old) if each in once]
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for n, (_, place) in enumerate(pairs):
        at = bisect_left(ends, place)
        ends[at : at + 1], last[at : at + 1] = [place], [n]
        before.append(last[at - 1] if at else -1)
    chain, n = [], last[-1] if last else -1
    while n >= 0:
        chain.append(pairs[n])
        n = before[n]
    return chain[::-1]
