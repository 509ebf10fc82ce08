"""What a case gives cause to tell on each day, and that a missed day is made up for."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mingtang.case import events as e
from mingtang.case.events import Event
from mingtang.case.rulebook import Rulebook
from mingtang.law.calendar import Calendar, UncoveredYearError, holiday_year
from mingtang_web.bodies.models import Role
from mingtang_web.cases.models import Case
from mingtang_web.notices.leading import USUAL, step, told_by
from mingtang_web.notices.reminding import AHEAD, is_working, wanted_of

D = date
RULES = Rulebook()
ASKED = e.Submitted(on=D(2026, 3, 2), channel="in_person", applicant="person")
ONLINE = e.Submitted(on=D(2026, 3, 6), channel="online", applicant="person")
CASE = Case(pk=7, body_id=3, handler_id=5)
SPAN = [D(2026, 3, 2) + timedelta(days=count) for count in range(50)]


def told(*history: Event, days=SPAN, rules=RULES) -> list[tuple[str, str, str, str]]:
    """What is told over some days: when, what, of which day, which reminder; keys once."""
    found: dict[str, tuple[str, str, str, str]] = {}
    for on in days:
        if on >= history[0].on:
            known = tuple(event for event in history if event.on <= on)
            due = (told_by(each, USUAL) for each in wanted_of(CASE, known, on, rules))
            for each in filter(None, due):
                said = (f"{on:%m-%d}", each.kind.value, f"{each.day:%m-%d}", each.about)
                found.setdefault(each.key(1), said)
    return list(found.values())


def test_the_answer_and_the_correction_are_told_ahead_then_what_is_overdue_daily():
    assert told(ASKED, days=SPAN[:32]) == [
        ("03-09", "ask_correction", "03-11", "2"),
        ("03-11", "ask_correction", "03-11", "0"),
        ("03-23", "answer", "03-30", "5"),
        ("03-25", "answer", "03-30", "3"),
        ("03-27", "answer", "03-30", "1"),
        ("03-30", "answer", "03-30", "0"),
        ("03-31", "overdue", "03-31", ""),
        ("04-01", "overdue", "04-01", ""),
        ("04-02", "overdue", "04-02", ""),
    ]


def test_nobody_is_told_of_overdue_cases_on_a_day_off():
    overdue = [day for _, kind, day, _ in told(ASKED) if kind == "overdue"]
    assert "04-03" in overdue
    assert not {"04-04", "04-05", "04-06"} & set(overdue)


def test_an_answered_case_is_told_of_no_more():
    done = e.Decided(on=D(2026, 3, 24), ground="G1")
    sent = e.Dispatched(on=D(2026, 3, 25), mode="post")
    days = [day for day, kind, *_ in told(ASKED, done, sent) if kind != "ask_correction"]
    assert days == ["03-23"]


def test_an_extension_begins_the_reminders_anew():
    longer = e.Extended(on=D(2026, 3, 26), days=20)
    answers = [each[2:] for each in told(ASKED, longer) if each[1] == "answer"]
    assert answers[:2] == [("03-30", "5"), ("03-30", "3")]
    assert {day for day, _ in answers[2:]} <= {"04-28"}


def test_an_unconfirmed_request_is_told_that_day_and_each_working_day_after():
    days = [on for on, kind, *_ in told(ONLINE) if kind == "confirmation"]
    assert days[:4] == ["03-06", "03-09", "03-10", "03-11"]


def test_others_terms_are_told_once_the_day_after():
    consulted = e.Consulted(on=D(2026, 3, 4), party="1", role="third_party")
    arrived = e.ConsultationDelivered(on=D(2026, 3, 4), party="1")
    said = [each for each in told(ASKED, consulted, arrived) if each[1] == "opinion"]
    assert said == [("03-26", "opinion", "03-25", "")]
    asked = e.CorrectionAsked(on=D(2026, 3, 5), until=D(2026, 3, 20))
    said = [each for each in told(ASKED, asked) if each[1] == "correction"]
    assert said == [("03-21", "correction", "03-20", "")]
    reason = e.ReasonAsked(on=D(2026, 3, 5), until=D(2026, 3, 20))
    said = [each for each in told(ASKED, reason) if each[1] == "reason"]
    assert said == [("03-21", "reason", "03-20", "")]
    fee = e.FeeNotified(on=D(2026, 3, 5), basis="items", pieces=11, yuan=100)
    known = e.FeeNoticeDelivered(on=D(2026, 3, 6))
    said = [each[1:] for each in told(ASKED, fee, known) if each[1] == "payment"]
    assert len(said) == 1


@given(st.sets(st.sampled_from(SPAN)))
def test_a_missed_day_is_made_up_for_and_nothing_is_told_twice(days):
    ran = sorted(days)
    full = {each[1:] for each in told(ASKED) if each[1] in AHEAD}
    partly = [each for each in told(ASKED, days=ran) if each[1] in AHEAD]
    assert {each[1:] for each in partly} <= full
    assert len({each[1:] for each in partly}) == len(partly)
    for on in ran:
        left = RULES.calendar.count_working_days(on, D(2026, 3, 30))
        if on <= D(2026, 3, 30) and left <= 5:
            known = {
                int(s)
                for when, k, _, s in partly
                if k == "answer" and when <= f"{on:%m-%d}"
            }
            assert any(each <= (step(left, USUAL) or 0) for each in known)


def test_a_year_without_its_notice_has_weekdays_and_no_overdue():
    def until_march(year):
        if year == 2026:
            raise UncoveredYearError(year)
        return holiday_year(year)

    rules = Rulebook(Calendar(until_march))
    assert is_working(D(2026, 5, 1), rules)
    assert not is_working(D(2026, 5, 9), rules)
    assert told(ASKED, rules=rules) == []
    reason = e.ReasonAsked(on=D(2026, 3, 5), until=D(2026, 3, 20))
    given_ = e.ReasonGiven(on=D(2026, 3, 9))
    agreed = e.ReasonAccepted(on=D(2026, 3, 10), answer_by=D(2026, 4, 10))
    said = list(told(ASKED, reason, given_, agreed, rules=rules))
    assert ("04-10", "answer", "04-10", "0") in said


def test_the_handler_is_told_of_what_is_near_and_the_approver_of_what_is_overdue_too():
    [near] = list(wanted_of(CASE, (ASKED,), D(2026, 3, 23), RULES))
    [late] = list(wanted_of(CASE, (ASKED,), D(2026, 3, 31), RULES))
    assert (near.roles, near.handler_id) == ((Role.HANDLER,), 5)
    assert late.roles == (Role.HANDLER, Role.APPROVER)
