"""A dispute takes only what can have happened in it, and says why not otherwise."""

from __future__ import annotations

from datetime import date

import pytest

from mingtang.case.disputes import (
    DISPUTE_EVENTS,
    Answered,
    Appealed,
    CopyReceived,
    Filed,
    Resumed,
    Ruled,
    Suspended,
    parse_dispute,
    replay_dispute,
)
from mingtang.case.permitting import NotPermittedError
from mingtang.case.proceedings import (
    PROCEEDINGS,
    admit_dispute,
    order_refusal,
    proceedings_open,
)
from mingtang.case.recording import InvalidEventError, kind_of, plain

D = date
REVIEW = Filed(on=D(2026, 5, 6), procedure="review")
SUIT = Filed(on=D(2026, 5, 6), procedure="suit")
COPY = CopyReceived(on=D(2026, 5, 11))
LOST = Ruled(on=D(2026, 8, 3), outcome="suit_revoked", final=False)


@pytest.mark.parametrize(
    ("history", "event", "why"),
    [
        ((REVIEW,), REVIEW, "只能登记一次"),
        ((REVIEW,), Answered(on=D(2026, 5, 20)), "尚未登记收到副本"),
        ((REVIEW, COPY), COPY, "副本已经收到"),
        ((REVIEW, COPY), Answered(on=D(2026, 5, 7)), "早于收到副本"),
        ((SUIT,), CopyReceived(on=D(2026, 5, 11), answer_by=D(2026, 5, 4)), "早于收到副本"),
        ((REVIEW,), Resumed(on=D(2026, 5, 7)), "没有中止"),
        ((REVIEW, Suspended(on=D(2026, 5, 7))), Suspended(on=D(2026, 5, 8)), "已经中止"),
        ((REVIEW,), Ruled(on=D(2026, 6, 1), outcome="suit_revoked", final=True), "不是"),
        ((REVIEW,), Ruled(on=D(2026, 6, 1), outcome="draw", final=True), "没有“draw”"),
        ((REVIEW,), Ruled(on=D(2026, 6, 1), outcome="review_revoked", final=False), "终局"),
        ((REVIEW,), Appealed(on=D(2026, 6, 1)), "另行登记一件诉讼"),
        ((SUIT,), Appealed(on=D(2026, 6, 1)), "尚无"),
        ((SUIT, LOST), Ruled(on=D(2026, 9, 1), outcome="suit_ordered", final=True), "上诉"),
        ((SUIT, LOST), Appealed(on=D(2026, 8, 1)), "早于上次裁判"),
        ((), COPY, "须是提起"),
    ],
)  # fmt: skip
def test_what_cannot_have_happened_is_refused(history, event, why) -> None:
    with pytest.raises(NotPermittedError, match=why) as refused:
        admit_dispute(history, event)
    assert refused.value.cite


def test_a_judgment_nobody_appealed_is_recorded_as_binding() -> None:
    binding = Ruled(on=D(2026, 8, 25), outcome="suit_revoked", final=True)
    admit_dispute((SUIT, LOST), binding)
    assert replay_dispute((SUIT, LOST, binding)).ended == binding
    assert order_refusal(binding) is None


def test_a_judgment_that_does_not_bind_yet_orders_no_new_answer() -> None:
    assert "还没有生效" in str(order_refusal(LOST))


def test_an_appeal_opens_the_next_instance() -> None:
    history = (SUIT, LOST, Appealed(on=D(2026, 8, 10)))
    assert "appealed" not in [e.event for e in proceedings_open(replay_dispute(history))]
    admit_dispute(history, Ruled(on=D(2026, 12, 1), outcome="suit_ordered", final=True))


def test_what_is_recorded_is_read_back() -> None:
    history = (REVIEW, COPY, Answered(on=D(2026, 5, 20)), LOST)
    assert tuple(parse_dispute(plain(event)) for event in history) == history
    with pytest.raises(InvalidEventError):
        parse_dispute({"kind": "confirmed", "on": "2026-03-02"})


def test_every_kind_of_event_has_its_proceeding() -> None:
    assert [each.event for each in PROCEEDINGS] == [kind_of(e) for e in DISPUTE_EVENTS[1:]]
