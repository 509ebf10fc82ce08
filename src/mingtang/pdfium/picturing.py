"""Pages of a PDF drawn as grey pictures, for recognition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pypdfium2 import PdfDocument, PdfiumError  # type: ignore[import-untyped]

from mingtang.pdfium.calls import ALONE
from mingtang.pdfium.opening import PdfError
from mingtang.pdfium.trying import DRAWING, tried

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mingtang.pdfium.calls import Handle

DOTS = 2340
"""How many dots the longer side of a picture has: 200 to an inch of A4."""
NARROW = 8
"""A page so many times longer than wide is no page."""


def pictured(data: bytes, numbers: Iterable[int]) -> Iterator[tuple[int, Any, float]]:
    """Yield pages by number: the number, the grey picture, the width in points.

    They are drawn apart first: no look at a file tells how long its patterns take.
    Raises `PdfError` for a page that cannot be drawn, or not within the limits.
    """
    wanted = list(numbers)
    tried(data, DRAWING, wanted, len(wanted))
    yield from drawn(data, wanted)


def drawn(data: bytes, numbers: Iterable[int]) -> Iterator[tuple[int, Any, float]]:
    """Yield pages as `pictured` does, however long and however much memory it takes."""
    with ALONE:
        document = PdfDocument(data)
    try:
        for number in numbers:
            with ALONE:
                picture, wide = _picture(document, number)
            yield number, picture, wide
    finally:
        with ALONE:
            document.close()


def _picture(document: Handle, number: int) -> tuple[Any, float]:
    try:
        page = document[number - 1]
        wide, high = page.get_size()
        if not 0 < max(wide, high) <= NARROW * min(wide, high):
            message = f"这个 PDF 的第 {number} 页太窄，不是一页报告"
            raise PdfError(message)
        drawn = page.render(scale=DOTS / max(wide, high), grayscale=True)
        return drawn.to_numpy().reshape(drawn.height, -1).copy(), wide
    except PdfiumError as error:
        message = f"这个 PDF 的第 {number} 页画不出来；请重新扫描或重新导出"
        raise PdfError(message) from error
