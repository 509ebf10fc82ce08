"""Named terms, consultations, the one extension, and new starts."""

from __future__ import annotations

from datetime import date

import pytest

from mingtang.law.calendar import Calendar
from mingtang.law.clock import CountError, Pause
from mingtang.law.parameter import Unit
from mingtang.law.terms import (
    Consultation,
    ExtensionError,
    answer_due,
    answer_due_after_payment,
    consultation_pauses,
    start_after_correction,
    start_after_payment,
    term,
    term_due,
    term_names,
)

CALENDAR = Calendar()
RECEIVED = date(2026, 3, 2)


def test_a_term_carries_its_article() -> None:
    found = term("correction", RECEIVED)
    assert (found.amount, found.unit) == (7, Unit.WORKING_DAY)
    assert found.cite == "政府信息公开条例（2019年修订）第三十条"


def test_a_fee_is_no_term() -> None:
    assert "fee_by_pages" not in term_names()
    with pytest.raises(KeyError, match="不是期限"):
        term("fee_by_pages", RECEIVED)


def test_a_term_in_days_cannot_be_paused() -> None:
    pause = Pause(date(2026, 3, 3), date(2026, 3, 4))
    with pytest.raises(CountError, match="不以工作日计"):
        term_due("review_application", RECEIVED, CALENDAR, [pause])


@pytest.mark.parametrize("extensions", [[0], [21], [10, 10], [True]])
def test_an_answer_is_extended_once_and_not_for_long(extensions: list[int]) -> None:
    with pytest.raises(ExtensionError, match="延长"):
        answer_due(RECEIVED, CALENDAR, extensions=extensions)


def test_the_old_regulation_extended_by_fifteen_days() -> None:
    day = date(2019, 5, 13)
    assert answer_due(day, CALENDAR, extensions=[15])
    with pytest.raises(ExtensionError, match="15"):
        answer_due(day, CALENDAR, extensions=[16])


def test_the_opinion_ends_the_pause_or_the_term_does() -> None:
    sent, delivered = date(2026, 3, 6), date(2026, 3, 9)
    early = Consultation(sent, delivered, date(2026, 3, 20))
    late = Consultation(sent, delivered, date(2026, 4, 10))
    silent = Consultation(sent, delivered)
    ends = [p.last for p in consultation_pauses([early, late, silent], CALENDAR)]
    assert ends == [date(2026, 3, 20), date(2026, 3, 30), date(2026, 3, 30)]


def test_an_opinion_given_at_once_pauses_nothing() -> None:
    asked = Consultation(RECEIVED, RECEIVED, RECEIVED)
    assert consultation_pauses([asked], CALENDAR) == ()


def test_where_a_pause_begins_and_ends_can_be_chosen() -> None:
    asked = Consultation(date(2026, 3, 6), date(2026, 3, 6), date(2026, 3, 10))
    [pause] = consultation_pauses(
        [asked], CALENDAR, pause_start="day_of_sending", pause_end="day_before_reply"
    )
    assert (pause.first, pause.last) == (date(2026, 3, 6), date(2026, 3, 9))


def test_another_body_has_a_co_authors_term_unless_a_body_waits_for_it() -> None:
    [silent] = consultation_pauses([Consultation(RECEIVED, RECEIVED, term=None)], CALENDAR)
    [author] = consultation_pauses(
        [Consultation(RECEIVED, RECEIVED, term="co_author")], CALENDAR
    )
    assert silent.last == author.last
    replied = Consultation(RECEIVED, RECEIVED, date(2026, 3, 5), term=None)
    [pause] = consultation_pauses([replied], CALENDAR)
    assert pause.why == "征求其他机关意见"
    with pytest.raises(CountError, match="须等收到意见"):
        consultation_pauses(
            [Consultation(RECEIVED, RECEIVED, term=None)],
            CALENDAR,
            other_body_pause="until_reply",
        )


def test_impossible_dates_are_refused() -> None:
    with pytest.raises(CountError, match="请核对"):
        consultation_pauses([Consultation(RECEIVED, date(2026, 3, 1))], CALENDAR)
    asked = Consultation(RECEIVED, RECEIVED, term="neighbour")
    with pytest.raises(CountError, match="请核对"):
        consultation_pauses([asked], CALENDAR)


def test_a_late_correction_can_be_chosen_to_restart_the_clock() -> None:
    asked, mended = date(2026, 3, 12), date(2026, 3, 20)
    assert start_after_correction(RECEIVED, asked, mended, CALENDAR) == RECEIVED
    chosen = start_after_correction(RECEIVED, asked, mended, CALENDAR, "restart")
    assert chosen == mended


def test_a_payment_starts_the_clock_the_day_after() -> None:
    assert start_after_payment(date(2026, 4, 1)) == date(2026, 4, 1)
    assert answer_due_after_payment(date(2026, 4, 1), CALENDAR, extensions=[1]) == date(
        2026, 5, 6
    )
    with pytest.raises(ExtensionError, match="extension_after_payment"):
        answer_due_after_payment(date(2026, 4, 1), CALENDAR, (), [1], "refused")
