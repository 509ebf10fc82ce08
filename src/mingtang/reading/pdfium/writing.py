"""What a page writes: its characters with ink, box and origin."""

from __future__ import annotations

import ctypes
import math
from typing import TYPE_CHECKING, NamedTuple

from pypdfium2 import raw  # type: ignore[import-untyped]

from mingtang.pdfium import calls
from mingtang.pdfium.handles import light, limit
from mingtang.reading.paper.drawn import MAX_GLYPHS, Sign
from mingtang.reading.paper.glyphs import DOUBT
from mingtang.reading.paper.seeing import Ink

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingtang.document import Box
    from mingtang.pdfium.calls import Handle
    from mingtang.reading.paper.strokes import Point
    from mingtang.reading.pdfium.drawing import Drawing

_SPACES = frozenset(
    (0, 9, 10, 13, 32, 0xA0, 0xAD, *range(0x2000, 0x2010), 0x202F, 0x2060, 0x3000, 0xFEFF)
)
_HYPHENS = frozenset((2, 0xFFFE))
_HIGH, _LOW = range(0xD800, 0xDC00), range(0xDC00, 0xE000)
_NO_INK = frozenset((3, 7))
_LEVEL = 1e-4
"""Text that rises less than this stands on one line as a whole."""


class Hand(NamedTuple):
    """How one text object is written: its ink, where it is seen, its line if level."""

    ink: Ink
    clip: Box | None = None
    base: float | None = None


_UNSEEN = Hand(Ink(0, 0.0, 0.0, 0.0, seen=False))


def signs(page: Handle, drawing: Drawing) -> list[Sign]:
    """Return the characters that a page shows, in the order of its file."""
    count = raw.FPDFText_CountChars(page)
    limit(drawing.number, "的字数", count, MAX_GLYPHS)
    thing_of, box_of, unknown = calls.text_thing, calls.text_box, calls.text_unknown
    rectangle, to_rectangle = calls.RECTANGLE, calls.TO_RECTANGLE
    text = calls.address(page)
    hands: dict[int, Hand] = {}
    found: list[Sign] = []
    cut: set[Ink] = set()
    high = 0
    for index, code in enumerate(_codes(page, count)):
        if code in _SPACES:
            continue
        thing = thing_of(text, index)
        hand = hands.get(thing) or hands.setdefault(
            thing, _hand(text, index, thing, drawing)
        )
        ink, clip, base = hand
        if not ink.seen or code in _HIGH:
            high = code
            continue
        sign, high = DOUBT if unknown(text, index) == 1 else _sign(code, high), 0
        box_of(text, index, to_rectangle)
        left, top, right, bottom = rectangle
        if clip and not _is_inside((left, bottom, right, top), clip):
            cut.add(ink)
            continue
        origin = _origin(text, index) if base is None else (left, base)
        found.append(Sign(sign, ink, (left, bottom, right, top), origin))
    return [sign._replace(doubt=sign.ink in cut) for sign in found] if cut else found


def _codes(page: Handle, count: int) -> Sequence[int]:
    """Return the code of each character, at once where each has one."""
    codes = (ctypes.c_ushort * (count + 1))()
    if raw.FPDFText_GetText(page, 0, count, codes) == count + 1:
        return codes[:count]
    return [raw.FPDFText_GetUnicode(page, index) for index in range(count)]


def _is_inside(box: Box, clip: Box) -> bool:
    """Return whether the middle of a character is seen."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return clip[0] <= x <= clip[2] and clip[1] <= y <= clip[3]


def _origin(text: int, index: int) -> Point:
    calls.text_origin(text, index, *calls.TO_ORIGIN)
    x, y = calls.ORIGIN
    return x, y


def _hand(text: int, index: int, thing: int | None, drawing: Drawing) -> Hand:
    """Return how a text object is written, unseen for what the page does not draw."""
    shown = drawing.texts.get(thing) if thing else None
    if thing is None or shown is None:
        return _UNSEEN
    mode = calls.text_mode(thing)
    pale = light(thing, calls.stroke_colour if mode in (1, 5) else calls.fill_colour)
    calls.text_matrix(text, index, calls.TO_MATRIX)
    a, b, c, d, _, base = calls.MATRIX
    size = calls.text_size(text, index) * math.hypot(c, d)
    seen = mode not in _NO_INK and size > 1
    ink = Ink(shown.order, pale, size, math.atan2(b, a), seen)
    level = abs(b) < _LEVEL and abs(c) < _LEVEL and a > 0 < d
    return Hand(ink, shown.clip, base if level else None)


def _sign(code: int, high: int) -> str:
    if code in _HYPHENS:
        return "-"
    if code in _LOW:
        return chr(0x10000 + ((high - 0xD800) << 10) + code - 0xDC00) if high else DOUBT
    return chr(code) if code > 32 else DOUBT  # noqa: PLR2004 - controls
