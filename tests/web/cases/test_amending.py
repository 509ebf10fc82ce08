"""An applicant's data corrected: on record, what was known before kept under its seal."""

from __future__ import annotations

import io
from dataclasses import asdict, replace
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from mingtang.case.events import Extended
from mingtang_web.applicants.actions import erase, for_letters
from mingtang_web.applicants.models import Earlier
from mingtang_web.applicants.queries import same
from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.cases.actions import SignOffError
from mingtang_web.cases.amending import AMENDED, Amendment, AmendmentError, amend
from mingtang_web.cases.models import Case
from mingtang_web.cases.signing import propose
from mingtang_web.ledger.models import Entry
from tests.web.cases.requests import ASKER, Doing, Office

pytestmark = pytest.mark.django_db
WHY = "申请人当日来电补充联系方式"
RIGHT = replace(ASKER, phone="13900139000", email="zhang@example.cn")


def told(delivery: str = "electronic", why: str = WHY, earlier: int = 0) -> Amendment:
    return Amendment(RIGHT, delivery, why, earlier)


def test_a_correction_is_told_by_the_names_of_what_changed_alone(office: Office):
    case = office.registered()
    changed = amend(case, told(), office.clerk, "k")
    assert changed == ["phone", "email", "delivery"]
    entry = Entry.objects.get(kind=AMENDED)
    assert (entry.actor, entry.case_id) == (office.clerk, case.pk)
    assert entry.content["why"] == WHY
    assert "zhang" not in str(entry.content)
    assert "张三" not in str(entry.content)
    case.refresh_from_db()
    assert for_letters(case.applicant) == RIGHT
    assert case.delivery == "electronic"
    call_command("verify", stdout=io.StringIO())


def test_the_same_form_sent_twice_corrects_once(office: Office):
    case = office.registered()
    amend(case, told(), office.clerk, "k")
    assert amend(case, told(), office.clerk, "k") == ["phone", "email", "delivery"]
    assert Entry.objects.filter(kind=AMENDED).count() == 1


def test_a_changed_number_is_found_again(office: Office):
    case = office.registered()
    person = replace(ASKER, phone="13900139000")
    amend(case, told()._replace(person=person), office.clerk)
    assert list(same(office.housing, phone="13900139000")) == [case.applicant]
    assert not same(office.housing, phone=ASKER.phone)


def test_what_was_known_before_goes_with_the_applicant(office: Office):
    case = office.registered()
    amend(case, told(), office.clerk)
    assert Earlier.objects.filter(applicant=case.applicant).count() == 1
    erase(case.applicant, office.administrator, "保管期限届满")
    assert not Earlier.objects.exists()


def test_a_wish_behind_the_ledgers_back_is_found(office: Office):
    case = office.registered()
    amend(case, told(), office.clerk)
    Case.objects.filter(pk=case.pk).update(delivery="direct")
    with pytest.raises(CommandError):
        call_command("verify", stdout=io.StringIO(), stderr=io.StringIO())


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (told(why="13900139000来电"), "删去"),
        (told(why="张三丰来电"), "删去"),
        (told(earlier=1), "已被更正"),
        (Amendment(ASKER, "post", WHY, 0), "没有改动"),
    ],
)
def test_a_correction_is_refused_in_words(office: Office, asked: Amendment, why: str):
    with pytest.raises(AmendmentError, match=why):
        amend(office.registered(), asked, office.clerk)


def test_a_letter_that_waits_for_consent_keeps_the_data_it_was_made_with(office: Office):
    case = office.registered()
    event = Extended(on=date(2026, 3, 10), days=20)
    propose(case, event, Doing(office.handler, case.version, note="档案分存两处"))
    with pytest.raises(SignOffError, match="送审"):
        amend(case, told(), office.clerk)


def test_who_signs_does_not_correct(office: Office):
    with pytest.raises(NotAllowedError):
        amend(office.registered(), told(), office.approver)


def test_the_page_shows_the_data_for_a_reason_and_on_record(office: Office):
    case, client = office.registered(delivery="electronic"), Client()
    client.force_login(office.clerk)
    here = f"/cases/{case.pk}/"
    assert "没有登记电子邮箱" in client.get(here).text
    asked = client.get(f"{here}amend/")
    assert ASKER.name not in asked.text
    sent = {"why": WHY, "key": "a", "version": case.version}
    shown = client.post(f"{here}amend/", sent, follow=True)
    assert ASKER.name in shown.text
    assert Entry.objects.filter(kind="applicants.unmasked", case_id=case.pk).count() == 1
    wrong = {**asdict(ASKER), "email": "错", "delivery": "electronic", "step": "do",
             "key": "b", "earlier": 0, "why": WHY}  # fmt: skip
    again = client.post(f"{here}amend/", wrong)
    assert 'value="张三丰"' in again.text
    client.post(f"{here}amend/", wrong | {"email": "zhang@example.cn"})
    assert for_letters(Case.objects.get(pk=case.pk).applicant).email == "zhang@example.cn"
    page = client.get(here).text
    assert "没有登记电子邮箱" not in page
    assert "更正了：电子邮箱" in page
    assert ASKER.name not in client.get(f"{here}amend/").text
