"""Reviews and suits stand in one column of table four on every day."""

from __future__ import annotations

from datetime import date

import pytest

from mingtang.case.disputes import (
    Answered,
    Appealed,
    CopyReceived,
    DisputeEvent,
    Filed,
    Resumed,
    Ruled,
    Suspended,
    answer_due,
    replay_dispute,
    standing_on,
)
from mingtang.case.outcome import COLUMNS, outcomes
from mingtang.case.steps import ImpossibleHistoryError
from mingtang.form.loading import edition_for
from mingtang.law.calendar import Calendar

D = date
REVIEW = Filed(on=D(2026, 5, 6), procedure="review")
SUIT = Filed(on=D(2026, 5, 6), procedure="suit")


def test_a_dispute_is_pending_until_a_final_ruling() -> None:
    history = (
        SUIT,
        Ruled(on=D(2026, 8, 3), outcome="suit_claim_dismissed", final=False),
        Appealed(on=D(2026, 8, 12)),
        Ruled(on=D(2027, 1, 11), outcome="suit_ordered", final=True),
    )
    assert standing_on(history, D(2026, 5, 5), {}) is None
    assert standing_on(history, D(2026, 12, 31), {}) == ("suit_direct", "pending")
    assert standing_on(history, D(2027, 12, 31), {}) == ("suit_direct", "corrected")


def test_a_suit_after_review_stands_in_its_own_block() -> None:
    after = Filed(on=D(2026, 5, 6), procedure="suit", after_review=True)
    assert standing_on([after], D(2026, 12, 31), {}) == ("suit_after_review", "pending")


def test_a_co_defendant_counts_nothing() -> None:
    joined = Filed(on=D(2026, 5, 6), procedure="suit", after_review=True, counts=False)
    assert standing_on([joined], D(2026, 12, 31), {}) is None


def test_a_dismissed_claim_counts_as_the_body_chose() -> None:
    ruled = Ruled(on=D(2026, 7, 1), outcome="review_claim_dismissed", final=True)
    assert standing_on([REVIEW, ruled], D(2026, 12, 31), {}) == ("review", "upheld")
    chosen = {"dismissed_claim": "other"}
    assert standing_on([REVIEW, ruled], D(2026, 12, 31), chosen) == ("review", "other")


def test_the_body_answers_in_ten_working_days_or_five() -> None:
    copied = CopyReceived(on=D(2026, 9, 28))
    ordinary = replay_dispute([REVIEW, copied])
    assert answer_due(ordinary, Calendar()) == D(2026, 10, 16)
    answered = replay_dispute([REVIEW, copied, Answered(on=D(2026, 10, 9))])
    assert answer_due(answered, Calendar()) is None


def test_a_defendant_answers_in_fifteen_days_or_by_the_day_the_court_sets() -> None:
    suit = Filed(on=D(2026, 9, 1), procedure="suit")
    copied = CopyReceived(on=D(2026, 9, 11))
    assert answer_due(replay_dispute([suit, copied]), Calendar()) == D(2026, 9, 28)
    simple = CopyReceived(on=D(2026, 9, 11), simple=True)
    assert answer_due(replay_dispute([suit, simple]), Calendar()) is None
    told = CopyReceived(on=D(2026, 9, 11), simple=True, answer_by=D(2026, 9, 18))
    assert answer_due(replay_dispute([suit, told]), Calendar()) == D(2026, 9, 18)


def test_a_suspended_dispute_goes_on() -> None:
    suspended = replay_dispute([REVIEW, Suspended(on=D(2026, 6, 1))])
    assert suspended.suspended
    assert not replay_dispute(
        [REVIEW, Suspended(on=D(2026, 6, 1)), Resumed(on=D(2026, 7, 1))]
    ).suspended


@pytest.mark.parametrize(
    "history",
    [
        [],
        [Answered(on=D(2026, 5, 6))],
        [REVIEW, REVIEW],
        [REVIEW, Answered(on=D(2026, 5, 5))],
        [REVIEW, Appealed(on=D(2026, 6, 1))],
        [REVIEW, Ruled(on=D(2026, 6, 1), outcome="suit_ordered", final=True)],
        [
            REVIEW,
            Ruled(on=D(2026, 6, 1), outcome="review_upheld", final=True),
            Answered(on=D(2026, 6, 2)),
        ],
    ],
)
def test_an_impossible_history_is_refused(history: list[DisputeEvent]) -> None:
    with pytest.raises(ImpossibleHistoryError):
        replay_dispute(history)


def test_every_outcome_has_a_column_of_table_four() -> None:
    table = {
        cell.split("/")[2]
        for cell in edition_for(2025).cell_ids()
        if cell.startswith("disputes/")
    }
    found = {known.column_by({}) for known in outcomes()}
    assert found == set(COLUMNS)
    assert found | {"pending", "total"} == table
