"""The screens of documents: what is offered to whom, and what the public then sees."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document as WordDocument

from mingtang_web.files.actions import content
from mingtang_web.publication import releasing
from mingtang_web.publication.chains import USUAL, stages_of
from mingtang_web.publication.models import Document, Revision, Stage, State
from mingtang_web.publication.screening import UnscreenedError, screened, waive
from tests.web.cases.requests import at
from tests.web.publication.offices import DRAFT, PNG, TODAY

FIELDS = {
    "title": DRAFT.title,
    "document_number": DRAFT.document_number,
    "html": DRAFT.html,
    "abstract": DRAFT.abstract,
    "attribute": "proactive",
    "matter": DRAFT.matter,
    "topic": DRAFT.topic,
    "genre": DRAFT.genre,
    "formed_on": "2026-03-02",
    "column": "statutory",
}


def signed_in(who) -> Client:
    client = Client()
    client.force_login(who)
    return client


def sent(page: str) -> dict[str, str]:
    """The key and the version that a page's first form carries."""
    key = re.search(r'name="key" value="([^"]+)"', page)[1]
    version = re.search(r'name="version" value="(\d+)"', page)
    return {"key": key, "version": version[1] if version else "0"}


def step(who, document: Document, name: str, note: str = "") -> object:
    client = signed_in(who)
    page = client.get(f"/documents/{document.pk}/").content.decode()
    data = sent(page) | {"note": note}
    return client.post(f"/documents/{document.pk}/do/{name}/", data)


def test_a_document_is_written_reviewed_and_published_on_screen(room):
    writer = signed_in(room.writer)
    page = writer.get("/documents/new/").content.decode()
    body = {"body": str(room.housing.pk)}
    assert writer.post("/documents/new/", FIELDS | body | sent(page)).status_code == 302
    document = Document.objects.get()
    assert document.state == State.DRAFTING
    assert step(room.writer, document, "send").status_code == 302
    for stage, who in room.reviewers.items():
        document.refresh_from_db()
        assert document.stage == stage
        client = signed_in(who)
        assert document.title in client.get("/documents/?stand=turn").content.decode()
        if stage == Stage.SECRECY:
            place = f"/documents/{document.pk}/secrecy/"
            data = sent(client.get(place).content.decode())
            data |= {"text": "public", "basis-text": "不涉及国家秘密"}
            assert client.post(place, data).status_code == 302
        else:
            assert step(who, document, "pass").status_code == 302
    assert step(room.publisher, document, "publish").status_code == 302
    document.refresh_from_db()
    public = Client().get(f"/info/{document.index_number}/")
    assert public.status_code == 200
    assert "每台补助二十万元" in public.content.decode()


def test_what_is_not_public_has_no_address_for_the_public(room):
    document = room.cleared()
    assert Client().get(f"/info/{document.index_number}/").status_code == 404


def test_a_tombstone_tells_the_day_and_the_reason_and_nothing_more(room):
    document = room.published()
    doing = room.doing(room.publisher, document, "附件有误，更正后再发布")
    releasing.withdraw(document, doing)
    gone = Client().get(f"/info/{document.index_number}/")
    assert gone.status_code == 410
    words = gone.content.decode()
    assert "附件有误" in words
    assert "二十万元" not in words
    assert DRAFT.title not in words


def test_altered_words_are_not_shown_to_the_public(room):
    document = room.published()
    Revision.objects.filter(pk=document.published_id).update(html="<p>改过</p>")
    answer = Client().get(f"/info/{document.index_number}/")
    assert answer.status_code == 503
    assert "改过" not in answer.content.decode()


def test_a_draft_that_lacks_something_says_what_in_the_place_of_sending(room):
    document = room.drafted(abstract="")
    page = signed_in(room.writer).get(f"/documents/{document.pk}/").content.decode()
    assert "缺少概述" in page
    assert f"/documents/{document.pk}/do/send/" not in page


def test_a_hit_is_marked_in_its_place_and_waived_with_a_reason(room):
    document = room.drafted(html="<p>电话：</p><p>联系人张某，手机13812345678。</p>")
    client = signed_in(room.writer)
    page = client.get(f"/documents/{document.pk}/").content.decode()
    assert '<mark data-hit="0">13812345678</mark>' in page
    place = re.search(r'action="(/documents/\d+/waive/[^"]+)"', page)[1]
    answer = client.post(place, sent(page) | {"note": ""})
    assert answer.status_code == 422
    assert client.post(place, sent(page) | {"note": "单位公务手机"}).status_code == 302
    page = client.get(f"/documents/{document.pk}/").content.decode()
    assert "单位公务手机" in page
    assert f"/documents/{document.pk}/do/send/" in page


def test_attachments_come_in_move_and_go_each_as_a_version(room):
    document = room.drafted()
    client = signed_in(room.writer)
    place = f"/documents/{document.pk}/files/"
    for name in ("甲.png", "乙.png"):
        data = sent(client.get(place).content.decode()) | {"name": ""}
        file = SimpleUploadedFile(name, PNG + name.encode())
        assert client.post(place, data | {"file": file}).status_code == 302
    page = client.get(place).content.decode()
    assert client.post(f"{place}1/move/up/", sent(page)).status_code == 302
    document.refresh_from_db()
    assert [row.name for row in document.current.attachments.all()] == ["乙", "甲"]
    page = client.get(place).content.decode()
    assert client.post(f"{place}0/move/out/", sent(page)).status_code == 302
    document.refresh_from_db()
    assert [row.name for row in document.current.attachments.all()] == ["甲"]
    assert document.revisions.count() == 5
    given = client.get(f"/documents/{document.pk}/files/5/0/")
    assert given.content.startswith(PNG)


def test_the_public_takes_files_of_what_is_public_only(room):
    document = room.drafted()
    client = signed_in(room.writer)
    place = f"/documents/{document.pk}/files/"
    data = sent(client.get(place).content.decode())
    file = SimpleUploadedFile("甲.txt", "补助标准".encode())
    client.post(place, data | {"file": file})
    document.refresh_from_db()
    row = document.current.attachments.get()
    assert Client().get(f"/info-files/{row.pk}/").status_code == 404
    document = room.reviewed(room.sent(document))
    releasing.publish(document, room.doing(room.publisher, document))
    assert Client().get(f"/info-files/{row.pk}/").status_code == 200


def test_two_versions_are_shown_side_by_side(room):
    document = room.drafted()
    client = signed_in(room.writer)
    place = f"/documents/{document.pk}/edit/"
    data = FIELDS | sent(client.get(place).content.decode())
    data |= {"html": DRAFT.html.replace("二十", "三十"), "title": "新的题目"}
    assert client.post(place, data).status_code == 302
    page = client.get(f"/documents/{document.pk}/compare/1/2/").content.decode()
    assert "新的题目" in page
    assert "<ins" in page


def test_a_faulty_form_keeps_what_was_typed_and_says_where(room):
    client = signed_in(room.writer)
    page = client.get("/documents/new/").content.decode()
    data = FIELDS | sent(page) | {"body": str(room.housing.pk), "attribute": "withheld"}
    answer = client.post("/documents/new/", data).content.decode()
    assert "请写明理由" in answer
    assert "每台补助二十万元" in answer
    assert not Document.objects.exists()


def test_the_list_asks_a_fixed_number_of_queries(room, django_assert_max_num_queries):
    for number in range(12):
        room.drafted(title=f"第{number}份")
    client = signed_in(room.writer)
    with django_assert_max_num_queries(16):
        page = client.get("/documents/").content.decode()
    assert page.count("data-row") == 12


def test_the_administrator_sets_stages_and_numbers(room):
    client = signed_in(room.administrator)
    place = f"/documents/settings/{room.housing.pk}/"
    data = sent(client.get(place).content.decode())
    answer = client.post(place, data | {"which": "chain", "stages": ["leader"]})
    assert "保密审查" in answer.content.decode()
    assert stages_of(room.housing) == USUAL
    chosen = {"which": "chain", "stages": ["secrecy", "leader"]}
    assert client.post(place, data | chosen).status_code == 302
    data = sent(client.get(place).content.decode())
    rule = {"which": "rule", "rule": "{region}{topic}-{year}-{serial:04}"}
    assert client.post(place, data | rule).status_code == 302
    assert room.drafted().index_number == "99010110-2026-0001"
    assert signed_in(room.approver).get(place).status_code == 404


@pytest.mark.parametrize("who", ["stranger", "supervisor"])
def test_nobody_else_writes(room, who):
    document = room.drafted()
    client = signed_in(getattr(room, who))
    shown = 200 if who == "supervisor" else 404
    assert client.get(f"/documents/{document.pk}/").status_code == shown
    assert client.get(f"/documents/{document.pk}/edit/").status_code == 404
    assert client.get("/documents/new/").status_code == (
        404 if who == "supervisor" else 200
    )


def test_what_is_past_its_twenty_days_is_found(room):
    document = room.drafted()
    with at(date(2026, 4, 20)):
        page = signed_in(room.writer).get("/documents/?stand=late").content.decode()
    assert document.title in page
    with at(TODAY):
        page = signed_in(room.writer).get("/documents/?stand=late").content.decode()
    assert document.title not in page


def with_paper(room) -> tuple[Document, Client]:
    """A draft with a Word file in which somebody's number and name stand."""
    document = room.drafted()
    client = signed_in(room.writer)
    place = f"/documents/{document.pk}/files/"
    paper = WordDocument()
    paper.add_paragraph("补助名单见附表。")
    paper.add_paragraph("联系人手机13812345678")
    paper.core_properties.author = "王某某"
    kept = BytesIO()
    paper.save(kept)
    data = sent(client.get(place).content.decode())
    file = SimpleUploadedFile("名单.docx", kept.getvalue())
    assert client.post(place, data | {"file": file}).status_code == 302
    document.refresh_from_db()
    return document, client


def test_what_files_hide_is_seen_before_review(room):
    document, _client = with_paper(room)
    found = {each.kind: each for each in screened(document.current)}
    assert {"phone", "metadata"} <= set(found)
    assert "13812345678" not in found["phone"].shown
    assert "名单" in found["phone"].where
    with pytest.raises(UnscreenedError):
        room.sent(document)


def test_a_masked_copy_holds_nothing_under_the_mask(room):
    document, client = with_paper(room)
    mask = f"/documents/{document.pk}/files/0/mask/"
    page = client.get(mask).content.decode()
    assert "13812345678" not in page
    assert client.post(mask, sent(page) | {"private": "on"}).status_code == 302
    document.refresh_from_db()
    assert {each.kind for each in screened(document.current)} == {"metadata"}
    page = client.get(mask).content.decode()
    assert client.post(mask, sent(page) | {"hidden": "on"}).status_code == 302
    document.refresh_from_db()
    assert screened(document.current) == []
    row = document.current.attachments.get()
    words = [each.text for each in WordDocument(BytesIO(content(row.file))).paragraphs]
    assert words[0] == "补助名单见附表。"
    assert "138" not in words[1]
    assert room.sent(document).state == State.IN_REVIEW


def test_a_picture_is_looked_at_by_a_person(room):
    document = room.drafted()
    client = signed_in(room.writer)
    place = f"/documents/{document.pk}/files/"
    data = sent(client.get(place).content.decode())
    client.post(place, data | {"file": SimpleUploadedFile("甲.png", PNG)})
    document.refresh_from_db()
    [found] = screened(document.current)
    assert found.kind == "unlooked"
    waive(document, found.fingerprint, room.doing(room.writer, document, "已逐张看过"))
    document.refresh_from_db()
    assert room.sent(document).state == State.IN_REVIEW


def test_what_was_left_for_a_reason_is_looked_at_by_the_secrecy_reviewer(room):
    """Whoever drafts a document does not alone decide that a hit goes out."""
    document = room.drafted(html="<p>联系人手机13800007502。</p>")
    [found] = screened(document.current)
    waive(document, found.fingerprint, room.doing(room.writer, document, "本人同意公开"))
    document.refresh_from_db()
    document = room.sent(document)
    while document.stage != Stage.SECRECY:
        assert step(room.reviewers[document.stage], document, "pass").status_code == 302
        document.refresh_from_db()
    client = signed_in(room.reviewers[Stage.SECRECY])
    place = f"/documents/{document.pk}/secrecy/"
    page = client.get(place).content.decode()
    assert "本人同意公开" in page
    assert "13800007502" not in page.split('id="waived"', 1)[1]
    said = sent(page) | {"text": "public", "basis-text": "不涉及国家秘密"}
    assert client.post(place, said).status_code == 200
    document.refresh_from_db()
    assert document.stage == Stage.SECRECY
    assert client.post(place, said | {"looked_at": "on"}).status_code == 302


@pytest.mark.parametrize("formed", ["2005-06-20", "1990-01-01"])
def test_a_document_of_before_the_regulation_has_no_term(room, formed):
    """条例 bound nobody before 2008-05-01; such a document is kept all the same."""
    document = room.drafted(formed_on=date.fromisoformat(formed))
    assert document.due is None
    page = signed_in(room.writer).get("/documents/?stand=late").content.decode()
    assert document.title not in page


def test_a_year_that_was_mistyped_is_told_at_its_field(room):
    client = signed_in(room.writer)
    page = client.get("/documents/new/").content.decode()
    data = FIELDS | sent(page) | {"body": str(room.housing.pk), "formed_on": "1026-03-02"}
    answer = client.post("/documents/new/", data)
    assert answer.status_code == 200
    assert "请核对年份" in answer.content.decode()


def test_words_typed_while_a_colleague_sent_it_come_back(room):
    document = room.drafted()
    client = signed_in(room.writer)
    place = f"/documents/{document.pk}/edit/"
    data = FIELDS | sent(client.get(place).content.decode()) | {"html": "<p>新写的话</p>"}
    room.sent(document)
    answer = client.post(place, data).content.decode()
    assert "新写的话" in answer
    assert "新的改动" in answer
    assert client.get(place).status_code == 302


def test_why_a_step_was_refused_is_read_where_its_form_is_gone(room):
    document = room.cleared()
    client = signed_in(room.publisher)
    data = sent(client.get(f"/documents/{document.pk}/").content.decode()) | {"note": ""}
    releasing.publish(document, room.doing(room.publisher, document))
    answer = client.post(f"/documents/{document.pk}/do/publish/", data)
    assert "新的改动" in answer.content.decode()


def test_an_hour_past_the_term_or_years_away_is_refused(room):
    document = room.cleared()
    client = signed_in(room.publisher)
    data = sent(client.get(f"/documents/{document.pk}/").content.decode())
    place = f"/documents/{document.pk}/schedule/"
    for at_, why in (("2026-04-20T09:00", "期限"), ("2036-03-06T09:00", "一年以内")):
        answer = client.post(place, data | {"at": at_})
        assert answer.status_code == 422
        assert why in answer.content.decode()
    assert client.post(place, data | {"at": "2026-03-06T09:00"}).status_code == 302
