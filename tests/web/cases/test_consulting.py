"""Consultations: once asked, always the same party; nobody stops the clock at will."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from mingtang.case import events as e
from mingtang_web.applicants.actions import opened_for_comparing
from mingtang_web.applicants.models import Kind
from mingtang_web.applicants.sealing import Person
from mingtang_web.cases import bridge, consulting
from mingtang_web.cases.actions import Doing, SignOffError
from mingtang_web.cases.consulting import NobodyElseError
from mingtang_web.cases.reissuing import void
from mingtang_web.cases.signing import approve
from mingtang_web.ledger.models import Entry
from mingtang_web.letters.actions import LetterError, Undoing
from mingtang_web.letters.models import Letter
from tests.web.cases.requests import ASKER, at
from tests.web.letters.ways import LetterOffice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang_web.cases.models import Case

D = date
TODAY = D(2026, 3, 5)
ASKED = TODAY, "third_party"
THIRD = Person(name="远山建筑有限公司", phone="13900139000", address="西山区柳林路七号")


@pytest.fixture
def office(db: None) -> Iterator[LetterOffice]:  # noqa: ARG001 - asked for, not used
    with at(TODAY):
        yield LetterOffice()


def asked(office: LetterOffice, case: Case, person: Person, **more: object) -> Case:
    letter = office.order("third_party_consultation")
    doing = Doing(office.handler, case.version, letter=letter, **more)
    return consulting.consult(case, ASKED, person, Kind.COMPANY, doing)


def test_who_gave_an_opinion_is_asked_again_by_two(office: LetterOffice) -> None:
    case = asked(office, office.registered(), THIRD)
    said = e.OpinionReceived(on=TODAY, party="1", stance="objects")
    case = office.done(case, said)
    moved = replace(THIRD, phone="13900139001", address="")
    with pytest.raises(SignOffError, match="同一方已就本案征求过意见"):
        asked(office, case, moved)
    event = e.Consulted(on=TODAY, party="1", role="third_party")
    letter = office.order("third_party_consultation")
    doing = Doing(office.handler, case.version, letter=letter, note="补充了新的材料")
    made = consulting.propose(case, event, moved, Kind.COMPANY, doing)
    kept = opened_for_comparing(case.consultations.get().person)
    assert (kept.phone, kept.address) == ("13900139001", THIRD.address)
    entry = Entry.objects.get(case_id=case.pk, kind=consulting.AMENDED)
    assert entry.content == {"party": "1", "fields": ["phone"]}
    after = approve(made, office.approver)
    assert (after.phase, after.consultations.count()) == ("consulting", 1)
    assert bridge.history(case.pk)[-1] == event
    other = asked(office, after, replace(THIRD, name="青云置业有限公司"))
    assert bridge.history(other.pk)[-1].party == "2"


def test_a_letter_that_holds_the_clock_is_not_made_void(office: LetterOffice) -> None:
    case = asked(office, office.registered(), THIRD)
    letter = Letter.objects.get(case_id=case.pk)
    with pytest.raises(LetterError, match="征求意见还没有结束"):
        void(letter, Undoing(office.approver, "写错"))
    office.done(case, e.ConsultationRecalled(on=TODAY, party="1"))
    void(letter, Undoing(office.approver, "已经撤回"))
    letter.refresh_from_db()
    assert not letter.stands


ASKER_AGAIN = Person(name="张 三丰", phone="13900139000")
SAME_NUMBER = Person(name="张某", identity_number=ASKER.identity_number)
ITSELF = Person(name="云州市西山区住房和城乡建设局", phone="13900139000")


@pytest.mark.parametrize("nobody", [ASKER_AGAIN, SAME_NUMBER, ITSELF])
def test_nobody_stops_the_clock_by_asking_the_applicant_or_itself(
    office: LetterOffice, nobody: Person
) -> None:
    case = office.registered()
    with pytest.raises(NobodyElseError, match="不能停止计算答复期限") as refused:
        asked(office, case, nobody)
    assert "第三十三条第三款" in refused.value.cite
    event = e.Consulted(on=TODAY, party="1", role="other_body")
    doing = Doing(office.handler, case.version, note="听听意见")
    with pytest.raises(NobodyElseError):
        consulting.propose(case, event, nobody, Kind.OTHER, doing)
    assert not case.consultations.exists()


def test_an_agent_is_the_applicants_own_side(office: LetterOffice) -> None:
    case = office.registered(person=replace(ASKER, agent="李代理", authority="授权委托书"))
    with pytest.raises(NobodyElseError, match="申请人的代理人"):
        asked(office, case, Person(name="李代理", phone="13900139000"))


def test_another_of_the_same_name_is_told_apart_by_a_word(office: LetterOffice) -> None:
    told = Person(name="张三丰（东岭区）", phone="13900139000", address="东岭区一号")
    assert asked(office, office.registered(), told).phase == "consulting"


@pytest.mark.parametrize(
    ("act", "name", "words"),
    [
        ("consult_third_party", ASKER.name, "申请人"),
        ("consult_other_body", "住房和城乡建设局", "本机关"),
        ("consult_co_author", "西山区住房和城乡建设局", "本机关"),
    ],
)
def test_page_and_channel_tell_it_at_the_field(
    office: LetterOffice, act: str, name: str, words: str
) -> None:
    case, client = office.registered(), Client()
    client.force_login(office.handler)
    typed = {"on": TODAY.isoformat(), "name": name, "kind": "person", "step": "check",
             "key": "key-0001", "version": "1"}  # fmt: skip
    shown = client.post(f"/cases/{case.pk}/do/{act}/", typed).text
    assert 'href="#id_name"' in shown
    assert words in shown
    sent = {"version": 1, "event": {"on": TODAY.isoformat()}, "no_letter": "试办",
            "note": "试办", "person": {"name": name, "kind": "person"}}  # fmt: skip
    answer = client.post(
        f"/api/cases/{case.pk}/acts/{act}", json.dumps(sent), "application/json",
        headers={"Idempotency-Key": "key-0002"},
    )  # fmt: skip
    assert answer.status_code == 409
    [error] = answer.json()["errors"]
    assert (error["at"], error["label"]) == ("person.name", "姓名或者单位名称")
    assert words in error["what"]
