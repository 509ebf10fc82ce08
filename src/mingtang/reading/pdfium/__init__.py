"""The pages of a PDF as characters, ruled lines and marks, by way of PDFium.

PDFium's untyped interface is spoken to here and in `mingtang.pdfium`. Scripts and forms
are never run, and what a person does not see of the text is left out: text
drawn without ink, in the colour of its ground, under other shapes, off the page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pypdfium2 import raw  # type: ignore[import-untyped]

from mingtang.pdfium.calls import ALONE, Handle, address
from mingtang.pdfium.opening import PdfError, opened, page_of
from mingtang.pdfium.picturing import pictured
from mingtang.pdfium.trying import tried
from mingtang.pdfium.weighing import light
from mingtang.reading.paper.drawn import MAX_OBJECTS, Drawn, page
from mingtang.reading.paper.frames import Frame
from mingtang.reading.pdfium.drawing import Drawing
from mingtang.reading.pdfium.writing import signs
from mingtang.reading.watching import tell

__all__ = ["PdfError", "opened", "page_of", "pages", "pictured", "shown"]

READING = "reading.pdfium:pages_of"
"""How a trial finds what reads here."""

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.document import Box
    from mingtang.reading.paper.laying import Page

_FIELDS = frozenset((raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_INK))


def pages(data: bytes, most: int) -> Iterator[Page]:
    """Yield the pages of a PDF; one that may be heavy is tried apart first.

    Raises `PdfError` for a file that is damaged, locked, or past the limits.
    """
    if not light(data):
        tried(data, READING, [most])
    yield from pages_of(data, most)


def pages_of(data: bytes, most: int) -> Iterator[Page]:
    """Yield the pages of a PDF that is known to be light, or that may be lost with.

    Raises `PdfError` as `pages` does.
    """
    with opened(data) as document:
        count = raw.FPDF_GetPageCount(document)
        if count > most:
            message = f"这个 PDF 有 {count} 页，超过 {most} 页的上限；请只给出年报正文"
            raise PdfError(message)
        for number in range(1, count + 1):
            with ALONE, page_of(document, number) as handle:
                found = _page(handle, number)
            tell("opened", number, count)
            yield found


def shown(handle: Handle) -> Frame:
    """Return a page as people see it: what boxes of a report are measured in."""
    edges = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(handle, edges)
    turn = raw.FPDFPage_GetRotation(handle)
    return Frame(edges.left, edges.bottom, edges.right, edges.top, turn)


def _page(handle: Handle, number: int) -> Page:
    drawing = Drawing(address(handle), number, raw.FPDFPage_CountObjects(handle))
    text = raw.FPDFText_LoadPage(handle)
    try:
        written = signs(text, drawing) if text else []
    finally:
        raw.FPDFText_ClosePage(text)
    fields = list(_fields(handle))
    found = Drawn(written, drawing.paths, drawing.images, fields)
    return page(number, shown(handle), found)


def _fields(page: Handle) -> Iterator[Box]:
    """Yield where fields and notes stand whose text is not on the page itself."""
    edges = raw.FS_RECTF()
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), MAX_OBJECTS)):
        note = raw.FPDFPage_GetAnnot(page, index)
        kind = raw.FPDFAnnot_GetSubtype(note)
        if kind in _FIELDS and raw.FPDFAnnot_GetRect(note, edges):
            yield edges.left, edges.bottom, edges.right, edges.top
        raw.FPDFPage_CloseAnnot(note)
