"""What a number is called: the words before it, after it, or at the head of its column."""

from __future__ import annotations

import re

_CELLS = re.compile("[\t|\uff5c]")
_STOPS = "。；;！？!?\n"
_TABLE = 6000
"""How many characters above a number the head of its column may stand."""
_FAR = 28
"""How many characters before a number may still name it."""


def line_of(text: str, at: int) -> tuple[int, int]:
    """Return where the line of a place begins and ends."""
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return start, len(text) if end < 0 else end


def clause_before(text: str, start: int, far: int = _FAR) -> str:
    """Return the words before a place, back to the last full stop at most."""
    begin = max(0, start - far)
    found = text[begin:start]
    cut = max(found.rfind(stop) for stop in _STOPS)
    return found[cut + 1 :]


def sentence_before(text: str, start: int) -> str:
    """Return everything of the sentence before a place."""
    return clause_before(text, start, 120)


def clause_after(text: str, end: int, far: int = 10) -> str:
    """Return the words after a place, up to the next full stop."""
    found = text[end : end + far]
    stops = [at for stop in _STOPS + "、" if (at := found.find(stop)) >= 0]
    return found[: min(stops)] if stops else found


def head_of(text: str, start: int) -> str:
    """Return what stands at the head of a place's column, or on the line before it.

    Of a table whose cells are parted by tabs or bars: the cell of the first line above
    that has as many cells and no digit. Nothing elsewhere.
    """
    begin, end = line_of(text, start)
    cells = len(_CELLS.findall(text, begin, end))
    if not begin or (not cells and text[begin:start].strip()):
        return ""
    above = text[max(0, begin - _TABLE) : begin].rstrip("\n").split("\n")
    if not cells:
        last = above[-1].strip()
        return "" if any(c.isdigit() for c in last) else last
    column = len(_CELLS.findall(text, begin, start))
    for line in reversed(above):
        parts = _CELLS.split(line)
        if len(parts) == cells + 1 and not any(c.isdigit() for c in line):
            return parts[column].strip()
    return ""


def called(text: str, start: int, end: int) -> str:
    """Return all words that may name a number, the nearest last."""
    begin, _end = line_of(text, start)
    cell = max((m.end() for m in _CELLS.finditer(text, begin, start)), default=begin)
    before = clause_before(text, start)
    own = text[cell:start]
    if cell > begin and not own.strip():
        before = head_of(text, start) or before
    elif start == begin:
        before = head_of(text, start)
    return f"{before}|{clause_after(text, end)}"
