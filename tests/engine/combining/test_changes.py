"""A year beside the year before: over the same bodies, exact, and never of a blank."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mingtang.combining import (
    CombineError,
    by_body,
    changes,
    combine,
    comparison,
    uncarried,
)
from mingtang.combining.comparison import HEADS, cells_of
from mingtang.manuscript import Drawn
from tests.builders import report
from tests.engine.combining.test_totals import ASKED

IN, OUT = "requests/carried_in/person", "requests/carried_out/person"
AMOUNT = "disclosure/administrative_fees/amount"


def of(year: int, cell: str, *texts: str | None):
    """A year combined: each body's text of a cell, None where it has no report."""
    return combine(
        report("2021", {cell: text}, body=f"第{number}局", year=year)
        for number, text in enumerate(texts)
        if text is not None
    )


@pytest.mark.parametrize(
    ("now", "before", "found"),
    [
        (("9", "4"), ("8", "0"), (2, 5, Decimal("62.5"))),
        (("1", "0"), ("8", "0"), (2, -7, Decimal("-87.5"))),
        (("200", "3"), ("199", "9"), (2, -5, Decimal("-2.4"))),
        (("9", "4"), ("8", ""), (1, 1, Decimal("12.5"))),
        (("9", "4"), ("8", None), (1, 1, Decimal("12.5"))),
        (("9", ""), ("", "4"), (0, None, None)),
        (("9",), ("0",), (1, 9, None)),
        (("0",), ("0",), (1, 0, None)),
    ],
)
def test_a_change_is_of_the_bodies_that_gave_both_numbers(now, before, found) -> None:
    change = changes(of(2024, ASKED, *now), of(2023, ASKED, *before))[ASKED]
    assert (change.both, change.difference, change.percent) == found


def test_a_row_subtracts_though_the_totals_are_of_other_bodies() -> None:
    now, before = of(2024, ASKED, "9", "4", "70"), of(2023, ASKED, "8", "", None)
    change = changes(now, before)[ASKED]
    assert (change.same_now, change.same_before) == (9, 8)
    said = ("83", "8*", "1 个", "9", "8", "+1", "+12.5%")
    assert cells_of(change) == said
    drawn = [each for each in comparison(now, before) if isinstance(each, Drawn)]
    rows = [row for each in drawn for row in each.rows]
    assert said in [tuple(square.text for square in row[1:]) for row in rows]
    assert all(len(row) == len(HEADS) + 1 for each in drawn[:-1] for row in each.rows)


def test_long_amounts_differ_exactly_and_other_units_are_left_out() -> None:
    long = "1" + "0" * 40
    now, before = of(2024, AMOUNT, f"{long}.02", "5"), of(2023, AMOUNT, long, "5元")
    change = changes(now, before)[AMOUNT]
    assert (change.both, str(change.difference)) == (1, "0.02")


def test_a_cell_that_last_years_form_has_not_is_compared_with_nothing() -> None:
    old = combine([report("2019", {}, body="第0局", year=2020)])
    now = combine([report("2021", {}, body="第0局", year=2021)])
    found = changes(now, old)
    gone = [each for each in found.values() if each.before is None]
    assert gone
    assert all(each.difference is None for each in gone)
    assert any(isinstance(piece, Drawn) for piece in comparison(now, old))


def test_only_the_year_before_is_compared() -> None:
    with pytest.raises(CombineError, match="2023年度"):
        changes(of(2024, ASKED, "1"), of(2022, ASKED, "1"))
    with pytest.raises(CombineError):
        uncarried(of(2024, ASKED, "1"), of(2024, ASKED, "1"))


def test_what_is_carried_in_is_held_against_what_was_carried_out_body_by_body() -> None:
    now, before = of(2024, IN, "2", "3", "", "7"), of(2023, OUT, "2", "4", "1", None)
    found = {each.body: each for each in uncarried(now, before)}
    assert {body: each.assessed for body, each in found.items()} == {
        "第1局": True,
        "第2局": False,
    }
    *_, drawn, words = comparison(now, before)
    assert [square.text for square in drawn.rows[1]] == ["第1局", "自然人", "4", "3", "-1"]
    assert "第2局" in words.text


def test_by_body_the_parts_stand_beside_their_total_and_a_blank_stays_empty() -> None:
    now = of(2024, ASKED, "3", "")
    head, *rows = by_body(now)
    [row] = [
        row for row in rows if row[1:3] == ["一、本年新收政府信息公开申请数量", "总计"]
    ]
    assert head[-2:] == ["第0局", "第1局"]
    assert row[3:] == [3, 1, 2, 3, None]
    assert len({len(each) for each in rows} | {len(head)}) == 1
