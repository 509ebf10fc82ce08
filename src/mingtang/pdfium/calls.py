"""PDFium's questions about single things, asked with addresses and plain buffers.

A page is asked some thousands of them, and typed pointers would cost more than
the answers. Answers of several numbers come in the buffers of this module.
"""

from __future__ import annotations

import ctypes
from threading import RLock
from typing import Any

from pypdfium2 import raw  # type: ignore[import-untyped]

Handle = Any
"""PDFium's own pointers and functions, which have no types."""
ALONE = RLock()
"""PDFium, and the buffers it answers in, serve one thread at a time."""


def _plain(function: Handle) -> Handle:
    """Return a function of PDFium that takes and gives its pointers as numbers."""
    takes = [_number(each) for each in function.argtypes]
    kind = ctypes.PYFUNCTYPE(_number(function.restype), *takes)
    return kind(address(function))


def _number(kind: Handle) -> Handle:
    return ctypes.c_void_p if hasattr(kind, "contents") else kind


def address(thing: Handle) -> int:
    """Return the address that a pointer of PDFium holds."""
    return ctypes.cast(thing, ctypes.c_void_p).value or 0


def _where(buffer: Handle, at: int = 0) -> int:
    return ctypes.addressof(buffer) + at * ctypes.sizeof(buffer._type_)


RECTANGLE = (ctypes.c_float * 4)()
MATRIX = (ctypes.c_float * 6)()
COLOUR = (ctypes.c_uint * 4)()
MODES = (ctypes.c_int * 2)()
NUMBERS = (ctypes.c_float * 2)()
ORIGIN = (ctypes.c_double * 2)()
TO_RECTANGLE, TO_MATRIX = _where(RECTANGLE), _where(MATRIX)
TO_SIDES = tuple(_where(RECTANGLE, at) for at in range(4))
TO_COLOUR = tuple(_where(COLOUR, at) for at in range(4))
TO_MODES = tuple(_where(MODES, at) for at in range(2))
TO_NUMBERS = tuple(_where(NUMBERS, at) for at in range(2))
TO_ORIGIN = tuple(_where(ORIGIN, at) for at in range(2))

page_thing = _plain(raw.FPDFPage_GetObject)
form_thing = _plain(raw.FPDFFormObj_GetObject)
form_count = _plain(raw.FPDFFormObj_CountObjects)
thing_kind = _plain(raw.FPDFPageObj_GetType)
thing_matrix = _plain(raw.FPDFPageObj_GetMatrix)
thing_blends = _plain(raw.FPDFPageObj_HasTransparency)
thing_bounds = _plain(raw.FPDFPageObj_GetBounds)
fill_colour = _plain(raw.FPDFPageObj_GetFillColor)
stroke_colour = _plain(raw.FPDFPageObj_GetStrokeColor)
stroke_width = _plain(raw.FPDFPageObj_GetStrokeWidth)
clip_of = _plain(raw.FPDFPageObj_GetClipPath)
clip_count = _plain(raw.FPDFClipPath_CountPaths)
clip_corners = _plain(raw.FPDFClipPath_CountPathSegments)
clip_corner = _plain(raw.FPDFClipPath_GetPathSegment)
path_modes = _plain(raw.FPDFPath_GetDrawMode)
path_corners = _plain(raw.FPDFPath_CountSegments)
path_corner = _plain(raw.FPDFPath_GetPathSegment)
corner_kind = _plain(raw.FPDFPathSegment_GetType)
corner_point = _plain(raw.FPDFPathSegment_GetPoint)
corner_closes = _plain(raw.FPDFPathSegment_GetClose)
text_thing = _plain(raw.FPDFText_GetTextObject)
text_box = _plain(raw.FPDFText_GetLooseCharBox)
text_origin = _plain(raw.FPDFText_GetCharOrigin)
text_matrix = _plain(raw.FPDFText_GetMatrix)
text_size = _plain(raw.FPDFText_GetFontSize)
text_unknown = _plain(raw.FPDFText_HasUnicodeMapError)
text_mode = _plain(raw.FPDFTextObj_GetTextRenderMode)
