"""A report as plain text: a paragraph a line, tables with tabs, labels repeated."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingtang.writing.manuscript import Words, manuscript

if TYPE_CHECKING:
    from mingtang.report import Report

_BREAKS = re.compile(r"\s*[\n\t]\s*")


def write(report: Report) -> bytes:
    """Return the report as text in UTF-8."""
    lines: list[str] = []
    for piece in manuscript(report):
        if isinstance(piece, Words):
            lines.append(_BREAKS.sub(" ", piece.text))
            continue
        lines += [
            "\t".join(_BREAKS.sub(" ", text) for text in row) for row in piece.filled()
        ]
    return ("\n".join(lines) + "\n").encode()
