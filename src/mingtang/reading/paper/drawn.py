"""What a page draws, in its file's own measure, as the page a person reads.

For every format whose pages say only what is drawn where: the text is turned
the way most of it runs, and what nobody sees is left out.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from mingtang.reading.paper.glyphs import SLANTED, Glyph
from mingtang.reading.paper.laying import Page
from mingtang.reading.paper.rulings import Rule
from mingtang.reading.paper.seeing import Ground, Ink, Line, seen, visible
from mingtang.reading.paper.strokes import Point, Shapes, Subpath, filled, stroked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mingtang.document import Box
    from mingtang.reading.paper.frames import Frame

MAX_OBJECTS = 60_000
"""A page that draws more things than this is refused."""
MAX_SEGMENTS = 400_000
"""A page whose paths have more corners than this is refused."""
MAX_GLYPHS = 40_000
"""A page with more characters than this is refused."""
MAX_GROUNDS = 8_000
"""A page with more filled shapes than this is refused: any may hide its text."""
WIDE_IMAGE = 0.4
"""A picture over so much of a page may be the page itself, scanned."""
OPAQUE = 0.5
"""A filling that hides less than this of what is under it is seen through."""
_ASLANT = 0.03


class CrowdedError(ValueError):
    """A page that draws more shapes than can be weighed; says so, in Chinese."""


class Sign(NamedTuple):
    """One character: its ink, box and origin; `doubt` where it may not be seen so."""

    text: str
    ink: Ink
    box: Box
    origin: Point
    doubt: bool = False


class Path(NamedTuple):
    """A path filled or drawn along: its place in the order of drawing, its lightness.

    What lies outside `clip` is not seen; `cover` is how much of what is under it
    a filling hides, from 0 to 1.
    """

    order: int
    solid: bool
    light: float
    width: float
    subpaths: Sequence[Subpath]
    clip: Box | None = None
    cover: float = 1.0


class Drawn(NamedTuple):
    """Everything one page draws; pictures by their order, notes laid over the page."""

    signs: Sequence[Sign]
    paths: Sequence[Path]
    images: Sequence[tuple[int, Box]]
    notes: Sequence[Box] = ()


def page(number: int, shown: Frame, drawn: Drawn) -> Page:
    """Return what a person sees of a page, its text upright.

    Raises `CrowdedError` for a page with more filled shapes than the limit.
    """
    frame = shown._replace(turn=_direction(drawn.signs, shown.turn))
    rules, grounds, marks = _shapes(drawn.paths, frame)
    if len(grounds) > MAX_GROUNDS:
        message = f"第 {number} 页的色块超过 {MAX_GROUNDS} 的上限"
        raise CrowdedError(message)
    covers = [0.0]
    for order, box in drawn.images:
        area = frame.box(*box)
        covers.append(_share(area, *frame.size))
        if covers[-1] >= WIDE_IMAGE:
            grounds.append(Ground(order, 0.5, area))
        else:
            marks.append(area)
    marks += [frame.box(*box) for box in drawn.notes]
    glyphs = tuple(visible(_inked(drawn.signs, frame), grounds, frame.size))
    return Page(
        number,
        frame,
        shown,
        glyphs,
        tuple(rules),
        tuple(marks),
        max(covers),
        grounds=tuple(grounds),
    )


def _direction(written: Iterable[Sign], turn: int) -> int:
    """Return the quarter turns after which most characters stand upright."""
    votes = [0] * 4
    for angle, count in Counter(sign.ink.angle for sign in written).items():
        votes[round(angle / (math.pi / 2)) % 4] += count
    best = max(range(4), key=lambda each: votes[each])
    return best if votes[best] * 5 > sum(votes) * 3 else turn


def _inked(written: Iterable[Sign], frame: Frame) -> Iterator[tuple[Glyph, Ink]]:
    """Yield characters as they stand on the turned page, with their ink."""
    edge, top = frame.left, frame.top
    for text, ink, box, origin, doubt in written:
        if not ink.angle and not frame.turn:
            x0, y0, x1, y1 = box
            place = x0 - edge, top - y1, x1 - edge, top - y0, top - origin[1]
            yield Glyph(text, *place, ink.size, 0, doubt), ink
            continue
        quarters = ink.angle / (math.pi / 2)
        nearest = round(quarters)
        slanted = abs(quarters - nearest) > _ASLANT
        turn = SLANTED if slanted else (nearest - frame.turn) % 4
        base = frame.seen(*origin)[1]
        yield Glyph(text, *frame.box(*box), base, ink.size, turn, doubt), ink


def _shapes(
    paths: Iterable[Path], frame: Frame
) -> tuple[list[Rule], list[Ground], list[Box]]:
    """Return the ruled lines, the grounds and the small drawings of a page."""
    place = frame.seen
    lines: list[Line] = []
    grounds: list[Ground] = []
    marks: list[Line] = []
    for path in paths:
        turned = [
            run._replace(points=tuple([place(*point) for point in run.points]))
            for run in path.subpaths
        ]
        found = filled(turned) if path.solid else stroked(turned, path.width)
        if path.clip is not None:
            found = _clipped(found, frame.box(*path.clip))
        order, light = path.order, path.light
        if path.cover >= OPAQUE:
            grounds += [Ground(order, light, box) for box in found.grounds]
        lines += [Line(order, light, box) for box in found.rules]
        marks += [Line(order, light, box) for box in found.marks]
    rules = [Rule(*box) for box in seen(lines, grounds)]
    return rules, grounds, seen(marks, grounds)


def _clipped(shapes: Shapes, clip: Box) -> Shapes:
    """Return what a window leaves of shapes."""
    return Shapes(
        tuple(Rule(*box) for rule in shapes.rules if (box := shared(rule, clip))),
        tuple(box for ground in shapes.grounds if (box := shared(ground, clip))),
        tuple(box for mark in shapes.marks if (box := shared(mark, clip))),
    )


def shared(one: Box, other: Box) -> Box | None:
    """Return the rectangle that two rectangles share, None where they share none.

    >>> shared((0, 0, 2, 2), (1, -1, 5, 1)), shared((0, 0, 1, 1), (2, 2, 3, 3))
    ((1, 0, 2, 1), None)
    """
    x0, y0 = max(one[0], other[0]), max(one[1], other[1])
    x1, y1 = min(one[2], other[2]), min(one[3], other[3])
    return (x0, y0, x1, y1) if x0 <= x1 and y0 <= y1 else None


def _share(box: Box, wide: float, high: float) -> float:
    x0, y0, x1, y1 = max(box[0], 0), max(box[1], 0), min(box[2], wide), min(box[3], high)
    return max(0.0, x1 - x0) * max(0.0, y1 - y0) / max(wide * high, 1.0)
