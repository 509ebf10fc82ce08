"""The catalogue of matters as a file: read from CSV or a workbook, written as CSV."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from mingtang_web.importing import tables
from mingtang_web.matters.actions import Line
from mingtang_web.matters.models import Item
from mingtang_web.spreadsheets import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable

_HEADS = {
    "一级事项": "first", "二级事项": "second", "公开内容": "contents",
    "公开要素": "contents",
    "公开内容（要素）": "contents", "公开依据": "basis", "公开时限": "term",
    "公开主体": "publisher", "公开渠道": "channel", "公开渠道和载体": "channel",
    "公开对象": "audience", "公开方式": "manner", "公开层级": "level",
}  # fmt: skip
"""How pilot catalogues head their columns; others (序号) are passed over."""
_LONGEST = {each.name: each.max_length or 0 for each in Item._meta.fields}
NEEDED = ("first", "contents", "basis", "term", "publisher")
HEADINGS = (
    "一级事项", "二级事项", "公开内容（要素）", "公开依据", "公开时限", "公开主体",
    "公开渠道和载体", "公开对象", "公开方式", "公开层级",
)  # fmt: skip


class Fault(NamedTuple):
    """A row of a file that cannot be taken, and why."""

    row: int
    why: str


class Told(NamedTuple):
    """What a file says: the lines that can be taken, and the rows that cannot."""

    lines: tuple[Line, ...]
    faults: tuple[Fault, ...]


def read_lines(data: bytes) -> Told:
    """Return what a file of the catalogue says; raises `TableError` where it is none.

    A first-level matter that was written once for several rows is taken for each of them,
    as merged cells mean it.
    """
    table = tables.read(data)
    names = [_HEADS.get("".join(head.split())) for head in table.headers]
    missing = [head for head, name in _HEADS.items() if _is_missing(name, names)]
    if missing:
        message = _("标题行里没有：%(heads)s；请在第一行写列名") % {
            "heads": "、".join(dict.fromkeys(missing))
        }
        raise tables.TableError(message)
    lines, faults, first = [], [], ""
    for row in table.rows:
        said = {name: cell for name, cell in zip(names, row.cells, strict=True) if name}
        first = said["first"] = said["first"] or first
        fault = _fault(said)
        if fault:
            faults.append(Fault(row.number, fault))
        else:
            lines.append(Line(**{name: said.get(name, "") for name in Line._fields}))
    return Told(tuple(lines), tuple(faults))


def written(items: Iterable[Item]) -> bytes:
    """Return items as CSV that spreadsheets open."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow((*HEADINGS, "列入日期", "取消日期"))
    for item in items:
        said = [harmless(getattr(item, name)) for name in Line._fields]
        writer.writerow((*said, item.since, item.until or ""))
    return out.getvalue().encode("utf-8-sig")


def _is_missing(name: str, names: list[str | None]) -> bool:
    return name in NEEDED and name not in names


def _fault(said: dict[str, str]) -> str:
    empty = [HEADINGS[Line._fields.index(name)] for name in NEEDED if not said.get(name)]
    if empty:
        return _("没有填%(what)s") % {"what": "、".join(empty)}
    for name, text in said.items():
        most = _LONGEST[name]
        if len(text) > most:
            what = HEADINGS[Line._fields.index(name)]
            return _("%(what)s超过%(most)s字") % {"what": what, "most": most}
    return ""
