"""The characters of a PDF's pages, and of each why nobody sees it, if nobody does."""

from __future__ import annotations

import ctypes
import math
from typing import TYPE_CHECKING, NamedTuple

from pypdfium2 import raw  # type: ignore[import-untyped]

from mingtang.matrices import PLAIN, bounds, times
from mingtang.pdfium import calls
from mingtang.pdfium.calls import ALONE, address
from mingtang.pdfium.handles import clip, cover, light, limit, matrix
from mingtang.pdfium.opening import PdfError, opened, page_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.document import Box
    from mingtang.matrices import Matrix
    from mingtang.pdfium.calls import Handle

MAX_PAGES = 1_000
MAX_THINGS = 60_000
MAX_LETTERS = 200_000
DEPTH = 12
"""Drawings within drawings are followed so deep."""
_NO_INK = frozenset((3, 7))
_STROKED = frozenset((1, 5))
_HIGH, _LOW = range(0xD800, 0xDC00), range(0xDC00, 0xE000)
_HYPHENS = frozenset((2, 0xFFFE))
_ALIKE = 0.05
"""Two greys nearer than this nobody tells apart."""
_OPAQUE = 0.95
_MOST_DOTS = 30_000_000
_BAND = 20.0
"""What covers is looked up by stripes of the page, so many points high."""
_UNIT = (0.0, 0.0, 1.0, 1.0)
_SIDES = 2


class Letter(NamedTuple):
    """A character of a page: where it stands, and why it is not seen if it is not."""

    sign: str
    box: Box | None = None
    veil: str = ""


class PageText(NamedTuple):
    """A page: its number from 1, its characters in the order drawn, how many pictures.

    `unknown` counts the characters that only their font knows: what is seen may be
    another one, or none that can be read.
    """

    number: int
    letters: tuple[Letter, ...]
    pictures: int
    unknown: int = 0


class Area(NamedTuple):
    """What covers or grounds a part of a page; a picture has no one lightness."""

    order: int
    box: Box
    light: float | None
    picture: int = 0


def pages_of(data: bytes, most: int = MAX_PAGES) -> Iterator[PageText]:
    """Yield the pages of a PDF, of those seen and unseen all characters.

    Raises `PdfError` for a file that is damaged, locked or past the limits.
    """
    with opened(data) as document:
        count = raw.FPDF_GetPageCount(document)
        if count > most:
            message = f"这个 PDF 有 {count} 页，超过 {most} 页的上限"
            raise PdfError(message)
        for number in range(1, count + 1):
            with ALONE, page_of(document, number) as page:
                yield _Page(document, page, number).read()


class _Page:
    """One page: what it draws, in its order."""

    def __init__(self, document: Handle, page: Handle, number: int) -> None:
        self.document, self.page, self.number = document, page, number
        self.drawn = self.pictures = self.unknown = 0
        self.orders: dict[int, tuple[int, Box | None]] = {}
        self.areas: list[Area] = []
        self.bands: dict[int, list[Area]] = {}
        self.opaque: dict[int, bool] = {}
        edges = raw.FS_RECTF()
        raw.FPDF_GetPageBoundingBox(page, edges)
        self.edges = (edges.left, edges.bottom, edges.right, edges.top)

    def read(self) -> PageText:
        """Return the page."""
        count = raw.FPDFPage_CountObjects(self.page)
        self._things(address(self.page), count, calls.page_thing, (PLAIN, 0))
        for area in self.areas:
            first, last = max(area.box[1], self.edges[1]), min(area.box[3], self.edges[3])
            for band in range(int(first // _BAND), int(last // _BAND) + 1):
                self.bands.setdefault(band, []).append(area)
        text = raw.FPDFText_LoadPage(self.page)
        try:
            letters = tuple(self._letters(text)) if text else ()
        finally:
            raw.FPDFText_ClosePage(text)
        return PageText(self.number, letters, self.pictures, self.unknown)

    def _things(
        self, holder: int, count: int, get: Handle, within: tuple[Matrix, int]
    ) -> None:
        outer, depth = within
        limit(self.number, "画的东西", self.drawn + count, MAX_THINGS)
        for index in range(count):
            thing = get(holder, index)
            self.drawn += 1
            kind = calls.thing_kind(thing)
            if kind == raw.FPDF_PAGEOBJ_TEXT:
                self.orders[thing] = (self.drawn, clip(thing, outer))
            elif kind == raw.FPDF_PAGEOBJ_PATH:
                self._path(thing, outer)
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                self.pictures += 1
                box = bounds(times(matrix(thing), outer), _UNIT)
                self.areas.append(
                    Area(self.drawn, self._clipped(box, thing, outer), None, thing)
                )
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < DEPTH:
                inside = (times(matrix(thing), outer), depth + 1)
                self._things(thing, calls.form_count(thing), calls.form_thing, inside)

    def _clipped(self, box: Box, thing: int, outer: Matrix) -> Box:
        area = clip(thing, outer)
        if area is None:
            return box
        low = max(box[0], area[0]), max(box[1], area[1])
        return *low, min(box[2], area[2]), min(box[3], area[3])

    def _path(self, thing: int, outer: Matrix) -> None:
        """Note the rectangles that a path fills."""
        calls.path_modes(thing, *calls.TO_MODES)
        if not calls.MODES[0] or cover(thing) < _OPAQUE:
            return
        pale = light(thing, calls.fill_colour)
        placed = times(matrix(thing), outer)
        for box in _rectangles(thing):
            there = self._clipped(bounds(placed, box), thing, outer)
            self.areas.append(Area(self.drawn, there, pale))

    def _letters(self, text: Handle) -> Iterator[Letter]:
        count = raw.FPDFText_CountChars(text)
        limit(self.number, "的字数", count, MAX_LETTERS)
        held = calls.address(text)
        high = 0
        for index in range(count):
            code = raw.FPDFText_GetUnicode(text, index)
            if code in _HIGH:
                high = code
                continue
            sign, high = _sign(code, high), 0
            if not sign:
                continue
            self.unknown += calls.text_unknown(held, index) == 1
            thing = calls.text_thing(held, index)
            calls.text_box(held, index, calls.TO_RECTANGLE)
            left, top, right, bottom = calls.RECTANGLE
            box = (left, bottom, right, top)
            if not thing or sign.isspace():
                yield Letter(sign)
                continue
            yield Letter(sign, box, self._veil(held, index, thing, box))

    def _veil(self, text: int, index: int, thing: int, box: Box) -> str:
        """Return why a character is not seen, nothing where it is."""
        mode = calls.text_mode(thing)
        order, seen = self.orders.get(thing, (0, None))
        calls.text_matrix(text, index, calls.TO_MATRIX)
        c, d = calls.MATRIX[2:4]
        at = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
        if mode in _NO_INK:
            return "不着墨的文字"
        if calls.text_size(text, index) * math.hypot(c, d) <= 1:
            return "小得看不见的文字"
        if not _holds(self.edges, at):
            return "页面之外的文字"
        if seen is not None and not _holds(seen, at):
            return "裁掉的文字"
        pale = light(thing, calls.stroke_colour if mode in _STROKED else calls.fill_colour)
        return self._covered(order, at, pale)

    def _covered(self, order: int, at: tuple[float, float], pale: float) -> str:
        ground: float | None = 1.0
        for area in self.bands.get(int(at[1] // _BAND), ()):
            if not _holds(area.box, at):
                continue
            if area.order < order:
                ground = area.light
            elif not area.picture:
                return "被色块遮盖的文字"
            elif self._is_opaque(area.picture):
                return "被图片遮盖的文字"
        alike = ground is not None and abs(ground - pale) < _ALIKE
        return "与底色相同的文字" if alike else ""

    def _is_opaque(self, picture: int) -> bool:
        """Return whether nothing is seen through a picture."""
        if picture not in self.opaque:
            self.opaque[picture] = _opaque(self.document, self.page, picture)
        return self.opaque[picture]


def _rectangles(thing: int) -> Iterator[Box]:
    """Yield the upright rectangles among the shapes of a path."""
    xs: list[float] = []
    ys: list[float] = []
    count = calls.path_corners(thing)
    limit(0, "画的线", count, MAX_THINGS)
    for index in range(count):
        corner = calls.path_corner(thing, index)
        kind = calls.corner_kind(corner)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            yield from _upright(xs, ys)
            xs, ys = [], []
        calls.corner_point(corner, *calls.TO_NUMBERS)
        x, y = calls.NUMBERS
        xs.append(x if kind != raw.FPDF_SEGMENT_BEZIERTO else math.nan)
        ys.append(y)
    yield from _upright(xs, ys)


def _upright(xs: list[float], ys: list[float]) -> Iterator[Box]:
    sides = {round(x, 2) for x in xs}, {round(y, 2) for y in ys}
    if all(len(each) == _SIDES for each in sides):
        yield min(xs), min(ys), max(xs), max(ys)


def _holds(box: Box, at: tuple[float, float]) -> bool:
    return box[0] <= at[0] <= box[2] and box[1] <= at[1] <= box[3]


def _opaque(document: Handle, page: Handle, picture: int) -> bool:
    thing = ctypes.cast(picture, raw.FPDF_PAGEOBJECT)
    wide, high = ctypes.c_uint(), ctypes.c_uint()
    raw.FPDFImageObj_GetImagePixelSize(thing, wide, high)
    if wide.value * high.value > _MOST_DOTS:
        return True
    bitmap = raw.FPDFImageObj_GetRenderedBitmap(document, page, thing)
    if not bitmap:
        return True
    try:
        if raw.FPDFBitmap_GetFormat(bitmap) != raw.FPDFBitmap_BGRA:
            return True
        size = raw.FPDFBitmap_GetStride(bitmap) * raw.FPDFBitmap_GetHeight(bitmap)
        dots = ctypes.string_at(raw.FPDFBitmap_GetBuffer(bitmap), size)
        alphas = dots[3::4]
        return alphas.count(255) >= len(alphas) * _OPAQUE
    finally:
        raw.FPDFBitmap_Destroy(bitmap)


def _sign(code: int, high: int) -> str:
    if code in _HYPHENS:
        return "-"
    if code in _LOW:
        return chr(0x10000 + ((high - 0xD800) << 10) + code - 0xDC00) if high else ""
    if code == ord("\r"):
        return ""
    return chr(code) if code >= ord(" ") or code == ord("\n") else ""
