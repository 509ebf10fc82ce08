"""The screens of the registers: what is seen, what is refused, and that nothing is lost."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from mingtang.case import disputes as d
from mingtang.case import events as e
from mingtang_web.cases.actions import Doing
from mingtang_web.cases.models import Case
from mingtang_web.disputes import actions as dispute_actions
from mingtang_web.disputes.models import Dispute
from mingtang_web.importing.models import ImportedRow, Source
from mingtang_web.ledger.models import Entry
from mingtang_web.registers.models import Matter
from tests.web.cases.requests import ASKER, Office
from tests.web.disputes.test_disputes import filing
from tests.web.importing.ledgers import written
from tests.web.importing.test_importing import ROWS

if TYPE_CHECKING:
    from django.test import Client

D = date
TODAY = D(2026, 6, 30)
KEY = "k" * 32


def filed(office: Office, client: Client, **more: str) -> object:
    client.force_login(office.clerk)
    said = {
        "key": KEY, "procedure": "review", "filed": "2026-05-06", "organ": "西山区人民政府",
        "position": "respondent", "filer": "applicant", "body": str(office.housing.pk),
    }  # fmt: skip
    return client.post(reverse("dispute_new"), said | more)


def answered(office: Office) -> Case:
    return office.done(
        office.registered(),
        e.Decided(on=D(2026, 3, 17), ground="N6"),
        e.Dispatched(on=D(2026, 3, 18), mode="post"),
    )


def test_the_register_shows_what_is_open_before_what_is_over(
    office: Office, client: Client
) -> None:
    older, newer = (
        dispute_actions.file(filing(office, filed=day), office.clerk)
        for day in (D(2026, 5, 6), D(2026, 5, 20))
    )
    ruled = d.Ruled(on=D(2026, 6, 26), outcome="review_upheld", final=True)
    dispute_actions.do(newer, ruled, Doing(office.lawyer, newer.version))
    client.force_login(office.clerk)
    shown = client.get(reverse("disputes")).content.decode()
    parts = [shown.index(f'id="part-{name}"') for name in ("open", "over")]
    rows = [shown.index(f">{each.number}</a>") for each in (older, newer)]
    assert [parts[0], rows[0], parts[1], rows[1]] == sorted(parts + rows)
    assert 'class="table over"' in shown
    assert "2026-06-26" in shown[parts[1] :]
    assert newer.number not in client.get(reverse("disputes") + "?stand=open").text


def test_a_review_is_entered_answered_and_ruled_on(office: Office, client: Client) -> None:
    case = answered(office)
    assert filed(office, client, numbers=case.number).status_code == 302
    assert filed(office, client, numbers=case.number).status_code == 302
    dispute = Dispute.objects.get()
    page = client.get(reverse("dispute", args=[dispute.pk])).content.decode()
    assert "收到申请书、起诉状副本" in page
    assert f"/disputes/{dispute.pk}/ruled/" not in page
    assert "由法制审核、审批人员登记" in page
    record = reverse("dispute_record", args=[dispute.pk, "copy_received"])
    client.post(record, {"key": "a", "version": 1, "on": "2026-06-22"})
    assert "剩余 4 个工作日" in client.get(reverse("disputes")).content.decode()
    client.force_login(office.lawyer)
    record = reverse("dispute_record", args=[dispute.pk, "ruled"])
    said = {
        "key": "b", "version": 2, "on": "2026-06-26", "outcome": "review_revoked",
        "reopens": case.pk, "answer_by": "2026-07-17", "document": "西政复〔2026〕12号",
    }  # fmt: skip
    assert client.post(record, said).status_code == 302
    assert Case.objects.get().due == D(2026, 7, 17)
    assert (
        "责令重新处理 1 件"
        in client.get(reverse("dispute", args=[dispute.pk])).content.decode()
    )
    table = client.get(reverse("table_four")).content.decode()
    assert dispute.number in table


def test_what_is_wrong_is_told_at_the_field_and_nothing_typed_is_lost(
    office: Office, client: Client
) -> None:
    page = filed(office, client, filed="", organ="西山区人民政府", numbers="2026-9999")
    text = page.content.decode()
    assert 'href="#id_filed"' in text
    assert "没有编号为2026-9999的案件" in text
    assert 'value="西山区人民政府"' in text
    assert not Dispute.objects.exists()
    filed(office, client)
    dispute = Dispute.objects.get()
    record = reverse("dispute_record", args=[dispute.pk, "answered"])
    page = client.post(record, {"key": "a", "version": 1, "on": "2026-06-22"})
    assert page.status_code == 422
    record = reverse("dispute_record", args=[dispute.pk, "copy_received"])
    page = client.post(record, {"key": "a", "version": 7, "on": "2026-06-22"})
    assert (page.status_code, "已有新的登记" in page.content.decode()) == (422, True)
    assert 'value="2026-06-22"' in page.content.decode()


def test_a_suit_is_noted_and_a_wrong_ruling_struck(office: Office, client: Client) -> None:
    filed(office, client, procedure="suit", after_review="on", organ="西山区人民法院")
    dispute = Dispute.objects.get()
    assert (dispute.kind, dispute.number) == ("suit_after_review", "诉讼2026-001")
    client.force_login(office.lawyer)
    said = {"key": "a", "version": 1, "on": "2026-06-26", "outcome": "suit_revoked"}
    client.post(reverse("dispute_record", args=[dispute.pk, "ruled"]), said)
    note = reverse("dispute_note", args=[dispute.pk])
    client.post(note, {"key": "n", "on": "2026-06-27", "text": "拟上诉"})
    page = client.get(reverse("dispute", args=[dispute.pk])).content.decode()
    assert "已裁判，未生效" in page
    assert "拟上诉" in page
    assert "录错了" not in page
    client.force_login(office.approver)
    assert "录错了" in client.get(reverse("dispute", args=[dispute.pk])).content.decode()
    last = dispute.steps.get(entry__kind="dispute.ruled").entry_id
    strike = reverse("dispute_strike", args=[dispute.pk, last])
    assert client.post(strike, {"key": "s", "version": 2, "why": ""}).status_code == 422
    client.post(strike, {"key": "s", "version": 2, "why": "录错结果"})
    dispute.refresh_from_db()
    assert (dispute.outcome, dispute.version) == ("", 3)
    page = client.get(reverse("dispute", args=[dispute.pk])).content.decode()
    assert "已更正" in page


def test_a_day_that_is_none_is_told_and_today_shown(office: Office, client: Client) -> None:
    client.force_login(office.clerk)
    for name in ("fees", "table_four"):
        page = client.get(reverse(name), {"body": office.housing.pk, "day": "x"})
        text = page.content.decode()
        assert 'href="#id_day"' in text
        assert "2026-06-30" in text


def test_another_bodys_things_are_not_there(office: Office, client: Client) -> None:
    dispute = dispute_actions.file(filing(office), office.clerk)
    client.force_login(office.stranger)
    for address in (
        reverse("dispute", args=[dispute.pk]),
        reverse("table_four") + f"?body={office.housing.pk}&day=2026-06-30",
        reverse("import", args=[1]),
        reverse("matter", args=[1]),
    ):
        page = client.get(address)
        assert page.status_code == 404 or "复议2026-001" not in page.content.decode()
    note = reverse("dispute_note", args=[dispute.pk])
    assert (
        client.post(note, {"key": "a", "on": "2026-06-22", "text": "x"}).status_code == 404
    )
    client.force_login(office.supervisor)
    assert client.get(reverse("dispute", args=[dispute.pk])).status_code == 200
    record = reverse("dispute_record", args=[dispute.pk, "copy_received"])
    said = {"key": "a", "version": 1, "on": "2026-06-22"}
    assert client.post(record, said).status_code == 403
    client.logout()
    assert client.get(reverse("dispute", args=[dispute.pk])).status_code == 302


def test_a_dispute_and_the_list_take_a_fixed_number_of_queries(
    office: Office, client: Client, django_assert_max_num_queries
) -> None:
    client.force_login(office.clerk)
    for _ in range(6):
        dispute = dispute_actions.file(filing(office), office.clerk)
        dispute_actions.do(
            dispute,
            d.CopyReceived(on=D(2026, 6, 22)),
            dispute_actions.Doing(office.clerk, 1),
        )
    with django_assert_max_num_queries(10):
        client.get(reverse("disputes"))
    with django_assert_max_num_queries(16):
        client.get(reverse("dispute", args=[dispute.pk]))


def test_a_correction_is_entered_masked_unmasked_and_answered(
    office: Office, client: Client
) -> None:
    client.force_login(office.clerk)
    said = {
        "key": KEY, "body": str(office.housing.pk), "received": "2026-06-01",
        "channel": "in_person", "kind": "person", "name": ASKER.name,
        "phone": ASKER.phone, "subject": "面积有误", "about": "测绘成果备案表",
        "description": "应为八十九平方米",
    }  # fmt: skip
    assert client.post(reverse("matter_new", args=["correction"]), said).status_code == 302
    matter = Matter.objects.get()
    shown = client.get(reverse("matter", args=[matter.pk])).content.decode()
    assert "张*" in shown
    assert ASKER.name not in shown
    assert "八十九" not in shown
    unmask = reverse("matter_unmask", args=[matter.pk])
    assert client.post(unmask, {"why": ""}).status_code == 422
    clear = client.post(unmask, {"why": "核对来件"}).content.decode()
    assert ASKER.name in clear
    assert "八十九" in clear
    assert Entry.objects.filter(kind="applicants.unmasked").count() == 1
    client.force_login(office.handler)
    answer = reverse("matter_answer", args=[matter.pk, "transferred"])
    typed = {
        "key": "a", "version": 1, "on": "2026-06-10", "step": "answer",
        "letter-no_letter": "当面告知",
    }  # fmt: skip
    page = client.post(answer, typed).text
    assert 'href="#id_to"' in page
    client.post(answer, typed | {"to": "西山区不动产登记中心"})
    listed = client.get(reverse("matters", args=["correction"])).content.decode()
    assert "转送有权更正的机关" in listed
    assert "没有发文书：当面告知" in client.get(reverse("matter", args=[matter.pk])).text
    assert client.get(reverse("matters", args=["nothing"])).status_code == 404


def test_the_fees_of_a_year_are_said_with_their_cases(
    office: Office, client: Client
) -> None:
    notice = e.FeeNotified(on=D(2026, 3, 9), basis="pages", pieces=68, yuan=380)
    case = office.done(office.registered(), notice)
    client.force_login(office.clerk)
    page = client.get(reverse("fees")).content.decode()
    assert "发出收费通知 1 件，总金额 380 元，实际收取 0 元" in page
    assert case.number in page


def test_an_old_ledger_is_uploaded_mapped_tried_and_taken_over(
    office: Office, client: Client
) -> None:
    client.force_login(office.administrator)
    file = SimpleUploadedFile("台账.csv", written(ROWS))
    client.post(
        reverse("imports"), {"key": KEY, "body": str(office.housing.pk), "file": file}
    )
    source = Source.objects.get()
    page = client.get(reverse("import", args=[source.pk])).content.decode()
    assert "张三丰" not in page
    client.post(reverse("import_try", args=[source.pk]))
    page = client.get(reverse("import", args=[source.pk])).content.decode()
    assert "4 行里可以导入 2 行" in page
    assert "（一）予以公开" in page
    columns = source.mapping["columns"]
    chosen = columns | {"undispatched": "waiting"}
    client.post(reverse("import_mapping", args=[source.pk]), chosen)
    source.refresh_from_db()
    assert (source.mapping["columns"], source.trial) == (columns, None)
    client.post(reverse("import_try", args=[source.pk]))
    page = client.get(reverse("import", args=[source.pk])).content.decode()
    assert "4 行里可以导入 3 行" in page
    client.post(reverse("import_run", args=[source.pk]))
    assert ImportedRow.objects.count() == 3
    given = client.get(reverse("import_refusals", args=[source.pk]))
    assert "收到日期" in given.content.decode("utf-8-sig")
    client.post(reverse("import_clear", args=[source.pk]))
    assert Source.objects.get().content
    client.post(reverse("import_clear", args=[source.pk]), {"sure": "1"})
    page = client.get(reverse("import", args=[source.pk])).content.decode()
    assert "已销毁" in page
    client.force_login(office.clerk)
    assert client.get(reverse("import", args=[source.pk])).status_code == 404
    assert client.get(reverse("imports")).status_code == 403


def test_a_bad_file_is_refused_at_its_field(office: Office, client: Client) -> None:
    client.force_login(office.administrator)
    file = SimpleUploadedFile("台账.xlsx", b"PK\x03\x04nothing")
    page = client.post(
        reverse("imports"), {"key": KEY, "body": str(office.housing.pk), "file": file}
    )
    assert "工作簿打不开" in page.content.decode()
    assert not Source.objects.exists()


def test_the_cases_and_reviews_of_ones_own_body_are_offered_by_number(
    client, office, django_assert_max_num_queries
) -> None:
    answered = office.done(office.registered(), e.Decided(on=D(2026, 3, 17), ground="G2"))
    waiting = office.registered(subject="尚未答复的另一件")
    dispute = dispute_actions.file(filing(office), office.lawyer, "k-d")
    client.force_login(office.clerk)
    with django_assert_max_num_queries(12):
        page = client.get(reverse("dispute_new")).text
    offered = page.partition('<datalist id="decided">')[2].partition("</datalist>")[0]
    assert f'<option value="{answered.number}">' in offered
    assert answered.subject in offered
    assert waiting.number not in offered
    assert 'list="decided"' in page
    assert f'<option value="{dispute.number}">' in page.partition('id="reviews"')[2]
    client.force_login(office.stranger)
    assert answered.subject not in client.get(reverse("dispute_new")).text
