"""Days are counted one by one, and each says why."""

from __future__ import annotations

from datetime import date

import pytest

from mingtang.law.calendar import Calendar
from mingtang.law.clock import (
    CountError,
    Pause,
    due_date,
    explain,
    last_day,
    merge,
    natural_due_date,
)
from mingtang.law.option import UnknownChoiceError
from mingtang.law.parameter import Unit

CALENDAR = Calendar()
MONDAY = date(2026, 3, 2)


def test_the_day_of_receipt_is_counted_only_where_that_is_chosen() -> None:
    assert due_date(MONDAY, 5, CALENDAR) == date(2026, 3, 9)
    assert due_date(MONDAY, 5, CALENDAR, start_day="included") == date(2026, 3, 6)
    with pytest.raises(UnknownChoiceError, match="excluded"):
        due_date(MONDAY, 5, CALENDAR, start_day="maybe")


def test_overlapping_pauses_count_once() -> None:
    one = Pause(date(2026, 3, 4), date(2026, 3, 6))
    two = Pause(date(2026, 3, 5), date(2026, 3, 9))
    whole = Pause(date(2026, 3, 4), date(2026, 3, 9))
    assert merge([two, one, one]) == (whole,)
    assert due_date(MONDAY, 5, CALENDAR, [one, two]) == due_date(
        MONDAY, 5, CALENDAR, [whole]
    )


def test_pauses_apart_stay_apart() -> None:
    one = Pause(date(2026, 3, 4), date(2026, 3, 4))
    two = Pause(date(2026, 3, 9), date(2026, 3, 9))
    assert merge([two, one]) == (one, two)
    assert due_date(MONDAY, 5, CALENDAR, [one, two]) == date(2026, 3, 11)


def test_a_pause_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(CountError, match="2026-03-04"):
        Pause(date(2026, 3, 5), date(2026, 3, 4))


@pytest.mark.parametrize("days", [0, -3, True, 2.5])
def test_a_term_without_days_is_refused(days: int) -> None:
    with pytest.raises(CountError, match="期限"):
        due_date(MONDAY, days, CALENDAR)


def test_every_day_says_why() -> None:
    paused = Pause(date(2026, 3, 4), date(2026, 3, 5), "征求第三方意见")
    notes = explain(MONDAY, 3, CALENDAR, [paused])
    assert [(note.day.day, note.counted, note.number) for note in notes] == [
        (2, False, 0),
        (3, True, 1),
        (4, False, 1),
        (5, False, 1),
        (6, True, 2),
        (7, False, 2),
        (8, False, 2),
        (9, True, 3),
    ]
    assert notes[2].why == "星期三，工作日；征求第三方意见期间，不计入"
    assert notes[5].why == "星期六，休息日，不计入"


def test_months_and_years_end_on_the_same_day_or_the_last() -> None:
    assert last_day(date(2024, 2, 29), 1, Unit.YEAR) == date(2025, 2, 28)
    assert last_day(date(2025, 11, 30), 3, Unit.MONTH) == date(2026, 2, 28)
    assert last_day(date(2026, 12, 15), 1, Unit.MONTH) == date(2027, 1, 15)


@pytest.mark.parametrize(("amount", "unit"), [(0, Unit.DAY), (5, Unit.WORKING_DAY)])
def test_only_natural_terms_are_counted_naturally(amount: int, unit: Unit) -> None:
    with pytest.raises(CountError, match="自然日"):
        last_day(MONDAY, amount, unit)


def test_the_last_day_rolls_only_where_that_is_chosen() -> None:
    start = date(2026, 8, 3)
    assert natural_due_date(start, 60, Unit.DAY, CALENDAR) == date(2026, 10, 8)
    stays = natural_due_date(start, 60, Unit.DAY, CALENDAR, rolling="same_day")
    assert stays == date(2026, 10, 2)
