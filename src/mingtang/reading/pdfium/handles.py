"""What PDFium tells of any one thing on a page, and the error of a PDF not read."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any

from pypdfium2 import raw  # type: ignore[import-untyped]

from mingtang.reading.paper.matrices import PLAIN

if TYPE_CHECKING:
    from mingtang.reading.paper.matrices import Matrix

Handle = Any
"""PDFium's own pointers, which have no types."""
_cast, _POINTER = ctypes.cast, ctypes.c_void_p
_COLOURS = tuple(ctypes.c_uint() for _ in range(4))
_WHERE = tuple(map(ctypes.byref, _COLOURS))


class PdfError(ValueError):
    """A PDF that cannot be read; says why, in Chinese."""


def limit(page: int, what: str, count: int, most: int) -> None:
    """Refuse a page with more of something than the limit."""
    if count > most:
        message = f"这个 PDF 的第 {page} 页{what}超过 {most} 的上限"
        raise PdfError(message)


def matrix(thing: Handle) -> Matrix:
    """Return how a thing is placed in what holds it."""
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(thing, found):
        return PLAIN
    return found.a, found.b, found.c, found.d, found.e, found.f


def light(thing: Handle, ask: Handle) -> float:
    """Return how light a colour is on white paper, from 0 to 1; 0 for patterns."""
    if not ask(thing, *_WHERE):
        return 0.0
    red, green, blue, alpha = _COLOURS
    light = (0.3 * red.value + 0.59 * green.value + 0.11 * blue.value) / 255
    return 1 - (1 - light) * alpha.value / 255


def cover(thing: Handle) -> float:
    """Return how much of what is under it a filled thing hides, from 0 to 1.

    What blends with it, as a marker pen does, hides nothing.
    """
    if not raw.FPDFPageObj_GetFillColor(thing, *_WHERE):
        return 1.0
    alpha = _COLOURS[3].value / 255
    return 0.0 if alpha == 1 and raw.FPDFPageObj_HasTransparency(thing) else alpha


def address(thing: Handle) -> int:
    """Return what tells one thing from another."""
    return _cast(thing, _POINTER).value or 0
