"""The records of an older workbook (XLS), and what all its sheets share."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple

from mingtang.reading.sheets.assembly import SheetError
from mingtang.reading.sheets.numerals import BUILT_IN, SINCE_1900, SINCE_1904
from mingtang.reading.sheets.strings import Stored, Tape, shared
from mingtang.reading.sheets.workbooks import Style, raise_up, strike

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_RECORDS = 2_000_000
"""More records than this in one workbook is refused."""
CHARSET = "gb18030"
"""How the oldest workbooks, which do not say so, are taken to store their texts."""
_BOF, _EOF = 0x809, 0x0A
_NEW = 0x600
_SKIPPED_FONT = 4
_FRAME_AT = 10
_ACROSS = 6


class Record(NamedTuple):
    """One record: what it is, its bytes, and those of the records that carry it on."""

    kind: int
    parts: tuple[bytes, ...]

    @property
    def data(self) -> bytes:
        """Return the bytes of the record itself."""
        return self.parts[0]


class Font(NamedTuple):
    """What of a font is seen."""

    struck: bool = False
    raised: bool = False


class Globals:
    """What all sheets of a workbook share."""

    def __init__(self, stream: bytes) -> None:
        self.new = True
        self.sheets: list[int] = []
        self.texts: tuple[Stored, ...] = ()
        self.first_day = SINCE_1900
        self.codes: dict[int, str] = {}
        self.fonts: list[Font] = []
        self.looks: list[bytes] = []
        for record in records(stream, 0):
            self._take(record)
        self.styles = tuple(map(self._style, self.looks))

    def _take(self, record: Record) -> None:
        reader = _READERS.get(record.kind)
        if reader is not None:
            reader(self, record)

    def code(self, data: bytes) -> str:
        """Return the code of a number format."""
        if self.new:
            return Tape((data,)).string().text
        return data[1 : 1 + data[0]].decode(CHARSET, "replace")

    def _style(self, look: bytes) -> Style:
        number = short(look, 2)
        code = self.codes.get(number, BUILT_IN.get(number, ""))
        framed = self.new and short(look, _FRAME_AT) != 0
        struck = self.font(short(look, 0)).struck
        return Style(code, struck, framed, look[6] & 7 == _ACROSS)

    def font(self, number: int) -> Font:
        """Return a font by its number: there is none of number 4."""
        at = number - (number > _SKIPPED_FONT)
        return self.fonts[at] if at < len(self.fonts) else Font()

    def printed(self, stored: Stored) -> str:
        """Return a text as it is seen, struck out and raised runs with their signs."""
        runs = [(at, self.font(font)) for at, font in stored.runs]
        if not any(font.struck or font.raised for _, font in runs):
            return stored.text
        ends = [at for at, _ in runs[1:]] + [len(stored.text)]
        parts = [stored.text[: runs[0][0]]]
        for (start, font), end in zip(runs, ends, strict=True):
            piece = stored.text[start:end]
            if font.struck and piece.strip():
                piece = strike(piece)
            elif font.raised and piece.strip():
                piece = raise_up(piece)
            parts.append(piece)
        return "".join(parts)


def records(stream: bytes, start: int) -> Iterator[Record]:
    """Yield the records of one part of the stream, up to its end."""
    at, count, depth = start, 0, 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<2H", stream, at)
        parts = [stream[at + 4 : at + 4 + size]]
        at += 4 + size
        while stream[at : at + 2] == b"\x3c\x00" and at + 4 <= len(stream):
            size = short(stream, at + 2)
            parts.append(stream[at + 4 : at + 4 + size])
            at += 4 + size
        count += 1
        if count > MAX_RECORDS:
            message = f"工作簿超过 {MAX_RECORDS} 条记录的上限"
            raise SheetError(message)
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 1:
            yield Record(kind, tuple(parts))
        if depth <= 0:
            return
    message = "文件不完整，后面的内容缺失"
    raise SheetError(message)


def short(data: bytes, at: int) -> int:
    """Return the number in two bytes."""
    number: int = struct.unpack_from("<H", data, at)[0]
    return number


def _begin(book: Globals, record: Record) -> None:
    book.new = short(record.data, 0) >= _NEW


def _lock(_: Globals, __: Record) -> None:
    message = "文件加了密码；请去掉密码后再试"
    raise SheetError(message)


def _sheet(book: Globals, record: Record) -> None:
    """Take where a sheet begins, unless it is hidden or holds no cells."""
    start, hidden, kind = struct.unpack_from("<I2B", record.data)
    if not hidden & 3 and not kind:
        book.sheets.append(start)


def _shared(book: Globals, record: Record) -> None:
    book.texts = tuple(shared(record.parts))


def _first_day(book: Globals, record: Record) -> None:
    if short(record.data, 0):
        book.first_day = SINCE_1904


def _font(book: Globals, record: Record) -> None:
    look, raised = short(record.data, 2), short(record.data, 8)
    book.fonts.append(Font(bool(look & 8), bool(raised)))


def _look(book: Globals, record: Record) -> None:
    book.looks.append(record.data)


def _format(book: Globals, record: Record) -> None:
    book.codes[short(record.data, 0)] = book.code(record.data[2:])


_READERS = {
    _BOF: _begin,
    0x2F: _lock,
    0x85: _sheet,
    0xFC: _shared,
    0x22: _first_day,
    0x31: _font,
    0xE0: _look,
    0x41E: _format,
}
