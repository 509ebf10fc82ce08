"""Terms are counted from the history: the vectors of the law, and the odd cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mingtang.case import events as e
from mingtang.case.deadlines import (
    Running,
    Timeliness,
    answer_term,
    correction_due,
    day_by_day,
    days_left,
    net_days,
    opinion_due,
    payment_due,
)
from mingtang.case.judging import late_before, round_timeliness, timeliness
from mingtang.case.permitting import NotPermittedError, admit
from mingtang.case.replaying import replay
from mingtang.case.rulebook import Rulebook
from mingtang.law.calendar import Calendar, UncoveredYearError, holiday_year
from tests.engine.case import histories as h

RULES = Rulebook()
D = date


def _answered(history: tuple, on: date) -> tuple:
    """A history with an answer posted on a day."""
    sent = e.Dispatched(on=on, mode="post")
    return (*history, e.Decided(on=on, ground="G2"), sent)


@pytest.mark.parametrize(
    ("history", "due"),
    [
        ((h.submitted(D(2026, 1, 30)),), D(2026, 3, 5)),
        (h.IN_HAND, D(2026, 3, 30)),
        (h.OBJECTED, D(2026, 4, 14)),
        ((*h.IN_HAND, e.Extended(on=D(2026, 3, 20), days=20)), D(2026, 4, 28)),
        ((h.submitted(D(2025, 9, 26)),), D(2025, 10, 30)),
        (h.PAID, D(2026, 4, 30)),
        (h.CORRECTED, D(2026, 4, 14)),
        (
            (
                h.submitted(D(2026, 2, 26), "online"),
                e.Confirmed(on=D(2026, 3, 2)),
            ),
            D(2026, 3, 30),
        ),
        (
            (
                *h.REASONED,
                e.ReasonAccepted(on=D(2026, 3, 11), answer_by=D(2026, 6, 30)),
            ),
            D(2026, 6, 30),
        ),
        # A correction after a payment begins the term anew, and the other way round.
        (
            (
                *h.IN_HAND,
                e.FeeNotified(on=D(2026, 3, 3), basis="pages", pieces=68, yuan=380),
                e.FeePaid(on=D(2026, 3, 4), yuan=380),
                e.CorrectionAsked(on=D(2026, 3, 9), until=D(2026, 4, 3)),
                e.Corrected(on=D(2026, 3, 30)),
            ),
            D(2026, 4, 28),
        ),
        (
            (
                *h.CORRECTED,
                e.FeeNotified(on=D(2026, 3, 31), basis="pages", pieces=68, yuan=380),
                e.FeePaid(on=D(2026, 4, 1), yuan=380),
            ),
            D(2026, 4, 30),
        ),
        # A payment begins the term anew after a delay was told; the later day holds.
        (
            (
                *h.ACCEPTED,
                e.FeeNotified(on=D(2026, 6, 29), basis="pages", pieces=68, yuan=380),
                e.FeePaid(on=D(2026, 7, 1), yuan=380),
            ),
            D(2026, 7, 29),
        ),
        (
            (
                *h.ACCEPTED,
                e.FeeNotified(on=D(2026, 3, 12), basis="pages", pieces=68, yuan=380),
                e.FeePaid(on=D(2026, 4, 1), yuan=380),
            ),
            D(2026, 6, 30),
        ),
        ((replace(h.PART, extended=D(2026, 3, 4), days=20),), D(2026, 4, 28)),
        (h.REOPENED, D(2026, 7, 29)),
        (
            (
                *h.DELIVERED,
                e.Reopened(on=D(2026, 7, 1), cause="judgment", answer_by=D(2026, 7, 16)),
            ),
            D(2026, 7, 16),
        ),
    ],
)
def test_the_last_day_is_the_one_the_law_gives(
    history: tuple[e.Event, ...], due: date
) -> None:
    answer = answer_term(replay(history), RULES)
    assert answer
    assert answer.due == due
    if answer.running is not Running.FIXED:
        assert day_by_day(answer, RULES)[-1].day == due


TOLD = e.Extended(on=D(2026, 3, 3), days=20)
CARRIED = Rulebook(choices={"extension_after_restart": "carried"})


@pytest.mark.parametrize(
    ("after", "lapsed", "carried"),
    [
        (h.CORRECTED[1:], D(2026, 4, 14), D(2026, 5, 14)),
        (h.PAID[1:], D(2026, 4, 30), D(2026, 6, 1)),
    ],
    ids=["correction", "payment"],
)
def test_an_extension_told_before_a_restart_follows_one_reading(
    after: tuple[e.Event, ...], lapsed: date, carried: date
) -> None:
    history = [*h.IN_HAND, TOLD, *after]
    again = e.Extended(on=D(2026, 4, 2), days=5)
    due = {name: answer_term(replay(history), rules) for name, rules in BOTH.items()}
    assert [term and term.due for term in due.values()] == [lapsed, carried]
    with pytest.raises(NotPermittedError, match="2026-03-03已经告知延长过"):
        admit(history, again, RULES)
    admit(history, again, LAPSING)
    extended = answer_term(replay([*history, again]), LAPSING)
    assert extended
    assert extended.working_days == 25
    with pytest.raises(NotPermittedError, match="延长过"):
        admit([*history, again], replace(again, on=D(2026, 4, 3)), LAPSING)
    with pytest.raises(NotPermittedError, match="延长过"):
        admit(history, again, CARRIED)


LAPSING = Rulebook(choices={"extension_after_restart": "lapses"})
BOTH = {"spent": RULES, "carried": CARRIED}


def test_a_correction_that_restarts_nothing_leaves_the_extension_alone() -> None:
    late = e.CorrectionAsked(on=D(2026, 3, 20), until=D(2026, 4, 10))
    history = [*h.IN_HAND, TOLD, late, e.Corrected(on=D(2026, 3, 27))]
    answer = answer_term(replay(history), RULES)
    assert answer
    assert answer.due == D(2026, 4, 28)
    with pytest.raises(NotPermittedError, match="延长过"):
        admit(history, e.Extended(on=D(2026, 4, 2), days=5), RULES)


def test_terms_of_the_others_are_counted_from_their_receipt() -> None:
    received = (h.submitted(D(2026, 2, 13)),)
    assert correction_due(replay(received), RULES) == D(2026, 3, 2)
    fee = replay(h.FEE_KNOWN).round.fee
    assert fee
    assert payment_due(fee, RULES) == D(2026, 4, 13)
    [opinion] = replay(h.CONSULTED).round.opinions
    assert opinion_due(opinion, RULES) == D(2026, 3, 27)
    [unknown] = replay(h.CONSULTING).round.opinions
    assert opinion_due(unknown, RULES) is None


def test_waiting_stops_the_clock() -> None:
    for history in (h.CORRECTION, h.FEE_KNOWN):
        answer = answer_term(replay(history), RULES)
        assert answer
        assert (answer.running, answer.due) == (Running.STOPPED, None)
        assert timeliness(replay(history), D(2027, 1, 4), RULES) is Timeliness.OPEN
    served = e.ConsultationDelivered(on=D(2026, 3, 9), party="1")
    asked = e.Consulted(on=D(2026, 3, 6), party="1", role="other_body")
    patient = Rulebook(choices={"other_body_pause": "until_reply"})
    answer = answer_term(replay((*h.IN_HAND, asked, served)), patient)
    assert answer
    assert (answer.running, answer.due) == (Running.PAUSED, None)


def test_a_fee_notice_that_was_not_served_stops_the_clock_for_the_term_to_pay() -> None:
    answer = answer_term(replay(h.FEE), RULES)
    assert answer
    assert (answer.running, answer.due) == (Running.PAUSED, D(2026, 4, 28))
    assert "收费通知没有登记送达" in answer.why
    assert day_by_day(answer, RULES)[-1].day == answer.due
    assert timeliness(replay(h.FEE), D(2026, 4, 29), RULES) is Timeliness.OVERDUE
    paid = answer_term(replay((*h.FEE, e.FeePaid(on=D(2026, 4, 1), yuan=380))), RULES)
    assert paid
    assert paid.due == D(2026, 4, 30)


_REPLIED = e.OpinionReceived(on=D(2026, 4, 30), party="1", stance="consents")


@pytest.mark.parametrize("role", ["third_party", "co_author", "other_body"])
@pytest.mark.parametrize("ended", [(), (_REPLIED,)])
def test_what_was_not_served_pauses_as_if_it_had_been_at_once_and_no_longer(
    role: str, ended: tuple[e.Event, ...]
) -> None:
    asked = e.Consulted(on=D(2026, 3, 6), party="1", role=role)
    term = answer_term(replay((*h.IN_HAND, asked, *ended)), RULES)
    assert term
    assert term.due == D(2026, 4, 21)
    assert ended or "没有登记送达" in term.why
    served = e.ConsultationDelivered(on=D(2026, 3, 10), party="1")
    after = answer_term(replay((*h.IN_HAND, asked, served, *ended)), RULES)
    assert after
    assert after.due == D(2026, 4, 23)


@pytest.mark.parametrize(("ended", "due"), [((), None), ((_REPLIED,), D(2026, 5, 26))])
def test_a_body_may_choose_to_wait_for_another_body_without_an_end(
    ended: tuple[e.Event, ...], due: D | None
) -> None:
    asked = e.Consulted(on=D(2026, 3, 6), party="1", role="other_body")
    served = e.ConsultationDelivered(on=D(2026, 3, 10), party="1")
    history = (*h.IN_HAND, asked, served, *ended)
    patient = Rulebook(choices={"other_body_pause": "until_reply"})
    after = answer_term(replay(history), patient)
    assert after
    assert after.due == due


_GIVEN_AGAIN = (
    e.Decided(on=D(2026, 7, 8), ground="G2"),
    e.Dispatched(on=D(2026, 7, 9), mode="post"),
)
_TOO_LATE = (
    *h.IN_HAND,
    e.Decided(on=D(2026, 4, 1), ground="G2"),
    e.Dispatched(on=D(2026, 4, 1), mode="post"),
    e.Reopened(on=D(2026, 7, 1), cause="review"),
)


@pytest.mark.parametrize(
    ("history", "on", "whole", "present"),
    [
        (h.REOPENED, D(2026, 7, 2), "in_time", "open"),
        (h.REOPENED, D(2026, 9, 1), "overdue", "overdue"),
        ((*h.REOPENED, *_GIVEN_AGAIN), D(2026, 9, 1), "in_time", "in_time"),
        (
            (*h.REOPENED, *_answered((), D(2026, 8, 3))),
            *(D(2026, 9, 1), "late", "late"),
        ),
        (
            (*h.REOPENED, e.Withdrawn(on=D(2026, 7, 2))),
            *(D(2026, 9, 1), "in_time", "no_term"),
        ),
        (_TOO_LATE, D(2026, 7, 2), "late", "open"),
        (_TOO_LATE, D(2026, 9, 1), "late", "overdue"),
        ((*_TOO_LATE, *_GIVEN_AGAIN), D(2026, 9, 1), "late", "in_time"),
        # Opened anew before the first answer had arrived, after its term.
        (
            (
                *(*h.DECIDED, e.Dispatched(on=D(2026, 3, 26), mode="direct")),
                *(e.Reopened(on=D(2026, 7, 1), cause="own"), *_GIVEN_AGAIN),
            ),
            *(D(2026, 9, 1), "late", "in_time"),
        ),
    ],
)
def test_a_case_is_in_time_only_if_every_round_of_it_was(history, on, whole, present):
    case = replay(history)
    assert timeliness(case, on, RULES) == whole
    assert round_timeliness(case, on, RULES) == present
    assert late_before(case, RULES) == (whole == "late" != present)


def test_an_open_consultation_is_expected_to_use_up_its_time() -> None:
    answer = answer_term(replay(h.CONSULTED), RULES)
    assert answer
    assert answer.running is Running.PAUSED
    noted = (*h.CONSULTED, e.SilenceNoted(on=D(2026, 4, 9), party="1"))
    silent = answer_term(replay(noted), RULES)
    assert silent
    assert (silent.running, silent.due) == (Running.RUNNING, answer.due)


def test_a_correction_asked_too_late_does_not_restart_the_clock() -> None:
    late = (
        *h.IN_HAND,
        e.CorrectionAsked(on=D(2026, 3, 12), until=D(2026, 3, 30)),
        e.Corrected(on=D(2026, 3, 16)),
    )
    answer = answer_term(replay(late), RULES)
    assert answer
    assert answer.due == D(2026, 3, 30)
    generous = Rulebook(choices={"late_correction": "restart"})
    answer = answer_term(replay(late), generous)
    assert answer
    assert answer.due == D(2026, 4, 14)


@pytest.mark.parametrize(
    ("mode", "sent", "received", "held"),
    [
        ("post", D(2026, 3, 30), D(2026, 4, 3), Timeliness.IN_TIME),
        ("post", D(2026, 3, 31), D(2026, 4, 3), Timeliness.LATE),
        ("direct", D(2026, 3, 30), D(2026, 3, 30), Timeliness.IN_TIME),
        ("direct", D(2026, 3, 30), D(2026, 3, 31), Timeliness.LATE),
        ("electronic", D(2026, 3, 30), D(2026, 3, 31), Timeliness.LATE),
        ("announcement", D(2026, 3, 20), D(2026, 4, 20), Timeliness.UNSETTLED),
    ],
)
def test_the_day_that_counts_depends_on_the_way_of_delivery(
    mode: str, sent: date, received: date, held: Timeliness
) -> None:
    history = (
        *h.DECIDED,
        e.Dispatched(on=sent, mode=mode),
        e.Delivered(on=received),
    )
    assert timeliness(replay(history), D(2026, 5, 6), RULES) is held


@pytest.mark.parametrize(
    ("sent", "ended", "held"),
    [
        (D(2026, 3, 2), D(2026, 3, 30), Timeliness.IN_TIME),
        (D(2026, 3, 20), None, Timeliness.UNSETTLED),
        (D(2026, 3, 31), None, Timeliness.LATE),
    ],
)
def test_a_public_notice_is_late_or_in_time_only_on_every_reading(
    sent: date, ended: date | None, held: Timeliness
) -> None:
    told = e.Dispatched(on=sent, mode="announcement")
    decided = (*h.IN_HAND, e.Decided(on=D(2026, 3, 2), ground="G2"), told)
    history = (*decided, e.Delivered(on=ended)) if ended else decided
    assert timeliness(replay(history), D(2026, 5, 6), RULES) is held


@pytest.mark.parametrize("role", ["third_party", "other_body"])
def test_a_letter_sent_after_the_term_ran_out_hides_no_lateness(role: str) -> None:
    last, after = D(2026, 3, 30), D(2026, 4, 1)
    for sent, held in ((last, Timeliness.OVERDUE), (D(2026, 3, 27), Timeliness.OPEN)):
        history = (*h.IN_HAND, e.Consulted(on=sent, party="1", role=role))
        assert timeliness(replay(history), after, RULES) is held
    answer = answer_term(
        replay((*h.IN_HAND, e.Consulted(on=after, party="1", role=role))), RULES
    )
    assert answer
    assert (answer.running, answer.due) == (Running.RUNNING, last)
    early = Rulebook(choices={"pause_start": "day_of_sending"})
    on_the_last_day = replay((*h.IN_HAND, e.Consulted(on=last, party="1", role=role)))
    assert timeliness(on_the_last_day, after, early) is Timeliness.OPEN


def test_waiting_for_a_correction_asked_too_late_stops_no_clock() -> None:
    """As long as the applicant does not correct, the day of receipt alone counts."""
    late = (*h.IN_HAND, e.CorrectionAsked(on=D(2026, 3, 12), until=D(2026, 4, 30)))
    answer = answer_term(replay(late), RULES)
    assert answer
    assert (answer.running, answer.due) == (Running.RUNNING, D(2026, 3, 30))
    assert timeliness(replay(late), D(2026, 3, 31), RULES) is Timeliness.OVERDUE
    generous = Rulebook(choices={"late_correction": "restart"})
    assert timeliness(replay(late), D(2026, 3, 31), generous) is Timeliness.OPEN


def test_before_2019_a_correction_could_be_asked_for_on_any_day() -> None:
    old = (
        h.submitted(D(2019, 5, 6)),
        e.CorrectionAsked(on=D(2019, 5, 24), until=D(2019, 6, 10)),
    )
    waiting = answer_term(replay(old), RULES)
    assert waiting
    assert waiting.running is Running.STOPPED
    came = answer_term(replay((*old, e.Corrected(on=D(2019, 6, 3)))), RULES)
    assert came
    assert came.start == D(2019, 6, 3)


def test_an_answer_handed_over_but_not_signed_for_is_overdue() -> None:
    history = (*h.DECIDED, e.Dispatched(on=D(2026, 3, 26), mode="direct"))
    assert timeliness(replay(history), D(2026, 3, 30), RULES) is Timeliness.OPEN
    assert timeliness(replay(history), D(2026, 3, 31), RULES) is Timeliness.OVERDUE


def test_what_lapsed_by_the_applicant_has_no_term() -> None:
    lapsed = (*h.CORRECTION, e.Decided(on=D(2026, 6, 1), ground="O1"))
    assert timeliness(replay(lapsed), D(2026, 6, 2), RULES) is Timeliness.NO_TERM
    assert timeliness(replay(h.WITHDRAWN), D(2027, 1, 4), RULES) is Timeliness.NO_TERM


def _until_2026(year: int) -> object:
    if year > 2026:
        raise UncoveredYearError(year)
    return holiday_year(year)


BEFORE_2027 = Rulebook(Calendar(_until_2026))


def test_a_year_without_its_notice_is_unsettled_and_says_so() -> None:
    rules = BEFORE_2027
    case = replay((h.submitted(D(2026, 12, 21)),))
    answer = answer_term(case, rules)
    assert answer
    assert (answer.running, answer.due) == (Running.UNSETTLED, None)
    assert "2027" in answer.why
    assert timeliness(case, D(2027, 6, 1), rules) is Timeliness.UNSETTLED


def test_a_term_whose_last_day_is_open_keeps_its_extension_and_its_start() -> None:
    extended = (h.submitted(D(2026, 11, 9)), e.Extended(on=D(2026, 11, 20), days=20))
    answer = answer_term(replay(extended), BEFORE_2027)
    assert answer
    assert (answer.running, answer.due) == (Running.UNSETTLED, None)
    assert (answer.legal_days, answer.extended, answer.working_days) == (20, 20, 40)
    paid = (
        h.submitted(D(2026, 11, 9)),
        e.FeeNotified(on=D(2026, 11, 10), basis="pages", pieces=68, yuan=380),
        e.FeePaid(on=D(2026, 12, 21), yuan=380),
    )
    anew = answer_term(replay(paid), BEFORE_2027)
    assert anew
    assert (anew.due, anew.start, anew.working_days) == (None, D(2026, 12, 21), 20)


def test_days_left_count_down_and_on() -> None:
    due = D(2026, 3, 30)
    assert days_left(due, D(2026, 3, 30), RULES) == 0
    assert days_left(due, D(2026, 3, 26), RULES) == 2
    assert days_left(due, D(2026, 4, 1), RULES) == -2


@pytest.mark.parametrize(
    ("history", "used"),
    [
        # 3 to 26 March, the day of receipt not counted.
        (h.DISPATCHED, 18),
        # Without 7 to 20 March, while a third party was asked.
        (_answered(h.OBJECTED, D(2026, 4, 10)), 18),
        # From the correction on; from the payment on.
        (_answered(h.CORRECTED, D(2026, 4, 10)), 18),
        (_answered(h.PAID, D(2026, 4, 10)), 6),
        # Not answered, or ended otherwise, or reopened and not answered again.
        (h.IN_HAND, None),
        (h.DECIDED, None),
        (h.WITHDRAWN, None),
        (h.REOPENED, None),
    ],
)
def test_net_days_are_those_of_the_term_that_an_answer_used_up(history, used):
    assert net_days(replay(history), RULES) == used


def test_an_answer_after_the_last_day_on_a_day_of_rest_uses_up_no_more():
    saturday = D(2026, 4, 4)
    case = replay(_answered((h.submitted(D(2026, 3, 6)),), saturday))
    assert answer_term(case, RULES).due == D(2026, 4, 3)
    assert net_days(case, RULES) == 20
    assert timeliness(case, saturday, RULES) is Timeliness.LATE
