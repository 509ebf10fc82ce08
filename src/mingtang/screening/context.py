"""What a number is called: the words before it, after it, or at the head of its column."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CELLS = re.compile("[\t|\uff5c]")
_STOPS = re.compile("[。；;！？!?\n]")
_ENDS = re.compile("[。；;！？!?\n、]")
_TAB = re.compile("\t")
_HEAD = re.compile("^[^0-9\n]*?[\t|\uff5c][^0-9\n]*$", re.MULTILINE)
"""A line of a table that has no digit."""
_TO_DIGIT = re.compile(r"[^0-9\n]*[0-9]")
_INK = re.compile(r"\S")
TABLE = 6000
"""How many characters above a number the head of its column may stand."""
_FAR = 28
"""How many characters before a number may still name it."""
NEAR = 10
"""How many behind it may."""


_WIDE = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
_WIDER = 0xFEE0
"""How far the wide letters and digits stand from the narrow ones."""


def narrow(text: str) -> str:
    """Return a text with its wide letters and digits narrow, the same if it has none."""
    if not _WIDE.search(text):
        return text
    return _WIDE.sub(lambda wide: chr(ord(wide[0]) - _WIDER), text)


def clause_before(text: str, start: int, far: int = _FAR) -> str:
    """Return the words before a place, back to the last full stop at most."""
    return _STOPS.split(text[max(0, start - far) : start])[-1]


def sentence_before(text: str, start: int) -> str:
    """Return everything of the sentence before a place."""
    return clause_before(text, start, 120)


def clause_after(text: str, end: int, far: int = NEAR) -> str:
    """Return the words after a place, up to the next full stop."""
    return _ENDS.split(text[end : end + far], maxsplit=1)[0]


class Line(NamedTuple):
    """A line of a text: where it begins, ends, its first ink, its bars between cells."""

    begin: int
    end: int
    ink: int
    bars: list[int]


class Table(NamedTuple):
    """Lines with as many tabs: where each of their cells begins, and columns told."""

    begin: int
    end: int
    rows: list[list[int]]
    told: set[int]


class Reach:
    """Where words that name numbers reach: behind them, and a table's length below."""

    def __init__(self, text: str, words: Iterable[int]) -> None:
        """Take where words end, in order; those near each other reach as one."""
        self._begins: list[int] = []
        self._ends: list[int] = []
        for word in words:
            if self._ends and word + TABLE <= self._ends[-1]:
                continue
            end = text.find("\n", word + TABLE - 1)
            end = len(text) if end < 0 else end
            if self._ends and word <= self._ends[-1]:
                self._ends[-1] = end
            else:
                self._begins.append(word)
                self._ends.append(end)

    def __bool__(self) -> bool:
        """Return whether there is any such word."""
        return bool(self._begins)

    def holds_all(self, start: int, end: int) -> bool:
        """Return whether one word's reach holds each number between two places.

        The first of them ends at `start`, the last begins at `end`.
        """
        return (
            len(self._begins) == 1
            and self._begins[0] <= start + NEAR
            and end < self._ends[0]
        )

    def holds(self, start: int, end: int) -> bool:
        """Return whether a word near a number, or above it, may name it."""
        last = bisect_right(self._begins, end + NEAR)
        return bool(last) and start < self._ends[last - 1]


class Page:
    """A text that is looked at from many places; no line of it is taken apart twice."""

    def __init__(self, text: str) -> None:
        """Take a text; nothing is looked at yet."""
        self.text = text
        self.names: list[int] = []
        """Where words end that may name a number, in order."""
        self.homes: list[int] = []
        """Where those end that may name a telephone at home."""
        self.accounts: list[int] = []
        """Where those end that may name accounts."""
        self.doors: list[tuple[int, int]] = []
        """Where words stand that a door's number stands beside."""
        self.past: dict[int, int] = {}
        """Where the last residue of a pattern ends."""
        self._line = Line(0, -1, 0, [])
        self._heads: dict[int, int] = {}
        self._cells: dict[int, list[str]] = {}
        self._read = 0
        self._table = Table(0, 0, [], set())

    @cached_property
    def named(self) -> Reach:
        """Where words that may name a number reach; asked for when all are on the page."""
        return Reach(self.text, self.names)

    @cached_property
    def columns(self) -> Reach:
        """Where the heads of columns of accounts reach; none has a digit behind it."""
        heads: list[int] = []
        begin = len(self.text) + 1
        for word in reversed(self.accounts):
            if word < begin:
                begin = self.text.rfind("\n", 0, word) + 1
                heads += [] if _TO_DIGIT.match(self.text, word) else [word]
        return Reach(self.text, reversed(heads))

    def line(self, at: int) -> Line:
        """Return the line of a place; asked in order, each line is read once."""
        line = self._line
        if not line.begin <= at <= line.end:
            begin = self.text.rfind("\n", 0, at) + 1
            end = self.text.find("\n", at)
            end = len(self.text) if end < 0 else end
            ink = _INK.search(self.text, begin, end)
            bars = [bar.start() for bar in CELLS.finditer(self.text, begin, end)]
            line = Line(begin, end, ink.start() if ink else end, bars)
            self._line = line
        return line

    def head_of(self, start: int) -> str:
        """Return what stands at the head of a place's column, or on the line before it.

        Of a table whose cells are parted by tabs or bars: the cell of the first line
        above that has as many cells and no digit. Nothing elsewhere.
        """
        line = self.line(start)
        if not line.begin or (not line.bars and line.ink < start):
            return ""
        if not line.bars:
            return self._line_above(line.begin)
        head = self._head_above(line)
        if head < 0:
            return ""
        if head not in self._cells:
            whole = self.text[head : self.text.find("\n", head)]
            self._cells[head] = [cell.strip() for cell in CELLS.split(whole)]
        return self._cells[head][bisect_left(line.bars, start)]

    def heads(self, start: int) -> str:
        """Return all heads of the table that a place stands in; nothing elsewhere."""
        head = self._head_above(self.line(start))
        return "" if head < 0 else self.text[head : self.text.find("\n", head)]

    def _line_above(self, begin: int) -> str:
        """Return the line above that is not empty, unless it has a digit."""
        above = self.text[max(0, begin - TABLE) : begin].rstrip("\n")
        last = above[above.rfind("\n") + 1 :].strip()
        return "" if any(map(str.isdigit, last)) else last

    def _head_above(self, line: Line) -> int:
        """Return where the head of a line's table begins; -1 where it has none.

        Lines are asked for in order; those above that have no digit are read once.
        """
        text, at = self.text, max(self._read, line.begin - TABLE)
        if at > self._read and text[at - 1] != "\n":
            at = text.find("\n", at) + 1
        for found in _HEAD.finditer(text, at, line.begin):
            if not any(map(str.isdigit, found[0])):
                self._heads[len(CELLS.findall(found[0]))] = found.start()
        self._read = max(self._read, line.begin)
        head = self._heads.get(len(line.bars), -1)
        return head if head >= line.begin - TABLE else -1

    def called(self, start: int, end: int) -> str:
        """Return all words that may name a number, the nearest last."""
        line = self.line(start)
        column = bisect_left(line.bars, start)
        cell = line.bars[column - 1] + 1 if column else line.begin
        before = clause_before(self.text, start)
        if column and not _INK.search(self.text, cell, start):
            before = self.head_of(start) or before
        elif start == line.begin:
            before = self.head_of(start)
        return f"{before}|{clause_after(self.text, end)}"

    def column_below(self, at: int) -> Iterator[int]:
        """Yield where the cells below a place begin, as far as its table goes.

        The table is one whose cells are parted by tabs. Of a column that was asked for
        from above, nothing.
        """
        begin = self.line(at).begin
        if not self._table.begin <= begin < self._table.end:
            self._table = self._table_from(begin)
        rows = self._table.rows
        place = bisect_left(rows, [at + 1])
        column = bisect_right(rows[place - 1], at) - 1
        if len(rows[0]) == 1 or column in self._table.told:
            return
        self._table.told.add(column)
        for row in islice(rows, place, None):
            yield row[column]

    def _table_from(self, begin: int) -> Table:
        """Return the lines from a place on that have as many tabs; one, if it has none."""
        rows: list[list[int]] = []
        at = begin
        while at < len(self.text):
            end = self.text.find("\n", at)
            end = len(self.text) if end < 0 else end
            row = [at, *(tab.end() for tab in _TAB.finditer(self.text, at, end))]
            if rows and (len(row) == 1 or len(row) != len(rows[0])):
                break
            rows.append(row)
            at = end + 1
        return Table(begin, at, rows, set())
