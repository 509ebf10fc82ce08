"""Printed lines as paragraphs: joined where the text runs on, over pages too.

Numbers, heads and feet of pages are no part of the text. Lines that stand
apart (titles, headings, rows of a table without rules) stay lines.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mingtang.reading.paper.glyphs import Line

EDGE = 0.12
"""Heads and feet stand in this part of a page's height, above and below."""
NARROWEST = 56.0
"""On a low page it is at least so many points."""
SHORT, INDENTED = 2.2, 0.9
"""A line is short, or set in, by so many times its size."""
CENTRED = 3.0
"""A line set in by more than this does not run on."""
LARGE = 1.12
"""Text larger than this against the body is no prose: it runs on by rules of its own."""
OFF_AXIS = 0.6
"""Lines whose middles are less far apart, by their size, are set about one axis."""
LOOSE = 1.4
"""Lines further apart than this against the common pitch do not run on."""
COLUMN_GAP = 2.0
"""A gap of so many times the size parts columns, not words."""
_PAGE_NUMBER = re.compile(
    r"[-—–－―·\s]*第?\s*\d{1,3}\s*页?\s*(?:[/,，|]?\s*共?\s*\d{1,3}\s*页?)?[-—–－―·\s]*"
)
_HEADING = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]"
)
_WHOLE = re.compile(r"(?:报告|年报|目录|文件|网)[)）》]?\s*$")
"""What ends so is a title, or a head above one, in itself."""
_DIGITS = re.compile(r"\d+")


class Printed(NamedTuple):
    """A line with the page it stands on and that page's height."""

    line: Line
    page: int
    height: float


def without_furniture(printed: Sequence[Printed]) -> list[Printed]:
    """Return the lines without page numbers and what repeats at the edge of pages."""
    at_edge = [each for each in printed if _is_at_edge(each)]
    seen = Counter({key: len(found) for key, found in _pages_of(at_edge).items()})
    return [
        each
        for each in printed
        if not _is_at_edge(each)
        or not (seen[_key(each)] > 1 or _PAGE_NUMBER.fullmatch(each.line.text))
    ]


def _is_at_edge(each: Printed) -> bool:
    _, top, _, bottom = each.line.box
    edge = max(each.height * EDGE, NARROWEST)
    return bottom < edge or top > each.height - edge


def _key(each: Printed) -> tuple[str, int]:
    return _DIGITS.sub("#", each.line.text), round(each.line.base / 8)


def _pages_of(edges: Iterable[Printed]) -> dict[tuple[str, int], set[int]]:
    pages: dict[tuple[str, int], set[int]] = {}
    for each in edges:
        if any(sign.isalpha() for sign in each.line.text):
            pages.setdefault(_key(each), set()).add(each.page)
    return pages


class Measure(NamedTuple):
    """How the text is set: its margins, its size, how far its lines stand apart."""

    left: float
    right: float
    size: float
    pitch: float


def measure(printed: Sequence[Printed]) -> Measure:
    """Return how the text of a document is set."""
    size = median(sorted(glyph.size for each in printed for glyph in each.line.glyphs))
    body = [each for each in printed if each.line.size <= size * LARGE] or list(printed)
    steps = sorted(
        below.line.base - above.line.base
        for above, below in pairwise(printed)
        if above.page == below.page
        and 0 < below.line.base - above.line.base < size * CENTRED
    )
    pitch = steps[len(steps) // 4] if steps else size * CENTRED
    left = min(each.line.box[0] for each in body)
    right = max(each.line.box[2] for each in body)
    return Measure(left, right, size, pitch)


def runs_on(above: Printed, below: Printed, how: Measure) -> bool:
    """Return whether a paragraph goes on from one line to the next."""
    first, second = above.line, below.line
    if max(first.size, second.size) > how.size * LARGE or _HEADING.match(second.text):
        return _is_one_title(above, below, how)
    if above.page == below.page and second.base - first.base > how.pitch * LOOSE:
        return False
    if _has_columns(first) or _has_columns(second):
        return False
    x0, _, x1, _ = first.box
    full = x1 >= how.right - SHORT * how.size and x0 <= how.left + CENTRED * how.size
    return full and second.box[0] <= how.left + INDENTED * how.size


def _is_one_title(above: Printed, below: Printed, how: Measure) -> bool:
    """Return whether large text goes on in the next line.

    Its first line has no room left, or both are set about one axis: a title is
    broken by hand wherever it looks well, inside a body's name too.
    """
    first, second = above.line, below.line
    x0, _, x1, _ = first.box
    alike = (
        above.page == below.page
        and abs(first.size - second.size) < 1 < first.size - how.size
        and second.base - first.base < first.size * CENTRED
    )
    full = x1 - x0 > how.right - how.left - SHORT * first.size
    return alike and (full or _is_broken_by_hand(first, second))


def _is_broken_by_hand(first: Line, second: Line) -> bool:
    """Return whether two lines about one axis are one text, not two titles or headings."""
    aside = (first.box[0] + first.box[2] - second.box[0] - second.box[2]) / 2
    return (
        abs(aside) < first.size * OFF_AXIS
        and not _WHOLE.search(first.text)
        and not any(_HEADING.match(line.text) for line in (first, second))
        and not second.text.startswith(first.text[:2])
    )


def _has_columns(line: Line) -> bool:
    gap = COLUMN_GAP * line.size
    return any(right.x0 - left.x1 > gap for left, right in pairwise(line.glyphs))
