"""Answers in the registers go out as letters: looked at, numbered, delivered, undone."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from mingtang.drafting import template
from mingtang_web.applicants.models import Kind
from mingtang_web.cases.actions import Doing
from mingtang_web.cases.lettering import LetterMissingError
from mingtang_web.ledger.models import Entry
from mingtang_web.ledger.queries import faults
from mingtang_web.letters.actions import opened
from mingtang_web.letters.composing import NotReadyError
from mingtang_web.letters.models import Letter
from mingtang_web.letters.orders import Order
from mingtang_web.registers.actions import Answer, Arrival, answer, register
from mingtang_web.registers.models import Matter
from mingtang_web.registers.rules import LAWS, Outcome, Register
from tests.web.cases.requests import ASKER, at
from tests.web.letters.ways import LetterOffice

if TYPE_CHECKING:
    from collections.abc import Iterator

D = date
TYPED = {
    "letter-record_title": "测绘成果备案表", "letter-record_error": "面积少记九平方米",
    "letter-record_correction": "八十九平方米", "letter-record_findings": "原件与登记一致",
    "letter-redirected_contact": "长安路12号", "letter-complaint_about": "清河镇人民政府",
    "letter-complaint_findings": "预算晚公开三个月", "letter-complaint_result": "已督促",
    "letter-referral_way": "已转送该局", "to": "西山区水务局",
}  # fmt: skip
ENDS = [(which, end) for which, law in LAWS.items() for end in law.letters]


@pytest.fixture
def office(db: None) -> Iterator[LetterOffice]:  # noqa: ARG001 - asked for, not used
    with at(D(2026, 6, 30)):
        yield LetterOffice()


def came(office: LetterOffice, which: str = Register.CORRECTION) -> Matter:
    arrival = Arrival(
        body=office.housing, register=Register(which), person=ASKER, kind=Kind.PERSON,
        channel="in_person", received=D(2026, 6, 1), subject="面积有误",
        about="测绘成果备案表", description="应为八十九平方米",
    )  # fmt: skip
    return register(arrival, office.clerk)


def signed_in(person: object) -> Client:
    client = Client()
    client.force_login(person)
    return client


def send(client: Client, matter: Matter, end: str, **more: str):
    typed = {"key": "k", "version": matter.version, "on": "2026-06-10"} | TYPED
    place = f"/registers/matters/{matter.pk}/answer/{end}/"
    return client.post(place, typed | {"step": "answer"} | more)


@pytest.mark.parametrize(("which", "end"), ENDS)
def test_every_outcome_that_is_told_goes_out_as_its_letter(office, which, end):
    matter = came(office, which)
    handler = signed_in(office.handler)
    page = send(handler, matter, end, step="preview").text
    assert "将出具的文书" in page
    assert ASKER.name not in page
    assert Letter.objects.count() == 0
    assert send(handler, matter, end).status_code == 302
    row = matter.letters.get()
    assert (row.kind, row.day) == (LAWS[Register(which)].letters[end], D(2026, 6, 10))
    text = "".join(opened(row).manuscript().texts())
    assert f"{ASKER.name}：" in text
    assert matter.number in text
    entry = Entry.objects.get(kind=f"register.{which}.answered")
    assert entry.content["letters"][0]["number"] == row.number
    assert list(faults(office.housing)) == []
    assert row.number in handler.get(f"/registers/matters/{matter.pk}/").text


def test_what_the_letter_lacks_stands_at_its_field_and_nothing_is_done(office):
    matter = came(office)
    page = send(signed_in(office.handler), matter, "corrected", **{
        "letter-record_correction": ""
    }).text  # fmt: skip
    assert 'href="#id_letter-record_correction"' in page
    assert "面积少记九平方米" in page
    matter.refresh_from_db()
    assert (matter.stage, matter.letters.count()) == ("received", 0)


def test_an_answer_has_its_letter_or_a_reason(office):
    matter = came(office)
    given = Answer(Outcome.CORRECTED, D(2026, 6, 10))
    with pytest.raises(LetterMissingError):
        answer(matter, given, Doing(office.handler, 1))
    wrong = Order("record_transferred", {})
    with pytest.raises(NotReadyError, match="不是这一办理结果的文书"):
        answer(matter, given, Doing(office.handler, 1, letter=wrong))
    withdrawn = Answer(Outcome.WITHDRAWN, D(2026, 6, 10))
    assert answer(matter, withdrawn, Doing(office.handler, 1)).letters.count() == 0


def test_sent_twice_it_is_answered_once(office):
    matter, handler = came(office), signed_in(office.handler)
    for _turn in range(2):
        assert send(handler, matter, "corrected").status_code == 302
    assert matter.letters.count() == 1


def test_it_is_taken_delivered_and_issued_anew_like_any_other(office):
    matter = came(office)
    send(signed_in(office.handler), matter, "corrected")
    row = matter.letters.get()
    clerk, approver = signed_in(office.clerk), signed_in(office.approver)
    page = clerk.get(f"/letters/{row.pk}/").text
    assert f"{matter.number}　面积有误</a>" in page
    for to, sign in (("docx", b"PK"), ("pdf", b"%PDF")):
        assert clerk.post(f"/letters/{row.pk}/file/{to}/").content.startswith(sign)
    told = {"key": "d", "mode": "post", "dispatched": "2026-06-11", "proof": "post"}
    clerk.post(f"/letters/{row.pk}/delivery/", told)
    assert row.deliveries.count() == 1
    page = approver.get(f"/letters/{row.pk}/reissue/").text
    assert 'name="record_correction"' in page
    assert 'name="request_number"' not in page
    again = {name.removeprefix("letter-"): words for name, words in TYPED.items()}
    again |= {"key": "r", "why": "更正结果写错", "step": "issue"}
    again["record_correction"] = "九十平方米"
    approver.post(f"/letters/{row.pk}/reissue/", again)
    fresh = Letter.objects.latest("id")
    assert (fresh.replaces, fresh.status) == (row, "issued")
    shown = clerk.get(f"/registers/matters/{matter.pk}/").text
    assert row.number in shown
    assert fresh.number in shown
    assert f"{matter.number}　面积有误</a>" in clerk.get(f"/letters/{fresh.pk}/").text


def test_only_those_who_answer_come_in(office):
    matter = came(office)
    place = f"/registers/matters/{matter.pk}/answer/corrected/"
    for person, status in (("handler", 200), ("approver", 200), ("clerk", 403),
                           ("supervisor", 403), ("stranger", 404)):  # fmt: skip
        assert signed_in(getattr(office, person)).get(place).status_code == status, person
    nowhere = place.replace("corrected", "rectified")
    assert signed_in(office.handler).get(nowhere).status_code == 404


def test_letters_of_complaints_have_a_series_of_their_own(office):
    assert template("complaint_answered").series == "complaint"
    for end in ("rectified", "unfounded"):
        send(signed_in(office.handler), came(office, "complaint"), end, key=end)
    numbers = [row.number for row in Letter.objects.all()]
    assert numbers == ["西政公开诉〔2026〕第1号", "西政公开诉〔2026〕第2号"]
