"""A picture of a page, or of several, as a neutral document: read by recognition."""

from __future__ import annotations

from mingtang.document import Document
from mingtang.reading.paper.laying import blocks
from mingtang.reading.paper.legibility import recognised
from mingtang.reading.recogniser import recogniser
from mingtang.reading.watching import tell


def read(data: bytes) -> Document:
    """Return the pictures as a document of kind ``image``.

    Raises `NotInstalledError` where recognition is missing, and a `ValueError`
    in Chinese for a file that is damaged, past the limits, or shows no text.
    """
    scans = recogniser()
    pages = []
    for number, (picture, count) in enumerate(scans.pictures(data), start=1):
        tell("recognised", number, count)
        pages.append(scans.page(picture, number))
    found = blocks(pages)
    if not found:
        message = "图片里没有认出文字；请确认放对了文件，或者重新扫描"
        raise scans.PictureError(message)
    return Document("image", found, recognised(pages))
