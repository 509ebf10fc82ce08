"""Characters with their places, and the text that a person reads from them.

The order in which a file draws its characters means nothing here: lines, gaps
and raised marks are told from where the characters stand.
"""

from __future__ import annotations

from itertools import pairwise
from operator import attrgetter, itemgetter
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mingtang.document import Box

DOUBT = "\ufffd"
"""Stands in a text for something drawn that cannot be read for sure."""
SLANTED = 4
"""The turn of a character that is not written along an edge of the page."""
SAME, CLASH = 0.2, 0.3
"""Middles nearer than this part of the size: printed twice, or over each other."""
SMALL = 0.76
"""A character smaller than this part of its neighbours may be a raised mark."""
SAME_LINE = 0.35
"""Baselines nearer than this part of the size are one line."""
WIDE_GAP, DIGIT_GAP = 0.6, 0.3
"""A gap wider than this part of the size is a space; between digits less is."""
PADDING = 11.0
"""What a table cell leaves free beside a number that just fits, in points."""
HALF = 0.5
_FIGURES = frozenset("0123456789０１２３４５６７８９.,．，")  # noqa: RUF001 - as printed


class Glyph(NamedTuple):
    """One visible character: its box, baseline and size in points from the upper left.

    `turn` counts quarter turns against the page, `SLANTED` for any other
    angle. `doubt` says that it may not be what it seems (pale, struck out);
    `trust` how sure it is, from 0 to 1, where it was recognised in a picture.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    base: float
    size: float
    turn: int = 0
    doubt: bool = False
    trust: float = 1.0

    @property
    def middle(self) -> tuple[float, float]:
        """Return the middle of the box."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2


class Line(NamedTuple):
    """Characters on one baseline from left to right; `raised` are their small marks."""

    glyphs: tuple[Glyph, ...]
    raised: frozenset[int] = frozenset()

    @property
    def box(self) -> Box:
        """Return the rectangle around the characters."""
        return around(self.glyphs)

    @property
    def base(self) -> float:
        """Return the baseline."""
        return median(glyph.base for glyph in self.glyphs)

    @property
    def size(self) -> float:
        """Return the size of most characters."""
        return median(glyph.size for glyph in self.glyphs)

    @property
    def text(self) -> str:
        """Return the text, wide gaps as spaces, raised marks in brackets."""
        parts: list[str] = []
        before: Glyph | None = None
        for at, glyph in enumerate(self.glyphs):
            raised = at in self.raised
            if before is not None and not raised and _apart(before, glyph):
                parts.append(" ")
            if raised and at - 1 not in self.raised:
                parts.append("（")
            parts.append(glyph.text)
            if raised and at + 1 not in self.raised:
                parts.append("）")
            before = glyph
        return "".join(parts)


def around(glyphs: Iterable[Glyph]) -> Box:
    """Return the rectangle around characters."""
    _, x0, y0, x1, y1, *_ = zip(*glyphs, strict=True)
    return min(x0), min(y0), max(x1), max(y1)


def _apart(left: Glyph, right: Glyph) -> bool:
    """Return whether a space stands between two neighbours on a line."""
    digits = left.text in _FIGURES and right.text in _FIGURES
    part = DIGIT_GAP if digits else WIDE_GAP
    return right.x0 - left.x1 > part * max(left.size, right.size)


def printed_once(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """Return the characters without those printed again in place (false bold).

    Where different characters stand on one spot neither is sure.
    """
    found = list(glyphs)
    reach = max((glyph.size for glyph in found), default=0.0) * CLASH
    kept: list[Glyph] = []
    spots: dict[tuple[int, int], list[int]] = {}
    for glyph in found:
        x, y = glyph.middle
        # What is near enough stands in this square, twice as wide, or those next to it.
        across, down = x / (2 * reach), y / (2 * reach)
        column, row = int(across), int(down)
        beside = column + (1 if across % 1 > HALF else -1)
        under = row + (1 if down % 1 > HALF else -1)
        near = [
            at
            for spot in ((column, row), (beside, row), (column, under), (beside, under))
            if spot in spots
            for at in spots[spot]
        ]
        if near and _clashes(glyph, kept, near):
            continue
        spots.setdefault((column, row), []).append(len(kept))
        kept.append(glyph)
    return kept


def _clashes(glyph: Glyph, kept: list[Glyph], near: Sequence[int]) -> bool:
    """Return whether a character is there already; mark what it is printed over."""
    x, y = glyph.middle
    for at in near:
        other = kept[at]
        a, b = other.middle
        distance = max(abs(x - a), abs(y - b))
        same = glyph.text == other.text and abs(glyph.size - other.size) < 1
        if distance < SAME * glyph.size and same:
            return True
        if distance < CLASH * min(glyph.size, other.size):
            kept[at] = other._replace(doubt=True)
    return False


def lines(glyphs: Sequence[Glyph]) -> list[Line]:
    """Return characters as lines from top to bottom, small marks with their line."""
    groups: list[list[Glyph]] = []
    base = float("-inf")
    for glyph in sorted(glyphs, key=attrgetter("base")):
        if glyph.base - base > SAME_LINE * glyph.size:
            groups.append([])
            base = glyph.base
        groups[-1].append(glyph)
    largest = [max(glyph.size for glyph in group) for group in groups]
    for at, group in enumerate(groups):
        for beside in (at + 1, at - 1):
            if 0 <= beside < len(groups) and largest[at] < SMALL * largest[beside]:
                near = [glyph for glyph in group if _marks(glyph, groups[beside])]
                groups[beside] += near
                group[:] = [glyph for glyph in group if glyph not in near]
    return [_line(group) for group in groups if group]


def _marks(glyph: Glyph, group: Sequence[Glyph]) -> bool:
    """Return whether a small character stands beside one of a line, a little off it."""
    heart = glyph.base - glyph.size * 0.35
    return any(
        each.base - each.size <= heart <= each.base + each.size * 0.25
        and glyph.x0 < each.x1 + each.size * 0.8
        and glyph.x1 > each.x0 - each.size * 0.8
        for each in group
    )


def _line(group: Sequence[Glyph]) -> Line:
    row = sorted(group, key=itemgetter(1))
    largest = max(row, key=attrgetter("size"))
    if min(each.size for each in row) >= SMALL * largest.size:
        return Line(tuple(row))
    raised = frozenset(
        at
        for at, each in enumerate(row)
        if each.size < SMALL * largest.size
        and abs(each.base - largest.base) > 0.08 * largest.size
    )
    return Line(tuple(row), raised)


def cell_text(glyphs: Sequence[Glyph], box: Box) -> str:
    """Return what a person reads in a table cell; `DOUBT` ends what is not sure.

    Lines run on without a break, but digits under digits are one number only
    where the upper line had no room left for the next digit.
    """
    if not glyphs:
        return ""
    high = box[3] - box[1]
    if len(glyphs) == 1:
        (one,) = glyphs
        if one.turn == 0 and not one.doubt and one.text != DOUBT and one.size <= high + 2:
            return one.text
    turns = {glyph.turn for glyph in glyphs}
    if turns & {1, 2, 3} and len(turns) == 1:
        return _turned_text(glyphs)
    unsure = turns != {0} or any(
        glyph.doubt or glyph.size > high + 2 or glyph.text == DOUBT for glyph in glyphs
    )
    parts: list[str] = []
    rows = lines(glyphs)
    for row, following in pairwise([*rows, None]):
        if row is not None:
            parts.append(row.text)
            if following is not None and not _runs_on(row, following, box):
                parts.append("\n")
    text = "".join(parts).replace(DOUBT, "")
    return text + DOUBT if unsure else text


def _runs_on(row: Line, following: Line, box: Box) -> bool:
    last, first = row.glyphs[-1], following.glyphs[0]
    if last.text not in _FIGURES or first.text not in _FIGURES:
        return True
    x0, _, x1, _ = row.box
    free = (box[2] - box[0]) - (x1 - x0)
    return len(row.glyphs) > 1 and free < (first.x1 - first.x0) + PADDING


def _turned_text(glyphs: Sequence[Glyph]) -> str:
    """Return the text of a cell written sideways; a figure written so is not sure."""
    turn = glyphs[0].turn
    upright = [
        glyph._replace(
            x0=-glyph.y1 if turn == 1 else glyph.y0,
            x1=-glyph.y0 if turn == 1 else glyph.y1,
            base=glyph.x1 if turn == 1 else -glyph.x0,
            turn=0,
        )
        for glyph in glyphs
    ]
    return "".join(line.text for line in lines(upright)) + DOUBT
