"""What PDFium is asked, tried first in a process of its own, under limits.

PDFium runs in the process that asks it: what makes it run on or run out of memory
would take the asker along. Here only a process is lost that nobody misses.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from mingtang.pdfium.opening import PdfError

if TYPE_CHECKING:
    from collections.abc import Sequence

SECONDS = 10
"""A trial computes so long for each page."""
DRAWING = "pdfium.picturing:drawn"
"""The task of drawing, which has three times as much memory."""
WAIT = 60
"""So many seconds by the clock it may take to read all pages, or to draw each."""
MEGABYTES = 512
"""A trial of reading has so much memory, and one of drawing three times as much."""

_START = """import sys
sys.path[:] = {}
from mingtang.pdfium.__main__ import main
main()
"""
"""Packages are found where this process finds them, never in the folder it is in."""


def tried(data: bytes, task: str, numbers: Sequence[int], turns: int = 1) -> None:
    """Have a PDF read, or pages of it drawn, in a process of its own.

    The task is a room and its function (``pdfium.picturing:drawn``), which takes the
    file and the numbers and yields page after page; drawing takes a turn for each page.
    Returns where that ends by itself, in whatever way. Raises `PdfError` where it takes
    longer or more memory than it may.
    """
    path = [str(Path(__file__).parents[2]), *filter(None, sys.path)]
    command = [sys.executable, "-P", "-c", _START.format(path), task]
    try:
        subprocess.run(  # noqa: S603 - our own interpreter and module
            [*command, *map(str, numbers)],
            check=True,
            input=data,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=WAIT * turns,
        )
    except (subprocess.SubprocessError, OSError) as error:
        message = (
            "这个 PDF 里的图形层层相套，或者展开后太大，"
            "在限定的时间和内存之内打不开；请从原来的文档重新导出后再试"
        )
        raise PdfError(message) from error
