"""A PDF: the text of its pages, seen and unseen, and what hangs on them (ISO 32000)."""

from __future__ import annotations

import io
import re
from itertools import groupby
from typing import TYPE_CHECKING

import pikepdf

from mingtang.pdfium.trying import tried
from mingtang.pdfium.weighing import light
from mingtang.screening.files.found import Bit, Piece, Where
from mingtang.screening.files.looked import Looked
from mingtang.screening.files.pages import MAX_PAGES, pages_of
from mingtang.screening.files.pdfparts import Parts, inline_words, without_inline_words
from mingtang.screening.hits import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.screening.files.pages import Letter, PageText

TRIAL = "screening.files.pdf:trial"
_SPACES = re.compile(r"(?<![0-9A-Za-z])\s+|\s+(?![0-9A-Za-z])")
"""Spaces that part no two words."""
_BROKEN = "这个 PDF 已损坏或不完整；请重新下载或重新导出"


def look(data: bytes) -> Looked:
    """Return what stands in a PDF; one that may be heavy is tried apart first.

    Raises `ValueError` for a file that is damaged, locked or past the limits.
    """
    if not light(data):
        tried(data, TRIAL, [MAX_PAGES])
    pages = drawn_pages(data)
    pieces = [piece for page in pages for piece in of_page(page)]
    try:
        with opened(data) as pdf:
            parts = Parts(pdf, data)
            pieces += parts.pieces()
            pieces += _replaced(pdf)
            inner = list(parts.inner())
    except (pikepdf.PdfError, RuntimeError, TypeError) as error:
        # What pikepdf raises for objects that are not what their place says.
        raise ValueError(_BROKEN) from error
    return Looked(pieces, inner, [*_pictured(pages), *parts.not_looked])


def drawn_pages(data: bytes) -> list[PageText]:
    """Return the pages as they are drawn, whatever words stand in place of that.

    PDFium gives those words where there are any, and not what is seen. Raises
    `ValueError` as `look` does.
    """
    with opened(data) as pdf:
        try:
            plain = without_inline_words(pdf)
        except (pikepdf.PdfError, RuntimeError, TypeError) as error:
            raise ValueError(_BROKEN) from error
        if not plain:
            return list(pages_of(data))
        held = io.BytesIO()
        pdf.save(held)
    return list(pages_of(held.getvalue()))


def trial(data: bytes, most: int) -> Iterator[object]:
    """Do once what `look` does, page after page; what comes of it is forgotten."""
    yield from pages_of(data, most)
    with opened(data) as pdf:
        parts = Parts(pdf, data)
        yield parts.pieces()
        yield list(parts.inner())


def opened(data: bytes) -> pikepdf.Pdf:
    """Open a PDF to take it apart. Raises `ValueError` where it is broken or locked."""
    try:
        return pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError as error:
        message = "这个 PDF 设了打开密码；请先去掉密码再试"
        raise ValueError(message) from error
    except pikepdf.PdfError as error:
        raise ValueError(_BROKEN) from error


def of_page(page: PageText) -> Iterator[Piece]:
    """Yield the text of a page that is seen, and each stretch that is not."""
    where = Where(f"第{page.number}页", page=page.number)
    shown = "".join(each.sign for each in page.letters if not each.veil)
    yield Piece(where, (Bit(shown),))
    for veil, letters in groupby(_with_spaces(page), key=lambda each: each.veil):
        if veil:
            bit = Bit(_SPACES.sub("", "".join(each.sign for each in letters)))
            there = where._replace(words=f"第{page.number}页{veil}")
            why = "文字还在文件里，选中、复制或搜索就能得到"
            yield Piece(there, (bit,), "\n\n", kind=Kind.COVERED, why=why)


def _replaced(pdf: pikepdf.Pdf) -> Iterator[Piece]:
    """Yield the words that pages give in place of what they draw (ISO 32000, 14.9.4)."""
    for number, words in inline_words(pdf):
        where = Where(f"第{number}页看不见的替代文字", "替代文字", number)
        yield Piece(where, (Bit(words),), "\n\n")


def _with_spaces(page: PageText) -> Iterator[Letter]:
    """Yield the characters of a page, spaces as little seen as what stands before them."""
    veil = ""
    for letter in page.letters:
        veil = veil if letter.box is None else letter.veil
        yield letter._replace(veil=veil)


def _pictured(pages: list[PageText]) -> Iterator[str]:
    bare = [str(page.number) for page in pages if page.pictures and not page.letters]
    if bare:
        yield f"第{'、'.join(bare)}页是图片，图片里的文字没有查，请人工看过"
    for page in pages:
        if page.unknown:
            told = f"第{page.number}页有 {page.unknown} 个字只有字形、没有编码"
            yield f"{told}，没有查，请人工看过"
    count = sum(page.pictures for page in pages)
    if count and not bare:
        yield f"{count} 幅图片没有查：图片里的文字请人工看过"
