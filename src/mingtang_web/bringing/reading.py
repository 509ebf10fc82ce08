"""A catalogue's table as a stream of rows: CSV and JSON, however long, in flat memory.

Every row is its number in the file and its cells by their headers. What cannot be read
as a table raises `TableError`, which says why and what to do.
"""

from __future__ import annotations

import codecs
import csv
import json
import re
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from django.utils.translation import gettext as _

from mingtang_web.bringing.fields import recognised
from mingtang_web.importing.tables import TableError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

MAX_ROWS = 200_000
MAX_COLUMNS = 200
MAX_CELL = 2_000_000
"""So many characters may a cell have: a text, with its marks."""
MAX_HEADER = 100
"""So many characters may a column's name have."""
LOOKED_AT = 20
"""Among so many first rows the headers are looked for; titles may stand above them."""
_ENCODINGS = ("utf-8-sig", "gb18030")
_DELIMITERS = ",\t;"
_CHUNK = 1 << 16
_BETWEEN = re.compile(r"[ \t\r\n,]*")
_ODD = re.compile("[\0\ud800-\udfff]")
"""What no database keeps: the null character and halves of pairs."""


class Row(NamedTuple):
    """One row: its number in the file, from 1, and its cells by their headers."""

    number: int
    cells: dict[str, str]


def rows_of_csv(file: Path) -> Iterator[Row]:
    """Yield the rows of a CSV file in UTF-8 or GB18030; raises `TableError`."""
    with file.open(encoding=_encoding(file), newline="") as text:
        first = text.read(4096)
        text.seek(0)
        delimiter = max(_DELIMITERS, key=first.count)
        yield from below_headers(_lines(csv.reader(text, delimiter=delimiter)))


def rows_of_json(file: Path) -> Iterator[Row]:
    """Yield the objects of a JSON array, or one a line, as rows; raises `TableError`."""
    count = 0
    for count, said in enumerate(_objects(file), start=1):
        if not isinstance(said, dict):
            raise TableError(_("第%(n)s项不是一份文件的各项（JSON 对象）") % {"n": count})
        yield Row(count, flat(said, count))
    if not count:
        raise TableError(_("文件里没有内容；请确认选对了文件"))


def flat(said: Mapping[str, object], number: int) -> dict[str, str]:
    """Return a JSON object as cells: lists one item a line; raises `TableError`."""
    found: dict[str, str] = {}
    for name, value in said.items():
        text = _text(value)
        odd = _ODD.search(name) or len(name) > MAX_HEADER
        if odd or text is None or len(text) > MAX_CELL or _ODD.search(text):
            told = {"n": number, "name": name[:40]}
            raise TableError(_("第%(n)s项的“%(name)s”读不出，或者太长") % told)
        if text:
            found[name] = text
    return found


def below_headers(lines: Iterable[tuple[int, list[str]]]) -> Iterator[Row]:
    """Yield the rows below the headers, found among the first lines by their names.

    Raises `TableError`.
    """
    coming = iter(lines)
    first = list(islice(coming, LOOKED_AT))
    filled = [line for line in first if any(line[1])]
    if not filled:
        raise TableError(_("文件里没有内容；请确认选对了文件"))
    top, names = max(filled, key=lambda line: (_known(line[1]), -line[0]))
    headers = _headers(names)
    count = 0
    for held in ([line for line in filled if line[0] > top], coming):
        for number, cells in held:
            if any(cells):
                count += 1
                yield _row(number, cells, headers)
    if not count:
        raise TableError(_("标题行下面没有一行内容；请确认选对了文件和工作表"))


def _row(number: int, cells: list[str], headers: list[str]) -> Row:
    told = {"n": number, "most": MAX_CELL}
    if any(len(cell) > MAX_CELL for cell in cells):
        raise TableError(_("第%(n)s行有一格超过%(most)s字；请缩短后再试") % told)
    if any(cells[len(headers) :]):
        raise TableError(_("第%(n)s行比标题行多出内容；请补上标题，或者检查分隔符") % told)
    pairs = zip(headers, cells, strict=False)
    return Row(number, {name: cell for name, cell in pairs if name and cell})


def _headers(names: list[str]) -> list[str]:
    headers = list(names)
    while headers and not headers[-1]:
        headers.pop()
    if len(headers) > MAX_COLUMNS:
        raise TableError(
            _("目录超过%(most)s列的上限；请删去不需要的列") % {"most": MAX_COLUMNS}
        )
    long = [each for each in headers if len(each) > MAX_HEADER]
    if long:
        told = {"name": long[0][:20], "most": MAX_HEADER}
        raise TableError(
            _("标题“%(name)s…”超过%(most)s字；请核对标题行，改短后再试") % told
        )
    twins = {each for each in headers if each and headers.count(each) > 1}
    if twins:
        names_ = "、".join(sorted(twins))
        raise TableError(
            _("有几列同名：%(names)s；请改成不同的名称再试") % {"names": names_}
        )
    return headers


def _known(cells: list[str]) -> int:
    return sum(recognised(cell) is not None for cell in cells)


def _lines(reader: Any) -> Iterator[tuple[int, list[str]]]:  # noqa: ANN401 - csv's own
    number = 0
    while True:
        number += 1
        csv.field_size_limit(MAX_CELL + 1)  # another reader may have set its own
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (csv.Error, UnicodeDecodeError) as problem:
            told = {"n": number, "why": problem}
            raise TableError(
                _("第%(n)s行读不出（%(why)s）；请用表格软件重新另存为 CSV") % told
            ) from problem
        yield number, [cell.replace("\0", "").strip() for cell in cells]


def _encoding(file: Path) -> str:
    """Return in which encoding a whole file can be read, read a part at a time."""
    for name in _ENCODINGS:
        decoder = codecs.getincrementaldecoder(name)()
        try:
            with file.open("rb") as held:
                while part := held.read(_CHUNK):
                    if "\0" in decoder.decode(part):
                        break
                else:
                    decoder.decode(b"", final=True)
                    return name
        except UnicodeDecodeError:
            continue
    raise TableError(
        _("既不是 XLSX、JSON，也不是 UTF-8 或者 GB18030 编码的 CSV；请另存为其中一种再试")
    )


def _objects(file: Path) -> Iterator[object]:
    """Yield what a JSON file holds one after another, never more than one in memory."""
    decoder = json.JSONDecoder()
    with file.open("rb") as raw:
        held = _Held(codecs.getreader(_encoding(file))(raw))
        is_list = held.begins("[")
        if is_list:
            held.at += 1
        while held.more() and not (is_list and held.begins("]")):
            try:
                said, held.at = decoder.raw_decode(held.text, held.at)
            except RecursionError as problem:
                raise TableError(_("JSON 里一层套一层，太深了；请核对文件")) from problem
            except ValueError as problem:
                if not held.grow() or len(held.text) > 4 * MAX_CELL:
                    raise TableError(_torn(problem)) from problem
                continue
            yield said
        if is_list:
            _ended(held)


def _ended(held: _Held) -> None:
    """Refuse a list that was cut off between two objects, or that something follows."""
    if not held.begins("]"):
        raise TableError(
            _("JSON 到末尾没有“]”，可能没有传完；后面的文件会丢，整个不收，请重新取得")
        )
    held.at += 1
    if held.more():
        raise TableError(_("JSON 在“]”后面还有内容；请合成一个数组再试，以免后面的丢失"))


class _Held:
    """As much of a file's text as is not yet understood: from ``at`` on.

    What is understood is cut off only as more is read, so that no text, however its
    objects lie, is copied again and again.
    """

    def __init__(self, file: codecs.StreamReader) -> None:
        self._file, self.text, self.at = file, "", 0

    def begins(self, with_: str) -> bool:
        return self.more() and self.text.startswith(with_, self.at)

    def more(self) -> bool:
        """Return whether anything is left but what stands between two objects."""
        while True:
            found = _BETWEEN.match(self.text, self.at)
            self.at = found.end() if found else self.at
            if self.at < len(self.text):
                return True
            if not self.grow():
                return False

    def grow(self) -> bool:
        """Read on, twice as far each time; return whether anything came."""
        self.text, self.at = self.text[self.at :], 0
        more = self._file.read(max(_CHUNK, len(self.text)))
        self.text += more
        return bool(more)


def _torn(problem: ValueError) -> str:
    return _("JSON 读不出（%(why)s）；请核对文件是否完整") % {"why": problem}


def _text(value: object) -> str | None:
    """Return a value of JSON as a cell, None where it is none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, str | int | float):
        return str(value).strip()
    if isinstance(value, list):
        parts = [_text(each) for each in value]
        return None if None in parts else "\n".join(map(str, parts))
    if isinstance(value, dict) and set(value) <= {"path", "name", "sha256"}:
        return f"{value.get('path', '')}\t{value.get('name', '')}"
    return None


def is_json(file: BinaryIO) -> bool:
    """Return whether a file begins as JSON does."""
    first = file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n")
    return first[:1] in {b"[", b"{"}
