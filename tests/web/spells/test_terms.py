"""Days that no figure covers: missing once their term is over, and not before."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtang_web.spells.models import Spell
from mingtang_web.spells.queries import Made, made
from mingtang_web.spells.terms import TERM, stretches

D = date
CELL = "disclosure/penalties/decisions"
ONE_DAY = timedelta(days=1)


def with_periods(*periods: tuple[date, date]) -> Made:
    said = {"cell": CELL, "value": "1", "source": "台账", "provider": "大队"}
    rows = [
        Spell(pk=n, first=first, last=last, **said)
        for n, (first, last) in enumerate(periods, 1)
    ]
    return made(rows, 2026)[CELL]


def told(on: date, *periods: tuple[date, date]) -> list[tuple[str, date, date]]:
    found = stretches(with_periods(*periods), on)
    return [(each.standing.value, each.first, each.last) for each in found]


QUARTER = D(2026, 1, 1), D(2026, 3, 31)
APRIL, JUNE, JULY, END = D(2026, 4, 1), D(2026, 6, 30), D(2026, 7, 1), D(2026, 12, 31)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (D(2026, 4, 1), [("ahead", APRIL, END)]),
        (D(2026, 6, 30), [("ahead", APRIL, END)]),
        (D(2026, 7, 1), [("open", APRIL, JUNE), ("ahead", JULY, END)]),
        (D(2026, 7, 15), [("open", APRIL, JUNE), ("ahead", JULY, END)]),
        (D(2026, 7, 16), [("missing", APRIL, JUNE), ("ahead", JULY, END)]),
        (D(2026, 10, 2), [("missing", APRIL, JUNE), ("open", JULY, D(2026, 9, 30)),
                          ("ahead", D(2026, 10, 1), END)]),
        (D(2027, 1, 15), [("missing", APRIL, D(2026, 9, 30)),
                          ("open", D(2026, 10, 1), END)]),
        (D(2027, 1, 16), [("missing", APRIL, END)]),
    ],
)  # fmt: skip
def test_a_gap_is_missing_once_its_quarter_and_its_term_are_over(on, expected) -> None:
    assert told(on, QUARTER) == expected


def test_days_that_were_passed_over_are_missing_at_once() -> None:
    may = D(2026, 5, 1), D(2026, 5, 31)
    assert told(D(2026, 6, 1), QUARTER, may) == [
        ("missing", D(2026, 4, 1), D(2026, 4, 30)),
        ("ahead", D(2026, 6, 1), END),
    ]


def test_the_term_that_runs_is_told() -> None:
    [waiting, _later] = stretches(with_periods(QUARTER), D(2026, 7, 2))
    assert waiting.until == D(2026, 6, 30) + TERM
    assert (waiting.is_open, waiting.is_missing, waiting.is_ahead) == (True, False, False)


@given(st.data())
def test_no_lacking_day_is_lost_or_told_twice(data) -> None:
    first = D(2026, 1, 1) + timedelta(days=data.draw(st.integers(0, 300)))
    last = first + timedelta(days=data.draw(st.integers(0, 60)))
    on = D(2026, 1, 1) + timedelta(days=data.draw(st.integers(0, 420)))
    whole = with_periods((first, last))
    days = {
        begins + timedelta(days=n)
        for begins, ends in whole.lacking
        for n in range((ends - begins).days + 1)
    }
    found = stretches(whole, on)
    told_days = [
        each.first + timedelta(days=n)
        for each in found
        for n in range((each.last - each.first).days + 1)
    ]
    assert sorted(told_days) == sorted(days)
    missing = [each for each in found if each.is_missing]
    assert all(each.last + TERM < on or each.first < first for each in missing)
    assert all(each.last < on for each in found if each.is_open)
