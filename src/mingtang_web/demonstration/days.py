"""Days of work, also in a year whose holidays are not known yet."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from mingtang.law import calendar
from mingtang.law.calendar import UncoveredYearError

ONE_DAY = timedelta(days=1)
SATURDAY = 5


@cache
def is_working(day: date) -> bool:
    """Return whether offices are open; weekdays count where no notice says otherwise."""
    try:
        return calendar().is_working(day)
    except UncoveredYearError:
        return day.weekday() < SATURDAY


@cache
def later(day: date, count: int) -> date:
    """Return the day that many working days on; with none, the day or the next of work."""
    while not is_working(day):
        day += ONE_DAY
    for _ in range(count):
        day += ONE_DAY
        while not is_working(day):
            day += ONE_DAY
    return day


@cache
def earlier(day: date, count: int) -> date:
    """Return the working day that many working days before."""
    while count or not is_working(day):
        day -= ONE_DAY
        count -= is_working(day) and count > 0
    return day


def working_days(first: date, last: date) -> list[date]:
    """Return every working day from one to another, both included."""
    days = [first + ONE_DAY * n for n in range((last - first).days + 1)]
    return [day for day in days if is_working(day)]
