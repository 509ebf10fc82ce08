"""A PDF as a neutral document: ruled tables, and the text around them.

A page that is a picture is read by recognition, the others by their text.
"""

from __future__ import annotations

from functools import partial

from mingtang.document import Document
from mingtang.reading.paper.laying import blocks
from mingtang.reading.paper.legibility import legible, recognised
from mingtang.reading.pdfium import pages, pictured

MAX_PAGES = 300
"""More pages than this is not a report."""


def read(data: bytes) -> Document:
    """Return the PDF as a document of kind ``pdf``.

    Raises a `ValueError` in Chinese for a file that is damaged, locked or past
    the limits, and for one with scanned pages where recognition is missing.
    """
    found = legible(pages(data, MAX_PAGES), "PDF", partial(pictured, data))
    return Document("pdf", blocks(found), recognised(found))
