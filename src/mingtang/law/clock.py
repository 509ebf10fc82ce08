"""How long a body has, and when that time stands still.

The Regulation counts in working days, starts on the day after receipt and
leaves out the days spent waiting for someone else. This module turns those
sentences into one walk from day to day; how many days there are is asked of
`terms`, and the reasons it gives are the ones it counted by.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple, Self

from mingtang.law.calendar import ONE_DAY
from mingtang.law.option import option
from mingtang.law.parameter import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mingtang.law.calendar import Calendar, Day

_MONTHS = 12


class CountError(ValueError):
    """A term, a pause or an extension cannot be counted as it was given."""


class _Span(NamedTuple):
    first: date
    last: date
    why: str


class Pause(_Span):
    """Days that do not count (不计入期限的时间), both ends included.

    条例第三十三条第三款. `why` is said in Chinese to whoever asks. Raises
    `CountError` when the last day comes before the first.
    """

    __slots__ = ()

    def __new__(cls, first: date, last: date, why: str = "征求意见") -> Self:
        """Take the first day, the last day and the reason."""
        if last < first:
            message = (
                f"不计入期限的时间止于{last}，早于开始的{first}；请核对发出和收到意见的日期"
            )
            raise CountError(message)
        return super().__new__(cls, first, last, why)

    def covers(self, day: date) -> bool:
        """Return whether a day lies inside the pause."""
        return self.first <= day <= self.last


class DayNote(NamedTuple):
    """One day of a term: whether it counts, as the how-manieth, and why (Chinese)."""

    day: date
    counted: bool
    number: int
    why: str


def merge(pauses: Iterable[Pause]) -> tuple[Pause, ...]:
    """Return the same days as pauses that neither overlap nor touch, earliest first.

    >>> spring = [Pause(date(2026, 3, 9), date(2026, 3, 20)),
    ...           Pause(date(2026, 3, 16), date(2026, 3, 24), "商请共同制作机关")]
    >>> [(str(pause.first), str(pause.last), pause.why) for pause in merge(spring)]
    [('2026-03-09', '2026-03-24', '征求意见、商请共同制作机关')]
    """
    merged: list[Pause] = []
    for pause in sorted(pauses):
        if merged and pause.first <= merged[-1].last + ONE_DAY:
            before = merged.pop()
            reasons = dict.fromkeys((*before.why.split("、"), *pause.why.split("、")))
            last = max(before.last, pause.last)
            merged.append(Pause(before.first, last, "、".join(reasons)))
        else:
            merged.append(pause)
    return tuple(merged)


def due_date(
    received: date,
    working_days: int,
    calendar: Calendar,
    pauses: Iterable[Pause] = (),
    start_day: str | None = None,
) -> date:
    """Return the last day on which an act is still in time.

    条例第三十三条: the term runs in working days; the day of receipt is not
    counted (`start_day`, an open point), nor is any day inside a pause. Days
    inside two pauses are left out once.

    Raises `UncoveredYearError` when the count runs into a year whose notice is
    missing, and `CountError` for a term shorter than one day.

    >>> from mingtang.law.calendar import Calendar
    >>> due_date(date(2024, 9, 27), 3, Calendar())  # 29 Sep is a make-up Sunday
    datetime.date(2024, 10, 8)
    """
    _check(working_days)
    spans = _unpaused(received, merge(pauses), start_day)
    day, left = None, working_days
    while day is None:
        day, left = calendar.working_day(left, *next(spans))
    return day


def days_run(
    received: date,
    until: date,
    calendar: Calendar,
    pauses: Iterable[Pause] = (),
    start_day: str | None = None,
) -> int:
    """Return how many days of a term have been counted up to and including a day.

    Counts as `due_date` does and raises what it raises but `CountError`.

    >>> from mingtang.law.calendar import Calendar
    >>> days_run(date(2024, 9, 27), date(2024, 10, 7), Calendar())
    2
    """
    return sum(
        calendar.count_working_days(first - ONE_DAY, min(last, until))
        for first, last in _unpaused(received, merge(pauses), start_day)
    )


def explain(
    received: date,
    working_days: int,
    calendar: Calendar,
    pauses: Iterable[Pause] = (),
    start_day: str | None = None,
) -> tuple[DayNote, ...]:
    """Return every day from receipt to the due day, with why it counts or not.

    Raises what `due_date` raises, which is the last day of this list.

    >>> from mingtang.law.calendar import Calendar
    >>> for note in explain(date(2024, 9, 27), 2, Calendar()):
    ...     print(note.day, note.number, note.why)
    2024-09-27 0 起算当日，不计入
    2024-09-28 0 星期六，休息日，不计入
    2024-09-29 1 星期日，国庆节调休，上班，计第1个工作日
    2024-09-30 2 星期一，工作日，计第2个工作日
    """
    _check(working_days)
    notes: list[DayNote] = []
    if option("start_day").choose(start_day) == "excluded":
        notes.append(DayNote(received, counted=False, number=0, why="起算当日，不计入"))
    number = 0
    for day, paused in _days(received, merge(pauses), start_day):
        looked_up = calendar.look_up(day)
        counted = looked_up.working and paused is None
        number += counted
        notes.append(DayNote(day, counted, number, _why(looked_up, paused, number)))
        if number == working_days:
            break
    return tuple(notes)


def _check(working_days: int) -> None:
    if type(working_days) is not int or working_days < 1:
        message = f"期限须为 1 个以上的工作日，却是 {working_days!r}"
        raise CountError(message)


def _first(received: date, start_day: str | None) -> date:
    excluded = option("start_day").choose(start_day) == "excluded"
    return received + ONE_DAY if excluded else received


def _unpaused(
    received: date, pauses: tuple[Pause, ...], start_day: str | None
) -> Iterator[tuple[date, date]]:
    """Yield the spans of days that no pause covers, the last one without end."""
    first = _first(received, start_day)
    for pause in pauses:
        if first < pause.first:
            yield first, pause.first - ONE_DAY
        first = max(first, pause.last + ONE_DAY)
    yield first, date.max


def _days(
    received: date, pauses: tuple[Pause, ...], start_day: str | None
) -> Iterator[tuple[date, Pause | None]]:
    """Yield each day of a term, without end, with the pause it lies in."""
    day = _first(received, start_day)
    while True:
        yield day, next((pause for pause in pauses if pause.covers(day)), None)
        day += ONE_DAY


def _why(looked_up: Day, paused: Pause | None, number: int) -> str:
    if paused:
        return f"{looked_up.why}；{paused.why}期间，不计入"
    if looked_up.working:
        return f"{looked_up.why}，计第{number}个工作日"
    return f"{looked_up.why}，不计入"


def last_day(start: date, amount: int, unit: Unit) -> date:
    """Return the last day of a term in days, months or years, weekends included.

    民法典第二百零一条、第二百零二条: the day of start is not counted; a month
    ends on the same day of the month, or on its last day where there is none.
    Raises `CountError` for another unit or a term shorter than one.

    >>> last_day(date(2026, 3, 1), 6, Unit.MONTH), last_day(date(2026, 1, 1), 60, Unit.DAY)
    (datetime.date(2026, 9, 1), datetime.date(2026, 3, 2))
    >>> last_day(date(2025, 8, 31), 6, Unit.MONTH)
    datetime.date(2026, 2, 28)
    """
    if amount < 1 or unit not in {Unit.DAY, Unit.MONTH, Unit.YEAR}:
        message = f"不能按自然日推算“{amount} {unit}”的期限，单位须为 day、month、year"
        raise CountError(message)
    if unit is Unit.DAY:
        return start + timedelta(days=amount)
    months = start.month - 1 + amount * (_MONTHS if unit is Unit.YEAR else 1)
    year, month = start.year + months // _MONTHS, months % _MONTHS + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def natural_due_date(
    start: date,
    amount: int,
    unit: Unit,
    calendar: Calendar,
    rolling: str | None = None,
) -> date:
    """Return the last day of a term in days, months or years.

    法释〔2018〕1号第四十八条: a term that ends on a day off ends on the next
    working day (`rolling`, the open point ``last_day``). Raises what `last_day`
    raises, and `UncoveredYearError` when the end lies in a year whose notice is
    missing.

    >>> from mingtang.law.calendar import Calendar
    >>> natural_due_date(date(2026, 8, 3), 60, Unit.DAY, Calendar())  # 2 Oct is a holiday
    datetime.date(2026, 10, 8)
    """
    end = last_day(start, amount, unit)
    if option("last_day").choose(rolling) == "same_day":
        return end
    return calendar.first_working_day(end)
