"""A PDF opened by way of PDFium for a while, and the error of one that cannot be."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from pypdfium2 import raw  # type: ignore[import-untyped]

from mingtang.pdfium.calls import ALONE, Handle

if TYPE_CHECKING:
    from collections.abc import Iterator


class PdfError(ValueError):
    """A PDF that cannot be read; says why, in Chinese."""


@contextmanager
def opened(data: bytes) -> Iterator[Handle]:
    """Open a PDF for a while. Raises `PdfError` for one that is damaged or locked."""
    with ALONE:
        document = raw.FPDF_LoadMemDocument64(data, len(data), None)
        locked = raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD
    if not document:
        message = (
            "这个 PDF 设了打开密码；请先去掉密码再试"
            if locked
            else "这个 PDF 已损坏或不完整；请重新下载或重新导出"
        )
        raise PdfError(message)
    try:
        yield document
    finally:
        with ALONE:
            raw.FPDF_CloseDocument(document)


@contextmanager
def page_of(document: Handle, number: int) -> Iterator[Handle]:
    """Open a page, counted from 1, for a while. Raises `PdfError` for a damaged one."""
    handle = raw.FPDF_LoadPage(document, number - 1)
    if not handle:
        message = f"这个 PDF 的第 {number} 页已损坏；请重新下载或重新导出"
        raise PdfError(message)
    try:
        yield handle
    finally:
        raw.FPDF_ClosePage(handle)
