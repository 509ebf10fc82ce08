"""An older workbook (XLS): its visible sheets as stored cells.

What a person sees is told by the same things as in newer workbooks: formats,
fonts, frames, hidden rows, columns and sheets, merged ranges, results kept of
formulas.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from mingtang.reading.sheets.assembly import Merged, Sheet, SheetError
from mingtang.reading.sheets.numerals import overlong, shown, shows_words
from mingtang.reading.sheets.records import CHARSET, Globals, Record, records, short
from mingtang.reading.sheets.strings import RICH, Tape
from mingtang.reading.sheets.workbooks import PLAIN, centred, strike

if TYPE_CHECKING:
    from collections.abc import Iterator

ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
NEVER_COMPUTED = "=（未计算）"
_MANY_NUMBERS, _MANY_BLANKS = 0xBD, 0xBE
COLUMNS = 256
"""No older sheet has more columns."""


class _Walk:
    """Walks the records of one sheet."""

    def __init__(self, book: Globals) -> None:
        self.book = book
        self.texts: dict[int, dict[int, str]] = {}
        self.overlong: list[tuple[int, int]] = []
        self.ruled: dict[int, list[int]] = {}
        self.across: dict[int, list[int]] = {}
        self.merged: list[Merged] = []
        self.rows: set[int] = set()
        self.columns: set[int] = set()
        self.zeros = True
        self.waiting: tuple[int, int, int] | None = None

    def sheet(self) -> Sheet:
        """Return what is stored of the sheet."""
        for row, columns in self.across.items():
            texts = self.texts.get(row, {})
            pairs = [(column, column in texts) for column in sorted(columns)]
            self.merged += centred(row, pairs)
        if not self.zeros:
            for row_ in self.texts.values():
                for column in [at for at, text in row_.items() if text == "0"]:
                    del row_[column]
        hidden = sorted(self.rows), sorted(self.columns)
        return Sheet(self.texts, self.ruled, self.merged, *hidden, self.overlong)

    def take(self, record: Record) -> None:
        """Take the next record."""
        reader = _READERS.get(record.kind)
        if reader is not None:
            reader(self, record)

    def put(self, row: int, column: int, look: int, text: str) -> None:
        """Keep what a cell shows, and its frame."""
        styles = self.book.styles
        style = styles[look] if look < len(styles) else PLAIN
        plain = text.strip()
        if plain:
            plain = strike(plain) if style.struck else plain
            self.texts.setdefault(row, {})[column] = plain
        if style.framed:
            self.ruled.setdefault(row, []).append(column)
        if style.across:
            self.across.setdefault(row, []).append(column)

    def number(self, row: int, column: int, look: int, value: float) -> None:
        """Keep a number as its format prints it."""
        if overlong(repr(value)):
            self.overlong.append((row, column))
        styles = self.book.styles
        code = styles[look].code if look < len(styles) else ""
        self.put(row, column, look, shown(repr(value), code, self.book.first_day))

    def words(self, row: int, column: int, look: int, text: str) -> None:
        """Keep a text, unless its format hides it."""
        styles = self.book.styles
        code = styles[look].code if look < len(styles) else ""
        self.put(row, column, look, text if shows_words(code) else "")


def _compact(walk: _Walk, record: Record) -> None:
    """Take numbers in four bytes, one or a row of them (RK, MULRK)."""
    row, column = struct.unpack_from("<2H", record.data)
    end = len(record.data) - (2 if record.kind == _MANY_NUMBERS else 0)
    for at, start in enumerate(range(4, end - 5, 6)):
        look, stored = struct.unpack_from("<HI", record.data, start)
        if stored & 2:
            value = float(struct.unpack("<i", struct.pack("<I", stored))[0] >> 2)
        else:
            value = struct.unpack("<d", struct.pack("<Q", (stored & ~3) << 32))[0]
        walk.number(row, column + at, look, value / 100 if stored & 1 else value)


def _double(walk: _Walk, record: Record) -> None:
    walk.number(*struct.unpack_from("<3Hd", record.data))


def _empty(walk: _Walk, record: Record) -> None:
    """Take empty cells, one or a row of them (BLANK, MULBLANK)."""
    row, column = struct.unpack_from("<2H", record.data)
    end = len(record.data) - (2 if record.kind == _MANY_BLANKS else 0)
    for at, start in enumerate(range(4, end - 1, 2)):
        walk.put(row, column + at, short(record.data, start), "")


def _shared(walk: _Walk, record: Record) -> None:
    row, column, look, number = struct.unpack_from("<3HI", record.data)
    texts = walk.book.texts
    known = number < len(texts)
    walk.words(row, column, look, walk.book.printed(texts[number]) if known else "\ufffd")


def _own(walk: _Walk, record: Record) -> None:
    """Take a text that stands in the cell's own record (LABEL, RSTRING)."""
    row, column, look = struct.unpack_from("<3H", record.data)
    walk.words(row, column, look, _text(walk.book, record, 6))


def _text(book: Globals, record: Record, start: int) -> str:
    if not book.new:
        length = short(record.data, start)
        held = record.data[start + 2 : start + 2 + length]
        return held.decode(CHARSET, "replace")
    parts = (record.data[start:], *record.parts[1:])
    tape = Tape(parts)
    count, flags = short(tape.take(2), 0), tape.take(1)[0]
    return tape.characters(count, flags & ~RICH)


def _truth(walk: _Walk, record: Record) -> None:
    row, column, look, value, wrong = struct.unpack_from("<3H2B", record.data)
    walk.put(row, column, look, _truth_or_error(value, wrong=bool(wrong)))


def _truth_or_error(value: int, *, wrong: bool) -> str:
    if wrong:
        return ERRORS.get(value, "#ERROR!")
    return "TRUE" if value else "FALSE"


def _formula(walk: _Walk, record: Record) -> None:
    """Take the result kept of a formula; a text follows in a record of its own.

    An empty text is what programs store that compute nothing.
    """
    row, column, look = struct.unpack_from("<3H", record.data)
    result, options = record.data[6:14], short(record.data, 14)
    walk.waiting = None
    if result[6:] != b"\xff\xff":
        value = struct.unpack("<d", result)[0]
        if value == 0 and options & 2:
            walk.put(row, column, look, NEVER_COMPUTED)
        else:
            walk.number(row, column, look, value)
    elif result[0] == 0:
        walk.waiting = (row, column, look)
    elif result[0] in (1, 2):
        text = _truth_or_error(result[2], wrong=result[0] > 1)
        walk.put(row, column, look, text)
    else:
        walk.put(row, column, look, NEVER_COMPUTED)


def _result(walk: _Walk, record: Record) -> None:
    if walk.waiting is not None:
        walk.words(*walk.waiting, _text(walk.book, record, 0))
    walk.waiting = None


def _ranges(walk: _Walk, record: Record) -> None:
    for at in range(short(record.data, 0)):
        top, bottom, left, right = struct.unpack_from("<4H", record.data, 2 + at * 8)
        walk.merged.append(Merged(top, left, bottom, right))


def _row(walk: _Walk, record: Record) -> None:
    if short(record.data, 12) & 0x20:
        walk.rows.add(short(record.data, 0))


def _columns(walk: _Walk, record: Record) -> None:
    first, last, width, _, options = struct.unpack_from("<5H", record.data)
    if options & 1 or not width:
        walk.columns |= {*range(first, min(last + 1, COLUMNS))}


def _window(walk: _Walk, record: Record) -> None:
    walk.zeros = bool(short(record.data, 0) & 0x10)


_READERS = {
    0x27E: _compact,
    0xBD: _compact,
    0x203: _double,
    0x201: _empty,
    0xBE: _empty,
    0xFD: _shared,
    0x204: _own,
    0xD6: _own,
    0x205: _truth,
    0x06: _formula,
    0x207: _result,
    0xE5: _ranges,
    0x208: _row,
    0x7D: _columns,
    0x23E: _window,
}


def sheets(stream: bytes) -> Iterator[Sheet]:
    """Yield the visible sheets of a workbook's stream.

    Raises `SheetError` when it is torn or locked.
    """
    try:
        book = Globals(stream)
        for start in book.sheets:
            walk = _Walk(book)
            for record in records(stream, start):
                walk.take(record)
            yield walk.sheet()
    except (struct.error, IndexError, EOFError) as error:
        message = "文件已损坏，有的单元格读不出"
        raise SheetError(message) from error
