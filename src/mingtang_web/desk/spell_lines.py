"""Many figures of periods in one table: its heads, its lines, and what is wrong in each."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from mingtang_web.importing.tables import TableError, read
from mingtang_web.importing.values import day, no_such_day
from mingtang_web.publication.queries import public
from mingtang_web.spells.cells import cells_of
from mingtang_web.spells.checking import Said
from mingtang_web.typed import bare, unseen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from mingtang_web.importing.tables import Row, Table
    from mingtang_web.publication.models import Document

HEADS = {
    "cell": ("项目", "格", "信息内容", "事项"),
    "first": ("起日", "开始日期", "起", "自"),
    "last": ("止日", "结束日期", "止", "至"),
    "value": ("数", "数量", "件数", "金额", "处理决定数量"),
    "source": ("出处", "数据来源", "来源", "登记簿"),
    "provider": ("提供", "提供单位", "由谁提供"),
    "document": ("公开文件", "索引号"),
}
"""What each column of a table may be called; the first is what we call it."""
LONGEST = 100
"""Characters of a text."""
_NEEDED = tuple(name for name in HEADS if name != "document")
_KNOWN = {head: name for name, heads in HEADS.items() for head in heads}


class Line(NamedTuple):
    """A line of a table: its number there, its texts, and what it says.

    ``said`` is None where it cannot be read; then ``whys`` says why.
    """

    number: int
    texts: Mapping[str, str]
    said: Said | None
    whys: tuple[str, ...] = ()


class Lines(NamedTuple):
    """A table as it was read: its lines, and itself as text for the field."""

    lines: tuple[Line, ...]
    text: str


def lines_of(data: bytes) -> Lines:
    """Return the lines of a table, CSV, XLSX or XLS; raises `TableError`."""
    table = read(data, lambda cell: _KNOWN.get(cell.strip()))
    places = _places(table)
    texts = [_texts(row, places) for row in table.rows]
    documents = _documents(texts)
    lines = tuple(
        _line(row.number, each, documents)
        for row, each in zip(table.rows, texts, strict=True)
    )
    return Lines(lines, _written(texts))


def _places(table: Table) -> dict[str, int]:
    """Return where each column stands; raises `TableError` for one that is missing."""
    found: dict[str, int] = {}
    for place, head in enumerate(table.headers):
        name = _KNOWN.get(head)
        if name and name in found:
            both = f"{table.headers[found[name]]}、{head}"
            raise TableError(_("“%(both)s”两列说的是同一项，请只留一列") % {"both": both})
        if name:
            found[name] = place
    missing = "、".join(HEADS[name][0] for name in _NEEDED if name not in found)
    if missing:
        why = _("标题行里没有“%(missing)s”；各列的标题请写：%(heads)s")
        heads = "、".join(heads[0] for heads in HEADS.values())
        raise TableError(why % {"missing": missing, "heads": heads})
    return found


def _texts(row: Row, places: Mapping[str, int]) -> dict[str, str]:
    cells = {name: row.cells[place] for name, place in places.items()}
    return {name: bare(cells.get(name, "")) for name in HEADS}


def _documents(texts: Sequence[Mapping[str, str]]) -> dict[str, Document]:
    """Return the public documents that lines name: one query, none where none does."""
    numbers = {each["document"] for each in texts} - {""}
    if not numbers:
        return {}
    return {row.index_number: row for row in public().filter(index_number__in=numbers)}


def _line(number: int, texts: Mapping[str, str], documents: Mapping[str, Document]) -> Line:
    first, last = day(texts["first"]), day(texts["last"])
    cell = _cell(texts["cell"], first)
    document = documents.get(texts["document"])
    whys = [*_hidden(texts), *_days(texts), *_unknown(texts, cell, first)]
    if texts["document"] and document is None:
        why = _("本站没有索引号是“%(number)s”的公开文件，请核对，或者不填")
        whys.append(why % {"number": texts["document"]})
    if whys or first is None or last is None:
        return Line(number, texts, None, tuple(whys))
    known = texts["value"], texts["source"], texts["provider"]
    return Line(number, texts, Said(cell, first, last, *known, document))


def _hidden(texts: Mapping[str, str]) -> Iterator[str]:
    for name, text in texts.items():
        if found := unseen(text):
            yield f"{HEADS[name][0]}：{found}"
        if len(text) > LONGEST:
            known = {"head": HEADS[name][0], "most": LONGEST}
            yield _("%(head)s超过 %(most)s 字，请缩短") % known


def _days(texts: Mapping[str, str]) -> Iterator[str]:
    for name in ("first", "last"):
        if day(texts[name]) is None:
            known = {"head": HEADS[name][0], "text": texts[name] or _("空白")}
            why = _("%(head)s“%(text)s”读不出是哪一天，请写成 2026-03-31 的样子") % known
            yield no_such_day(texts[name]) or why


def _unknown(texts: Mapping[str, str], cell: str, first: date | None) -> Iterator[str]:
    if first is not None and not cell:
        names = "、".join(name.partition(" · ")[0] for name in _cells(first).values())
        why = _("项目“%(text)s”不是表二里按时段相加的一格；能写的有：%(names)s")
        yield why % {"text": texts["cell"] or _("空白"), "names": names}


def _cell(text: str, first: date | None) -> str:
    """Return the cell that a line names by its line of the form, or in full."""
    for cell, label in _cells(first).items() if first else ():
        if text in {label, label.partition(" · ")[0], cell}:
            return cell
    return ""


def _cells(first: date) -> Mapping[str, str]:
    try:
        return cells_of(first.year)
    except LookupError:
        return {}


def _written(texts: Sequence[Mapping[str, str]]) -> str:
    """Return lines as text, heads first, for whoever mends them in the field."""
    file = io.StringIO()
    write = csv.writer(file, lineterminator="\n").writerow
    write([heads[0] for heads in HEADS.values()])
    for each in texts:
        write([each[name] for name in HEADS])
    return file.getvalue()
