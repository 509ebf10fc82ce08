"""The pages of a PDF as characters, ruled lines and marks, by way of PDFium.

The only room that speaks to PDFium's untyped interface. Scripts and forms
are never run, and what a person does not see of the text is left out: text
drawn without ink, in the colour of its ground, under other shapes, off the page.
"""

from __future__ import annotations

import math
from collections import Counter
from threading import Lock
from typing import TYPE_CHECKING

from pypdfium2 import raw  # type: ignore[import-untyped]

from mingtang.reading.paper.frames import Frame
from mingtang.reading.paper.laying import Page
from mingtang.reading.paper.seeing import Ground, visible
from mingtang.reading.pdfium.calls import Handle, address
from mingtang.reading.pdfium.drawing import MAX_OBJECTS, Drawing, Shown
from mingtang.reading.pdfium.handles import PdfError, overlap
from mingtang.reading.pdfium.writing import Sign, glyphs, signs

__all__ = ["PdfError", "pages"]

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.document import Box

_ALONE = Lock()
"""PDFium, and the buffers it answers in, serve one thread at a time."""
WIDE_IMAGE = 0.4
"""A picture over so much of a page may be the page itself, scanned."""
_FIELDS = frozenset((raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_INK))


def pages(data: bytes, most: int) -> Iterator[Page]:
    """Yield the pages of a PDF.

    Raises `PdfError` for a file that is damaged, locked, or past the limits.
    """
    with _ALONE:
        document = _opened(data)
    try:
        with _ALONE:
            count = raw.FPDF_GetPageCount(document)
        if count > most:
            message = f"这个 PDF 有 {count} 页，超过 {most} 页的上限；请只给出年报正文"
            raise PdfError(message)
        for number in range(1, count + 1):
            with _ALONE:
                page = _page(document, number)
            yield page
    finally:
        with _ALONE:
            raw.FPDF_CloseDocument(document)


def _opened(data: bytes) -> Handle:
    document = raw.FPDF_LoadMemDocument64(data, len(data), None)
    if document:
        return document
    locked = raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD
    message = (
        "这个 PDF 设了打开密码；请先去掉密码再试"
        if locked
        else "这个 PDF 已损坏或不完整；请重新下载或重新导出"
    )
    raise PdfError(message)


def _page(document: Handle, number: int) -> Page:
    page = raw.FPDF_LoadPage(document, number - 1)
    if not page:
        message = f"这个 PDF 的第 {number} 页已损坏；请重新下载或重新导出"
        raise PdfError(message)
    try:
        return _Walk(page, number).page()
    finally:
        raw.FPDF_ClosePage(page)


class _Walk:
    """Goes through what one page draws."""

    def __init__(self, page: Handle, number: int) -> None:
        self.handle = page
        self.number = number
        edges = raw.FS_RECTF()
        raw.FPDF_GetPageBoundingBox(page, edges)
        self.shown = Frame(
            edges.left, edges.bottom, edges.right, edges.top, raw.FPDFPage_GetRotation(page)
        )
        self.frame = self.shown

    def page(self) -> Page:
        """Return the page."""
        count = raw.FPDFPage_CountObjects(self.handle)
        drawing = Drawing(address(self.handle), self.number, count)
        text = raw.FPDFText_LoadPage(self.handle)
        try:
            written = signs(text, drawing) if text else []
        finally:
            raw.FPDFText_ClosePage(text)
        self.frame = self.shown._replace(turn=_direction(written, self.shown.turn))
        rules, grounds, marks = drawing.shapes(self.frame)
        covers = [self._image(shown, box, grounds, marks) for shown, box in drawing.images]
        marks += [self.frame.box(*box) for box in _fields(self.handle)]
        inked = glyphs(written, self.frame)
        return Page(
            self.number,
            self.frame,
            self.shown,
            tuple(visible(inked, grounds, self.frame.size)),
            tuple(rules),
            tuple(marks),
            max(covers, default=0.0),
            tuple(grounds),
        )

    def _image(
        self, shown: Shown, box: Box, grounds: list[Ground], marks: list[Box]
    ) -> float:
        """Note an image as ground or mark; return how much of the page it covers."""
        seen = self.frame.box(*(overlap(box, shown.clip) if shown.clip else box))
        share = _share(seen, *self.frame.size)
        if share >= WIDE_IMAGE:
            grounds.append(Ground(shown.order, 0.5, seen))
        else:
            marks.append(seen)
        return share


def _direction(written: list[Sign], turn: int) -> int:
    """Return the quarter turns after which most characters stand upright."""
    votes = [0] * 4
    for angle, count in Counter(sign.ink.angle for sign in written).items():
        votes[round(angle / (math.pi / 2)) % 4] += count
    best = max(range(4), key=lambda each: votes[each])
    return best if votes[best] * 5 > sum(votes) * 3 else turn


def _share(box: Box, wide: float, high: float) -> float:
    x0, y0, x1, y1 = max(box[0], 0), max(box[1], 0), min(box[2], wide), min(box[3], high)
    return max(0.0, x1 - x0) * max(0.0, y1 - y0) / max(wide * high, 1.0)


def _fields(page: Handle) -> Iterator[Box]:
    """Yield where fields and notes stand whose text is not on the page itself."""
    edges = raw.FS_RECTF()
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), MAX_OBJECTS)):
        note = raw.FPDFPage_GetAnnot(page, index)
        kind = raw.FPDFAnnot_GetSubtype(note)
        if kind in _FIELDS and raw.FPDFAnnot_GetRect(note, edges):
            yield edges.left, edges.bottom, edges.right, edges.top
        raw.FPDFPage_CloseAnnot(note)
