"""A workbook as a neutral document: its sheets row by row, tables with merged cells.

An XLSX file is read from its own XML, as nothing less tells what is hidden, how
a number is printed and which formula was never computed.
"""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from mingtang.document import Document
from mingtang.reading.sheets.assembly import Assembly, Merged, Sheet, SheetError, strips
from mingtang.reading.sheets.biff import sheets
from mingtang.reading.sheets.compounds import Compound
from mingtang.reading.sheets.numerals import overlong, shown, shows_words
from mingtang.reading.sheets.origins import Trace
from mingtang.reading.sheets.workbooks import PLAIN, centred, open_workbook, strike, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.reading.sheets.workbooks import Style, Workbook

MAX_SQUARES = 1_200_000
"""More cells than this, empty ones too, on one sheet is refused."""
MAX_FILLED = 100_000
"""More filled cells than this on one sheet is refused at once."""
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
"""No sheet has more rows or columns."""
COLUMN_LETTERS = 3
"""No column's name has more letters."""
_TRUE = frozenset({"1", "true"})
_NEVER_COMPUTED = "=（未计算）"


def read(data: bytes) -> Document:
    """Return the workbook as a document of kind ``xlsx`` or ``xls``.

    Raises `SheetError`, `ArchiveError` or `CompoundError`, one line in Chinese,
    when it is torn, locked or past the limits.
    """
    assembly = Assembly()
    if not data.startswith(b"PK"):
        for sheet in sheets(Compound(data).stream("Workbook", "Book")):
            assembly.take(strips(sheet))
        return Document("xls", tuple(assembly.blocks))
    return trace(data).document


def trace(data: bytes) -> Trace:
    """Return an XLSX workbook as `read` does, with the way back to its cells."""
    assembly = Assembly()
    book = open_workbook(data)
    sheets = tuple(_SheetReader(book, part).sheet() for part in book.sheets)
    for sheet in sheets:
        assembly.take(strips(sheet))
    document = Document("xlsx", tuple(assembly.blocks))
    return Trace(document, book.sheets, sheets, tuple(assembly.origins))


class _Square(NamedTuple):
    """One stored cell: where it stands, its style and what it shows."""

    row: int
    column: int
    style: Style
    text: str


class _SheetReader:
    """Walks the XML of one sheet, row by row."""

    def __init__(self, book: Workbook, part: str) -> None:
        self.book = book
        self.part = part
        self.zeros = True
        self.squares = self.filled = 0
        self.last = -1
        self.texts: dict[int, dict[int, str]] = {}
        self.ruled: dict[int, list[int]] = {}
        self.merged: list[Merged] = []
        self.hidden_rows: list[int] = []
        self.hidden_columns: set[int] = set()
        self.overlong: list[tuple[int, int]] = []

    def sheet(self) -> Sheet:
        """Return what is stored of the sheet."""
        data = io.BytesIO(self.book.archive.read(self.part))
        tags = ("{*}row", "{*}col", "{*}sheetView", "{*}mergeCell")
        try:
            for _, element in etree.iterparse(
                data,
                ("end",),
                tag=tags,
                resolve_entities=False,
                no_network=True,
                remove_comments=True,
                remove_pis=True,
            ):
                self._take(element)
        except etree.XMLSyntaxError as error:
            message = f"文件已损坏，{self.part} 不完整"
            raise SheetError(message) from error
        hidden = sorted(set(self.hidden_rows))
        return Sheet(
            self.texts,
            self.ruled,
            self.merged,
            hidden,
            sorted(self.hidden_columns),
            self.overlong,
        )

    def _take(self, element: etree._Element) -> None:
        name = str(element.tag).rpartition("}")[2]
        if name == "row":
            self._row(element)
            element.clear()
            above = element.getparent()
            while above is not None and above[0] is not element:
                del above[0]
        elif name == "mergeCell":
            self._merge(element.get("ref", ""))
        elif name == "sheetView":
            self.zeros = element.get("showZeros", "1") in _TRUE
        elif element.get("hidden") in _TRUE or element.get("width") == "0":
            first, last = _whole(element.get("min")), _whole(element.get("max"))
            self.hidden_columns |= {*range(first - 1, min(last, LAST_COLUMN))}

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        (top, left), (bottom, right) = _place(first), _place(last or first)
        if (bottom, right) != (top, left) and bottom >= top and right >= left:
            self.merged.append(Merged(top, left, bottom, right))

    def _row(self, element: etree._Element) -> None:
        printed = element.get("r")
        row = _whole(printed) - 1 if printed else self.last + 1
        if not 0 <= row < LAST_ROW:
            raise SheetError(_impossible(printed or ""))
        self.last = row
        if element.get("hidden") in _TRUE or element.get("ht") == "0":
            self.hidden_rows.append(row)
        self._count(len(element))
        found = list(self._squares(element, row))
        texts = {square.column: square.text for square in found if square.text}
        if texts:
            self.texts[row] = texts
            self.filled += len(texts)
        ruled = [square.column for square in found if square.style.framed]
        if ruled:
            self.ruled[row] = ruled
        across = [(each.column, bool(each.text)) for each in found if each.style.across]
        self.merged += centred(row, across)

    def _count(self, squares: int) -> None:
        """Count the cells of a row. Raises `SheetError` past the limits."""
        self.squares += squares
        if self.squares > MAX_SQUARES or self.filled > MAX_FILLED:
            limit = MAX_SQUARES if self.squares > MAX_SQUARES else MAX_FILLED
            message = f"工作表超过 {limit} 格的上限"
            raise SheetError(message)

    def _squares(self, element: etree._Element, row: int) -> Iterator[_Square]:
        column = -1
        styles = self.book.styles
        for cell in element:
            reference = cell.get("r")
            column = _column(reference.rstrip("0123456789")) if reference else column + 1
            number = cell.get("s", "0")
            known = number.isdecimal() and int(number) < len(styles)
            style = styles[int(number)] if known else PLAIN
            text = self._text(cell, style).strip() if len(cell) else ""
            if text and cell.get("t", "n") == "n" and overlong(cell.findtext("{*}v", "")):
                self.overlong.append((row, column))
            yield _Square(
                row, column, style, strike(text) if text and style.struck else text
            )

    def _text(self, cell: etree._Element, style: Style) -> str:
        """Return what a cell shows."""
        kind = cell.get("t", "n")
        parts = {str(part.tag).rpartition("}")[2]: part for part in cell}
        if kind == "inlineStr":
            return _words(text_of(parts["is"]) if "is" in parts else "", style)
        value = parts["v"].text if "v" in parts else None
        formula = parts.get("f")
        if formula is not None:
            doubtful = self.book.stale and value == "0"
            if doubtful or (not value and (kind != "str" or "v" not in parts)):
                return f"={formula.text}" if formula.text else _NEVER_COMPUTED
        if not value:
            return ""
        return self._value(kind, value, style)

    def _value(self, kind: str, value: str, style: Style) -> str:
        if kind == "s":
            texts = self.book.texts
            known = value.strip().isdecimal() and int(value) < len(texts)
            return _words(texts[int(value)], style) if known else "\ufffd"
        if kind == "b":
            return "TRUE" if value in _TRUE else "FALSE"
        if kind != "n":
            return _words(value, style) if kind == "str" else value
        if not self.zeros and not value.strip("0."):
            return ""
        return shown(value, style.code, self.book.first_day)


def _words(text: str, style: Style) -> str:
    return text if shows_words(style.code) else ""


def _place(reference: str) -> tuple[int, int]:
    """Return row and column of a cell's name, from 0."""
    letters = reference.rstrip("0123456789")
    row = _whole(reference.removeprefix(letters)) - 1
    if not 0 <= row < LAST_ROW:
        raise SheetError(_impossible(reference))
    return row, _column(letters)


@lru_cache(maxsize=16384)
def _column(letters: str) -> int:
    """Return the number of a column, from 0."""
    column = 0
    if letters.isascii() and letters.isalpha() and len(letters) <= COLUMN_LETTERS:
        for letter in letters.upper():
            column = column * 26 + ord(letter) - ord("A") + 1
    if not 0 < column <= LAST_COLUMN:
        raise SheetError(_impossible(letters))
    return column - 1


def _whole(text: str | None) -> int:
    if text and text.isascii() and text.isdecimal() and len(text) <= len(str(LAST_ROW)):
        return int(text)
    raise SheetError(_impossible(text or ""))


def _impossible(name: str) -> str:
    return f"文件已损坏，没有名为“{name[:12]}”的单元格"
