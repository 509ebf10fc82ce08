"""Two years of figures from other systems, quarter by quarter, with one quarter missing.

Entered through the site's own acts some days after each quarter; one of them amended,
one entered twice and struck.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING

from mingtang_web import clock
from mingtang_web.cases.actions import Doing
from mingtang_web.demonstration.days import later
from mingtang_web.demonstration.district import WHERE
from mingtang_web.demonstration.recording import Deed
from mingtang_web.spells import actions
from mingtang_web.spells.cells import cells_of
from mingtang_web.spells.checking import Said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mingtang_web.demonstration.casting import House
    from mingtang_web.spells.models import Spell

ENTERED = time(16, 5)
MORE = "清河镇"
"""A township that enters figures as well."""
FIGURES = {
    "licensing": ((18, 23, 20, 16), "行政审批系统", "行政审批股"),
    "penalties": ((4, 6, 3, 5), "行政处罚案件系统", "执法大队"),
    "coercion": ((0, 1, 0, 0), "行政强制登记簿", "执法大队"),
    "administrative_fees": (("0.35", "0.42", "0.3", "0.28"), "非税收入系统", "财务股"),
}
"""What each line counted in the four quarters, where it comes from, who gave it."""
OF_TOWNSHIP = ("penalties", "coercion")
MISSING = ("penalties", 3)
"""The quarter of last year that nobody has entered yet."""
AMENDED = ("licensing", 2)
QUARTERS = ((1, 3), (4, 6), (7, 9), (10, 12))
ONE_DAY = timedelta(days=1)


@dataclass
class Told:
    """A figure of a quarter, and its row once it is entered."""

    house: House
    said: Said
    row: Spell | None = None

    def enter(self) -> None:
        """Enter it."""
        house = self.house
        self.row = actions.enter(house.body, self.said, house.staff.clerk)

    def amend(self) -> None:
        """Add a decision that was told late."""
        said = self.said._replace(value=str(int(self.said.value) + 1))
        self.row = actions.amend(self._entered, said, self._doing("承办股室补报一件"))

    def strike(self) -> None:
        """Strike it: it was entered of the wrong line."""
        doing = self._doing("应当登记在行政处罚，错登在行政强制")
        self.row = actions.strike(self._entered, doing)

    def _doing(self, why: str) -> Doing:
        return Doing(self.house.staff.clerk, self._entered.version, note=why)

    @property
    def _entered(self) -> Spell:
        if self.row is None:
            message = "not entered yet"
            raise ValueError(message)
        return self.row


def spells(house: House, last: date) -> Iterator[Deed]:
    """Yield what a body entered for the quarters of this year and the year before."""
    name = house.body.short_name
    if name not in {WHERE, MORE}:
        return
    for year in (last.year - 1, last.year):
        for cell in cells_of(year):
            line = cell.split("/")[1]
            if name == WHERE or line in OF_TOWNSHIP:
                yield from _of_line(house, cell, year, last)
    if name == WHERE:
        yield from _wrongly(house, last)


def _of_line(house: House, cell: str, year: int, last: date) -> Iterator[Deed]:
    line = cell.split("/")[1]
    for quarter in range(1, 5):
        if (
            house.body.short_name == WHERE
            and (line, quarter) == MISSING
            and year < last.year
        ):
            continue
        told = _told(house, cell, year, quarter)
        day = later(told.said.last + ONE_DAY, 6)
        if day > last:
            return
        yield _at(day, told.enter)
        right = later(day, 9)
        if (line, quarter) == AMENDED and right <= last:
            yield _at(right, told.amend)


def _told(house: House, cell: str, year: int, quarter: int) -> Told:
    values, source, provider = FIGURES[cell.split("/")[1]]
    first, last = QUARTERS[quarter - 1]
    ends = date(year + last // 12, last % 12 + 1, 1) - ONE_DAY
    said = Said(
        cell, date(year, first, 1), ends, str(values[quarter - 1]), source, provider
    )
    return Told(house, said)


def _wrongly(house: House, last: date) -> Iterator[Deed]:
    """Yield a figure that was entered of the wrong line, and struck the day after."""
    year = last.year - 1
    cell = next(each for each in cells_of(year) if "/coercion/" in each)
    told = _told(house, cell, year, 1)
    day = later(told.said.last + ONE_DAY, 4)
    if later(day, 1) <= last:
        yield _at(day, told.enter)
        yield _at(later(day, 1), told.strike)


def _at(day: date, act: Callable[[], object]) -> Deed:
    opens = datetime.combine(day, ENTERED, clock.CHINA).astimezone(UTC)
    return Deed(opens + timedelta(minutes=day.toordinal() % 40), partial(act))
