"""Table three of a month, a quarter, a year: the same cases, other days."""

from __future__ import annotations

import pytest

from mingtang.case import events as e
from mingtang.compiling import CompileError, Ledger, compile_period
from tests.engine.compiling.ledgers import BODY, D, answered, asked

LEDGER = Ledger(
    BODY,
    cases=(
        answered("1", D(2025, 3, 3), D(2025, 4, 1)),
        answered("2", D(2025, 2, 24), D(2025, 3, 31)),
        asked("3", D(2025, 4, 2)),
    ),
)


def counted(first, last, ledger=LEDGER):
    made = compile_period(ledger, first, last)
    return {
        cell.split("/")[1]: list(made.origins[cell].numbers)
        for cell, figure in made.figures.items()
        if figure and cell.endswith("/total")
    }


def test_a_month_carries_in_and_out() -> None:
    assert counted(D(2025, 3, 1), D(2025, 3, 31)) == {
        "received": ["1"],
        "carried_in": ["2"],
        "granted": ["2"],
        "concluded": ["2"],
        "carried_out": ["1"],
    }


def test_the_last_day_belongs_to_the_period_and_the_next_to_another() -> None:
    assert counted(D(2025, 4, 1), D(2025, 4, 1)) == {
        "carried_in": ["1"],
        "granted": ["1"],
        "concluded": ["1"],
    }


def test_the_column_that_was_published_holds_here_too() -> None:
    late = asked("1", D(2024, 12, 2), e.Reclassified(on=D(2025, 2, 8), applicant="other"))
    ledger = Ledger(BODY, cases=(late,), closed={2024: D(2025, 1, 20)})
    made = compile_period(ledger, D(2025, 3, 1), D(2025, 3, 31))
    assert made.figures["requests/carried_in/person"] == 1


@pytest.mark.parametrize(
    ("ledger", "first", "last", "why"),
    [
        (LEDGER, D(2025, 3, 2), D(2025, 3, 1), "不成一个时段"),
        (LEDGER, D(2020, 12, 1), D(2021, 1, 31), "跨两个版本"),
        (Ledger(BODY), D(2025, 3, 1), D(2025, 3, 31), "没有申请台账"),
    ],
)
def test_what_is_no_period_is_refused(ledger, first, last, why) -> None:
    with pytest.raises(CompileError, match=why):
        compile_period(ledger, first, last)
