"""What a request holds by Article 29: the form wanted, an agent, a fax as a way back."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from mingtang.case import events as e
from mingtang_web.applicants.actions import ErasedError, erase, for_letters, masked, unmask
from mingtang_web.bodies.models import Body
from mingtang_web.cases.actions import do
from mingtang_web.cases.attaching import attach
from mingtang_web.cases.branching import split
from mingtang_web.cases.delivering import record_delivery
from mingtang_web.cases.lacking import lacking
from mingtang_web.cases.models import Attachment, Case
from mingtang_web.cases.naming import NamedError
from mingtang_web.cases.particulars import known_particulars
from mingtang_web.ledger.models import Entry
from mingtang_web.letters.actions import LetterError
from mingtang_web.letters.delivering import Delivered
from mingtang_web.letters.models import DeliveryRecord, Letter
from mingtang_web.letters.orders import Order
from tests.web.cases.requests import ASKER, Doing, Office

pytestmark = pytest.mark.django_db
D = date
REPRESENTED = replace(
    ASKER,
    agent="宋江平",
    agent_identity_kind="身份证",
    agent_identity_number="110101198505120019",
    agent_phone="13900139001",
)


def test_the_form_wanted_stands_in_the_case_and_in_the_ledger(office: Office):
    case = office.registered(form="paper")
    assert Case.objects.get(pk=case.pk).form == "paper"
    assert Entry.objects.get(case_id=case.pk).content["form"] == "paper"
    call_command("verify", stdout=io.StringIO())
    Case.objects.filter(pk=case.pk).update(form="disc")
    with pytest.raises(CommandError):
        call_command("verify", stdout=io.StringIO(), stderr=io.StringIO())


def test_a_request_that_does_not_say_its_form_says_none(office: Office):
    case = office.registered()
    assert case.form == ""
    assert "form" not in Entry.objects.get(case_id=case.pk).content
    call_command("verify", stdout=io.StringIO())


def test_parts_of_a_request_keep_its_form(office: Office):
    case = office.registered(form="inspection")
    doing = Doing(office.handler, case.version)
    parts = split(case, D(2026, 3, 2), ("一号楼备案表", "二号楼备案表"), doing)
    assert [part.form for part in parts] == ["inspection"] * 2


@pytest.mark.parametrize(
    ("form", "delivery", "words"),
    [
        ("paper", "post", "邮寄纸质复制件"),
        ("electronic", "fax", "传真电子文档"),
        ("inspection", "post", "安排当场查阅、抄录"),
        ("any", "post", None),
        ("", "post", None),
    ],
)
def test_a_letter_that_gives_information_offers_the_form_that_was_wanted(
    office: Office, form, delivery, words
):
    case = office.registered(form=form, delivery=delivery)
    event = e.Decided(on=D(2026, 3, 2), ground="G2")
    known = known_particulars(case, event, "disclosure")
    assert known.get("provide_way") == words


def test_an_agent_is_sealed_masked_and_erased_with_the_applicant(office: Office):
    case = office.registered(person=REPRESENTED)
    applicant = case.applicant
    assert "宋江平".encode() not in bytes(applicant.sealed)
    shown = masked(applicant)
    assert (shown.agent, shown.agent_phone) == ("宋*", "139****9001")
    assert shown.agent_identity_number == "1101**********0019"
    whole = unmask(applicant, office.clerk, "核对授权委托书", case_id=case.pk)
    assert whole == REPRESENTED
    told = "".join(Entry.objects.values_list("payload", flat=True))
    assert "宋江平" not in told
    assert "13900139001" not in told
    assert Entry.objects.filter(kind="applicants.unmasked").count() == 1
    erase(applicant, office.administrator, "保管期限届满")
    with pytest.raises(ErasedError):
        for_letters(applicant)


@pytest.mark.parametrize("words", ["宋江平来电", "代理人13900139001"])
def test_nothing_that_is_kept_names_the_agent(office: Office, words):
    with pytest.raises(NamedError):
        office.registered(person=REPRESENTED, note=words, channel="oral")


def test_an_agent_without_authority_lacks_it_until_a_paper_proves_it(office: Office):
    case = office.registered(person=REPRESENTED)
    assert lacking(case, masked(case.applicant)) == ["代理人的授权委托书"]
    other = office.registered(person=replace(REPRESENTED, authority="代为申请"))
    assert lacking(other, masked(other.applicant)) == []


@pytest.fixture
def scan(settings, tmp_path) -> SimpleUploadedFile:
    settings.MEDIA_ROOT = tmp_path / "files"
    return SimpleUploadedFile("授权.png", b"\x89PNG\r\n\x1a\n" + bytes(64))


def test_a_scan_of_the_authority_proves_it(office: Office, scan):
    case = office.registered(person=REPRESENTED)
    attach(case, scan, Attachment.What.AUTHORITY, office.clerk)
    assert lacking(case, masked(case.applicant)) == []


def test_an_answer_by_fax_needs_a_number_and_counts_from_its_arrival(office: Office):
    case = office.registered(delivery="fax")
    assert lacking(case, masked(case.applicant)) == ["传真送达所需的传真号码"]
    office.done(
        case,
        e.Decided(on=D(2026, 3, 2), ground="G2"),
        e.Dispatched(on=D(2026, 3, 2), mode="fax"),
    )
    case.refresh_from_db()
    assert case.kept == "open"
    office.done(case, e.Delivered(on=D(2026, 3, 2)))
    case.refresh_from_db()
    assert case.kept == "in_time"


def test_a_fax_is_proved_by_its_own_report(office: Office, scan):
    told = {
        "review_organ": "西山区人民政府", "court": "西山区人民法院",
        "address": "西山区柳林路1号", "telephone": "0000-87654321",
    }  # fmt: skip
    Body.objects.filter(pk=office.housing.pk).update(**told)
    case = office.registered(delivery="fax", person=replace(ASKER, fax="010-87654321"))
    order = Order("disclosure", {"provide_way": "传真"})
    doing = Doing(office.handler, case.version, letter=order, no_letter="")
    day = D(2026, 3, 20)
    do(case, e.Decided(on=day, ground="G2"), doing)
    letter = Letter.objects.get(kind="disclosure")
    with pytest.raises(LetterError):
        record_delivery(letter, Delivered("fax", day, day, "post", "1"), office.clerk, scan)
    record_delivery(letter, Delivered("fax", day, day, "fax", "1"), office.clerk, scan)
    assert DeliveryRecord.objects.get().get_proof_display() == "传真发送报告"
    case.refresh_from_db()
    assert case.phase == "delivered"


def test_registering_asks_for_form_and_agent_and_shows_them_masked(office: Office, client):
    client.force_login(office.clerk)
    page = client.get("/cases/new/").text
    sent = {
        "body": office.housing.pk, "channel": "in_person", "arrived": "2026-03-02",
        "late": "试办",
        "kind": "person", "name": "何小满", "phone": "13800138000",
        "description": "请提供一号楼备案表。", "subject": "青云小区一号楼备案表",
        "delivery": "fax", "fax": "010-8765432", "form": "inspection",
        "agent": "宋江平", "agent_phone": "13900139001",
        "authority": "2026-03-01出具，代为申请和签收",
        "key": re.search(r'name="key" value="(\w+)"', page)[1],
    }  # fmt: skip
    client.post("/cases/new/", sent)
    case = Case.objects.get()
    assert case.form == "inspection"
    person = for_letters(case.applicant)
    assert (person.agent, person.fax) == ("宋江平", "010-8765432")
    assert person.authority.startswith("2026-03-01")
    shown = client.get(f"/cases/{case.pk}/").text
    assert "当场查阅、抄录" in shown
    assert "宋*" in shown
    assert "宋江平" not in shown
    whole = client.post(
        f"/cases/{case.pk}/applicant/", {"why": "核对委托", "key": "look", "version": 1}
    ).text
    assert "宋江平" in whole
    assert "代为申请和签收" in whole


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"kind": ""}, "kind", "系统不代为选定"),
        ({"agent": "", "authority": "有"}, "agent", "请写明代理人的姓名"),
        ({"agent_phone": "没有"}, "agent_phone", "只写数字"),
        ({"agent_identity_number": "110101198505120018",
          "agent_identity_kind": "身份证"}, "agent_identity_number", "校验码"),
        ({"subject": "宋江平要的备案表"}, "subject", "像是代理人的姓名"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_agent_or_no_kind_stands_at_its_field(
    office: Office, client, changed, field, words
):
    client.force_login(office.clerk)
    sent = {
        "body": office.housing.pk, "channel": "in_person", "arrived": "2026-03-02",
        "late": "试办",
        "kind": "person", "name": "何小满", "agent": "宋江平", "key": "k" * 20,
        "description": "请提供一号楼备案表。", "subject": "一号楼备案表",
        "delivery": "post",
    }  # fmt: skip
    page = client.post("/cases/new/", sent | changed).text
    assert f'href="#id_{field}"' in page
    assert words in page
    assert not Case.objects.exists()


def test_no_kind_is_chosen_before_anybody_chose_one(office: Office, client):
    client.force_login(office.clerk)
    page = client.get("/cases/new/").text
    kind = re.search(r'(?s)<select name="kind".*?</select>', page)[0]
    assert 'value="" selected' in kind
