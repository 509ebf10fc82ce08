"""Hidden sheets, rows, columns and cells taken out of a workbook."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingtang.screening.files.office import local
from mingtang.screening.files.sheets import Book, cells_of, is_hidden
from mingtang.screening.redacting.cutting import Cutting, out

if TYPE_CHECKING:
    from lxml import etree

    from mingtang.screening.files.sheets import Sheet


def without_hidden_sheets(cutting: Cutting) -> None:
    """Leave out hidden sheets; what was computed from them stays as the number it was."""
    office = cutting.office
    if not office.main().startswith("xl/"):
        return
    book = Book(office)
    gone = [number for number, sheet in enumerate(book.sheets) if sheet.hidden]
    names = [book.sheets[number].name for number in gone]
    parts = {book.sheets[number].part for number in gone}
    cutting.cut(lambda each: each.target in parts or each.kind == "calcChain")
    root = office.trees[office.main()]
    for view in root.iter("{*}workbookView"):
        without(view, "activeTab", "firstSheet")
    for name in list(root.iter("{*}definedName")):
        _renumber(name, gone, names)
    for sheet in book.sheets:
        if sheet.part not in parts:
            _without_formulas(sheet.root, names)
    cutting.cut(lambda each: each.kind == "extended-properties")
    for part in parts:
        office.trees.pop(part, None)
    _without_unused(cutting)


def _renumber(name: etree._Element, gone: list[int], names: list[str]) -> None:
    """Drop a name of a sheet that is gone; count those before another's sheet."""
    own = name.get("localSheetId", "")
    if (own.isdecimal() and int(own) in gone) or _speaks_of(name.text or "", names):
        out(name)
    elif own.isdecimal():
        before = sum(each < int(own) for each in gone)
        name.set("localSheetId", str(int(own) - before))


def _without_formulas(root: etree._Element, names: list[str]) -> None:
    for formula in list(root.iter("{*}f", "{*}formula", "{*}formula1", "{*}formula2")):
        if _speaks_of(formula.text or "", names):
            above = formula.getparent()
            out(formula if above is None or local(above) == "c" else above)


def _speaks_of(formula: str, names: list[str]) -> bool:
    return any(
        re.search(rf"(?:^|[^\w]){re.escape(name)}'?!", formula.replace("''", "'"))
        for name in names
    )


def without_hidden_cells(cutting: Cutting) -> None:
    """Empty hidden rows and columns; they stay, so that no other cell moves."""
    if not cutting.office.main().startswith("xl/"):
        return
    for sheet in Book(cutting.office).sheets:
        for row in sheet.root.iterfind("{*}sheetData/{*}row"):
            for cell, column in list(cells_of(row)):
                if is_hidden(row, "ht") or sheet.hides(column):
                    _empty(cell)
    _without_unused(cutting)


def without_unseen_cells(cutting: Cutting) -> None:
    """Empty cells that nobody sees, and strings that no cell uses."""
    if not cutting.office.main().startswith("xl/"):
        return
    book = Book(cutting.office)
    for sheet in book.sheets:
        _without_veiled(sheet, book)
    _without_unused(cutting)


def _without_veiled(sheet: Sheet, book: Book) -> None:
    for row in sheet.root.iterfind("{*}sheetData/{*}row"):
        for cell, _column in list(cells_of(row)):
            if book.style(cell.get("s", "0")).veil:
                _empty(cell)


def _without_unused(cutting: Cutting) -> None:
    """Empty the strings that no cell uses any more."""
    book = Book(cutting.office)
    for sheet in book.sheets:
        list(sheet.pieces(book))
    for number, node in enumerate(book.strings):
        if number not in book.used:
            for text in node.iter("{*}t"):
                text.text = ""


def without(node: etree._Element, *names: str) -> None:
    """Take attributes off an element."""
    for name in names:
        if name in node.attrib:
            del node.attrib[name]


def _empty(cell: etree._Element) -> None:
    for child in list(cell):
        cell.remove(child)
    without(cell, "t")
