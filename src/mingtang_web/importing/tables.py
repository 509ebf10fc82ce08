"""An old ledger's file as a table: one row of headers, the rows below it, all texts."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, NamedTuple

from mingtang.packages.archives import ArchiveError
from mingtang.reading.formats import xlsx
from mingtang.reading.sheets.assembly import SheetError
from mingtang.reading.sheets.biff import sheets
from mingtang.reading.sheets.compounds import Compound, CompoundError
from mingtang_web.importing.fields import recognised

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mingtang.reading.sheets.assembly import Sheet

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 50_000
MAX_COLUMNS = 200
MAX_CELL = 5_000
LOOKED_AT = 20
"""Among so many first rows the headers are looked for; titles may stand above them."""
_NAMED = 5
_ENCODINGS = ("utf-8-sig", "gb18030")
_DELIMITERS = ",\t;"


class TableError(ValueError):
    """A file that cannot be read as one table; says why and what to do, in Chinese."""


class Row(NamedTuple):
    """One row: its number in the file, from 1, and its texts, as many as the headers."""

    number: int
    cells: tuple[str, ...]


class Table(NamedTuple):
    """An old ledger: its headers and the rows below them that are not empty."""

    headers: tuple[str, ...]
    rows: tuple[Row, ...]

    def dump(self) -> str:
        """Return the table as text, for sealing."""
        return json.dumps([self.headers, self.rows], ensure_ascii=False)

    @staticmethod
    def load(text: str) -> Table:
        """Return the table that `dump` wrote."""
        headers, rows = json.loads(text)
        return Table(tuple(headers), tuple(Row(n, tuple(cells)) for n, cells in rows))


def read(data: bytes, known: Callable[[str], object] = recognised) -> Table:
    """Return an XLSX, XLS or CSV file as a table.

    ``known`` returns something for the heads one looks for: the row with the most of
    them has the heads.

    Raises `TableError` past the limits and for a file with no table or several.
    """
    if len(data) > MAX_BYTES:
        message = f"文件超过 {MAX_BYTES // 1024 // 1024} MB 的上限；请按年度分成几个文件"
        raise TableError(message)
    if data.startswith(b"PK") and b"vbaProject.bin" in data:
        message = "工作簿带有宏，不收；请另存为不带宏的 XLSX 或者 CSV 再试"
        raise TableError(message)
    lines = (
        _workbook(data) if data[:4] in {b"PK\x03\x04", b"\xd0\xcf\x11\xe0"} else _csv(data)
    )
    return _table(lines, known)


def _workbook(data: bytes) -> dict[int, list[str]]:
    try:
        found = _sheets(data)
    except (SheetError, ArchiveError, CompoundError) as problem:
        message = f"工作簿打不开：{problem}；也可以另存为 CSV 再试"
        raise TableError(message) from problem
    filled = [sheet for sheet in found if sheet.texts]
    if len(filled) != 1:
        message = (
            f"工作簿里有 {len(filled)} 个有内容的工作表，应当只有一个；"
            "请把台账单独存成一个文件"
        )
        raise TableError(message)
    [sheet] = filled
    if sheet.overlong:
        raise TableError(_lost(sheet.overlong))
    return {row: _line(texts) for row, texts in sheet.texts.items()}


def _lost(places: Sequence[tuple[int, int]]) -> str:
    """Return which cells hold numbers whose last digits the sheet has not kept."""
    named = "、".join(_named(*place) for place in places[:_NAMED])
    more = f"等{len(places)}格" if len(places) > _NAMED else ""
    return (
        f"{named}{more}把超过15位的号码（证件号码、账号等）存成了数值，末几位已经丢失，"
        "读不出原来的号码；请从原始登记找回号码，把这一列的格式设为“文本”重新录入，"
        "不需要这一列的请删去"
    )


def _named(row: int, column: int) -> str:
    """Return a cell's name as the sheet has it: D3."""
    letters, left = "", column + 1
    while left:
        left, place = divmod(left - 1, 26)
        letters = chr(ord("A") + place) + letters
    return f"{letters}{row + 1}"


def _sheets(data: bytes) -> tuple[Sheet, ...]:
    if data.startswith(b"PK"):
        return xlsx.trace(data).sheets
    return tuple(sheets(Compound(data).stream("Workbook", "Book")))


def _line(texts: Mapping[int, str]) -> list[str]:
    width = max(texts, default=-1) + 1
    if width > MAX_COLUMNS:
        raise TableError(_too_wide())
    return [texts.get(column, "") for column in range(width)]


def _csv(data: bytes) -> dict[int, list[str]]:
    text = decoded(data)
    first = text[:4096]
    delimiter = max(_DELIMITERS, key=first.count)
    csv.field_size_limit(MAX_CELL * 4)
    lines: dict[int, list[str]] = {}
    try:
        for place, cells in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter)):
            if place > MAX_ROWS + LOOKED_AT:
                break
            lines[place] = cells
    except csv.Error as problem:
        message = f"第 {len(lines) + 1} 行读不出（{problem}）；请用表格软件重新另存为 CSV"
        raise TableError(message) from problem
    return lines


def decoded(data: bytes) -> str:
    """Return a text file's words, in UTF-8 or GB18030; raises `TableError`."""
    for encoding in _ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    message = "既不是 XLSX、XLS，也不是 UTF-8 或者 GB18030 编码的 CSV；请另存为其中一种再试"
    raise TableError(message)


def _table(lines: Mapping[int, list[str]], known: Callable[[str], object]) -> Table:
    filled = {n: [cell.strip() for cell in cells] for n, cells in lines.items()}
    filled = {n: cells for n, cells in filled.items() if any(cells)}
    if not filled:
        message = "文件里没有内容；请确认选对了文件"
        raise TableError(message)
    top = max(list(filled)[:LOOKED_AT], key=lambda n: (_heads(filled[n], known), -n))
    headers = filled[top]
    while headers and not headers[-1]:
        headers = headers[:-1]
    if len(headers) > MAX_COLUMNS:
        raise TableError(_too_wide())
    _refuse_twins(headers)
    below = {n: cells for n, cells in filled.items() if n > top}
    if len(below) > MAX_ROWS:
        message = f"台账超过 {MAX_ROWS} 行的上限；请按年度分成几个文件"
        raise TableError(message)
    if not below:
        message = "标题行下面没有一行内容；请确认选对了文件和工作表"
        raise TableError(message)
    rows = tuple(_row(n, cells, len(headers)) for n, cells in sorted(below.items()))
    return Table(tuple(headers), rows)


def _row(place: int, cells: list[str], width: int) -> Row:
    if any(len(cell) > MAX_CELL for cell in cells):
        message = f"第 {place + 1} 行有一格超过 {MAX_CELL} 字；请缩短后再试"
        raise TableError(message)
    if any(cells[width:]):
        message = f"第 {place + 1} 行比标题行多出内容；请补上标题，或者检查分隔符"
        raise TableError(message)
    return Row(place + 1, tuple((cells + [""] * width)[:width]))


def _heads(cells: list[str], known: Callable[[str], object]) -> int:
    """Return how many cells of a row are headers that are known."""
    return sum(known(cell) is not None for cell in cells)


def _refuse_twins(headers: list[str]) -> None:
    twins = {header for header in headers if header and headers.count(header) > 1}
    if twins:
        message = f"有几列同名：{'、'.join(sorted(twins))}；请改成不同的名称再试"
        raise TableError(message)


def _too_wide() -> str:
    return f"台账超过 {MAX_COLUMNS} 列的上限；请删去不需要的列"
