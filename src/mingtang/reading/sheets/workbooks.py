"""The parts of an XLSX file: its sheets that are seen, its styles, its texts.

The parts are read as they are stored: what a person sees of a cell (struck out
or raised runs, number formats, frames, hidden sheets) is told nowhere else.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from mingtang.packages.archives import Archive
from mingtang.packages.safety import parser
from mingtang.reading.sheets.assembly import Merged, SheetError
from mingtang.reading.sheets.numerals import BUILT_IN, SINCE_1900, SINCE_1904
from mingtang.reading.signs import struck

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PARTS = "xl/"
_BINARY = "xl/workbook.bin"
_TRUE = frozenset({"1", "true", "on"})
_SIDES = ("left", "right", "top", "bottom")


class Style(NamedTuple):
    """What of a cell's style is seen: number format, strike, frame, centred across."""

    code: str = ""
    struck: bool = False
    framed: bool = False
    across: bool = False


PLAIN = Style()


class Workbook(NamedTuple):
    """A workbook: its archive, the parts of its visible sheets, styles and texts.

    `stale` says that its formulas are computed anew whenever it is opened, so
    that a stored 0 may only stand for a result that nobody has computed.
    """

    archive: Archive
    sheets: tuple[str, ...]
    styles: tuple[Style, ...]
    texts: tuple[str, ...]
    first_day: datetime
    stale: bool


def open_workbook(data: bytes) -> Workbook:
    """Return the workbook in a file.

    Raises `SheetError` or `ArchiveError` when it is torn, locked, too large, or
    not stored as XML.
    """
    archive = Archive(data)
    if _BINARY in archive:
        message = "这是二进制的 Excel 工作簿（xlsb），此版本还读不了；请另存为 xlsx 后再试"
        raise SheetError(message)
    book = _root(archive, "xl/workbook.xml")
    parts = {}
    if "xl/_rels/workbook.xml.rels" in archive:
        for relation in _root(archive, "xl/_rels/workbook.xml.rels"):
            kind = relation.get("Type", "").rpartition("/")[2]
            target = posixpath.join(_PARTS, relation.get("Target", ""))
            part = posixpath.normpath(target).lstrip("/")
            parts[relation.get("Id", "")] = (kind, part)
    sheets = []
    for sheet in book.iterfind("{*}sheets/{*}sheet"):
        kind, part = parts.get(_relation(sheet), ("", ""))
        if kind == "worksheet" and sheet.get("state", "visible") == "visible":
            sheets.append(part)
    properties = book.find("{*}workbookPr")
    since_1904 = properties is not None and properties.get("date1904") in _TRUE
    computing = book.find("{*}calcPr")
    stale = computing is not None and computing.get("fullCalcOnLoad") in _TRUE
    named = dict(parts.values())
    return Workbook(
        archive,
        tuple(sheets),
        _styles(archive, named.get("styles", "xl/styles.xml")),
        _texts(archive, named.get("sharedStrings", "xl/sharedStrings.xml")),
        SINCE_1904 if since_1904 else SINCE_1900,
        stale,
    )


def _relation(sheet: etree._Element) -> str:
    return next(
        (
            str(value)
            for name, value in sheet.attrib.items()
            if str(name).endswith("relationships}id")
        ),
        "",
    )


def _root(archive: Archive, name: str) -> etree._Element:
    try:
        return etree.fromstring(archive.read(name), parser())
    except etree.XMLSyntaxError as error:
        message = f"文件已损坏，{name} 不完整"
        raise SheetError(message) from error


def _styles(archive: Archive, name: str) -> tuple[Style, ...]:
    if name not in archive:
        return ()
    root = _root(archive, name)
    codes = {
        each.get("numFmtId", ""): each.get("formatCode", "")
        for each in root.iterfind("{*}numFmts/{*}numFmt")
    }
    struck = [_is_on(font.find("{*}strike")) for font in root.iterfind("{*}fonts/{*}font")]
    framed = [
        any(_has_side(border, side) for side in _SIDES)
        for border in root.iterfind("{*}borders/{*}border")
    ]
    return tuple(
        Style(
            _code(each.get("numFmtId", "0"), codes),
            _at(struck, each.get("fontId")),
            _at(framed, each.get("borderId")),
            any(
                part.get("horizontal") == "centerContinuous"
                for part in each.iterfind("{*}alignment")
            ),
        )
        for each in root.iterfind("{*}cellXfs/{*}xf")
    )


def _code(number: str, codes: dict[str, str]) -> str:
    if number in codes:
        return codes[number]
    return BUILT_IN.get(int(number), "") if number.isdecimal() else ""


def _at(flags: list[bool], number: str | None) -> bool:
    known = number is not None and number.isdecimal() and int(number) < len(flags)
    return known and flags[int(number or "0")]


def _is_on(element: etree._Element | None) -> bool:
    return element is not None and element.get("val", "1") in _TRUE


def _has_side(border: etree._Element, side: str) -> bool:
    line = border.find(f"{{*}}{side}")
    return line is not None and line.get("style", "none") != "none"


def _texts(archive: Archive, name: str) -> tuple[str, ...]:
    if name not in archive:
        return ()
    return tuple(text_of(item) for item in _root(archive, name).iterfind("{*}si"))


def text_of(item: etree._Element) -> str:
    """Return the text of a shared or inline string as it is seen.

    Struck out runs and raised ones are given a sign that parsing meets; what
    tells how to pronounce it is no part of it.
    """
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), "".join(_runs(item))).replace(
        "\r\n", "\n"
    )


def _runs(item: etree._Element) -> Iterator[str]:
    for part in item:
        name = str(part.tag).rpartition("}")[2]
        if name == "t":
            yield part.text or ""
        elif name == "r":
            text = "".join(each.text or "" for each in part.iterfind("{*}t"))
            yield _run(text, part.find("{*}rPr"))


def _run(text: str, look: etree._Element | None) -> str:
    if look is None or not text.strip():
        return text
    if _is_on(look.find("{*}strike")):
        return strike(text)
    raised = look.find("{*}vertAlign")
    if raised is not None and raised.get("val") in ("superscript", "subscript"):
        return raise_up(text)
    return text


def raise_up(text: str) -> str:
    """Return a text that is set above or below its line."""
    return f"({text.strip()})"


def strike(text: str) -> str:
    """Return a text that is struck out."""
    return struck(text)


def centred(row: int, across: list[tuple[int, bool]]) -> Iterator[Merged]:
    """Yield as merged what is centred over the empty cells behind it.

    `across` are the columns so styled and whether each is filled.
    """
    for at, (column, filled) in enumerate(across):
        end = at + 1
        while (
            end < len(across)
            and not across[end][1]
            and across[end][0] == across[end - 1][0] + 1
        ):
            end += 1
        if filled and end > at + 1:
            yield Merged(row, column, row, across[end - 1][0])
