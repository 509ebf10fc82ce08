"""Whether a column of a site is up to date (栏目更新): limits as data, judged for a day."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mingtang.law import sheet

if TYPE_CHECKING:
    from mingtang.law.sheet import Sheet

FILE = Path(__file__).parent / "freshness.yaml"
_MONTHS = 12


class Limit(NamedTuple):
    """Within what time a column gets something new (更新时限): so many days, or months.

    `cite` is None where no instrument sets it; `unsettled` is what is to be verified,
    in Chinese.
    """

    id: str
    label: str
    days: int | None
    months: int | None
    cite: str | None
    unsettled: str | None

    def until(self, last: date) -> date:
        """Return the last day on which what was published on a day keeps it up to date.

        A month ends on the day of the same number, on the last day of a shorter month.
        """
        if self.days is not None:
            return last + timedelta(days=self.days)
        assert self.months is not None  # noqa: S101 - one of both, by the data file
        month = last.month - 1 + self.months
        year, month = last.year + month // _MONTHS, month % _MONTHS + 1
        return date(year, month, min(last.day, monthrange(year, month)[1]))


class State(StrEnum):
    """How a column stands: up to date, out of date, or with nothing in it (空白栏目)."""

    FRESH = "fresh"
    STALE = "stale"
    EMPTY = "empty"


class Freshness(NamedTuple):
    """How a column stands on a day; `until` and `late` (days) are None where empty."""

    state: State
    last: date | None
    until: date | None
    late: int | None


@cache
def limits() -> tuple[Limit, ...]:
    """Return the limits; raises `InvalidDataError` where the data is faulty."""
    data = sheet.parse(FILE.read_text(encoding="utf-8"), f"supervising/{FILE.name}")
    return tuple(_limit(name, row) for name, row in data.entries())


def limit(name: str) -> Limit:
    """Return the limit of that id; raises `KeyError`.

    >>> limit("notices").months
    6
    """
    return sheet.by_id(limits, name, "更新时限")


def judge(by: Limit, last: date | None, on: date) -> Freshness:
    """Return how a column stands on a day, by what was last published in it.

    None where nothing ever was. Raises `ValueError` for a day after that day.

    >>> judge(limit("news"), date(2026, 3, 1), date(2026, 3, 16)).late
    1
    """
    if last is None:
        return Freshness(State.EMPTY, None, None, None)
    if last > on:
        message = f"最近发布日期{last}晚于检查日{on}；请核对"
        raise ValueError(message)
    until = by.until(last)
    late = max(0, (on - until).days)
    return Freshness(State.STALE if late else State.FRESH, last, until, late)


def _limit(name: str, row: Sheet) -> Limit:
    row.allow("label", optional=("days", "months", "cite", "unsettled"))
    if ("days" in row) == ("months" in row):
        row.refuse("“days”和“months”须写一个，只写一个")
    if "cite" not in row and "unsettled" not in row:
        row.refuse("没有“cite”的，须写明“unsettled”")
    days = row.whole("days") if "days" in row else None
    months = row.whole("months") if "months" in row else None
    if (days or months or 0) < 1:
        row.refuse("时限须不小于1")
    cite = row.cite() if "cite" in row else None
    unsettled = row.optional_text("unsettled")
    return Limit(name, row.text("label"), days, months, cite, unsettled)
