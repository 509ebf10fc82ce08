"""Findings as highlights in a PDF, each with its note, over cells and sentences.

They are added behind the file as it stands, so that every byte of the original
stays where it was, and a signature still covers what it was given for.
"""

from __future__ import annotations

import ctypes
import re
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from pypdfium2 import raw  # type: ignore[import-untyped]

from mingtang.finding import Weight
from mingtang.marking.notes import AUTHOR, rest
from mingtang.marking.rectangles import Printed, around
from mingtang.reading.pdfium import PdfError, opened, page_of, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mingtang.document import Box, Document
    from mingtang.marking.notes import Note
    from mingtang.pdfium.calls import Handle
    from mingtang.place import Place
    from mingtang.reading.paper.frames import Frame

_COLOURS = {
    Weight.BREACH: (255, 150, 140),
    Weight.CONTRADICTION: (255, 190, 100),
    Weight.DOUBT: (255, 235, 110),
    Weight.NOTE: (165, 210, 255),
}
"""Pale, so that what is printed under them stays black on light."""
_SIDE, _STEP, _MARGIN = 18.0, 22.0, 12.0
"""Notes on the whole report: how large they are, how far apart, how near the edge."""
_PRINTED = 4
_MAY_COMMENT = 1 << 5
"""Leave to add notes, in what a protected file permits (ISO 32000-1, table 22)."""
_TABLE = re.compile(rb"startxref\s+(\d{1,10})\s+%%EOF\s*\Z")
_STREAM = re.compile(rb"\d+ \d+ obj\s*<<")
_KIND = b"/Type/XRef"
_TAIL = 64
"""The end of a file, which says where its table of objects is, is shorter."""
_ID = re.compile(rb"<([0-9A-Fa-f]{32})>")
_ID_DIGITS, _ID_LENGTH = 32, 120
"""How long one id is, and both of a file with what stands around them."""


class _Mark(NamedTuple):
    """One note on one page: what it covers there, nothing for a note on the whole."""

    note: Note
    places: tuple[Place, ...]


def mark(data: bytes, document: Document, notes: Sequence[Note]) -> bytes:
    """Return the file with the notes over what they speak of, and no older ones of ours.

    `document` is what was read of it. Raises `PdfError` where the file's author
    does not let anybody add notes.
    """
    texts = {block.number: block.text for block in document.paragraphs()}
    with opened(data) as file:
        if not raw.FPDF_GetDocPermissions(file) & _MAY_COMMENT:
            if not notes:
                return data
            message = "这个 PDF 设了权限，不许加批注；请改用没有这种限制的文件"
            raise PdfError(message)
        found = _by_page(notes)
        changed = False
        for number in range(1, raw.FPDF_GetPageCount(file) + 1):
            with page_of(file, number) as page:
                changed |= _cleared(page) or number in found
                _Page(page, texts).mark(found.get(number, ()))
        if not changed:
            return data
        return _settled(data, _whole(_saved(file)))


def _by_page(notes: Iterable[Note]) -> dict[int, list[_Mark]]:
    """Return what every page is marked with; what has no page stands on the first."""
    found: dict[int, list[_Mark]] = {}
    for note in notes:
        placed = [place for place in note.places if place.page and place.box]
        for page in dict.fromkeys(place.page for place in placed):
            here = tuple(place for place in placed if place.page == page)
            found.setdefault(page or 1, []).append(_Mark(note, here))
        if not placed:
            found.setdefault(1, []).append(_Mark(note, ()))
    return found


def _cleared(page: Handle) -> bool:
    """Take the notes of ours off a page; return whether there were any."""
    count = raw.FPDFPage_GetAnnotCount(page)
    ours = [at for at in range(count) if _is_ours(page, at)]
    for at in reversed(ours):
        raw.FPDFPage_RemoveAnnot(page, at)
    return bool(ours)


def _is_ours(page: Handle, at: int) -> bool:
    found = raw.FPDFPage_GetAnnot(page, at)
    try:
        said, author = (_said(found, key) for key in (b"Contents", b"T"))
    finally:
        raw.FPDFPage_CloseAnnot(found)
    return author == AUTHOR and bool(said) and not rest(said)


def _said(note: Handle, key: bytes) -> str:
    """Return a text of a note, empty without."""
    size = raw.FPDFAnnot_GetStringValue(note, key, None, 0)
    held = (ctypes.c_ushort * (size // 2 + 1))()
    raw.FPDFAnnot_GetStringValue(note, key, held, size)
    words = bytes(held)[:size].decode("utf-16-le", "replace")
    return words.rstrip("\0").replace("\r\n", "\n").replace("\r", "\n")


class _Page:
    """A page under the pen."""

    def __init__(self, page: Handle, texts: dict[int, str]) -> None:
        self.handle = page
        self.texts = texts
        self.frame: Frame = shown(page)
        self.printed = Printed(page)
        self.whole = 0

    def mark(self, marks: Iterable[_Mark]) -> None:
        """Put the notes on the page."""
        for each in marks:
            covered = [box for place in each.places for box in self._boxes(place)]
            if covered:
                self._highlight(each.note, list(dict.fromkeys(covered)))
            else:
                self._pin(each.note)

    def _boxes(self, place: Place) -> Iterator[Box]:
        """Yield what a place covers, in the file's measure: lines of words, or a box."""
        if place.box is None:
            return
        box = self.frame.stored(place.box)
        words = self.texts.get(place.paragraph or 0, "")[place.start : place.end]
        lines = self.printed.lines(words, box) if place.end else ()
        yield from lines or (box,)

    def _highlight(self, note: Note, boxes: Sequence[Box]) -> None:
        made = raw.FPDFPage_CreateAnnot(self.handle, raw.FPDF_ANNOT_HIGHLIGHT)
        for x0, y0, x1, y1 in boxes:
            corners = raw.FS_QUADPOINTSF(x0, y1, x1, y1, x0, y0, x1, y0)
            raw.FPDFAnnot_AppendAttachmentPoints(made, corners)
        self._finish(made, note, around(boxes))

    def _pin(self, note: Note) -> None:
        """Put a note on the whole report at the page's edge, one below the other."""
        made = raw.FPDFPage_CreateAnnot(self.handle, raw.FPDF_ANNOT_TEXT)
        _, high = self.frame.size
        down = _MARGIN + (self.whole * _STEP) % max(high - 2 * _MARGIN, _STEP)
        self.whole += 1
        spot = (_MARGIN, down, _MARGIN + _SIDE, down + _SIDE)
        self._finish(made, note, self.frame.stored(spot))

    def _finish(self, made: Handle, note: Note, box: Box) -> None:
        """Give a mark its frame, its colour and its words."""
        x0, y0, x1, y1 = box
        raw.FPDFAnnot_SetRect(made, raw.FS_RECTF(x0, y1, x1, y0))
        colour = (raw.FPDFANNOT_COLORTYPE_Color, *_COLOURS[note.weight], 255)
        raw.FPDFAnnot_SetColor(made, *colour)
        raw.FPDFAnnot_SetFlags(made, _PRINTED)
        for key, words in ((b"Contents", "\n".join(note.lines)), (b"T", AUTHOR)):
            raw.FPDFAnnot_SetStringValue(made, key, _wide(words))
        raw.FPDFPage_CloseAnnot(made)


def _wide(words: str) -> ctypes.Array[ctypes.c_ushort]:
    """Return words as PDFium takes them: UTF-16 with a zero behind."""
    held = f"{words}\0".encode("utf-16-le")
    return (ctypes.c_ushort * (len(held) // 2)).from_buffer_copy(held)


def _saved(file: Handle) -> bytes:
    """Return the file with what was added behind it."""
    held = bytearray()

    def write(_: Handle, data: Handle, size: int) -> int:
        held.extend(ctypes.string_at(data, size))
        return 1

    out = raw.FPDF_FILEWRITE(version=1)
    out.WriteBlock = type(out.WriteBlock)(write)
    if not raw.FPDF_SaveAsCopy(file, out, raw.FPDF_INCREMENTAL):
        message = "这个 PDF 写不进批注，可能已损坏；请重新导出后再试"
        raise PdfError(message)
    return bytes(held)


def _whole(made: bytes) -> bytes:
    """Return the file with its table of objects as the standard has it.

    Where the original keeps that table in a stream PDFium writes one too, but
    leaves out what it is and where it ends (ISO 32000-1, 7.5.8.2).
    """
    found = _TABLE.search(made, max(len(made) - _TAIL, 0))
    at = int(found[1]) if found else len(made)
    head = _STREAM.match(made, at)
    if found is None or head is None or _KIND in made[at : found.start()]:
        return made
    body = made[head.end() : found.start()]
    return made[: head.end()] + _KIND + body + b"endobj\r\n" + made[found.start() :]


def _settled(data: bytes, made: bytes) -> bytes:
    """Return the file with the ids that PDFium draws by lot told from its content.

    The same notes on the same file give the same bytes.
    """
    at = made.rfind(b"/ID", len(data))
    if at < 0:
        return made
    digest = sha256(made[:at]).hexdigest()[:_ID_DIGITS].upper().encode()

    def settle(found: re.Match[bytes]) -> bytes:
        return found[0] if found[1] in data else b"<" + digest + b">"

    end = at + _ID_LENGTH
    return made[:at] + _ID.sub(settle, made[at:end]) + made[end:]
