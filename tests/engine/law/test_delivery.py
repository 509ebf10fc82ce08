"""Which day counts when an answer is delivered."""

from __future__ import annotations

from datetime import date

import pytest

from mingtang.law.delivery import (
    Dispatch,
    UnsettledDeliveryError,
    answered_on,
    delivery,
    receipts,
    remedy_starts_on,
)

SENT, ARRIVED = date(2026, 3, 30), date(2026, 4, 2)


def test_a_letter_in_the_post_is_in_time_but_starts_no_remedy_yet() -> None:
    posted = Dispatch("post", SENT)
    assert answered_on(posted) == SENT
    with pytest.raises(UnsettledDeliveryError, match="尚未登记"):
        remedy_starts_on(posted)


def test_the_day_of_an_electronic_answer_can_be_chosen() -> None:
    sent = Dispatch("electronic", SENT, ARRIVED)
    assert answered_on(sent) == ARRIVED
    assert answered_on(sent, "dispatched") == SENT


def test_an_unknown_way_is_refused() -> None:
    with pytest.raises(KeyError, match="post"):
        delivery("pigeon")


def test_every_way_a_request_arrives_has_its_day_and_article() -> None:
    ways = {receipt.mode: receipt for receipt in receipts()}
    assert set(ways) == {"in_person", "signed_post", "plain_post", "online", "fax"}
    assert all("第三十一条" in receipt.cite for receipt in ways.values())
