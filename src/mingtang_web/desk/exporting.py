"""A list of cases as CSV that a spreadsheet opens and never runs."""

from __future__ import annotations

import csv
from itertools import islice
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from mingtang_web.cases.clocks import clocks
from mingtang_web.spreadsheets import harmless

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from django.db.models import QuerySet

    from mingtang_web.cases.clocks import Clock
    from mingtang_web.cases.models import Case

AT_A_TIME = 500
MARK = "\ufeff"
"""Tells spreadsheets that the file is UTF-8."""


class _Echo:
    """What the CSV writer writes to: hands the line back."""

    def write(self, line: str) -> str:
        return line


def lines(cases: QuerySet[Case], on: date) -> Iterator[str]:
    """Yield the list line by line, heads first, so that a long one needs no memory."""
    write = csv.writer(_Echo()).writerow
    yield MARK + write(_heads())
    rows = cases.iterator(chunk_size=AT_A_TIME)
    while some := list(islice(rows, AT_A_TIME)):
        found = clocks(some, on)
        for case in some:
            yield write([harmless(cell) for cell in _cells(case, found[case.pk])])


def _heads() -> list[str]:
    return [
        _("编号"), _("机关"), _("申请内容"), _("申请人类型"), _("收到渠道"), _("提交日期"),
        _("收到日期"), _("环节"), _("承办机构"), _("承办人"), _("到期日"), _("剩余工作日"),
        _("计时"), _("办理结果"), _("决定日期"),
    ]  # fmt: skip


def _cells(case: Case, clock: Clock) -> list[str]:
    return [
        case.number,
        case.body.short_name,
        case.subject,
        case.get_applicant_kind_display(),
        case.get_channel_display(),
        _day(case.submitted),
        _day(case.received),
        case.get_phase_display(),
        case.section.name if case.section else "",
        case.handler.display_name if case.handler else "",
        _day(case.due),
        "" if clock.days is None else str(clock.days),
        "；".join(filter(None, (clock.words, clock.more))),
        case.ground,
        _day(case.decided),
    ]


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
