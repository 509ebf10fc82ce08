"""The working days of one year, numbered, so that a term need not be walked."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Container

_SATURDAY = 5


def works(day: date, off: Container[date], worked: Container[date]) -> bool:
    """Return whether a day is a working day, by the days off and the make-up days."""
    return day in worked if day.weekday() >= _SATURDAY else day not in off


class Workdays(NamedTuple):
    """The working days (工作日) of a year, in order.

    `before` says of each day of the year how many precede it, and last how many
    there are in all.
    """

    year: int
    days: tuple[date, ...]
    before: tuple[int, ...]

    def numbered(self, first: date, last: date) -> tuple[int, int]:
        """Return how many precede one day, and how many have passed with another.

        Days of other years count as this year's nearest end.
        """
        return self.before[self._place(first)], self.before[self._place(last, after=1)]

    def _place(self, day: date, after: int = 0) -> int:
        if day.year < self.year:
            return 0
        if day.year > self.year:
            return len(self.before) - 1
        return day.timetuple().tm_yday - 1 + after


def workdays(year: int, off: Container[date], worked: Container[date]) -> Workdays:
    """Return the working days of a year, by its days off and its make-up days."""
    first = date(year, 1, 1)
    length = (date(year + 1, 1, 1) - first).days
    days: list[date] = []
    before = [0]
    for step in range(length):
        day = first + timedelta(days=step)
        if works(day, off, worked):
            days.append(day)
        before.append(len(days))
    return Workdays(year, tuple(days), tuple(before))
