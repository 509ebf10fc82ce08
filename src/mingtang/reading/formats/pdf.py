"""A PDF with text in it as a neutral document: ruled tables, and the text around them.

A scanned page has nothing to read yet: such a file is refused by name of its
pages, rather than read in part.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.document import Document
from mingtang.reading.paper.laying import blocks
from mingtang.reading.pdfium import PdfError, pages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingtang.reading.paper.laying import Page

MAX_PAGES = 300
"""More pages than this is not a report."""
MAX_TEXT = 600_000
"""More characters than this in one file is refused."""
FEW = 30
"""A page with fewer characters beside a picture that covers most of it is scanned."""
MOST = 0.4
"""A picture over so much of a page is the page."""
NAMED = 5
"""So many scanned pages are named one by one."""


class ScannedError(PdfError):
    """A PDF whose pages, all or some, are pictures; says which, in Chinese."""


def read(data: bytes) -> Document:
    """Return the PDF as a document of kind ``pdf``.

    Raises `PdfError` for a file that is damaged, locked, past the limits or
    scanned (`ScannedError`).
    """
    found: list[Page] = []
    total = 0
    for page in pages(data, MAX_PAGES):
        total += len(page.glyphs)
        if total > MAX_TEXT:
            message = f"这个 PDF 的文字超过 {MAX_TEXT} 字的上限；请只给出年报正文"
            raise PdfError(message)
        found.append(page)
    _refuse_scans(found)
    return Document("pdf", blocks(found))


def _refuse_scans(found: Sequence[Page]) -> None:
    scanned = [
        page.number for page in found if page.picture >= MOST and len(page.glyphs) < FEW
    ]
    if not any(page.glyphs for page in found):
        message = (
            "这是扫描件或图片做成的 PDF，里面没有文字，此版本还不能识别；请改用有文字的文件"
        )
        raise ScannedError(message)
    if scanned:
        named = "、".join(map(str, scanned[:NAMED]))
        more = f"等 {len(scanned)} 页" if len(scanned) > NAMED else "页"
        message = (
            f"这个 PDF 的第 {named} {more}是扫描件，此版本还不能识别；请改用有文字的文件"
        )
        raise ScannedError(message)
