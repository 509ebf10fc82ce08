"""A PDF: the text of its pages, seen and unseen, and what hangs on them (ISO 32000)."""

from __future__ import annotations

import io
from itertools import groupby
from typing import TYPE_CHECKING

import pikepdf

from mingtang.pdfium.trying import tried
from mingtang.pdfium.weighing import light
from mingtang.screening.files.found import Bit, Piece, Where
from mingtang.screening.files.looked import Looked
from mingtang.screening.files.pages import MAX_PAGES, pages_of
from mingtang.screening.files.pdfparts import Parts
from mingtang.screening.hits import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.screening.files.pages import Letter, PageText

TRIAL = "screening.files.pdf:trial"
_BROKEN = "这个 PDF 已损坏或不完整；请重新下载或重新导出"


def look(data: bytes) -> Looked:
    """Return what stands in a PDF; one that may be heavy is tried apart first.

    Raises `ValueError` for a file that is damaged, locked or past the limits.
    """
    if not light(data):
        tried(data, TRIAL, [MAX_PAGES])
    pages = list(pages_of(data))
    with opened(data) as pdf:
        parts = Parts(pdf, data)
        pieces = [piece for page in pages for piece in of_page(page)]
        pieces += parts.pieces()
        inner = list(parts.inner())
        return Looked(pieces, inner, [*_pictured(pages), *parts.not_looked])


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
            bit = Bit("".join(each.sign for each in letters).strip())
            there = where._replace(words=f"第{page.number}页{veil}")
            why = "文字还在文件里，选中、复制或搜索就能得到"
            yield Piece(there, (bit,), "\n\n", kind=Kind.COVERED, why=why)


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
    count = sum(page.pictures for page in pages)
    if count and not bare:
        yield f"{count} 幅图片没有查：图片里的文字请人工看过"
