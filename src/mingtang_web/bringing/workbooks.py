"""The one filled sheet of an XLSX file as a stream of lines, in flat memory.

The engine reads a report's workbook whole, with everything that can be seen of it. A
catalogue of a hundred thousand rows is walked instead: its shared texts lie in a file
beside it, and of each row only the cells are kept that stand in it.
"""

from __future__ import annotations

import posixpath
import re
import tempfile
import zipfile
from array import array
from typing import IO, TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _
from lxml import etree

from mingtang.packages.archives import BROKEN, ENCRYPTED
from mingtang.packages.safety import parser
from mingtang.reading.sheets.numerals import (
    BUILT_IN,
    SINCE_1900,
    SINCE_1904,
    overlong,
    shown,
)
from mingtang_web.bringing.packages import LARGE, MAX_RATIO
from mingtang_web.bringing.reading import MAX_COLUMNS, MAX_ROWS, below_headers
from mingtang_web.importing.tables import TableError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from mingtang_web.bringing.reading import Row

MAX_PART = 2 * 1024**3
"""A part of a workbook may unfold to so many bytes: they are read as a stream."""
MAX_HEAD = 8 * 1024**2
"""The parts that are read whole are small: the list of sheets, the formats."""
MAX_WITHIN = 50_000
"""Cells of a row, pieces of a text, merged cells of a sheet: no catalogue has so many."""
_PARTS = ("c", "r", "mergeCell", "hyperlink", "dataValidation")
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_TRUE = {"1", "true"}


class _Book(NamedTuple):
    zip: zipfile.ZipFile
    sheets: list[str]
    formats: list[str]
    texts: _Texts | None
    first_day: datetime


class _Texts:
    """The shared texts of a workbook, in a file; each found by its number."""

    def __init__(self, folder: IO[bytes]) -> None:
        self._file = folder
        self._at: array[int] = array("Q", [0])

    def add(self, text: str) -> None:
        self._file.write(text.encode("utf-8", "replace"))
        self._at.append(self._file.tell())

    def __getitem__(self, number: int) -> str:
        start, end = self._at[number], self._at[number + 1]
        self._file.seek(start)
        return self._file.read(end - start).decode("utf-8")


class _Limited:
    """A part of a zip, which may unfold only so far; raises `TableError`."""

    def __init__(self, held: IO[bytes], most: int) -> None:
        self._held, self._left = held, most

    def read(self, size: int = -1) -> bytes:
        data = self._held.read(size)
        self._left -= len(data)
        if self._left < 0:
            raise TableError(_("工作簿展开后太大；请分成几个文件，或者另存为 CSV"))
        return data


def rows_of_xlsx(file: Path) -> Iterator[Row]:
    """Yield the rows of a workbook's one filled sheet; raises `TableError`."""
    try:
        with zipfile.ZipFile(file) as held, tempfile.TemporaryFile() as beside:
            book = _opened(held, beside)
            sheet = _sheet(book)
            yield from below_headers(_lines(book, sheet))
    except TableError:
        raise
    except (*BROKEN, etree.XMLSyntaxError, LookupError) as problem:
        raise TableError(
            _("工作簿打不开，可能已损坏；请重新另存，或者另存为 CSV 再试")
        ) from problem


def _sheet(book: _Book) -> str:
    """Return the one sheet with something in it; raises `TableError`."""
    filled = [part for part in book.sheets if next(_lines(book, part), None)]
    if len(filled) != 1:
        raise TableError(
            _("工作簿里有%(n)s个有内容的工作表，应当只有一个；请单独存成一个文件")
            % {"n": len(filled)}
        )
    return filled[0]


def _opened(held: zipfile.ZipFile, beside: IO[bytes]) -> _Book:
    names = set(held.namelist())
    for info in held.infolist():
        if info.file_size > LARGE and info.file_size > MAX_RATIO * info.compress_size:
            raise TableError(_("工作簿展开后异常地大，不收；请另存为 CSV 再试"))
    if any(info.flag_bits & ENCRYPTED for info in held.infolist()):
        raise TableError(_("工作簿加了密码；请去掉密码后再试"))
    if any(name.endswith("vbaProject.bin") for name in names):
        raise TableError(_("工作簿带有宏，不收；请另存为不带宏的 XLSX 或者 CSV 再试"))
    book = _root(held, "xl/workbook.xml")
    relations = {
        each.get("Id", ""): posixpath.normpath(
            posixpath.join("xl", each.get("Target", ""))
        ).lstrip("/")
        for each in _root(held, "xl/_rels/workbook.xml.rels")
    }
    sheets = [
        relations[str(value)]
        for sheet in book.iterfind("{*}sheets/{*}sheet")
        if sheet.get("state", "visible") == "visible"
        for name, value in sheet.attrib.items()
        if str(name).endswith("relationships}id")
    ]
    properties = book.find("{*}workbookPr")
    late = properties is not None and properties.get("date1904") in _TRUE
    texts = None
    if "xl/sharedStrings.xml" in names:
        texts = _Texts(beside)
        for item in _walked(held, "xl/sharedStrings.xml", "si"):
            texts.add(_said(item))
    formats = _formats(held) if "xl/styles.xml" in names else []
    return _Book(held, sheets, formats, texts, SINCE_1904 if late else SINCE_1900)


def _root(held: zipfile.ZipFile, name: str) -> etree._Element:
    with held.open(name) as part:
        return etree.fromstring(_Limited(part, MAX_HEAD).read(), parser())


def _walked(held: zipfile.ZipFile, name: str, tag: str) -> Iterator[etree._Element]:
    """Yield the elements of a name one after another, each gone with the next.

    Of what stands in one of them no more than `MAX_WITHIN` parts, and nothing of what
    stands beside: raises `TableError`.
    """
    within = 0
    with held.open(name) as part:
        walk = etree.iterparse(
            _Limited(part, MAX_PART), events=("end",),
            tag=tuple(f"{{*}}{each}" for each in (tag, *_PARTS)),
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
            remove_comments=True, remove_pis=True,
        )  # fmt: skip
        for _event, element in walk:
            if etree.QName(element).localname != tag:
                within += 1
                if within > MAX_WITHIN:
                    raise TableError(_("工作簿里有一行或者一格的内容异常地多，不收"))
                continue
            yield element
            within = 0
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]


def _formats(held: zipfile.ZipFile) -> list[str]:
    """Return the format of the numbers of each cell style."""
    root = _root(held, "xl/styles.xml")
    own = {
        int(each.get("numFmtId", "0")): each.get("formatCode", "")
        for each in root.iterfind("{*}numFmts/{*}numFmt")
    }
    styles = (int(each.get("numFmtId", "0")) for each in root.iterfind("{*}cellXfs/{*}xf"))
    return [own.get(style, BUILT_IN.get(style, "")) for style in styles]


def _lines(book: _Book, part: str) -> Iterator[tuple[int, list[str]]]:
    number = 0
    for row in _walked(book.zip, part, "row"):
        number = int(row.get("r", number + 1))
        cells: list[str] = []
        for cell in row.iterfind("{*}c"):
            text = _text(book, cell, number)
            if not text:
                continue
            place = _column(cell.get("r"), len(cells))
            if place >= MAX_COLUMNS:
                told = {"most": MAX_COLUMNS}
                raise TableError(_("目录超过%(most)s列的上限；请删去不需要的列") % told)
            cells += [""] * (place + 1 - len(cells))
            cells[place] = text
        if cells:
            yield number, cells
        if number > 2 * MAX_ROWS:
            raise TableError(_("目录超过%(most)s行的上限") % {"most": MAX_ROWS})


def _column(place: str | None, following: int) -> int:
    found = _PLACE.fullmatch(place or "")
    if found is None:
        return following
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


def _text(book: _Book, cell: etree._Element, row: int) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _said(cell).strip()
    value = cell.findtext("{*}v") or ""
    if kind == "s":
        return book.texts[int(value)].strip() if book.texts and value else ""
    if kind == "b":
        return "是" if value in _TRUE else "否"
    if kind != "n" or not value:
        return value.strip()
    if overlong(value):
        told = {"n": row}
        raise TableError(
            _(
                "第%(n)s行有一格把超过15位的号码存成了数值，末几位已经丢失；请设为文本重新录入"
            )
            % told
        )
    style = int(cell.get("s", "0"))
    code = book.formats[style] if style < len(book.formats) else ""
    return shown(value, code, book.first_day)


def _said(item: etree._Element) -> str:
    """Return the text of an item, without the readings that stand above it."""
    above = {id(each) for reading in item.iter("{*}rPh") for each in reading.iter("{*}t")}
    parts = (each for each in item.iter("{*}t") if id(each) not in above)
    return "".join(part.text or "" for part in parts)
