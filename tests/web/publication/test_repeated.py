"""A form sent twice is done once; sent again with other words it is refused, not lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from mingtang_web.ledger.actions import KeyTakenError
from mingtang_web.publication import cleaning, drafting, linking, norming, reviewing
from mingtang_web.publication.cleaning import Concluded, Plan
from mingtang_web.publication.drafting import as_draft
from mingtang_web.publication.models import Document
from mingtang_web.publication.norming import Happened
from mingtang_web.publication.norms import ForceEvent
from mingtang_web.publication.stock import declare_stock
from tests.web.publication.norms import NORM, stock
from tests.web.publication.offices import DRAFT, PNG, TODAY
from tests.web.publication.test_screens import FIELDS, sent, signed_in


def test_a_double_click_is_the_first_result(room):
    document = room.drafted()
    client = signed_in(room.writer)
    place = f"/documents/{document.pk}/edit/"
    data = FIELDS | sent(client.get(place).text) | {"html": "<p>新写的话</p>"}
    for _ in range(2):
        assert client.post(place, data).status_code == 302
    assert document.revisions.count() == 2
    files = f"/documents/{document.pk}/files/"
    data = sent(client.get(files).text) | {"name": ""}
    for _ in range(2):
        file = SimpleUploadedFile("甲.png", PNG)
        assert client.post(files, data | {"file": file}).status_code == 302
    document.refresh_from_db()
    assert document.current.attachments.count() == 1


def test_the_same_form_with_other_words_is_told_as_not_saved_and_kept(room):
    document = room.drafted()
    client = signed_in(room.writer)
    place = f"/documents/{document.pk}/edit/"
    data = FIELDS | sent(client.get(place).text) | {"html": "<p>第一次写的</p>"}
    assert client.post(place, data).status_code == 302
    answer = client.post(place, data | {"html": "<p>第二次写的</p>"})
    assert answer.status_code == 200
    assert "这次的内容与那次不同，没有保存" in answer.text
    assert "您自己于" in answer.text
    assert "第二次写的" in answer.text
    document.refresh_from_db()
    assert "第一次写的" in document.current.html
    again = client.post(place, data | sent(answer.text) | {"html": "<p>第二次写的</p>"})
    assert again.status_code == 302
    document.refresh_from_db()
    assert "第二次写的" in document.current.html


def test_a_second_document_of_one_form_is_not_taken_for_the_first(room):
    client = signed_in(room.writer)
    data = FIELDS | sent(client.get("/documents/new/").text)
    data |= {"body": str(room.housing.pk)}
    for _ in range(2):
        assert client.post("/documents/new/", data).status_code == 302
    answer = client.post("/documents/new/", data | {"title": "另一份文件"})
    assert "这次的内容与那次不同，没有保存" in answer.text
    assert "另一份文件" in answer.text
    assert Document.objects.count() == 1
    assert (
        client.post(
            "/documents/new/", data | sent(answer.text) | {"title": "另一份文件"}
        ).status_code
        == 302
    )
    assert Document.objects.count() == 2


def test_a_colleagues_version_is_told_and_what_was_typed_goes_on_top(room):
    document = room.drafted()
    client = signed_in(room.clerk)
    place = f"/documents/{document.pk}/edit/"
    data = FIELDS | sent(client.get(place).text) | {"html": "<p>我写的</p>"}
    room.revised(document, "<p>同事写的</p>")
    answer = client.post(place, data)
    assert "新的改动" in answer.text
    assert "何起草" in answer.text
    assert f"/documents/{document.pk}/compare/1/2/" in answer.text
    assert "我写的" in answer.text
    document.refresh_from_db()
    assert "同事写的" in document.current.html
    assert client.post(place, data | sent(answer.text)).status_code == 302
    document.refresh_from_db()
    assert "我写的" in document.current.html
    assert document.revisions.count() == 3


def test_no_act_takes_the_key_of_another(room):
    document = room.drafted()
    doing = room.doing(room.writer, document)
    reviewing.send(document, doing)
    document.refresh_from_db()
    assert reviewing.send(document, doing).version == document.version
    for act in (drafting.discard, drafting.reopen):
        with pytest.raises(KeyTakenError, match="没有办理"):
            act(document, replace(doing, note="不同的一件事"))
    with pytest.raises(KeyTakenError):
        reviewing.send(document, replace(doing, note="另外的话"))
    other = room.drafted(title="另一份")
    with pytest.raises(KeyTakenError):
        reviewing.send(other, doing)
    with pytest.raises(KeyTakenError):
        drafting.revise(document, as_draft(document.current), doing)


def test_a_step_in_the_register_is_done_once_and_not_taken_for_another(room):
    document = room.published(**NORM)
    doing = room.doing(room.writer, document)
    kept = Happened(ForceEvent.Kind.KEPT, TODAY, "评估后继续有效")
    for _ in range(2):
        norming.propose(document, kept, doing)
    row = document.forceevents.get(stage="proposed")
    with pytest.raises(KeyTakenError, match="没有办理"):
        norming.propose(document, replace(kept, basis="另外的理由"), doing)
    document.refresh_from_db()
    doing = room.doing(room.approver, document)
    for _ in range(2):
        assert norming.confirm(document, row.pk, doing).version == document.version + 1
    with pytest.raises(KeyTakenError):
        norming.strike(document, row.pk, replace(doing, note="登记错了"))


def test_a_link_is_made_once_and_its_form_makes_no_other(room):
    policy, other = (room.published(**NORM | {"title": f"第{n}号办法"}) for n in (1, 2))
    reading = room.published(title="解读")
    doing = room.doing(room.writer, reading)
    linking.link(reading, policy, "text", doing)
    reading.refresh_from_db()
    moved = replace(doing, version=reading.version)  # as the page of the policy sends it
    assert linking.link(reading, policy, "text", moved).version == reading.version
    with pytest.raises(KeyTakenError):
        linking.link(reading, other, "text", moved)
    row = reading.interpretations.get()
    doing = room.doing(room.writer, reading, "有误")
    linking.unlink(reading, row.pk, doing)
    reading.refresh_from_db()
    assert linking.unlink(reading, row.pk, doing).version == reading.version
    with pytest.raises(KeyTakenError):
        linking.unlink(reading, row.pk, replace(doing, note="另外的话"))


def test_a_clean_up_is_opened_and_concluded_once_each(room):
    document = stock(room, date(2019, 1, 1))
    plan = Plan("2026年清理", TODAY, "区政府办公室的通知")
    doing = room.doing(room.writer)
    campaign = cleaning.open_clean_up(room.housing, plan, doing)
    assert cleaning.open_clean_up(room.housing, plan, doing) == campaign
    with pytest.raises(KeyTakenError):
        cleaning.open_clean_up(room.housing, replace(plan, name="另一次清理"), doing)
    said = {campaign.items.get(document=document).pk: Concluded("keep", "仍需要")}
    doing = room.doing(room.section, campaign)
    for _ in range(2):
        concluded = cleaning.conclude(campaign, said, doing)
    assert concluded.version == campaign.version + 1
    otherwise = {pk: replace(each, conclusion="void") for pk, each in said.items()}
    with pytest.raises(KeyTakenError):
        cleaning.conclude(campaign, otherwise, doing)
    doing = room.doing(room.approver, concluded)
    signed = cleaning.sign(concluded, doing)
    assert cleaning.sign(concluded, doing).version == signed.version
    with pytest.raises(KeyTakenError):
        cleaning.abandon(concluded, replace(doing, note="不清理了"))


def test_a_stock_is_declared_once(room):
    doing = room.doing(room.approver)
    said = declare_stock(room.housing, TODAY, "逐件核对", doing)
    assert declare_stock(room.housing, TODAY, "逐件核对", doing) == said
    with pytest.raises(KeyTakenError):
        declare_stock(room.housing, TODAY, "没有核对", doing)


def test_a_number_in_the_register_takes_the_word_that_it_is_another(room):
    old = stock(room, date(2019, 1, 1), title="第一号")
    Document.objects.filter(pk=old.pk).update(document_number="西住建规〔2019〕1号")
    draft = replace(DRAFT, **NORM, document_number="西住建规〔2019〕1号", html="")
    issued = Happened(ForceEvent.Kind.ISSUED, date(2018, 5, 1), "发文登记簿")
    with pytest.raises(ValidationError, match="请核对是不是同一件"):
        norming.enter_stock(room.housing, draft, issued, room.doing(room.writer))
    assert Document.objects.count() == 1
    doing = room.doing(room.writer)
    made = norming.enter_stock(room.housing, draft, issued, doing, twin=True)
    assert norming.enter_stock(room.housing, draft, issued, doing, twin=True) == made
    assert Document.objects.count() == 2
