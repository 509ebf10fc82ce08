"""Files come in with a request or later, sealed; each look at one is on record."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mingtang.case.events import Transferred
from mingtang_web import clock
from mingtang_web.applicants.actions import erase
from mingtang_web.applicants.models import Applicant
from mingtang_web.cases.models import Attachment, Case
from mingtang_web.cases.signing import approve, propose
from mingtang_web.files.models import StoredFile
from mingtang_web.ledger.models import Entry
from tests.web.cases.requests import Doing, Office, at
from tests.web.files.test_files import BAD, PDF, PNG

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

D = date
NEW = "/cases/new/"


@pytest.fixture
def office(db: None, tmp_path: Path, settings) -> Iterator[Office]:  # noqa: ARG001 - asked for, not used
    settings.MEDIA_ROOT = tmp_path / "files"
    with at(D(2026, 3, 2)):
        yield Office()


def signed_in(person: object) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def clerk(office: Office) -> Client:
    return signed_in(office.clerk)


def scan(name: str = "申请书.pdf", data: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def typed(clerk: Client, office: Office, **more: object) -> dict[str, object]:
    key = re.search(r'name="key" value="(\w+)"', clerk.get(NEW).text)[1]
    known = {
        "body": office.housing.pk, "channel": "in_person", "arrived": "2026-03-02",
        "kind": "person", "name": "何小满", "identity_kind": "身份证",
        "identity_number": "110101199003070134", "phone": "13800138000",
        "address": "西山区柳林路七号", "description": "想要备案表", "delivery": "post",
        "subject": "青云小区一号楼竣工验收备案表", "key": key,
    }  # fmt: skip
    return known | more


def test_a_long_text_is_refused_whole_and_never_cut(clerk, office):
    assert "maxlength" not in clerk.get(NEW).text
    words = "长" * 6000
    page = clerk.post(NEW, typed(clerk, office, description=words)).text
    assert "最多5000字，现有6000字；没有截断，请删减后再提交" in page
    assert words in page
    assert 'data-most="5000"' in page
    assert not Case.objects.exists()


def test_a_scan_comes_in_with_its_request_and_goes_out_on_record(clerk, office):
    sent = typed(clerk, office, request_files=[scan(), scan("二.PNG", PNG)])
    sent["identity_files"] = [scan("证.png", PNG)]
    page = clerk.post(NEW, sent, follow=True).text
    assert "申请书、申请书、身份证明" in page
    case = Case.objects.get()
    rows = case.attachments.select_related("file")
    assert [row.what for row in rows] == ["request", "request", "identity"]
    assert {row.file.applicant_id for row in rows} == {case.applicant_id}
    entry = Entry.objects.get(kind="event.submitted")
    assert [each["what"] for each in entry.content["attached"]] == [r.what for r in rows]
    taken = clerk.post(f"/cases/{case.pk}/files/{rows[0].pk}/")
    assert taken.content == PDF
    assert "attachment" in taken["Content-Disposition"]
    opened = Entry.objects.latest("id")
    assert (opened.kind, opened.actor) == ("case.attachment_opened", office.clerk)
    assert "查看附件" in clerk.get(f"/cases/{case.pk}/").text


def test_what_is_refused_says_why_at_its_field_and_nothing_is_lost(clerk, office, settings):
    settings.UPLOAD_LIMIT = 1024 * 1024
    big = scan("大.pdf", PDF + bytes(1024 * 1024))
    disguised = scan(*BAD["扩展名“pdf”与内容不符"])
    sent = typed(clerk, office, request_files=[scan(), big, disguised, scan("空.pdf", b"")])
    page = clerk.post(NEW, sent).text
    for why in ("大.pdf：文件超过 1 MB", "与内容不符", "空.pdf：文件是空的"):
        assert why in page, why
    assert 'href="#id_request_files"' in page
    assert "西山区柳林路七号" in page
    assert "不要这个：申请书（PDF" in page
    assert not Case.objects.exists()
    del sent["request_files"]
    clerk.post(NEW, sent)
    assert Case.objects.get().attachments.count() == 1
    assert Attachment.objects.filter(case=None).count() == 0
    assert Applicant.objects.filter(pk__in=waiting_keys()).count() == 1


def waiting_keys() -> list[object]:
    """The keys under which something was put aside for good."""
    rows = StoredFile.objects.filter(state=StoredFile.State.QUARANTINED)
    return list(rows.values_list("applicant", flat=True))


def test_a_file_waits_while_a_likely_repeat_is_looked_at(clerk, office):
    office.registered(subject="青云小区一号楼竣工验收备案表")
    sent = typed(clerk, office, request_files=[scan(), scan("另一份.png", PNG)])
    page = clerk.post(NEW, sent).text
    assert "可能是重复申请" in page
    one, other = re.findall(r'name="unwanted" value="(\d+)"', page)
    looked = re.search(r'name="looked_at" value="([\d,]+)"', page)[1]
    del sent["request_files"]
    clerk.post(NEW, sent | {"looked_at": looked, "unwanted": [other]})
    [row] = Case.objects.latest("id").attachments.all()
    assert (row.file.kind, row.what) == ("pdf", "request")
    assert not Attachment.objects.filter(pk__in=(one, other)).exists()


def test_a_tray_is_its_owners_and_is_cleared_after_a_day(clerk, office):
    other = signed_in(office.stranger)
    sent = typed(clerk, office, name="", request_files=[scan()])
    clerk.post(NEW, sent)
    pk = Attachment.objects.get().pk
    theirs = typed(other, office, body=office.elsewhere.pk, key=sent["key"], unwanted=[pk])
    assert "已收妥的文件" not in other.post(NEW, theirs | {"name": ""}).text
    assert Attachment.objects.filter(pk=pk).exists()
    with clock.fixed(clock.now() + timedelta(days=2)):
        clerk.post(NEW, typed(clerk, office, name="", request_files=[scan()]))
    assert not Attachment.objects.filter(pk=pk).exists()
    assert StoredFile.objects.count() == 1


def test_an_oral_request_is_confirmed_in_words_and_printed_to_be_signed(clerk, office):
    sent = typed(clerk, office, channel="oral", read_back="on")
    page = clerk.post(NEW, sent).text
    assert 'href="#id_confirmation"' in page
    page = clerk.post(NEW, sent | {"confirmation": "何小满看过后签字"}).text
    assert "像是申请人的姓名" in page
    confirmed = {"confirmation": "当场念给申请人听，申请人核对后签字，李某在场"}
    page = clerk.post(NEW, sent | confirmed | {"request_files": [scan()]}, follow=True).text
    assert "打印口头申请记录" in page
    case = Case.objects.get()
    assert case.attachments.get().what == "confirmation"
    assert "李某在场" in clerk.get(f"/cases/{case.pk}/").text
    assert clerk.get(f"/cases/{case.pk}/oral/").status_code == 405
    paper = clerk.post(f"/cases/{case.pk}/oral/").text
    for words in ("何小满", "110101199003070134", "想要备案表", "申请人（签字）"):
        assert words in paper
    assert Entry.objects.latest("id").kind == "applicants.unmasked"
    supervisor = signed_in(office.supervisor)
    assert supervisor.post(f"/cases/{case.pk}/oral/").status_code == 403


def test_a_file_comes_in_later_once_by_whoever_may(clerk, office):
    case = office.registered()
    here = f"/cases/{case.pk}/files/new/"
    key = re.search(r'name="key" value="(\w+)"', clerk.get(here).text)[1]
    page = clerk.post(here, {"key": key, "what": "payment", "file": scan(data=PNG)}).text
    assert 'href="#id_file"' in page
    assert "与内容不符" in page
    for _turn in range(2):
        answer = clerk.post(here, {"key": key, "what": "payment", "file": scan()})
        assert answer.headers["Location"] == f"/cases/{case.pk}/"
    row = case.attachments.get()
    place = f"/cases/{case.pk}/files/{row.pk}/"
    for person, add, take in (
        ("handler", 200, 200), ("lawyer", 403, 200), ("approver", 403, 200),
        ("supervisor", 403, 403), ("administrator", 403, 403), ("stranger", 404, 404),
    ):  # fmt: skip
        client = signed_in(getattr(office, person))
        assert client.get(here).status_code == add, person
        assert client.post(place).status_code == take, person
    assert clerk.get(place).status_code == 405
    elsewhere = office.registered()
    assert clerk.post(f"/cases/{elsewhere.pk}/files/{row.pk}/").status_code == 404


def test_a_file_dies_with_its_applicants_data(clerk, office):
    clerk.post(NEW, typed(clerk, office, request_files=[scan()]))
    case = Case.objects.get()
    row = case.attachments.get()
    erase(case.applicant, office.administrator, "保存期满")
    page = clerk.post(f"/cases/{case.pk}/files/{row.pk}/", follow=True).text
    assert "已按规定销毁" in page


def test_files_go_on_with_a_transfer_under_the_other_bodys_key(clerk, office):
    clerk.post(NEW, typed(clerk, office, request_files=[scan()]))
    case = Case.objects.get()

    event = Transferred(on=D(2026, 3, 2), to=office.water.code)
    approve(propose(case, event, Doing(office.handler, case.version)), office.approver)
    came = Case.objects.get(body=office.water)
    row = came.attachments.get()
    assert row.file.applicant == came.applicant
    assert row.file.body == office.water
    assert row.file.stored != case.attachments.get().file.stored
