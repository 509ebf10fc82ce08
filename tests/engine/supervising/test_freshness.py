"""Whether a column is up to date: the last day still in time, and the next one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtang.law import sheet
from mingtang.law.sheet import InvalidDataError
from mingtang.supervising import State, judge, limit, limits
from mingtang.supervising.freshness import _limit

DAYS = st.dates(date(2008, 5, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("name", "last", "until"),
    [
        ("news", date(2026, 2, 20), date(2026, 3, 6)),
        ("notices", date(2026, 8, 31), date(2027, 2, 28)),
        ("notices", date(2027, 8, 31), date(2028, 2, 29)),
        ("notices", date(2026, 6, 30), date(2026, 12, 30)),
        ("disclosure", date(2026, 12, 31), date(2027, 1, 31)),
        ("disclosure", date(2026, 1, 31), date(2026, 2, 28)),
    ],
)
def test_the_last_day_in_time(name, last, until):
    assert judge(limit(name), last, until).state == State.FRESH
    after = judge(limit(name), last, until + timedelta(days=1))
    assert (after.state, after.until, after.late) == (State.STALE, until, 1)


@given(st.sampled_from(limits()), DAYS, st.integers(0, 800))
def test_a_column_once_out_of_date_stays_so(by, last, days):
    now, later = (judge(by, last, last + timedelta(days=n)) for n in (days, days + 1))
    assert now.until == later.until
    assert later.late - now.late in {0, 1}
    assert (now.state == State.STALE) <= (later.state == State.STALE)


def test_an_empty_column_is_neither():
    found = judge(limit("news"), None, date(2026, 3, 1))
    assert found == (State.EMPTY, None, None, None)


def test_what_is_published_after_the_day_is_refused():
    with pytest.raises(ValueError, match="晚于检查日"):
        judge(limit("news"), date(2026, 3, 2), date(2026, 3, 1))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{label: 甲, days: 1, months: 1, unsettled: 乙}", "只写一个"),
        ("{label: 甲, unsettled: 乙}", "须写一个"),
        ("{label: 甲, days: 0, unsettled: 乙}", "不小于1"),
        ("{label: 甲, days: 3}", "unsettled"),
        ("{label: 甲, days: 3, cite: 听说的}", "听说的"),
    ],
)
def test_a_faulty_limit_stops_the_program(text, why):
    with pytest.raises(InvalidDataError, match=why):
        _limit("甲", sheet.parse(text, "试"))
