"""Scores: what was not looked at has none."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtang.law import sheet
from mingtang.law.sheet import InvalidDataError
from mingtang.supervising import schemes, score
from mingtang.supervising.scoring import _part

[LICHENG] = [each for each in schemes() if each.id == "licheng_2020"]
NAMES = [f"{part.id}/{each.id}" for part in LICHENG.parts for each in part.deductions]
CLEAN = dict.fromkeys(NAMES, 0)
COUNTS = st.fixed_dictionaries({name: st.integers(0, 20) for name in NAMES})


def test_full_marks_are_what_nothing_was_deducted_from():
    assert LICHENG.full == Decimal(37)
    assert score(LICHENG, CLEAN).total == LICHENG.full


@given(COUNTS)
def test_a_part_loses_what_its_deductions_cost_and_never_more_than_it_has(counts):
    found = score(LICHENG, counts)
    for marked in found.parts:
        cost = sum(
            each.points * counts[f"{marked.part.id}/{each.id}"]
            for each in marked.part.deductions
        )
        assert marked.marks == max(0, marked.part.full - cost)
    assert found.total == sum(each.marks for each in found.parts)


@given(COUNTS, st.sampled_from(NAMES), st.integers(1, 5))
def test_once_more_never_makes_a_score_better(counts, name, more):
    worse = score(LICHENG, counts | {name: counts[name] + more}).total
    assert worse <= score(LICHENG, counts).total


@pytest.mark.parametrize("name", NAMES)
def test_a_blank_is_not_a_zero(name):
    left_out = {each: 0 for each in NAMES if each != name}
    for counts in (left_out, CLEAN | {name: None}):
        found = score(LICHENG, counts)
        assert found.total is None
        without = [each.part.id for each in found.parts if each.marks is None]
        assert without == [name.split("/")[0]]


def test_what_the_scheme_does_not_have_is_refused():
    with pytest.raises(KeyError, match="没有“report/beauty”"):
        score(LICHENG, CLEAN | {"report/beauty": 1})
    with pytest.raises(ValueError, match="不能小于0"):
        score(LICHENG, CLEAN | {NAMES[0]: -1})


@pytest.mark.parametrize("full", ["'0'", "5", "'-1'", "'五'", "''"])
def test_faulty_marks_stop_the_program(full):
    text = f"{{label: 甲, full: {full}, deductions: {{a: {{label: 乙, points: '1'}}}}}}"
    with pytest.raises(InvalidDataError):
        _part("甲", sheet.parse(text, "试"))
