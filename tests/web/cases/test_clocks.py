"""Days left are counted by the calendar; what stands still says so; 待定 is never late."""

from __future__ import annotations

from datetime import date

import pytest

from mingtang.case import events as e
from mingtang.case.replaying import replay
from mingtang.case.rulebook import Rulebook
from mingtang.law.calendar import Calendar, holiday_year
from mingtang_web.bodies.queries import standing
from mingtang_web.cases.clocks import Clock, Mark, clocks, doubt, soon
from mingtang_web.cases.clocks import clock_of as whole_clock
from mingtang_web.cases.models import Case
from mingtang_web.cases.overviews import Figures, figures
from mingtang_web.cases.queries import counts, mine, overdue, visible
from mingtang_web.cases.selecting import Wanted, selected
from tests.web.cases.requests import Office, at

D = date


def clock_of(case: Case, on: date) -> Clock:
    case = Case.objects.select_related("body").get(pk=case.pk)
    return clocks([case], on)[case.pk]


@pytest.mark.parametrize(
    ("on", "mark", "days", "words"),
    [
        (D(2026, 3, 20), Mark.RUNNING, 6, "剩6日"),
        (D(2026, 3, 25), Mark.SOON, 3, "剩3日"),
        (D(2026, 3, 30), Mark.SOON, 0, "今天到期"),
        (D(2026, 4, 1), Mark.LATE, -2, "逾期2日"),
    ],
)
def test_working_days_are_left_until_the_last_day(office, on, mark, days, words) -> None:
    found = clock_of(office.registered(), on)
    assert (found.mark, found.days, found.words) == (mark, days, words)


def test_a_day_set_in_a_december_without_its_notice_is_taken_as_it_is() -> None:
    assert doubt(D(2031, 12, 30), Rulebook()) == ""
    assert doubt(D(2031, 6, 30), Rulebook()) == ""
    assert doubt(None, Rulebook()) == ""


def test_a_last_day_in_an_open_december_is_said_to_be_open() -> None:
    made = replay([e.Submitted(on=D(2025, 12, 1), channel="in_person", applicant="person")])
    for unsettled in ("下一年的通知还没有", None):
        known = {2025: holiday_year(2025)._replace(unsettled=unsettled)}
        rules = Rulebook(Calendar(known.__getitem__))
        said = whole_clock(made, D(2025, 12, 2), rules).more
        assert ("待确认" in said) == bool(unsettled)


def test_a_clock_that_stands_still_keeps_its_days(office: Office) -> None:
    case = office.done(
        office.registered(), e.Consulted(on=D(2026, 3, 6), party="1", role="third_party")
    )
    for on, stopped in ((D(2026, 3, 9), 1), (D(2026, 3, 20), 10)):
        found = clock_of(case, on)
        assert (found.mark, found.days, found.more) == (Mark.PAUSED, 16, f"已停{stopped}日")
    office.done(case, e.ConsultationDelivered(on=D(2026, 3, 9), party="1"))
    assert clock_of(case, D(2026, 3, 20)).days == 16
    after = clock_of(case, D(2026, 4, 8))
    assert (after.mark, after.days is not None) == (Mark.RUNNING, True)


def test_a_correction_stops_and_a_letter_waits_to_be_confirmed(office: Office) -> None:
    case = office.done(
        office.registered(), e.CorrectionAsked(on=D(2026, 3, 5), until=D(2026, 3, 25))
    )
    assert clock_of(case, D(2026, 3, 20)).mark is Mark.PAUSED
    online = office.registered(channel="online")
    assert clock_of(online, D(2026, 3, 20)).words == "待确认"


def test_an_answer_in_time_is_nobodys_worry(office: Office) -> None:
    case = office.done(
        office.registered(),
        e.Decided(on=D(2026, 3, 17), ground="G2"),
        e.Dispatched(on=D(2026, 3, 18), mode="post"),
    )
    assert clock_of(case, D(2026, 5, 6)).mark is Mark.KEPT
    assert not overdue(Case.objects.all(), D(2026, 5, 6)).exists()


def test_without_a_calendar_nothing_is_late(office: Office) -> None:
    with at(D(2026, 12, 14)):
        case = office.registered(arrived=D(2026, 12, 14))
        assert clock_of(case, D(2026, 12, 14)).words == "待定"
        early = office.registered(arrived=D(2026, 11, 30))
    assert clock_of(early, D(2027, 2, 1)) == (
        Mark.LATE,
        None,
        "已逾期",
        "天数待定",
        early.due,
    )
    assert clock_of(case, D(2027, 2, 1)).mark is Mark.UNSETTLED
    assert soon(D(2026, 12, 30)) == D(2026, 12, 31)


def test_figures_count_what_lists_list(office: Office, django_assert_num_queries) -> None:
    with at(D(2026, 4, 2)):
        late = office.registered()
        near = office.registered(arrived=D(2026, 3, 6))
        office.registered(arrived=D(2026, 4, 1))
        kept = office.done(
            office.registered(arrived=D(2026, 3, 5)),
            e.Decided(on=D(2026, 3, 30), ground="G2"),
            e.Dispatched(on=D(2026, 3, 31), mode="post"),
        )
        today, until = D(2026, 4, 2), soon(D(2026, 4, 2))
        held = standing(office.clerk, today)
        seen = visible(held)
        found = counts(seen, mine(held), today, until)
        assert found == {"all": 4, "mine": 4, "soon": 1, "late": 1}
        for clock, case in (("late", late), ("soon", near)):
            listed = selected(seen, Wanted(clock=clock), today, until)
            assert list(listed) == [case]
        assert list(selected(seen, Wanted(), today, until))[-1] == kept
        with django_assert_num_queries(2):
            made = figures([office.housing, office.water], today, until)
        assert made[office.housing.pk] == Figures(open=4, soon=1, late=1, kept=1, held=1)
        assert made[office.housing.pk].rate == "100.0%"
        assert made[office.water.pk].rate == ""


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(words="青云 备案"), [0]),
        (Wanted(words="2026-0002"), [1]),
        (Wanted(channel="online"), [1]),
        (Wanted(phase="submitted"), [1]),
        (Wanted(since=D(2026, 3, 9)), [2]),
        (Wanted(note="unassigned"), [0, 2, 1]),
        (Wanted(clock="paused"), []),
        (Wanted(state="closed"), []),
        (Wanted(state="all"), [2, 1, 0]),
    ],
)
def test_a_list_is_narrowed_by_words_of_its_address(office, wanted, found) -> None:
    made = [
        office.registered(),
        office.registered(channel="online", subject="年度预算"),
        office.registered(arrived=D(2026, 3, 10), subject="防汛物资采购合同"),
    ]
    listed = selected(Case.objects.all(), wanted, D(2026, 3, 20), D(2026, 3, 25))
    assert [made.index(case) for case in listed] == found
