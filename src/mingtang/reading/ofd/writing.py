"""What a text object writes: its characters with ink, box and origin.

A file gives origins and steps; how wide a character is its kind tells: those
of Chinese type fill a square, others half of it, and points less.
"""

from __future__ import annotations

import math
import re
from itertools import islice, repeat
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import category, east_asian_width

from mingtang.matrices import Matrix, bounds, moved, times
from mingtang.reading.ofd.markup import OfdError, children, number, value
from mingtang.reading.paper.drawn import Sign
from mingtang.reading.paper.glyphs import DOUBT
from mingtang.reading.paper.seeing import Ink
from mingtang.text import without_radicals

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.document import Box
    from mingtang.reading.ofd.markup import Node

ASCENT, DESCENT = 0.88, 0.12
"""How far a character reaches above and below its baseline, in parts of its size."""
SMALLEST = 1.0
"""Text of this many points or less is not seen."""
PLACEHOLDER = "\u00a4"
"""Stands for a glyph that has no character."""
_ESCAPED = re.compile(r"\\([0-9A-Fa-f]{4})")
_WIDE = frozenset("FWA")
_THIN = frozenset(".,:;'!|il")
_NO_SIGN = frozenset(("Cc", "Cf"))


class _Step(NamedTuple):
    """A character, where it begins, and the room it takes, in the object's measure."""

    text: str
    x: float
    y: float
    wide: float


def signs(
    node: Node, placed: Matrix, pen: tuple[int, float], window: Box | None
) -> Iterator[Sign]:
    """Yield the characters of a text object that a matrix places.

    `pen` tells its place in the order of drawing (0 without ink) and its
    lightness. Characters outside the window are in doubt: some viewers cut
    them off. So are those of a text whose glyphs are more or fewer than its
    characters.
    """
    size = abs(number(node, "Size", math.inf))
    if not math.isfinite(size):
        message = "文字没有字号"
        raise OfdError(message)
    clockwise = math.radians(number(node, "CharDirection", 0.0))
    cos, sin = math.cos(clockwise), math.sin(clockwise)
    turned = times((cos, sin, -sin, cos, 0.0, 0.0), placed)
    high = size * math.hypot(turned[2], turned[3])
    order, light = pen
    angle = math.atan2(turned[1], turned[0])
    ink = Ink(order, light, high, angle, seen=order > 0 and high > SMALLEST)
    if not ink.seen:
        return
    uneven = any(
        each.get("CodeCount", "1") != each.get("GlyphCount", "1")
        for each in children(node, "CGTransform")
    )
    for step in _steps(node, size):
        origin = moved(placed, step.x, step.y)
        body = (0.0, -ASCENT * size, step.wide, DESCENT * size)
        box = bounds((*turned[:4], *origin), body)
        cut = window is not None and not _holds(window, box, high)
        yield Sign(step.text, ink, box, origin, uneven or cut)


def _holds(window: Box, box: Box, slack: float) -> bool:
    """Return whether the middle of a box is in a window, or nearly."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return (
        window[0] - slack <= x <= window[2] + slack
        and window[1] - slack <= y <= window[3] + slack
    )


def _steps(node: Node, size: float) -> Iterator[_Step]:
    """Yield the visible characters of a text object, one after another."""
    stretch = abs(number(node, "HScale", 1.0))
    reading = math.radians(number(node, "ReadDirection", 0.0))
    x = y = 0.0
    for code in children(node, "TextCode"):
        x, y = number(code, "X", x), number(code, "Y", y)
        text = _text(code)
        across, down = (_deltas(code.get(name), text) for name in ("DeltaX", "DeltaY"))
        here = x, y
        for at, sign in enumerate(text):
            wide = size * stretch * _width(sign)
            if at < max(len(across), len(down)):
                step = _at(across, at), _at(down, at)
            else:
                step = wide * math.cos(reading), wide * math.sin(reading)
            if not (sign.isspace() or category(sign) in _NO_SIGN):
                room = min(wide, step[0]) if step[0] > 0 else wide
                shown = DOUBT if sign == PLACEHOLDER else sign
                yield _Step(shown, *here, room)
            here = here[0] + step[0], here[1] + step[1]


def _width(sign: str) -> float:
    """Return how wide a character is, in parts of its size."""
    if east_asian_width(sign) in _WIDE:
        return 1.0
    return 0.25 if sign in _THIN else 0.5


def _at(deltas: list[float], at: int) -> float:
    return deltas[at] if at < len(deltas) else 0.0


def _text(code: Node) -> str:
    """Return the characters of a text code; line breaks are the XML's, not the text's."""
    text = code.text or ""
    if "\n" in text:
        text = text.strip(" \t\r\n")
    if "\\" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return without_radicals(text)


def _deltas(printed: str | None, text: str) -> list[float]:
    """Return how far it is from each character to the next.

    Some writers count a character outside the basic plane as two.
    """
    halves = [1 + (sign > "\uffff") for sign in text]
    found = list(islice(_expanded(printed), sum(halves)))
    if len(found) < sum(halves) - 1 or len(halves) == sum(halves):
        return found
    each = iter(found)
    return [sum(islice(each, count)) for count in halves]


def _expanded(printed: str | None) -> Iterator[float]:
    """Yield the numbers of a list in which ``g n v`` stands for n times v.

    >>> list(_expanded("1 g 2 3.5 2"))
    [1.0, 3.5, 3.5, 2.0]
    """
    parts = iter((printed or "").split())
    for part in parts:
        if part != "g":
            yield value(part)
            continue
        count, each = next(parts, ""), next(parts, "")
        if not (count.isascii() and count.isdigit()):
            message = f"字距里的重复次数“{count[:8]}”无效"
            raise OfdError(message)
        yield from repeat(value(each), min(int(count[:9]), 10**6))
