"""A request entered late, or into a year that is told already, says why on record."""

from __future__ import annotations

import re
from datetime import date

import pytest

from mingtang.case.events import Confirmed, Submitted
from mingtang.case.permitting import NotPermittedError
from mingtang.case.questioning import late_entry
from mingtang.case.rulebook import Rulebook
from mingtang_web.annual.models import Annual, State
from mingtang_web.cases.actions import do, register
from mingtang_web.cases.models import Case
from mingtang_web.cases.naming import NamedError
from mingtang_web.cases.questioning import QuestionedError
from mingtang_web.clock import now
from mingtang_web.ledger.models import Entry
from tests.web.cases.requests import Doing, Office, at

D = date
CAME = D(2026, 3, 2)


@pytest.mark.parametrize(
    ("channel", "today", "words"),
    [
        ("in_person", D(2026, 3, 4), None),
        ("in_person", D(2026, 3, 5), "只剩17个工作日，最迟2026-03-30"),
        ("signed_post", D(2026, 3, 30), "只剩0个工作日"),
        ("in_person", D(2026, 3, 31), "答复期限已于2026-03-30届满，登记后即为逾期"),
        ("online", D(2026, 3, 4), None),
        ("online", D(2026, 3, 5), "确认之日才起算"),
        ("in_person", D(2027, 3, 5), "放假安排未录入"),
    ],
)  # fmt: skip
def test_what_lying_in_a_drawer_costs_is_told(channel, today, words):
    said = late_entry(
        Submitted(on=CAME, channel=channel, applicant="person"), today, Rulebook()
    )
    assert said == words or (words and words in said)


@pytest.fixture
def office(db: None):  # noqa: ARG001 - asked for, not used
    with at(D(2026, 3, 20)):
        yield Office()


def settled(office: Office, year: int, state: str = State.PUBLISHED) -> None:
    Annual.objects.create(body=office.housing, year=year, state=state, created_at=now())


def test_nothing_is_registered_late_without_a_word_why(office):
    with pytest.raises(QuestionedError, match="14个工作日后才登记") as asked:
        office.registered(late=" ")
    assert asked.value.field == "late"
    assert not Case.objects.exists()
    case = office.registered(late="信件先送到了别的科室")
    assert Entry.objects.get(case_id=case.pk).content["late"] == "信件先送到了别的科室"


def test_what_is_in_time_is_not_asked_and_keeps_no_reason(office):
    case = office.registered(arrived=D(2026, 3, 18), late="多写了")
    assert "late" not in Entry.objects.get(case_id=case.pk).content


def test_the_reason_names_nobody(office):
    with pytest.raises(NamedError):
        office.registered(late="张三丰的信送错了")


def test_what_the_applicant_sends_is_never_asked(office):
    case = register(office.request(late="", channel="online"), None)
    assert case.phase == "submitted"


@pytest.mark.parametrize("state", [State.SIGNED, State.PUBLISHED])
def test_a_request_into_a_signed_year_says_why(office, state):
    came = {"arrived": D(2026, 3, 19), "late": ""}
    settled(office, 2026, state)
    with pytest.raises(QuestionedError, match="2026年度的年度报告已"):
        office.registered(**came)
    office.registered(**came | {"late": "信件前一天下班后才到"})


@pytest.mark.parametrize("state", [State.DRAFTING, State.RETURNED, State.WITHDRAWN])
def test_a_year_that_is_still_written_asks_nothing(office, state):
    settled(office, 2026, state)
    office.registered(arrived=D(2026, 3, 19), late="")


def test_a_confirmation_into_a_signed_year_says_why(office):
    case = office.registered(arrived=D(2026, 3, 19), channel="online")
    settled(office, 2026)
    event = Confirmed(on=D(2026, 3, 19))
    with pytest.raises(NotPermittedError, match="须更正年度报告"):
        do(case, event, Doing(office.clerk, case.version))
    do(case, event, Doing(office.clerk, case.version, note="当日电话确认，今天补记"))
    assert Entry.objects.filter(case_id=case.pk, kind="event.confirmed").exists()


def test_a_confirmation_into_this_year_asks_nothing(office):
    case = office.registered(arrived=D(2026, 3, 19), channel="online")
    settled(office, 2025)
    do(case, Confirmed(on=D(2026, 3, 20)), Doing(office.clerk, case.version))


def test_the_desk_asks_at_the_field_and_keeps_what_was_typed(office, client):
    client.force_login(office.clerk)
    page = client.get("/cases/new/").text
    assert 'name="late"' not in page
    sent = {
        "body": office.housing.pk, "channel": "in_person", "arrived": "2026-03-02",
        "kind": "person", "name": "何小满", "description": "请提供一号楼备案表。",
        "subject": "一号楼备案表", "delivery": "post",
        "key": re.search(r'name="key" value="(\w+)"', page)[1],
    }  # fmt: skip
    page = client.post("/cases/new/", sent).text
    assert 'href="#id_late"' in page
    assert "只剩6个工作日，最迟2026-03-30答复。请写明为什么现在才登记" in page
    assert "请提供一号楼备案表。" in page
    assert not Case.objects.exists()
    named = client.post("/cases/new/", sent | {"late": "何小满投错了"}).text
    assert "请删去" in named
    client.post("/cases/new/", sent | {"late": "信件先送到了别的科室"})
    case = Case.objects.get()
    assert "登记晚了的原因：信件先送到了别的科室" in client.get(f"/cases/{case.pk}/").text


def test_the_page_of_a_confirmation_asks_before_it_is_done(office, client):
    case = office.registered(arrived=D(2026, 3, 19), channel="online")
    settled(office, 2026)
    client.force_login(office.clerk)
    typed = {"key": "k1", "version": 1, "step": "check", "on": "2026-03-19", "note": ""}
    page = client.post(f"/cases/{case.pk}/do/confirm/", typed).text
    assert "2026年度的年度报告已公布" in page
    assert not Entry.objects.filter(kind="event.confirmed").exists()
