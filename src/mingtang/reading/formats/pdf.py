"""A PDF with text in it as a neutral document: ruled tables, and the text around them.

A scanned page has nothing to read yet: such a file is refused by name of its
pages, rather than read in part.
"""

from __future__ import annotations

from mingtang.document import Document
from mingtang.reading.paper.laying import blocks
from mingtang.reading.paper.scans import legible
from mingtang.reading.pdfium import pages

MAX_PAGES = 300
"""More pages than this is not a report."""


def read(data: bytes) -> Document:
    """Return the PDF as a document of kind ``pdf``.

    Raises `ValueError` for a file that is damaged, locked, past the limits or
    scanned (`ScannedError`).
    """
    return Document("pdf", blocks(legible(pages(data, MAX_PAGES), "PDF")))
