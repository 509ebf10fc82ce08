"""Indicators, and who is ranked by them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtang.supervising import Measured, Size, indicator, indicators, standings


@st.composite
def measured(draw):
    names = draw(st.lists(st.text("甲乙丙丁戊", min_size=1, max_size=3), unique=True))
    wholes = st.integers(0, 200)
    found = []
    for name in names:
        whole = draw(wholes)
        found.append(Measured(name, draw(st.integers(0, whole)), whole))
    return found


def test_there_are_twenty_six_in_their_order():
    assert [each.id for each in indicators()] == [f"I{n}" for n in range(1, 27)]
    assert all(each.sources for each in indicators())


@given(measured())
def test_nobody_is_ranked_by_few_and_nobody_is_lost(rows):
    found = standings(indicator("I1"), rows)
    assert sorted(each.measured for each in found) == sorted(rows)
    for each in found:
        assert (each.place is None) == (each.measured.whole < 30)


@given(measured())
def test_the_better_share_never_stands_behind(rows):
    for name, sign in (("I1", 1), ("I10", -1)):
        ranked = [each for each in standings(indicator(name), rows) if each.place]
        for one in ranked:
            for other in ranked:
                a, b = one.measured, other.measured
                order = sign * (a.part * b.whole - b.part * a.whole)
                assert (one.place < other.place) == (order > 0)
                assert (one.place == other.place) == (order == 0)


def test_equal_shares_share_a_place_and_the_next_is_counted():
    rows = [Measured("甲", 30, 60), Measured("乙", 50, 100), Measured("丙", 10, 40)]
    found = standings(indicator("I1"), rows)
    assert [(each.measured.who, each.place) for each in found] == [
        ("乙", 1),
        ("甲", 1),
        ("丙", 3),
    ]


def test_shares_are_compared_exactly_and_not_as_printed():
    rows = [Measured("甲", 9999, 10000), Measured("乙", 99999, 100000)]
    assert [each.value for each in rows] == [Decimal("100.0")] * 2
    assert [each.measured.who for each in standings(indicator("I1"), rows)] == ["乙", "甲"]


def test_where_neither_way_is_better_nobody_is_ranked():
    [only] = standings(indicator("I4"), [Measured("甲", 40, 100)])
    assert only.place is None


def test_a_share_of_nothing_is_none():
    nothing = Measured("甲", 0, 0)
    assert nothing.value is None
    sizes = [Measured("甲", 0, n).size for n in (0, 29, 30, 99, 100)]
    assert sizes == [Size.FEW, Size.FEW, Size.SOME, Size.SOME, Size.AMPLE]


@pytest.mark.parametrize(
    ("name", "rows", "why"),
    [
        ("I13", [], "不是占比"),
        ("I1", [Measured("甲", 5, 3)], "一部分"),
        ("I1", [Measured("甲", -1, 3)], "一部分"),
        ("I1", [Measured("甲", 1, 3), Measured("甲", 2, 3)], "重复"),
    ],
)
def test_what_cannot_be_is_refused(name, rows, why):
    with pytest.raises(ValueError, match=why):
        standings(indicator(name), rows)
