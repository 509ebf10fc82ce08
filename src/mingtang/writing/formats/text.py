"""A report as plain text: a paragraph a line, tables with tabs, labels repeated.

Plain text has no escapes: a pipe, which would part cells, becomes a wide one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingtang.manuscript import Words
from mingtang.writing.manuscript import manuscript

if TYPE_CHECKING:
    from mingtang.report import Report

_BREAKS = re.compile(r"\s*[\n\t]\s*")


def write(report: Report) -> bytes:
    """Return the report as text in UTF-8."""
    lines: list[str] = []
    for piece in manuscript(report).pieces:
        if isinstance(piece, Words):
            lines.append(_plain(piece.text))
            continue
        lines += ["\t".join(map(_plain, row)) for row in piece.filled()]
    return ("\n".join(lines) + "\n").encode()


def _plain(text: str) -> str:
    return _BREAKS.sub(" ", text).replace("|", "\uff5c")
