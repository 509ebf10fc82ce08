"""What a page writes: its characters with ink, box and origin."""

from __future__ import annotations

import ctypes
import math
from typing import TYPE_CHECKING

from pypdfium2 import raw  # type: ignore[import-untyped]

from mingtang.reading.paper.drawn import MAX_GLYPHS, Sign
from mingtang.reading.paper.glyphs import DOUBT
from mingtang.reading.paper.seeing import Ink
from mingtang.reading.pdfium.handles import Handle, address, light, limit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.reading.pdfium.drawing import Drawing

_SPACES = frozenset(
    (0, 9, 10, 13, 32, 0xA0, 0xAD, *range(0x2000, 0x2010), 0x202F, 0x2060, 0x3000, 0xFEFF)
)
_HYPHENS = frozenset((2, 0xFFFE))
_HIGH, _LOW = range(0xD800, 0xDC00), range(0xDC00, 0xE000)
_NO_INK = frozenset((3, 7))
_MATRIX = raw.FS_MATRIX()
_AT_MATRIX = ctypes.byref(_MATRIX)
_UNSEEN = Ink(0, 0.0, 0.0, 0.0, seen=False)


def signs(text: Handle, drawing: Drawing) -> Iterator[Sign]:
    """Yield the characters: text, ink, box and origin, in the file's measure."""
    count = raw.FPDFText_CountChars(text)
    limit(drawing.number, "的字数", count, MAX_GLYPHS)
    edges, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    at_edges, at_x, at_y = map(ctypes.byref, (edges, x, y))
    inks: dict[int, Ink] = {}
    high = 0
    for index in range(count):
        code = raw.FPDFText_GetUnicode(text, index)
        if code in _SPACES:
            continue
        thing = raw.FPDFText_GetTextObject(text, index)
        key = address(thing)
        if key not in inks:
            order = drawing.orders.get(key)
            inks[key] = _ink(text, index, thing, order) if order else _UNSEEN
        ink = inks[key]
        if not ink.seen or code in _HIGH:
            high = code
            continue
        wrong = raw.FPDFText_HasUnicodeMapError(text, index) == 1
        sign, high = DOUBT if wrong else _sign(code, high), 0
        raw.FPDFText_GetLooseCharBox(text, index, at_edges)
        raw.FPDFText_GetCharOrigin(text, index, at_x, at_y)
        box = (edges.left, edges.bottom, edges.right, edges.top)
        yield Sign(sign, ink, box, (x.value, y.value))


def _ink(text: Handle, index: int, thing: Handle, order: int) -> Ink:
    mode = raw.FPDFTextObj_GetTextRenderMode(thing)
    pen = raw.FPDFPageObj_GetStrokeColor if mode in (1, 5) else raw.FPDFPageObj_GetFillColor
    found = _MATRIX
    raw.FPDFText_GetMatrix(text, index, _AT_MATRIX)
    size = raw.FPDFText_GetFontSize(text, index) * math.hypot(found.c, found.d)
    angle = math.atan2(found.b, found.a)
    seen = mode not in _NO_INK and size > 1
    return Ink(order, light(thing, pen), size, angle, seen)


def _sign(code: int, high: int) -> str:
    if code in _HYPHENS:
        return "-"
    if code in _LOW:
        return chr(0x10000 + ((high - 0xD800) << 10) + code - 0xDC00) if high else DOUBT
    return chr(code) if code > 32 else DOUBT  # noqa: PLR2004 - controls
