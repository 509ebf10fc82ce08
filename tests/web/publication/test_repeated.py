"""A form sent twice is done once; sent again with other words it is refused, not lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mingtang_web.ledger.actions import KeyTakenError
from mingtang_web.publication import drafting, reviewing
from mingtang_web.publication.drafting import as_draft
from mingtang_web.publication.models import Document
from tests.web.publication.offices import PNG
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
