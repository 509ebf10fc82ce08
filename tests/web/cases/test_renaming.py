"""Another name or certificate of an applicant: proposed by one, approved by another."""

from __future__ import annotations

import re
from dataclasses import asdict, replace
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from mingtang.case import events as e
from mingtang_web.accounts.models import User
from mingtang_web.applicants.actions import ErasedError, erase, for_letters
from mingtang_web.bodies.models import Role
from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.bodies.queries import standing
from mingtang_web.cases import renaming
from mingtang_web.cases.actions import SignOffError, do
from mingtang_web.cases.amending import AMENDED, Amendment, AmendmentError, amend
from mingtang_web.cases.models import Case, Proposal
from mingtang_web.cases.queries import waiting_for
from mingtang_web.cases.signing import approve, propose, send_back, take_back
from mingtang_web.ledger.models import Entry
from tests.web.cases.requests import ASKER, Doing, Office
from tests.web.letters.ways import LetterOffice
from tests.web.people import appointed

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 20)
WHY = "来件登记时抄错一字，当事人来电指出"
PROOF = "核对了身份证原件"
OTHER = replace(ASKER, name="李四海", identity_number="110101198001010010")


def asked(person=OTHER, proof: str = PROOF, **more: object) -> Amendment:
    return Amendment(person, "post", WHY, 0, proof)._replace(**more)


@pytest.mark.parametrize(
    "person",
    [
        replace(ASKER, name="李四海"),
        replace(ASKER, identity_number="110101198001010010"),
        replace(ASKER, identity_kind="护照", identity_number="E12345678"),
        replace(ASKER, identity_kind="", identity_number=""),
        replace(ASKER, agent="王五代", agent_phone="13700137000"),
        replace(ASKER, authority="2026-03-01出具，代为签收"),
    ],
)
def test_one_person_alone_makes_nobody_another(office: Office, person) -> None:
    case = office.registered()
    with pytest.raises(SignOffError, match="须经另一人审批"):
        amend(case, asked(person), office.clerk)
    made = renaming.propose(case, asked(person), office.clerk)
    assert for_letters(case.applicant) == ASKER
    appointed(office.clerk, office.housing, Role.APPROVER)
    with pytest.raises(SignOffError, match="自己的送审"):
        approve(made, office.clerk)
    approve(made, office.approver, "属实")
    case.refresh_from_db()
    assert for_letters(Case.objects.get(pk=case.pk).applicant) == person
    entry = Entry.objects.get(kind=AMENDED)
    assert (entry.actor, entry.approver) == (office.clerk, office.approver)
    assert entry.content["why"] == f"{WHY}（凭据：{PROOF}）"
    call_command("verify")


def test_contact_and_address_alone_stay_one_persons_act(office: Office) -> None:
    case = office.registered()
    person = replace(ASKER, phone="13900139000", address="西山区柳林路八号")
    with pytest.raises(SignOffError, match="无须审批"):
        renaming.propose(case, asked(person), office.clerk)
    assert amend(case, asked(person), office.clerk) == ["phone", "address"]


def test_the_form_and_a_fax_number_stay_one_persons_act(office: Office) -> None:
    case = office.registered()
    change = asked(replace(ASKER, fax="0512-62345678"), delivery="fax", form="paper")
    assert amend(case, change, office.clerk) == ["fax", "delivery", "form"]
    case.refresh_from_db()
    assert (case.delivery, case.form) == ("fax", "paper")
    assert amend(case, change._replace(person=ASKER, earlier=1, form=None), office.clerk)
    assert Case.objects.get(pk=case.pk).form == "paper"
    call_command("verify")
    Case.objects.filter(pk=case.pk).update(form="disc")
    with pytest.raises(CommandError):
        call_command("verify")


def test_nothing_that_waits_is_told_in_clear(office: Office) -> None:
    case = office.registered()
    made = renaming.propose(case, asked(), office.clerk, "k")
    assert renaming.propose(case, asked(), office.clerk, "k").pk == made.pk
    shown = renaming.masked(made)
    assert [tuple(each) for each in shown] == [
        ("姓名或者单位名称", "张*", "李*"),
        ("证件号码", "1101**********0134", "1101**********0010"),
    ]
    row = Proposal.objects.values_list("event", "reason", "answer", "amends").get()
    kept = b"".join(bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode()
                    for v in row)  # fmt: skip
    for secret in ("李四海", "110101198001010010"):
        assert secret.encode() not in kept
        assert secret not in "".join(Entry.objects.values_list("payload", flat=True))
    assert renaming.look(made, office.approver, "核对")[0].after == "李四海"
    assert Entry.objects.filter(kind="applicants.unmasked", case_id=case.pk).exists()
    with pytest.raises(NotAllowedError):
        renaming.look(made, office.administrator, "好奇")


@pytest.mark.parametrize(
    ("wrong", "field", "why"),
    [
        (asked(proof=" "), "proof", "看过什么凭据"),
        (asked(proof="李四海的身份证"), "proof", "删去"),
        (asked(proof="凭" * 201), "proof", "最多200字"),
        (asked(why="李四海来电"), "why", "删去"),
        (asked(earlier=1), "", "已被更正"),
    ],
)
def test_a_proposal_is_refused_in_words(office: Office, wrong, field, why) -> None:
    with pytest.raises(AmendmentError, match=why) as refused:
        renaming.propose(office.registered(), wrong, office.clerk)
    assert refused.value.field == field


def test_it_waits_in_the_approvers_list_and_is_sent_or_taken_back(office: Office) -> None:
    case = office.registered()
    made = renaming.propose(case, asked(), office.clerk)
    assert list(waiting_for(standing(office.approver, TODAY), office.approver.pk)) == [made]
    with pytest.raises(SignOffError, match="只有送审人本人"):
        take_back(made, office.handler)
    assert take_back(made, office.clerk).stage == "withdrawn"
    again = renaming.propose(case, asked(), office.clerk)
    assert send_back(again, office.approver, "请附变更登记").stage == "returned"
    assert for_letters(case.applicant) == ASKER
    with pytest.raises(SignOffError, match="已退回"):
        approve(again, office.approver)
    call_command("verify")


def test_it_outlives_what_arrives_and_lapses_with_the_case(office: Office) -> None:
    case = office.done(
        office.registered(), e.CorrectionAsked(on=date(2026, 3, 5), until=date(2026, 3, 25))
    )
    made = renaming.propose(case, asked(), office.clerk)
    extended = e.Extended(on=TODAY, days=20)
    with pytest.raises(SignOffError, match="尚未办结"):
        propose(case, extended, Doing(office.handler, case.version, note="分存两处"))
    case = do(case, e.Corrected(on=TODAY), Doing(office.clerk, case.version))
    made.refresh_from_db()
    assert made.stage == "approval"
    gone = e.Withdrawn(on=TODAY)
    do(case, gone, Doing(office.clerk, case.version, note="来函撤回"))
    made.refresh_from_db()
    assert made.stage == "overtaken"
    assert for_letters(case.applicant) == ASKER


def test_the_channel_tells_that_it_waits_and_takes_the_answer(office: Office) -> None:
    case = office.registered()
    made = renaming.propose(case, asked(), office.clerk)
    client = signed_in(office.approver)
    told = client.get(f"/api/cases/{case.pk}")
    [waits] = told.json()["proposals"]
    assert (waits["act"], waits["stage"]) == ("applicants.amend", "approval")
    assert "李" not in told.text
    sent = {"answer": "agree", "opinion": "属实"}
    answer = client.post(
        f"/api/cases/{case.pk}/proposals/{made.pk}", sent, "application/json"
    )
    assert answer.json()["outcome"] == "done"
    assert for_letters(Case.objects.get(pk=case.pk).applicant) == OTHER


def test_data_destroyed_meanwhile_are_not_brought_back(office: Office) -> None:
    case = office.registered()
    made = renaming.propose(case, asked(), office.clerk)
    erase(case.applicant, office.administrator, "保管期限届满")
    with pytest.raises(ErasedError):
        approve(made, office.approver)


def test_what_was_proposed_cannot_be_changed_behind_the_ledger(office: Office) -> None:
    case = office.registered()
    made = renaming.propose(case, asked(), office.clerk)
    Proposal.objects.filter(pk=made.pk).update(amends=bytes(case.description))
    with pytest.raises(CommandError):
        call_command("verify")


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_the_pages_ask_show_masked_and_name_the_letters(db) -> None:  # noqa: ARG001
    office = LetterOffice()
    letter = office.came("correction_notice")
    case = Case.objects.get(pk=letter.case_id)
    here = f"/cases/{case.pk}/"
    clerk, approver = signed_in(office.clerk), signed_in(office.approver)
    clerk.post(f"{here}amend/", {"why": WHY, "key": "a", "version": case.version})
    form = clerk.get(f"{here}amend/").text
    assert "须写明凭据，经另一人批准" in form
    assert letter.number in form
    typed = {**asdict(OTHER), "delivery": "post", "step": "do", "key": "b",
             "earlier": 0, "why": WHY}  # fmt: skip
    assert "须写明看过什么凭据" in clerk.post(f"{here}amend/", typed).text
    sent = clerk.post(f"{here}amend/", typed | {"proof": PROOF}, follow=True).text
    assert "待另一人批准" in sent
    assert "“更正申请人信息”待审批" in sent
    assert case.number in approver.get("/cases/?tab=review").text
    made = case.proposals.get()
    there = f"{here}proposals/{made.pk}/"
    shown = approver.get(there).text
    assert re.search(r"张\*.*李\*", shown, re.DOTALL)
    assert "李四海" not in shown
    assert letter.number in shown
    looked = {"answer": "look", "why": "批准前核对", "key": "l", "version": case.version}
    assert "李四海" in approver.post(there, looked).text
    agreed = {"answer": "agree", "key": "g", "version": case.version}
    assert approver.post(there, agreed).status_code == 302
    assert for_letters(Case.objects.get(pk=case.pk).applicant) == OTHER
    assert "更正了：姓名或者单位名称、证件号码" in approver.get(here).text
    assert "加密留存" in approver.get(there).text
