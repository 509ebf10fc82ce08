"""The sheets of a workbook cell by cell, with what hides them (ECMA-376 part 1, 18)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingtang.screening.files.cellstyles import CellStyle, cell_styles, day
from mingtang.screening.files.found import Bit, Piece, Where
from mingtang.screening.hits import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from mingtang.screening.files.office import Office

_TRUE = frozenset({"1", "true", "on"})
_WIDEST = 64
"""Columns further right are not lined up with the heads above them."""
_NAME = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_WHOLE = re.compile(r"[0-9.]+E\+?[0-9]+")
_EXACT = 1e15


class Book:
    """What the sheets of a workbook share: its strings and styles."""

    def __init__(self, office: Office) -> None:
        main = office.main()
        root = office.trees[main]
        related = {each.id: each for each in office.of(main)}
        kinds = {each.kind: each.target for each in related.values()}
        self.strings_part = kinds.get("sharedStrings", "xl/sharedStrings.xml")
        strings = office.trees.get(self.strings_part)
        self.strings = [] if strings is None else list(strings.iterfind("{*}si"))
        self.used: set[int] = set()
        self.styles = cell_styles(office.trees.get(kinds.get("styles", "xl/styles.xml")))
        settings = root.find("{*}workbookPr")
        self.since_1904 = settings is not None and settings.get("date1904") in _TRUE
        self.sheets = []
        for node in root.iterfind("{*}sheets/{*}sheet"):
            ids = [str(v) for k, v in node.attrib.items() if str(k).endswith("}id")]
            number = ids[0] if ids else ""
            part = related[number].target if number in related else ""
            if part in office.trees:
                self.sheets.append(Sheet(node, part, office.trees[part]))

    def string(self, number: str) -> list[Bit]:
        """Return a shared string, nothing where there is none."""
        if not number.strip().isdecimal() or int(number) >= len(self.strings):
            return []
        self.used.add(int(number))
        return words_of(self.strings[int(number)])

    def style(self, number: str) -> CellStyle:
        """Return a cell's style."""
        known = number.isdecimal() and int(number) < len(self.styles)
        return self.styles[int(number)] if known else CellStyle()

    def unused(self) -> Iterator[Piece]:
        """Yield the strings that no cell shows: what was deleted, and stayed."""
        for number, node in enumerate(self.strings):
            bits = words_of(node)
            if number not in self.used and "".join(bit.text for bit in bits).strip():
                where = Where("没有单元格使用的文字", self.strings_part)
                why = "单元格已经删除或改写，原来的文字还留在文件里"
                yield Piece(where, bits, kind=Kind.HIDDEN_TEXT, why=why)


class Sheet:
    """One sheet: what it is called, whether it is hidden, its rows."""

    def __init__(self, node: etree._Element, part: str, root: etree._Element) -> None:
        self.name = node.get("name", "")
        state = node.get("state", "visible")
        self.hidden = "" if state == "visible" else state
        self.words = f"{'隐藏' if self.hidden else ''}工作表“{self.name}”"
        self.part = part
        self.root = root
        self.hidden_columns = [
            (int(each.get("min", "0")), int(each.get("max", "0")))
            for each in root.iterfind("{*}cols/{*}col")
            if is_hidden(each, "width") and each.get("min", "").isdecimal()
            and each.get("max", "").isdecimal()
        ]  # fmt: skip

    def pieces(self, book: Book) -> Iterator[Piece]:
        """Yield the cells, row by row, and which hidden rows and columns hold any."""
        kept: dict[str, list[Bit]] = {}
        last = 0
        widest = self._widest()
        for row in self.root.iterfind("{*}sheetData/{*}row"):
            printed = row.get("r", "")
            number = int(printed) if printed.isdecimal() else last + 1
            last = number
            hides = is_hidden(row, "ht")
            at, joint = 0, "\n"
            for cell, column in cells_of(row):
                bits = self._bits(cell, book, self._veil(cell, book, column, hides=hides))
                if not bits:
                    continue
                name = f"{letters(column)}{number}"
                hidden = f"隐藏的行{number} " if hides else ""
                gap = column - at if column <= _WIDEST else 1
                joint += "\t" * (gap - 1 if at == 0 else gap)
                where = Where(f"{self.words}{hidden}{name}", self.part)
                yield Piece(where, bits, joint)
                joint, at = "", column
                if hides or self.hides(column):
                    home = f"行 {number}" if hides else f"列 {letters(column)}"
                    kept.setdefault(home, []).extend((*bits, Bit(" ")))
                else:
                    yield from self._unseen(where, bits)
            if 0 < at < widest:
                end = Bit("\t" * (widest - at))
                yield Piece(Where(self.words, self.part), (end,), "")
        yield from self._groups(kept)

    def _unseen(self, where: Where, bits: list[Bit]) -> Iterator[Piece]:
        if bits[0].veil and not self.hidden:
            where = where._replace(words=f"{where.words}（{bits[0].veil}）")
            why = "单元格里有，表上看不见"
            yield Piece(where, bits, kind=Kind.HIDDEN_TEXT, why=why, silent=True)

    def _groups(self, found: dict[str, list[Bit]]) -> Iterator[Piece]:
        """Yield each hidden row or column that holds something."""
        for name, bits in found.items():
            where = Where(f"{self.words}隐藏的{name}", self.part)
            why = f"这一{name[0]}看不见，取消隐藏就能看见"
            yield Piece(where, bits, kind=Kind.HIDDEN_CELLS, why=why, silent=True)

    def _widest(self) -> int:
        found = [
            column
            for row in self.root.iterfind("{*}sheetData/{*}row")
            for _cell, column in cells_of(row)
            if column <= _WIDEST
        ]
        return max(found, default=0)

    def hides(self, column: int) -> bool:
        """Return whether a column, from 1, is hidden."""
        return any(first <= column <= last for first, last in self.hidden_columns)

    def _veil(self, cell: etree._Element, book: Book, column: int, *, hides: bool) -> str:
        if hides:
            return ""
        if self.hides(column):
            return "隐藏的列"
        return book.style(cell.get("s", "0")).veil

    def _bits(self, cell: etree._Element, book: Book, veil: str) -> list[Bit]:
        """Return what a cell holds, and its formula where that holds words."""
        kind = cell.get("t", "n")
        stored = cell.find("{*}v")
        bits: list[Bit] = []
        if kind == "inlineStr":
            inline = cell.find("{*}is")
            bits = [] if inline is None else words_of(inline)
        elif stored is not None and stored.text:
            bits = (
                book.string(stored.text)
                if kind == "s"
                else [Bit(self._shown(cell, stored.text, book), stored)]
            )
        formula = cell.find("{*}f")
        if formula is not None and '"' in (formula.text or ""):
            bits = [*bits, Bit(" "), Bit(formula.text or "", formula)]
        return [bit if bit.veil == veil else bit._replace(veil=veil) for bit in bits]

    def _shown(self, cell: etree._Element, value: str, book: Book) -> str:
        if cell.get("t", "n") != "n":
            return value
        if book.style(cell.get("s", "0")).is_day:
            return day(value, since_1904=book.since_1904)
        whole = _WHOLE.fullmatch(value) and float(value) < _EXACT
        return f"{float(value):.0f}" if whole else value


def is_hidden(node: etree._Element, size: str) -> bool:
    """Return whether a row or column is hidden, or so small that nobody sees it."""
    return node.get("hidden") in _TRUE or node.get(size) == "0"


def words_of(node: etree._Element) -> list[Bit]:
    """Return the runs of a string."""
    return [Bit(each.text, each) for each in node.iter("{*}t") if each.text]


def letters(column: int) -> str:
    """Return a column's name, counted from 1.

    >>> letters(1), letters(28)
    ('A', 'AB')
    """
    name = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def cells_of(row: etree._Element) -> Iterator[tuple[etree._Element, int]]:
    """Yield the cells of a row with their columns, from 1."""
    column = 0
    for cell in row.iterfind("{*}c"):
        named = _NAME.fullmatch(cell.get("r", ""))
        column = _number(named[1]) if named else column + 1
        yield cell, column


def _number(name: str) -> int:
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
