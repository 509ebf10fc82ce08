"""Which days are working days, by the State Council's notice for each year.

A weekday is a working day unless the notice gives it off; a Saturday or Sunday
is one only where the notice makes it a make-up day (调休上班). A year without
its notice has no answer: better no date than a wrong one. Days are those of
Asia/Shanghai.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from mingtang.law import sheet
from mingtang.law.workdays import Workdays, workdays, works

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mingtang.law.sheet import Sheet

FOLDER = sheet.FOLDER / "parameters" / "holidays"
ONE_DAY = timedelta(days=1)
# China has kept no summer time since 1991; the law counted here begins in 2008.
SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
_DECEMBER = 12
_SATURDAY = 5
_WEEKDAYS = "一二三四五六日"


class UncoveredYearError(LookupError):
    """The holiday notice of a year has not been entered."""

    def __init__(self, year: int) -> None:
        self.year = year
        self.file = f"src/mingtang/law/parameters/holidays/{year}.yaml"
        super().__init__(
            f"{year}年的放假安排尚未录入，无法判断该年哪些日子是工作日，也就不能推算期限。"
            f"请按《国务院办公厅关于{year}年部分节假日安排的通知》新增 {self.file}"
            "（写法见 docs/how-to/enter-a-years-holidays.md），"
            "再重新计算；通知公布之前不得据此判定逾期"
        )


class NaiveMomentError(ValueError):
    """A moment without a time zone has no day."""


class Notice(NamedTuple):
    """The notice that arranges holidays (节假日安排的通知).

    `number` is None where the document number could not be verified.
    """

    title: str
    number: str | None
    verified: bool

    def __str__(self) -> str:
        return f"{self.title}（{self.number}）" if self.number else self.title


class Festival(NamedTuple):
    """One sentence of a notice: the days off and the make-up days of a festival."""

    name: str
    notice: Notice
    off: tuple[date, ...]
    worked: tuple[date, ...]


class Day(NamedTuple):
    """A day with its answer: a working day or not, and why, in Chinese."""

    day: date
    working: bool
    why: str


class HolidayYear(NamedTuple):
    """The holidays and make-up days of one calendar year (放假调休安排).

    `off` and `worked` lead from a day off, or a make-up day, to its festival.
    """

    year: int
    notices: tuple[Notice, ...]
    festivals: tuple[Festival, ...]
    off: Mapping[date, Festival]
    worked: Mapping[date, Festival]
    unsettled: str | None


def arrange(
    year: int,
    notices: tuple[Notice, ...],
    festivals: tuple[Festival, ...],
    unsettled: str | None = None,
) -> HolidayYear:
    """Return the year that these festivals make."""
    off = {day: festival for festival in festivals for day in festival.off}
    worked = {day: festival for festival in festivals for day in festival.worked}
    both = (MappingProxyType(off), MappingProxyType(worked))
    return HolidayYear(year, notices, festivals, *both, unsettled)


class Calendar:
    """Tells working days (工作日) from others, and counts them.

    Every question raises `UncoveredYearError` when it reaches a year whose
    notice is not there.
    """

    def __init__(self, source: Callable[[int], HolidayYear] | None = None) -> None:
        """Take the holidays from a function of the year; the State's by default."""
        self._source = holiday_year if source is None else source
        self._numbered: dict[int, tuple[HolidayYear, Workdays]] = {}

    def look_up(self, day: date) -> Day:
        """Return whether a day is a working day, and why, in Chinese."""
        arranged = self._source(day.year)
        working = self.is_working(day)
        why = "工作日" if working else "休息日"
        if day in arranged.off:
            why = f"{arranged.off[day].name}放假"
        elif day in arranged.worked:
            why = f"{arranged.worked[day].name}调休，上班"
        return Day(day, working, f"星期{_WEEKDAYS[day.weekday()]}，{why}")

    def is_working(self, day: date) -> bool:
        """Return whether a day is a working day.

        >>> Calendar().is_working(date(2024, 9, 29))  # a Sunday, but a make-up day
        True
        """
        arranged = self._source(day.year)
        return works(day, arranged.off, arranged.worked)

    def add_working_days(self, start: date, count: int) -> date:
        """Return the working day that is `count` working days after a day.

        The day itself is not counted. Raises `ValueError` for a count below one.

        >>> Calendar().add_working_days(date(2026, 5, 8), 1)  # a Saturday at work
        datetime.date(2026, 5, 9)
        """
        if count < 1:
            message = f"工作日数须为 1 以上的整数，却是 {count}"
            raise ValueError(message)
        found, _left = self.working_day(count, start + ONE_DAY)
        assert found is not None  # noqa: S101 - without a last day it is found or raises
        return found

    def working_day(
        self, number: int, first: date, last: date = date.max
    ) -> tuple[date | None, int]:
        """Return the working day of a number, counted from 1, in a span of days.

        Where the span ends before it, None and how many are still wanted.

        >>> Calendar().working_day(2, date(2024, 9, 28))
        (datetime.date(2024, 9, 30), 0)
        >>> Calendar().working_day(9, date(2024, 9, 28), date(2024, 10, 8))
        (None, 6)
        """
        left = number
        for year in range(first.year, last.year + 1):
            known = self._workdays(year)
            passed, until = known.numbered(first, last)
            if left <= until - passed:
                return known.days[passed + left - 1], 0
            left -= until - passed
        return None, left

    def count_working_days(self, after: date, until: date) -> int:
        """Return how many working days follow `after`, up to and including `until`.

        >>> Calendar().count_working_days(date(2024, 9, 27), date(2024, 10, 8))
        3
        """
        if until <= after:
            return 0
        first, total = after + ONE_DAY, 0
        for year in range(first.year, until.year + 1):
            passed, ended = self._workdays(year).numbered(first, until)
            total += ended - passed
        return total

    def first_working_day(self, start: date) -> date:
        """Return the day itself where it is a working day, else the next one."""
        day = start
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def doubt(self, last: date) -> str:
        """Return why a last day may still move, in Chinese; nothing where it is fixed.

        A year's notice arranges New Year's Day of its own year: until the next one is
        there, the last days of December may become working days or holidays. Raises
        `UncoveredYearError`.
        """
        return (last.month == _DECEMBER and self._source(last.year).unsettled) or ""

    def _workdays(self, year: int) -> Workdays:
        """Return a year's working days, numbered once for the holidays it has now."""
        arranged = self._source(year)
        known, numbered = self._numbered.get(year, (None, None))
        if numbered is None or known is not arranged:
            numbered = workdays(year, arranged.off, arranged.worked)
            self._numbered[year] = arranged, numbered
        return numbered


def shanghai_day(moment: datetime) -> date:
    """Return the day it is in Shanghai at a moment.

    Raises `NaiveMomentError` for a moment without a time zone.

    >>> shanghai_day(datetime.fromisoformat("2026-03-02T16:30:00+00:00"))
    datetime.date(2026, 3, 3)
    """
    if moment.utcoffset() is None:
        message = (
            f"{moment.isoformat()} 没有时区，不能确定是哪一天；"
            "请给出带时区的时刻，例如 2026-03-02T09:00:00+08:00"
        )
        raise NaiveMomentError(message)
    return moment.astimezone(SHANGHAI).date()


@cache
def holiday_year(year: int) -> HolidayYear:
    """Return the holidays of a year, from its data file.

    Raises `UncoveredYearError` where there is none, `InvalidDataError` where
    the file breaks the rules of such files.
    """
    path = FOLDER / f"{year}.yaml"
    if not path.is_file():
        raise UncoveredYearError(year)
    return parse_year(sheet.read(path), year)


@cache
def holiday_years() -> tuple[HolidayYear, ...]:
    """Return every year that has been entered, earliest first."""
    return tuple(holiday_year(int(path.stem)) for path in sorted(FOLDER.glob("*.yaml")))


def parse_year(row: Sheet, year: int) -> HolidayYear:
    """Return the holidays written in a data file; raises `InvalidDataError`."""
    row.allow("year", "notices", "festivals", optional=("unsettled",))
    if row.whole("year") != year:
        row.refuse(f"year 应为 {year}，与文件名一致")
    notices = {name: _notice(entry) for name, entry in row.sheet("notices").entries()}
    festivals = tuple(_festival(entry, year, notices) for entry in row.sheets("festivals"))
    days = [day for festival in festivals for day in (*festival.off, *festival.worked)]
    for day in days:
        if days.count(day) > 1:
            row.refuse(f"{day} 写了两次")
    unsettled = row.optional_text("unsettled")
    return arrange(year, tuple(notices.values()), festivals, unsettled)


def _notice(row: Sheet) -> Notice:
    row.allow("title", "number", "verified")
    number = None if row.raw("number") is None else row.cite("number")
    if row.flag("verified") and number is None:
        row.refuse("没有文号（number: null）的通知不能写 verified: true")
    return Notice(row.cite("title"), number, row.flag("verified"))


def _festival(row: Sheet, year: int, notices: Mapping[str, Notice]) -> Festival:
    row.allow("name", "notice", optional=("from", "until", "days", "worked"))
    if row.text("notice") not in notices:
        row.refuse(f"notices 中没有“{row.text('notice')}”")
    off, worked = _span(row), row.days("worked")
    for day in worked:
        if day.weekday() < _SATURDAY:
            row.refuse(f"调休上班日 {day} 不是星期六、星期日")
    for day in (*off, *worked):
        if day.year != year:
            row.refuse(f"{day} 不在 {year} 年，请写入该年的文件")
    return Festival(row.text("name"), notices[row.text("notice")], off, worked)


def _span(row: Sheet) -> tuple[date, ...]:
    if not any(key in row for key in ("from", "until", "days")):
        if "worked" not in row:
            row.refuse("既没有放假日（from、until、days），也没有上班日（worked）")
        return ()
    first, length = row.day("from"), (row.day("until") - row.day("from")).days + 1
    if length != row.whole("days"):
        row.refuse(f"from 至 until 共 {length} 天，与 days（{row.whole('days')}）不符")
    return tuple(first + timedelta(days=step) for step in range(length))
