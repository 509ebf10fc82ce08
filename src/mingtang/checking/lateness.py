"""Whether a report was signed after the day by which the law wants it out."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from mingtang.checking.bodies import Kind, kind_of
from mingtang.law.reports import Reporter, report_due, report_rule

if TYPE_CHECKING:
    from datetime import date

    from mingtang.report import Report

_FIRST_YEAR = 2008
_WHO = {
    Kind.CENTRAL: "国务院部门",
    Kind.DEPARTMENT: "部门",
    Kind.GOVERNMENT: "本级政府",
    Kind.OFFICE: "政府办公室、管委会的报告可能是自己的，也可能是代本级政府编制的",
    Kind.TOWNSHIP: "条例没有点名乡镇、街道，各地多按部门办理",
    Kind.UNCLEAR: "从名称看不出是不是政府部门",
}
_BOTH = "部门和本级政府"
_TOWNSHIPS = "乡镇、街道（条例没有点名，通行按部门）"
_DEPARTMENTS = frozenset({Kind.CENTRAL, Kind.DEPARTMENT})


class Lateness(NamedTuple):
    """A day after a deadline: which deadline, whose, by which article.

    `certain` is False where the name leaves open whether that deadline is the
    body's own; `who` then says why.
    """

    day: date
    due: date
    who: str
    cite: str
    certain: bool


def lateness(report: Report) -> Lateness | None:
    """Return how late the report was signed, None where it is not or not told.

    A day within the reporting year or before it is misprinted, not late.
    """
    day, year = report.signature.day, report.year
    if day is None or year is None or year < _FIRST_YEAR or day.year <= year:
        return None
    if day <= _first_due(year):
        return None
    kind = kind_of(report.body)
    last = _late(day, year, Reporter.GOVERNMENT)
    early = _late(day, year, Reporter.DEPARTMENT)
    if kind in _DEPARTMENTS:
        return None if early is None else early._replace(who=_WHO[kind])
    if last is not None:
        own = _late(day, year, Reporter.TOWNSHIP) if kind is Kind.TOWNSHIP else None
        return own._replace(who=_TOWNSHIPS) if own else last._replace(who=_BOTH)
    if early is None or kind is Kind.GOVERNMENT:
        return None
    return early._replace(who=_WHO[kind], certain=False)


def _late(day: date, year: int, reporter: Reporter) -> Lateness | None:
    due, cite = _deadline(year, reporter)
    if day <= due:
        return None
    return Lateness(day=day, due=due, who="", cite=cite, certain=True)


@cache
def _first_due(year: int) -> date:
    return min(
        _deadline(year, reporter)[0]
        for reporter in (Reporter.DEPARTMENT, Reporter.GOVERNMENT)
    )


@cache
def _deadline(year: int, reporter: Reporter) -> tuple[date, str]:
    return report_due(year, reporter), report_rule(year, reporter).cite


def said_day(day: date) -> str:
    """Return a day in Chinese: 2025年2月17日."""
    return f"{day.year}年{day.month}月{day.day}日"
