"""Which of the characters a page draws a person sees, and which are in doubt.

Not seen is what is drawn without ink, in the colour of its ground, under a
later shape or off the page. Knows nothing of any format.
"""

from __future__ import annotations

from bisect import bisect_left
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mingtang.document import Box
    from mingtang.reading.paper.glyphs import Glyph

PALE, UNSEEN = 0.35, 0.04
"""Text that differs less than this from its ground is pale, or not seen."""
EDGE = 1.0
"""A line this near to a shape's side runs beside it, not on or under it."""


class Ink(NamedTuple):
    """How characters are drawn: place in the order of drawing, lightness, size, angle."""

    order: int
    light: float
    size: float
    angle: float
    seen: bool


class Line(NamedTuple):
    """A ruled line or small drawing: place in the order of drawing, lightness, where."""

    order: int
    light: float
    box: Box


class Ground(NamedTuple):
    """A filled shape or picture: place in the order of drawing, lightness, where."""

    order: int
    light: float
    box: Box


def seen(lines: Sequence[Line], grounds: Sequence[Ground]) -> list[Box]:
    """Return those of the lines that a person sees on their ground.

    A white line shows on grey; a black one does not under a white shape.
    """
    last = max((ground.order for ground in grounds), default=0)
    dark = any(ground.light < 1 - UNSEEN for ground in grounds)
    return [
        line.box
        for line in lines
        if (line.light < 1 - UNSEEN and line.order > last and not dark)
        or _stands_out(line, grounds)
    ]


def _stands_out(line: Line, grounds: Iterable[Ground]) -> bool:
    x0, y0, x1, y1 = line.box
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    below: tuple[int, float] = (0, 1.0)
    # A white line between two grey grounds shows; a black one on a black side, too.
    edge = EDGE if line.light < 1 - UNSEEN else -EDGE
    for order, light, (left, top, right, bottom) in grounds:
        if left + edge < x < right - edge and top + edge < y < bottom - edge:
            if order > line.order:
                return False
            below = max(below, (order, light))
    return abs(line.light - below[1]) >= UNSEEN


def visible(
    signs: Iterable[tuple[Glyph, Ink]], grounds: Iterable[Ground], size: tuple[float, float]
) -> list[Glyph]:
    """Return the characters seen on a page of that size; pale ones are in doubt."""
    wide, high = size
    ordered = sorted(
        (
            (y, x, glyph, ink)
            for glyph, ink in signs
            for x, y in (glyph.middle,)
            if 0 <= x <= wide and 0 <= y <= high
        ),
        key=itemgetter(0),
    )
    lights = _lights(ordered, grounds)
    return [
        glyph._replace(doubt=True) if abs(ink.light - light) < PALE else glyph
        for (_, _, glyph, ink), light in zip(ordered, lights, strict=True)
        if light is not None and abs(ink.light - light) >= UNSEEN
    ]


def _lights(
    ordered: Sequence[tuple[float, float, Glyph, Ink]], grounds: Iterable[Ground]
) -> list[float | None]:
    """Return how light the ground of each character is, None where it is covered."""
    heights = [each[0] for each in ordered]
    lights: list[float | None] = [1.0] * len(ordered)
    for ground in sorted(grounds):
        x0, y0, x1, y1 = ground.box
        for at in range(bisect_left(heights, y0), len(heights)):
            if heights[at] > y1:
                break
            if x0 <= ordered[at][1] <= x1:
                over = ground.order > ordered[at][3].order
                lights[at] = None if over else ground.light
    return lights
