"""Lines for a terminal: broken between Han characters, never within a word.

No line begins with a closing mark, as printers have always had it.
"""

from __future__ import annotations

import re

from rich.cells import cell_len

_PIECE = re.compile(r"[!-~]+| |.", re.DOTALL)
_CLOSING = frozenset("，。、；：？！）》”」』】〕…")
_OPENING = frozenset("（《“「『【〔")


def wrapped(text: str, width: int) -> list[str]:
    """Return text in lines of at most `width` columns.

    >>> wrapped("表三“总计”一列，相差3件。", 14)
    ['表三“总计”一', '列，相差3件。']
    >>> wrapped("requests/received/total", 10)
    ['requests/r', 'eceived/to', 'tal']
    """
    lines: list[str] = []
    line = ""
    for piece in _unbroken(text, width):
        if line and cell_len(line) + cell_len(piece) > width:
            lines.append(line.rstrip(" "))
            line = piece.lstrip(" ")
        else:
            line += piece
    return [*lines, line] if line else lines


def _unbroken(text: str, width: int) -> list[str]:
    """Return the pieces that stay together: words, and marks with their neighbours."""
    pieces: list[str] = []
    for piece in _PIECE.findall(text):
        joins = pieces and (piece in _CLOSING or pieces[-1][-1] in _OPENING)
        if joins and cell_len(pieces[-1] + piece) <= width:
            pieces[-1] += piece
        else:
            pieces += _cut(piece, width)
    return pieces


def _cut(piece: str, width: int) -> list[str]:
    return [piece[at : at + width] for at in range(0, len(piece), width)]
