"""An OFD with text in it as a neutral document: ruled tables, and the text around them."""

from __future__ import annotations

from mingtang.document import Document
from mingtang.reading.ofd import pages
from mingtang.reading.paper.laying import blocks
from mingtang.reading.paper.legibility import legible

MAX_PAGES = 300
"""More pages than this is not a report."""


def read(data: bytes) -> Document:
    """Return the OFD as a document of kind ``ofd``.

    Raises `ValueError` for a file that is damaged, locked, past the limits or
    scanned (`ScannedError`).
    """
    return Document("ofd", blocks(legible(pages(data, MAX_PAGES), "OFD")))
