"""When a body's annual report must be out (年度报告的公布期限).

The deadline of a report is the one in force on the first day of the year after
the reporting year. The law does not move it for a weekend.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from mingtang.law.parameter import DatedValue, MonthDay, parameter


class Reporter(StrEnum):
    """Who reports (报告主体): a department, a government as a whole, a township."""

    DEPARTMENT = "department"
    GOVERNMENT = "government"
    TOWNSHIP = "township"


def report_rule(reporting_year: int, reporter: Reporter) -> DatedValue:
    """Return the dated rule for the report on a year, with its article.

    Raises `UncoveredDayError` for reports on years before 2008.
    """
    return parameter(f"report_{Reporter(reporter)}").at(date(reporting_year + 1, 1, 1))


def owes_assessment(body: str) -> bool:
    """Return whether a body's report must tell of assessment, appraisal, accountability.

    条例第五十条第一款第（四）项 asks it of governments at every level (各级人民政府),
    those of townships included; not of departments, nor of the offices that a
    government sends out (街道办事处). The name tells: no other body's ends with 政府.

    >>> owes_assessment("清河镇人民政府"), owes_assessment("南关街道办事处")
    (True, False)
    """
    return body.strip().endswith("政府")


def report_due(reporting_year: int, reporter: Reporter) -> date:
    """Return the last day for publishing the report on a year.

    条例第四十九条: 31 January for departments, 31 March for governments; until
    the report on 2018, 31 March for all. Raises `UncoveredDayError` for reports
    on years before 2008.

    >>> report_due(2025, Reporter.DEPARTMENT), report_due(2018, Reporter.DEPARTMENT)
    (datetime.date(2026, 1, 31), datetime.date(2019, 3, 31))
    """
    deadline = report_rule(reporting_year, reporter).value
    if not isinstance(deadline, MonthDay):
        message = f"{deadline!r} is not a day of the year"
        raise TypeError(message)
    return date(reporting_year + 1, deadline.month, deadline.day)
