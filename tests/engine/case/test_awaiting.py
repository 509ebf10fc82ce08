"""What a case waits for is named with its day and with whoever must act."""

from __future__ import annotations

from datetime import date

import pytest

from mingtang.case import events as e
from mingtang.case.awaiting import deadlines, fee_unserved_since
from mingtang.case.replaying import replay
from mingtang.case.rulebook import Rulebook
from mingtang.law.calendar import Calendar, UncoveredYearError
from tests.engine.case import histories as h

D = date


@pytest.mark.parametrize(
    ("history", "waits"),
    [
        (
            (h.submitted(channel="online"),),
            [("confirmation", "body", None)],
        ),
        (
            (h.submitted(channel="plain_post"),),
            [("confirmation", "body", D(2026, 3, 2))],
        ),
        (
            h.IN_HAND,
            [
                ("answer", "body", D(2026, 3, 30)),
                ("ask_correction", "body", D(2026, 3, 11)),
            ],
        ),
        (
            h.CORRECTION,
            [("answer", "body", None), ("correction", "applicant", D(2026, 3, 20))],
        ),
        (
            h.REASON,
            [
                ("answer", "body", D(2026, 3, 30)),
                ("reason", "applicant", D(2026, 3, 16)),
            ],
        ),
        (
            h.CONSULTING,
            [("answer", "body", D(2026, 4, 21)), ("opinion", "consulted", None)],
        ),
        (
            h.CONSULTED,
            [
                ("answer", "body", D(2026, 4, 21)),
                ("opinion", "consulted", D(2026, 3, 27)),
            ],
        ),
        (
            h.FEE_KNOWN,
            [("answer", "body", None), ("payment", "applicant", D(2026, 4, 13))],
        ),
        (h.DISPATCHED, []),
        (h.DELIVERED, []),
        (h.WITHDRAWN, []),
    ],
)
def test_each_wait_names_its_day(
    history: tuple[e.Event, ...], waits: list[tuple[str, str, date | None]]
) -> None:
    found = deadlines(replay(history), Rulebook())
    assert [(each.kind, each.who, each.day) for each in found] == waits
    assert all(each.day or each.why for each in found)


def test_a_fee_notice_long_unserved_is_asked_after() -> None:
    fee = replay(h.FEE)
    assert fee_unserved_since(fee, D(2026, 3, 19), Rulebook()) is None
    assert fee_unserved_since(fee, D(2026, 3, 20), Rulebook()) == D(2026, 3, 12)
    assert fee_unserved_since(replay(h.FEE_KNOWN), D(2026, 4, 20), Rulebook()) is None
    [_answer, payment] = deadlines(fee, Rulebook())
    assert "没有登记送达" in payment.why


def test_a_missing_notice_is_named_in_every_wait() -> None:
    def nothing(year: int) -> None:
        raise UncoveredYearError(year)

    blind = Rulebook(Calendar(nothing))
    for history in (h.IN_HAND, h.CONSULTED, h.FEE_KNOWN):
        [first, *_] = deadlines(replay(history), blind)
        assert first.day is None
        assert first.why


def test_an_answer_sent_in_time_is_waited_for_no_more() -> None:
    day = date(2026, 3, 2)
    history = [
        e.Submitted(on=day, channel="in_person", applicant="person"),
        e.Decided(on=date(2026, 3, 9), ground="G1"),
        e.Dispatched(on=date(2026, 3, 10), mode="post"),
    ]
    waits = deadlines(replay(history), Rulebook())
    assert [each.kind for each in waits] == []
