"""The text of a file that goes out with a document, as its readers see it.

What is hidden in a file, and files within it, are not sought in. A file that is broken,
too large or of a kind that cannot be read is found by its name alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.document import FILL, Grid
from mingtang.registry import load
from mingtang.screening.files import kind_of
from mingtang_web.files.actions import AlteredFileError, content

if TYPE_CHECKING:
    from mingtang_web.files.models import StoredFile

MOST_BYTES = 20 * 1024 * 1024
"""A larger file is found by its name alone."""
MOST_SIGNS = 200_000
"""So many characters of a file are sought in."""
PAGES = 300
"""So many pages of a PDF that may be heavy are tried."""


def text_of(file: StoredFile) -> str:
    """Return the text of a file, as much of it as is sought in; blank where it has none."""
    if file.size > MOST_BYTES:
        return ""
    try:
        return read(content(file))[:MOST_SIGNS]
    except (AlteredFileError, ValueError):
        return ""


def read(data: bytes) -> str:
    """Return the text of a file by its content. Raises `ValueError` for a broken one."""
    kind = kind_of(data)
    if kind in {"docx", "xlsx"}:
        return _of_office(data, kind)
    if kind == "pdf":
        return _of_pdf(data)
    if kind == "text":
        text: str = load("screening.files.plain").decoded(data) or ""
        return text
    return ""


def _of_office(data: bytes, kind: str) -> str:
    lines: list[str] = []
    for block in load(f"reading.formats.{kind}").read(data).blocks:
        if isinstance(block, Grid):
            rows = ((text for text in row if text != FILL) for row in block.texts)
            lines += ["\t".join(row) for row in rows]
        else:
            lines.append(block.text)
    return "\n".join(lines)


def _of_pdf(data: bytes) -> str:
    """Return what is drawn on the pages; a file that may be heavy is tried apart first."""
    room = load("screening.files.pdf")
    if not load("pdfium.weighing").light(data):
        load("pdfium.trying").tried(data, room.TRIAL, [PAGES])
    pages = room.drawn_pages(data)
    return "\n".join(
        "".join(letter.sign for letter in page.letters if not letter.veil) for page in pages
    )
