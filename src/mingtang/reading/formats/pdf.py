"""A PDF as a neutral document: ruled tables, and the text around them.

A page that is a picture is read by recognition, the others by their text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.document import Document
from mingtang.reading.paper.laying import blocks
from mingtang.reading.pdfium import PdfError, pages, pictured
from mingtang.reading.recogniser import recogniser

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


def read(data: bytes) -> Document:
    """Return the PDF as a document of kind ``pdf``.

    Raises `PdfError` for a file that is damaged, locked or past the limits, and
    `NotInstalledError` for one with scanned pages where recognition is missing.
    """
    found: list[Page] = []
    total = 0
    for page in pages(data, MAX_PAGES):
        total += len(page.glyphs)
        if total > MAX_TEXT:
            message = f"这个 PDF 的文字超过 {MAX_TEXT} 字的上限；请只给出年报正文"
            raise PdfError(message)
        found.append(page)
    made = blocks(_recognised(data, found))
    if not made:
        message = "这个 PDF 里没有认出文字；请确认放对了文件，或者重新扫描"
        raise PdfError(message)
    return Document("pdf", made)


def _recognised(data: bytes, found: Sequence[Page]) -> Sequence[Page]:
    """Return the pages, the scanned ones read from their pictures."""
    bare = not any(page.glyphs for page in found)
    scanned = [page.number for page in found if bare or _is_scanned(page)]
    if not scanned:
        return found
    scans = recogniser()
    if len(scanned) > scans.MAX_PAGES:
        message = (
            f"这个 PDF 有 {len(scanned)} 页是扫描的图像，"
            f"超过 {scans.MAX_PAGES} 页的上限；请只给出年报正文"
        )
        raise PdfError(message)
    made = list(found)
    for number, picture, wide in pictured(data, scanned):
        made[number - 1] = scans.page(picture, number, wide)
    return made


def _is_scanned(page: Page) -> bool:
    return page.picture >= MOST and len(page.glyphs) < FEW
