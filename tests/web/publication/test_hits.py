"""What screening found is shown by file and kind, a page at a time, with its place."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mingtang_web.publication.models import Document
from mingtang_web.publication.screening import open_ones, waive
from tests.web.publication.offices import DRAFT
from tests.web.publication.test_screens import FIELDS, sent, signed_in

PLACE = re.compile(r'action="(/documents/\d+/waive/([0-9a-f]+)/[^"]*)"')


def numbers(first: int, many: int) -> str:
    """So many mobile numbers, each another."""
    return "\n".join(f"联系手机1381234{n:04}" for n in range(first, first + many))


@pytest.fixture
def crowded(room) -> Document:
    """A draft with hits in the text and in two files, more than a page holds."""
    document = room.drafted(html=f"<p>手机13912345678。</p>{DRAFT.html}")
    client = signed_in(room.writer)
    place = f"/documents/{document.pk}/files/"
    for name, text in (("甲表.txt", numbers(0, 60)), ("乙表.txt", numbers(100, 5))):
        data = sent(client.get(place).text) | {"name": ""}
        file = SimpleUploadedFile(name, text.encode())
        assert client.post(place, data | {"file": file}).status_code == 302
    document.refresh_from_db()
    return document


def test_every_file_has_its_count_and_every_hit_its_place(room, crowded):
    client = signed_in(room.writer)
    page = client.get(f"/documents/{crowded.pk}/").text
    heads = re.findall(r'<h3 id="file-\d-head">(.*?) <span class="tag">(.*?)</span>', page)
    assert heads == [("正文和要素", "1 处"), ("附件“甲表”", "60 处")]
    every = re.findall(r'href="\?hits=(\d)#(file-\d)">(.*?)</a>', page)
    assert every == [
        ("1", "file-1", "正文和要素"), ("1", "file-2", "附件“甲表”"),
        ("2", "file-3", "附件“乙表”"),
    ]  # fmt: skip
    assert "66 处没有处理" in page
    assert len(PLACE.findall(page)) == 40
    assert "本页 39 处" in page
    last = client.get(f"/documents/{crowded.pk}/?hits=2").text
    assert len(PLACE.findall(last)) == 26
    assert "附件“乙表”" in last
    assert "第 2 页，共 2 页 66 处" in last
    places = re.findall(r'<span class="quiet small">(第\d+行[^<]*)', page)
    assert len(set(places)) == 39, "each line of the file is told"


def test_what_is_answered_leaves_the_list_and_the_page_stays(room, crowded):
    client = signed_in(room.writer)
    place, known = PLACE.findall(client.get(f"/documents/{crowded.pk}/?hits=2").text)[-1]
    assert place.endswith("?hits=2")
    data = {"key": "k", "version": crowded.version, "note": ""}
    refused = client.post(place, data)
    assert refused.status_code == 422
    assert f'id="hit-{known}"' in refused.text, "the page of the hit is shown"
    assert f'<a href="#id_{known}_note">' in refused.text.split("<h2")[1]
    done = client.post(place, data | {"note": "单位公务手机"})
    assert done["Location"].endswith(f"/documents/{crowded.pk}/?hits=2#screening")
    page = client.get(f"/documents/{crowded.pk}/").text
    assert "没有处理的 65 处" in page
    assert "单位公务手机" not in page
    answered = client.get(f"/documents/{crowded.pk}/?answered=1").text
    assert "单位公务手机" in answered
    assert len(PLACE.findall(answered)) == 0


def test_where_all_is_answered_all_of_it_is_shown(room):
    document = room.drafted(html="<p>手机13912345678。</p>")
    [hit] = open_ones(document.current)
    doing = room.doing(room.writer, document, "单位公务手机")
    waive(document, hit.fingerprint, doing)
    page = signed_in(room.writer).get(f"/documents/{document.pk}/").text
    assert "1 处都已说明" in page
    assert "单位公务手机" in page


def test_a_field_that_is_needed_later_is_not_called_needless(room):
    page = signed_in(room.writer).get("/documents/new/").text
    for label, when in (
        ("概述", "送审前必填"),
        ("主题分类", "送审前必填"),
        ("不主动公开的理由", "不主动公开的必填"),
    ):
        found = re.search(rf"<label[^>]*>{label}(.*?)</label>", page)[1]
        assert when in found, label
        assert "可不填" not in found
    assert "可不填" in re.search(r"<label[^>]*>主题词(.*?)</label>", page)[1]


def test_why_a_step_was_refused_stands_at_the_top_with_its_field(room):
    document = room.sent()
    client = signed_in(room.section)
    page = client.get(f"/documents/{document.pk}/").text
    place = f"/documents/{document.pk}/do/return/"
    answer = client.post(place, sent(page) | {"note": ""}).text
    top = answer.split("</h1>")[1].split("<aside")[0]
    assert '<a href="#id_return_note">' in top
    assert "有内容需要改正" in top
    assert answer.count("有内容需要改正") == 1
    data = FIELDS | sent(client.get("/documents/new/").text) | {"title": ""}
    answer = client.post("/documents/new/", data).text
    assert '<a href="#id_title">' in answer


def test_nothing_of_the_next_number_is_shown_beside_a_hit(room):
    card = "6222 0212 0101 1234 564"
    said = f"<p>甲13812345678、13987654321，卡{card}，乙13700001111。</p>"
    document = room.drafted(html=f"{said}{DRAFT.html}")
    page = signed_in(room.writer).get(f"/documents/{document.pk}/").text
    beside = re.findall(r'<span class="quiet small">(.*?)</span>', page)
    around = [each.partition("：")[2] for each in beside if "…" in each]
    assert len(around) >= 3
    assert not [each for each in around if re.search(r"\d", each)]
    assert any("甲…、*****" in each for each in around)
