"""The text of a document from a file of it: HTML, plain text, DOCX; a PDF stays a file."""

from __future__ import annotations

from html import escape
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from mingtang.document import FILL, Grid
from mingtang.packages.archives import ArchiveError
from mingtang.reading.formats import docx

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.document import Document

HTML, PLAIN, WORD, ONLY_FILES = ("html", "htm"), ("txt",), ("docx",), ("pdf", "ofd")
MOST = 4 * 1024 * 1024
"""A file of text, as HTML or plain, has so many bytes at most."""


class UnreadableTextError(ValueError):
    """A file of which no text can be made; says why."""


def html_of(path: str, data: bytes) -> str:
    """Return a file's text as HTML, not yet cleaned; blank for one that stays a file.

    Raises `UnreadableTextError`.
    """
    ending = ending_of(path)
    if ending in ONLY_FILES:
        return ""
    if ending in WORD:
        return _of_word(data)
    if ending not in HTML + PLAIN:
        known = "、".join((*HTML, *PLAIN, *WORD, *ONLY_FILES))
        told = {"ending": ending, "known": known}
        raise UnreadableTextError(_("正文文件是“%(ending)s”，只收%(known)s") % told)
    if len(data) > MOST:
        raise UnreadableTextError(_("正文文件太大"))
    text = _decoded(data)
    return text if ending in HTML else as_paragraphs(text)


def goes_along(path: str) -> bool:
    """Return whether the file of a text goes out with it, as an attachment."""
    return ending_of(path) in WORD + ONLY_FILES


def ending_of(path: str) -> str:
    """Return the ending of a file's name, small, without its dot."""
    return PurePosixPath(path).suffix.lower().lstrip(".")


def as_paragraphs(text: str) -> str:
    r"""Return plain text as HTML, a paragraph a line.

    >>> as_paragraphs("一、<总则>\n\n二、附则")
    '<p>一、&lt;总则&gt;</p><p>二、附则</p>'
    """
    lines = (line.strip() for line in text.splitlines())
    return "".join(f"<p>{escape(line, quote=False)}</p>" for line in lines if line)


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnreadableTextError(_("正文文件既不是 UTF-8 也不是 GB18030 编码"))


def _of_word(data: bytes) -> str:
    try:
        found = docx.read(data)
    except (ArchiveError, ValueError) as problem:
        raise UnreadableTextError(_("DOCX 打不开：%(why)s") % {"why": problem}) from problem
    return "".join(_blocks(found))


def _blocks(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if not isinstance(block, Grid):
            yield as_paragraphs(block.text)
            continue
        rows = (
            "".join(f"<td>{escape(text, quote=False)}</td>" for text in row if text != FILL)
            for row in block.texts
        )
        yield f"<table><tbody>{''.join(f'<tr>{row}</tr>' for row in rows)}</tbody></table>"
