"""Every case counts once as it came in and once as it ended, in the year the law says."""

from __future__ import annotations

from datetime import date

import pytest

from mingtang.case import events as e
from mingtang.case.counting import Cell, Place, cells, lines, place
from mingtang.case.disputes import Appealed, DisputeEvent, Filed, Ruled
from mingtang.case.replaying import replay
from mingtang.case.rulebook import Rulebook
from tests.engine.case import histories as h

D = date
RULES = Rulebook()
SENT_NEXT_YEAR = (*h.DECIDED_LAST_YEAR, e.Dispatched(on=D(2026, 1, 4), mode="post"))


@pytest.mark.parametrize(
    ("history", "stands"),
    [
        ((h.submitted(channel="online"),), None),
        ((h.submitted(channel="online"), e.Withdrawn(on=D(2026, 3, 4))), None),
        (h.IN_HAND, Place(2026, None, None, "person")),
        (h.CORRECTION, Place(2026, None, None, "person")),
        (h.DELIVERED, Place(2026, 2026, "granted", "person")),
        (h.WITHDRAWN, Place(2026, 2026, "other_other", "person")),
        (
            (*h.DECIDED, e.Withdrawn(on=D(2026, 3, 26))),
            Place(2026, 2026, "other_other", "person"),
        ),
        (h.SPLIT, None),
        ((*h.IN_HAND, e.Merged(on=D(2026, 3, 4), into="X")), None),
        ((h.PART,), Place(2026, None, None, "person")),
        (h.REOPENED, Place(2026, 2026, "granted", "person")),
        (
            (*h.REOPENED, e.Withdrawn(on=D(2027, 1, 4))),
            Place(2026, 2026, "granted", "person"),
        ),
        (
            (*h.REOPENED, e.Decided(on=D(2027, 1, 4), ground="N6")),
            Place(2026, 2026, "granted", "person"),
        ),
        # The day of receipt, not the day it came, and the decision, not its dispatch.
        (h.CONFIRMED_LATE, Place(2026, None, None, "person")),
        (SENT_NEXT_YEAR, Place(2025, 2025, "granted", "person")),
    ],
)
def test_a_case_stands_in_one_place(
    history: tuple[e.Event, ...], stands: Place | None
) -> None:
    assert place(replay(history), RULES) == stands


def test_the_year_of_a_result_is_that_of_the_dispatch_where_the_body_chose_so() -> None:
    by_dispatch = Rulebook(choices={"result_year": "dispatched"})
    waiting = place(replay(h.DECIDED_LAST_YEAR), by_dispatch)
    assert waiting == Place(2025, None, None, "person")
    sent = place(replay(SENT_NEXT_YEAR), by_dispatch)
    assert sent == Place(2025, 2026, "granted", "person")


def test_the_lines_of_2020_have_one_other_handling() -> None:
    lapsed = (
        h.submitted(D(2020, 3, 2)),
        e.CorrectionAsked(on=D(2020, 3, 4), until=D(2020, 3, 20)),
        e.Decided(on=D(2020, 4, 1), ground="O1"),
    )
    assert place(replay(lapsed), RULES) == Place(2020, 2020, "other_handling", "person")


def test_a_case_is_carried_over_until_it_is_done() -> None:
    stands = Place(2024, 2026, "granted", "person")
    assert [lines(stands, year) for year in range(2023, 2028)] == [
        None,
        ("received", "carried_out"),
        ("carried_in", "carried_out"),
        ("carried_in", "granted"),
        None,
    ]


FILED = Filed(on=D(2025, 5, 6), procedure="suit")
UPHELD = Ruled(on=D(2026, 3, 2), outcome="suit_claim_dismissed", final=True)
ANEW = Appealed(on=D(2027, 2, 1))
CORRECTED = Ruled(on=D(2028, 1, 4), outcome="suit_revoked", final=True)


def _by_year(history: list[DisputeEvent], choices: dict[str, str]) -> list[str]:
    found = []
    for year in range(2025, 2030):
        past = cells(history, D(year, 12, 31), choices)
        found.append("、".join(cell.column for cell in past))
    return found


def test_what_was_concluded_and_is_tried_anew_counts_no_second_time() -> None:
    """一案一计: whether or not the new trial reaches over the end of a year."""
    once = ["pending", "upheld", "", "", ""]
    assert _by_year([FILED, UPHELD, ANEW, CORRECTED], {}) == once
    swift = Ruled(on=D(2027, 11, 1), outcome="suit_revoked", final=True)
    assert _by_year([FILED, UPHELD, ANEW, swift], {}) == once


def test_each_instance_counts_for_itself_where_the_body_chose_so() -> None:
    each = {"second_instance": "each_instance"}
    found = _by_year([FILED, UPHELD, ANEW, CORRECTED], each)
    assert found == ["pending", "upheld", "pending", "corrected", ""]


def test_what_was_pending_counts_only_once_where_the_body_chose_so() -> None:
    once = {"pending_from_last_year": "not_counted"}
    assert _by_year([FILED, UPHELD], once) == ["pending", "", "", "", ""]
    assert list(cells([FILED], D(2025, 12, 31), once)) == [Cell("suit_direct", "pending")]
