"""Laws of the law room: what no date, pause, holiday or count may break."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mingtang.law.calendar import (
    Calendar,
    Festival,
    HolidayYear,
    Notice,
    UncoveredYearError,
    arrange,
    holiday_year,
)
from mingtang.law.citation import Citation, numeral, parse_citation
from mingtang.law.clock import Pause, days_run, due_date, explain, merge
from mingtang.law.fees import fee_by_items, fee_by_pages, fee_of_item
from mingtang.law.terms import ExtensionError, answer_due
from mingtang.text import chinese_number

CALENDAR = Calendar()
DAY = date(2026, 3, 2)
starts = st.dates(date(2009, 1, 1), date(2025, 12, 31))
terms = st.integers(1, 40)


@st.composite
def pauses(draw: st.DrawFn, start: date) -> Pause:
    first = start + timedelta(days=draw(st.integers(-10, 50)))
    return Pause(first, first + timedelta(days=draw(st.integers(0, 25))))


@st.composite
def started(draw: st.DrawFn) -> tuple[date, int, list[Pause]]:
    start = draw(starts)
    return start, draw(terms), draw(st.lists(pauses(start), max_size=4))


@given(started(), st.data())
def test_a_pause_never_brings_a_deadline_nearer(
    case: tuple[date, int, list[Pause]], data: st.DataObject
) -> None:
    start, days, known = case
    more = [*known, data.draw(pauses(start))]
    assert due_date(start, days, CALENDAR, more) >= due_date(start, days, CALENDAR, known)


@given(started())
def test_overlapping_pauses_count_once(case: tuple[date, int, list[Pause]]) -> None:
    start, days, known = case
    due = due_date(start, days, CALENDAR, known)
    assert due == due_date(start, days, CALENDAR, merge(known))
    assert due == due_date(start, days, CALENDAR, [*known, *known, *merge(known)])
    merged = merge(known)
    assert all(one.last < two.first for one, two in pairwise(merged))
    left_out = {
        start + timedelta(days=n)
        for n in range(1, (due - start).days + 1)
        if CALENDAR.is_working(start + timedelta(days=n))
        and any(pause.covers(start + timedelta(days=n)) for pause in known)
    }
    assert CALENDAR.count_working_days(start, due) == days + len(left_out)


@given(started())
def test_the_due_day_is_a_working_day_outside_every_pause(
    case: tuple[date, int, list[Pause]],
) -> None:
    start, days, known = case
    notes = explain(start, days, CALENDAR, known)
    assert [note.number for note in notes if note.counted] == list(range(1, days + 1))
    assert CALENDAR.is_working(notes[-1].day)
    assert not any(pause.covers(notes[-1].day) for pause in known)
    assert notes[-1].day > start


@given(started(), st.integers(0, 90))
def test_numbered_days_are_the_days_walked(
    case: tuple[date, int, list[Pause]], later: int
) -> None:
    start, days, known = case
    notes = explain(start, days, CALENDAR, known)
    assert due_date(start, days, CALENDAR, known) == notes[-1].day
    until = start + timedelta(days=later)
    walked = [start + timedelta(days=step) for step in range(1, later + 1)]
    working = [day for day in walked if CALENDAR.look_up(day).working]
    assert CALENDAR.count_working_days(start, until) == len(working)
    counting = [day for day in working if not any(each.covers(day) for each in known)]
    assert days_run(start, until, CALENDAR, known) == len(counting)
    if until <= notes[-1].day:
        told = [note for note in notes if note.counted and note.day <= until]
        assert [note.day for note in told] == counting


@given(started(), st.integers(-1, 1))
def test_a_year_without_its_notice_is_never_counted_through(
    case: tuple[date, int, list[Pause]], year: int
) -> None:
    start, days, known = case
    gap = start.year + year

    def source(asked: int) -> HolidayYear:
        if asked == gap:
            raise UncoveredYearError(asked)
        return holiday_year(asked)

    whole = explain(start, days, CALENDAR, known)
    asked = [
        note.day for note in whole[1:] if not any(pause.covers(note.day) for pause in known)
    ]
    if any(day.year == gap for day in asked):
        with pytest.raises(UncoveredYearError):
            due_date(start, days, Calendar(source), known)
    else:
        assert due_date(start, days, Calendar(source), known) == whole[-1].day


@given(started(), st.integers(1, 60))
def test_a_holiday_never_shortens_a_term(
    case: tuple[date, int, list[Pause]], later: int
) -> None:
    start, days, known = case
    holiday = start + timedelta(days=later)

    def source(year: int) -> HolidayYear:
        arranged = holiday_year(year)
        if year != holiday.year or holiday in (*arranged.off, *arranged.worked):
            return arranged
        extra = Festival("加放一天", Notice("某通知", None, verified=False), (holiday,), ())
        return arrange(year, arranged.notices, (*arranged.festivals, extra))

    with_holiday = due_date(start, days, Calendar(source), known)
    assert with_holiday >= due_date(start, days, CALENDAR, known)


@given(starts, terms, terms)
def test_a_longer_term_ends_later(start: date, days: int, more: int) -> None:
    longer = due_date(start, days + more, CALENDAR)
    assert longer > due_date(start, days, CALENDAR)
    assert longer == due_date(due_date(start, days, CALENDAR), more, CALENDAR)


@given(starts, st.integers(0, 60))
def test_a_later_receipt_never_makes_an_earlier_deadline(start: date, later: int) -> None:
    after = start + timedelta(days=later)
    # One regulation at a time: on 15 May 2019 the term itself changed.
    assume((start < date(2019, 5, 15)) == (after < date(2019, 5, 15)))
    assume(after < date(2026, 10, 1))
    assert answer_due(after, CALENDAR) >= answer_due(start, CALENDAR)


@given(starts, st.integers(1, 15))
def test_an_answer_is_extended_at_most_once(start: date, days: int) -> None:
    assert answer_due(start, CALENDAR, extensions=[days]) > answer_due(start, CALENDAR)
    with pytest.raises(ExtensionError):
        answer_due(start, CALENDAR, extensions=[days, days])


@given(st.integers(0, 2000), st.integers(0, 200))
def test_a_fee_never_falls_as_items_or_pages_grow(pieces: int, more: int) -> None:
    assert fee_by_items(pieces + more, DAY) >= fee_by_items(pieces, DAY)
    assert fee_by_pages(pieces + more, DAY) >= fee_by_pages(pieces, DAY)


@given(st.integers(1, 400))
def test_the_items_of_a_month_add_up_to_its_fee(items: int) -> None:
    singly = [fee_of_item(position, DAY) for position in range(1, items + 1)]
    assert sum(singly) == fee_by_items(items, DAY)
    assert singly == sorted(singly)


@given(st.integers(1, 9999))
def test_a_numeral_survives_the_round_trip(number: int) -> None:
    assert chinese_number(numeral(number)) == number


@given(
    st.sampled_from(["政府信息公开条例", "行政复议法"]),
    st.integers(1, 200),
    st.none() | st.integers(1, 9),
    st.none() | st.integers(1, 20),
)
def test_a_citation_survives_the_round_trip(
    instrument: str, article: int, paragraph: int | None, item: int | None
) -> None:
    source = Citation(instrument, article=article, paragraph=paragraph, item=item)
    assert parse_citation(str(source)) == source
