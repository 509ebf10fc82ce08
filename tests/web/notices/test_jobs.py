"""The jobs on both databases: who is told what, once, at any moment, by one process."""

from __future__ import annotations

import os
import signal
import threading
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingtang.case import events as e
from mingtang_web import clock
from mingtang_web.bodies.actions import lend
from mingtang_web.bodies.models import Delegation, Membership, Role
from mingtang_web.cases import signing
from mingtang_web.cases.actions import do
from mingtang_web.cases.models import Case
from mingtang_web.ledger.actions import Record, append
from mingtang_web.ledger.models import Entry
from mingtang_web.notices import actions, jobs, queries, running
from mingtang_web.notices.management.commands.jobs import is_due
from mingtang_web.notices.models import Kind, Notice, Run, Sending
from mingtang_web.notices.wanting import PROVIDERS, Wanted
from mingtang_web.notices.wording import text_of
from tests.web.cases.requests import Doing, Office, at
from tests.web.people import appointed, person

if TYPE_CHECKING:
    from collections.abc import Iterator

D = date
TELLING = [name for name in jobs.JOBS if name not in {"recount", "sending"}]
NEAR, LATE = D(2026, 3, 23), D(2026, 3, 31)


def in_hand(office: Office, **more: object) -> Case:
    case = office.registered(**more)
    Case.objects.filter(pk=case.pk).update(handler=office.handler)
    return case


def ran(day: date, *names: str) -> list[Run]:
    return [running.run(jobs.JOBS[name], day) for name in names or TELLING]


def told() -> list[tuple[str, str, str | None]]:
    rows = Notice.objects.select_related("user", "case").order_by("id")
    return [(n.user.username, n.kind, n.case and n.case.number) for n in rows]


def test_the_handler_is_told_whoever_assigns_where_there_is_none(office):
    in_hand(office)
    office.registered(subject="另一件没有承办人的申请")
    ran(NEAR, "terms")
    assert told() == [("handler", "answer", "2026-0001"), ("clerk", "answer", "2026-0002")]


def test_whoever_stands_in_is_told_too_and_who_has_left_is_not(office):
    in_hand(office)
    stand_in = person("standin", "替班")
    lend(
        Delegation(
            lender=office.handler, borrower=stand_in, body=office.housing,
            since=NEAR, until=NEAR, reason="出差",
        )
    )  # fmt: skip
    ran(NEAR, "terms")
    assert {name for name, *_ in told()} == {"handler", "standin"}
    Membership.objects.filter(user=office.handler).update(until=NEAR)
    ran(D(2026, 3, 25), "terms")
    assert {name for name, *_ in told()[2:]} == {"clerk"}


def test_what_is_overdue_reaches_the_approver_daily_and_the_supervisor_weekly(office):
    in_hand(office)
    for day in (LATE, D(2026, 4, 1), D(2026, 4, 7)):
        ran(day)
    found = told()
    assert found.count(("handler", "overdue", "2026-0001")) == 3
    assert found.count(("approver", "overdue", "2026-0001")) == 3
    assert found.count(("supervisor", "overdue_below", None)) == 2
    assert "stranger" not in {name for name, *_ in found}


def test_a_consultation_that_nobody_received_is_asked_after(office):
    office.done(in_hand(office), e.Consulted(on=D(2026, 3, 3), party="1", role="co_author"))
    for day in (D(2026, 3, 10), D(2026, 3, 11), D(2026, 3, 12)):
        ran(day, "terms")
    assert sorted(name for name, *_ in told()) == ["approver", "handler", "supervisor"]
    assert {kind for _name, kind, _case in told()} == {"unserved"}


def test_proposals_that_wait_are_told_to_whoever_may_decide_but_the_proposer(office):
    appointed(office.handler, office.housing, Role.LEGAL_REVIEWER)
    case = in_hand(office)
    with at(D(2026, 3, 24)):
        event = e.Decided(on=D(2026, 3, 24), ground="N1")
        doing = Doing(office.handler, case.version)
        proposal = signing.propose(case, event, doing)
    for day in (D(2026, 3, 24), D(2026, 3, 25)):
        ran(day, "proposals")
    assert told() == []
    ran(D(2026, 3, 26), "proposals")
    assert told() == [("lawyer", "proposal", "2026-0001")]
    with at(D(2026, 3, 26)):
        signing.review(proposal, office.lawyer, "可以", agrees=True)
    ran(D(2026, 3, 27), "proposals")
    assert len(told()) == 1
    ran(D(2026, 3, 28), "proposals")
    assert len(told()) == 1
    ran(D(2026, 3, 30), "proposals")
    assert told()[1:] == [("approver", "proposal", "2026-0001")]


@pytest.mark.usefixtures("office")
def test_the_proposer_is_told_at_once_what_became_of_a_proposal(office):
    case = in_hand(office)
    with at(D(2026, 3, 24)):
        for way in ("review", "send_back", "approve"):
            doing = Doing(office.handler, case.version)
            made = signing.propose(case, e.Decided(on=D(2026, 3, 24), ground="N1"), doing)
            made = signing.review(made, office.lawyer, "依据不清", agrees=way != "review")
            if way == "send_back":
                signing.send_back(made, office.approver, "请核对")
            elif way == "approve":
                signing.approve(made, office.approver)
    number = "2026-0001"
    kinds = ("returned", "returned", "approved")
    assert told() == [("handler", kind, number) for kind in kinds]
    read = [text_of(each) for each in Notice.objects.order_by("id")]
    assert read[0] == f"{number}号案件的送审被退回，请看退回的理由，修改后重新送审。"
    assert read[2] == f"{number}号案件的送审已批准，请办理下一步。"


@pytest.mark.usefixtures("office")
def test_the_proposer_is_told_that_a_proposal_has_lapsed(office):
    with at(D(2026, 3, 24)):
        for person in (office.clerk, office.handler):
            case = office.registered(channel="in_person")
            doing = Doing(office.handler, case.version)
            signing.propose(case, e.Decided(on=D(2026, 3, 24), ground="N1"), doing)
            gone = e.Withdrawn(on=D(2026, 3, 24))
            do(case, gone, Doing(person, case.version, note="来函撤回"))
    assert told() == [("handler", "lapsed", "2026-0001")]
    assert "有了新的登记，送审失效" in text_of(Notice.objects.get())


@pytest.mark.usefixtures("office")
def test_administrators_are_told_weekly_from_december_that_holidays_are_missing():
    year = max(each.year for each in jobs.holidays_years())
    ran(D(year, 11, 30), "calendars")
    assert told() == []
    days = [D(year, 12, 1) + timedelta(days=count) for count in range(14)]
    for day in days:
        ran(day, "calendars")
    weeks = {day.isocalendar()[:2] for day in days}
    assert told() == [("administrator", "calendar", None)] * len(weeks)
    assert f"{year + 1}-01-01起一年的放假安排" in text_of(Notice.objects.first())


def test_other_apps_say_what_they_want_told(office, monkeypatch):
    def answers(on: date) -> list[Wanted]:
        roles = (Role.LEGAL_REVIEWER,)
        more = {"matter": "dispute/9", "title": "复议2026-009"}
        return [Wanted(Kind.DISPUTE, office.housing.pk, on, roles, **more)]

    monkeypatch.setitem(PROVIDERS, "disputes", answers)
    ran(NEAR, "provided")
    ran(NEAR, "provided")
    assert told() == [("lawyer", "dispute", None)]
    assert "复议2026-009的答复和证据最迟2026-03-23" in text_of(Notice.objects.get())


@settings(
    max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), database=None
)
@given(
    minutes=st.lists(st.integers(0, 24 * 60 - 1), min_size=1, max_size=4),
    names=st.permutations(TELLING),
)
def test_any_number_of_runs_at_any_moments_of_a_day_tell_what_one_tells(
    office, minutes, names
):
    once = alone = None
    with transaction.atomic():
        in_hand(office)
        office.registered(channel="online", arrived=D(2026, 3, 20))
        ran(LATE)
        once = set(Notice.objects.values_list("key", flat=True))
        Sending.objects.all().delete()
        Notice.objects.all().delete()
        for minute in minutes:
            moment = datetime(2026, 3, 30, 16, tzinfo=UTC) + timedelta(minutes=minute)
            with clock.fixed(moment):
                assert clock.today() == LATE
                ran(LATE, *names)
        alone = sorted(Notice.objects.values_list("key", flat=True))
        transaction.set_rollback(True)
    case = {key.split("/")[1] for key in once}
    assert len(case) == 3
    assert alone == sorted(once)


def test_notices_hold_and_say_nothing_of_the_applicant(office):
    in_hand(office)
    ran(LATE)
    for notice in Notice.objects.all():
        assert "张" not in text_of(notice)
        assert "青云" not in text_of(notice) + notice.key


def test_a_job_is_run_by_one_process_and_taken_over_when_that_is_silent(office):
    in_hand(office)
    job = jobs.JOBS["terms"]
    first = running.take(job, NEAR)
    assert running.run(job, NEAR) is None
    assert running.take(job, NEAR) is None
    with clock.fixed(clock.now() + running.LEASE):
        second = running.take(job, NEAR)
        assert second.pk == first.pk
        with pytest.raises(running.LeaseLostError):
            running._write(first, running.Part(1, lambda: 1))
        running._end(first)
    assert Run.objects.get().ended_at is None


@pytest.mark.usefixtures("office")
def test_what_another_day_left_undone_is_closed_and_said():
    running.take(jobs.JOBS["terms"], NEAR)
    with clock.fixed(clock.now() + timedelta(days=1)):
        assert running.run(jobs.JOBS["terms"], LATE).ended_at
    old = Run.objects.get(day=NEAR)
    assert (bool(old.ended_at), old.note) == (True, "当日未完成，已由后一日的任务接替")


def test_a_run_goes_on_behind_its_cursor(office, monkeypatch):
    monkeypatch.setattr(jobs, "AT_A_TIME", 2)
    for count in range(5):
        in_hand(office, subject=f"第{count}件")
    told_of = []

    def cut_off(held: Run) -> None:
        told_of.append(held.cursor)
        if len(told_of) == 1:
            raise SystemExit

    with pytest.raises(SystemExit):
        running.run(jobs.JOBS["terms"], NEAR, cut_off)
    assert Notice.objects.count() == 2
    with clock.fixed(clock.now() + running.LEASE):
        running.run(jobs.JOBS["terms"], NEAR, cut_off)
    assert Notice.objects.count() == 5
    assert len(told_of) == 3
    assert Run.objects.get().done == 5


def test_one_case_that_cannot_be_counted_keeps_no_other_from_being_told(office):
    in_hand(office)
    broken = in_hand(office, subject="坏了的")
    in_hand(office, subject="第三件")
    again = Entry.objects.get(case_id=broken.pk).content  # two beginnings
    append(Record(office.housing, "event.submitted", again, case_id=broken.pk))
    [run] = ran(NEAR, "terms")
    assert (run.failed, run.done) == (1, 2)
    assert run.note == "案件 2026-0002：ImpossibleHistoryError"


@pytest.mark.usefixtures("office")
def test_a_job_that_breaks_is_recorded_and_runs_again(monkeypatch):
    def breaking(_on: date) -> list[Wanted]:
        raise ZeroDivisionError

    monkeypatch.setitem(PROVIDERS, "broken", breaking)
    [run] = ran(NEAR, "provided")
    assert (run.failed, run.note) == (1, "任务中断：ZeroDivisionError，详见日志")
    assert run.ended_at
    with pytest.raises(CommandError, match="有 1 项没有做成"):
        call_command("jobs", "run", "--once", "--only", "provided")


def test_the_queries_do_not_grow_with_the_cases(office):
    in_hand(office)
    with CaptureQueriesContext(connection) as few:
        ran(NEAR, "terms")
    for count in range(20):
        in_hand(office, subject=f"第{count}件")
    with CaptureQueriesContext(connection) as many:
        ran(NEAR, "terms")
    assert len(many) == len(few) <= 30


def test_the_command_runs_once_and_says_how_it_went(office, capsys):
    in_hand(office)
    call_command("jobs", "run", "--once", "--on", "2026-03-23")
    said = capsys.readouterr().out
    assert "期限提醒和逾期通知：2026-03-23，完成 1 项" in said
    running.take(jobs.JOBS["terms"], NEAR)
    call_command("jobs", "run", "--once", "--only", "terms")
    assert "正由另一进程运行" in capsys.readouterr().out
    for words in (("--once", "--on", "三月"), ("--on", "2026-03-23")):
        with pytest.raises(CommandError, match=r"日期“三月”不对|只能与 --once 同用"):
            call_command("jobs", "run", *words)


@pytest.mark.usefixtures("office")
def test_a_job_is_due_on_a_new_day_after_its_time_and_when_it_was_cut_off():
    job, now = jobs.JOBS["terms"], clock.now()
    assert is_due(job, now, NEAR)
    ran(NEAR, "terms")
    assert not is_due(job, now, NEAR)
    assert is_due(job, now, LATE)
    assert is_due(job, now + job.every, NEAR)
    running.take(job, NEAR)
    assert not is_due(job, now, LATE)
    assert is_due(job, now + running.LEASE, NEAR)
    assert not is_due(jobs.JOBS["sending"], now, NEAR)


@pytest.mark.usefixtures("office")
def test_runs_are_kept_for_a_quarter():
    ran(NEAR, "terms")
    with clock.fixed(clock.now() + running.KEPT + timedelta(days=1)):
        ran(LATE, "terms")
    assert Run.objects.count() == 1


def test_marking_read_touches_ones_own_alone(office):
    in_hand(office)
    ran(LATE)
    mine = Notice.objects.filter(user=office.handler).first()
    assert queries.unread(office.handler.pk) == 1
    actions.mark_read(office.approver, mine.pk)
    assert queries.unread(office.handler.pk) == 1
    actions.mark_read(office.handler, mine.pk)
    assert queries.unread(office.handler.pk) == 0
    actions.mark_read(office.approver)
    assert queries.unread(office.approver.pk) == 0


@pytest.fixture
def _signals_as_before() -> Iterator[None]:
    kept = {each: signal.getsignal(each) for each in (signal.SIGTERM, signal.SIGINT)}
    yield
    for each, handler in kept.items():
        signal.signal(each, handler)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("office", "_signals_as_before")
def test_the_command_goes_on_until_it_is_told_to_stop(capsys):
    timer = threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGTERM))
    timer.start()
    call_command("jobs", "run", "--only", "terms")
    timer.join()
    said = capsys.readouterr().out
    assert said.startswith("后台任务已开始")
    assert said.count("期限提醒和逾期通知") == 1
    assert said.endswith("后台任务已停止。\n")
