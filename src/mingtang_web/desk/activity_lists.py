"""Lists of the registers of section one: their cells, and themselves as CSV and XLSX."""

from __future__ import annotations

import csv
from datetime import date
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, NamedTuple

import xlsxwriter
from django.utils.translation import gettext as _

from mingtang_web.activities.rules import SILENCE, Register, kept
from mingtang_web.desk.exporting import AT_A_TIME, MARK
from mingtang_web.spreadsheets import harmless

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

    from django.db.models import QuerySet

    from mingtang_web.activities.models import Activity

MOST = 50_000
"""So many rows a workbook holds at most; longer lists go as CSV, line by line."""
_IN_FILES_ONLY = frozenset({"address", "remark"})
_IN_MEMORY = 2_000_000


class Cell(NamedTuple):
    """A cell of a list: under which head, what it says, whether that is an address."""

    label: str
    value: str
    leads: bool = False


class Row(NamedTuple):
    """A line of a list; ``note`` is what to mind about it, ``late`` that it is bad."""

    activity: Activity
    cells: tuple[Cell, ...]
    note: str
    late: bool


def row_of(activity: Activity, today: date) -> Row:
    """Return an entry as a list shows it."""
    cells = tuple(
        Cell(str(each.label), said(activity, each.column))
        for each in kept(activity.register).fields
        if each.column not in _IN_FILES_ONLY
    )
    note, late = noted(activity, today)
    return Row(activity, cells, note, late)


def facts(activity: Activity) -> list[Cell]:
    """Return all that an entry says, for its own page."""
    known = activity.kept
    asked = [("form", known.form), ("day", known.day)]
    asked += [(each.column, each.label) for each in known.fields]
    return [
        Cell(str(label), said(activity, column), column == "address")
        for column, label in asked
    ]


def noted(activity: Activity, today: date) -> tuple[str, bool]:
    """Return what to mind about an entry in words, and whether something is overdue."""
    if activity.register == Register.BUDGET:
        return _of_budget(activity, today)
    if activity.register == Register.ACCOUNT and not activity.ended:
        return _of_account(activity)
    return "", False


def _of_budget(activity: Activity, today: date) -> tuple[str, bool]:
    told = {"due": activity.due, "day": activity.day}
    if activity.due is None:
        return (_("尚未公开") if activity.pending else ""), False
    if activity.pending and today > activity.due:
        return _("尚未公开，最迟应于%(due)s公开，已逾期") % told, True
    if activity.pending:
        return _("尚未公开，最迟%(due)s公开") % told, False
    if activity.is_late:
        return _("逾期公开，最迟应于%(due)s公开") % told, True
    return _("按期公开"), False


def _of_account(activity: Activity) -> tuple[str, bool]:
    if activity.seen is None or activity.posted is None:
        return _("尚未巡查"), False
    days = (activity.seen - activity.posted).days
    told = {"seen": activity.seen, "posted": activity.posted, "days": days}
    if days >= SILENCE:
        return _("%(seen)s巡查时已%(days)s天未更新") % told, True
    return _("%(seen)s巡查，最近更新%(posted)s") % told, False


def said(activity: Activity, column: str) -> str:
    """Return what an entry says in a column; blank where it says nothing."""
    value = getattr(activity, column)
    if column == "form":
        return str(activity.get_form_display())
    if column == "day" and activity.pending:
        return ""
    return "" if value is None else str(value)


def heads(register: Register) -> list[str]:
    """Return the heads of a list that is taken away."""
    known = kept(register)
    named = [_("登记号"), _("机关"), known.form, known.title, known.day]
    named += [each.label for each in known.fields]
    return [str(each) for each in (*named, _("说明"), _("状态"))]


def _line(activity: Activity, today: date) -> list[str]:
    columns = ["form", "title", "day", *(e.column for e in kept(activity.register).fields)]
    cells = [said(activity, each) for each in columns]
    state = _("已作废") if activity.struck else _("有效")
    return [
        activity.number,
        activity.body.short_name,
        *cells,
        noted(activity, today)[0],
        state,
    ]


class _Echo:
    """What the CSV writer writes to: hands the line back."""

    def write(self, line: str) -> str:
        return line


def as_csv(rows: QuerySet[Activity], register: Register, today: date) -> Iterator[str]:
    """Yield a list line by line, heads first, so that a long one needs no memory."""
    write = csv.writer(_Echo()).writerow
    yield MARK + write(heads(register))
    for row in rows.iterator(chunk_size=AT_A_TIME):
        yield write([harmless(cell) for cell in _line(row, today)])


def as_workbook(rows: QuerySet[Activity], register: Register, today: date) -> IO[bytes]:
    """Return a list as a workbook, its numbers as numbers, nothing of it a formula."""
    file: IO[bytes] = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - the answer closes it
    plain = {
        "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
    }  # fmt: skip
    book = xlsxwriter.Workbook(file, plain)
    sheet = book.add_worksheet(str(register.label))
    sheet.write_row(0, 0, heads(register), book.add_format({"bold": True}))
    sheet.freeze_panes(1, 0)
    for place, row in enumerate(rows.iterator(chunk_size=AT_A_TIME), 1):
        for column, cell in enumerate(_line(row, today)):
            if cell.isdecimal() and column:
                sheet.write_number(place, column, int(cell))
            else:
                sheet.write_string(place, column, cell)
    book.close()
    file.seek(0)
    return file
