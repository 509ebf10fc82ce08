"""The commands that screen a file and mask it: what they say, write and end with."""

from __future__ import annotations

import json

import pytest

from mingtang.screening.files import screen_file
from tests.trials.hiding import p, story, word

PHONE = "13800007502"


@pytest.fixture
def notice(tmp_path):
    path = tmp_path / "通知.docx"
    noted = story(
        "comments", f"<w:comment w:id='0' w:author='李'>{p('改' + PHONE)}</w:comment>"
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="r/comments" Target="comments.xml"/></Relationships>'
    )
    parts = {"word/comments.xml": noted, "word/_rels/document.xml.rels": relations}
    path.write_bytes(word(p("甲") + p(f"手机{PHONE}"), **parts))
    return path


@pytest.fixture
def clean(tmp_path):
    path = tmp_path / "净.txt"
    path.write_text("甲", encoding="utf-8")
    return path


def test_what_is_found_is_told_with_its_place_and_without_the_number(mingtang, notice):
    status, out, err = mingtang("screen", notice)
    assert (status, err) == (1, "")
    assert "  2. 个人电话号码，第2段：“138*******2”" in out
    assert "批注，批注1（李）" in out
    assert PHONE not in out


def test_a_file_with_nothing_ends_in_zero(mingtang, clean):
    assert mingtang("screen", clean) == (0, f"{clean}：没有找到\n", "")


def test_one_object_or_a_line_for_each_file(mingtang, notice, clean):
    status, out, _ = mingtang("screen", notice, "--json")
    assert status == 1
    assert json.loads(out)["hits"][1]["where"] == "第2段"
    _, out, _ = mingtang("screen", notice, clean, "--jsonl")
    assert [len(json.loads(line)["hits"]) for line in out.splitlines()] == [3, 0]
    assert PHONE not in out
    assert mingtang("screen", notice, clean, "--json")[0] == 2


def test_what_cannot_be_looked_into_ends_in_two_and_is_said(mingtang, tmp_path, notice):
    old = tmp_path / "旧.doc"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    status, out, _ = mingtang("screen", old, notice)
    assert status == 2
    assert "没有查：这是旧格式" in out
    torn = tmp_path / "坏.docx"
    torn.write_bytes(notice.read_bytes()[:300])
    status, out, err = mingtang("screen", torn)
    assert (status, out) == (2, "")
    assert "已损坏" in err


def test_a_masked_copy_is_written_and_the_file_stays(mingtang, notice, tmp_path):
    before, target = notice.read_bytes(), tmp_path / "公开.docx"
    status, out, err = mingtang("redact", notice, "--out", target)
    assert (status, out) == (0, "")
    assert "遮盖了 2 处" in err
    assert notice.read_bytes() == before
    kinds = {hit.kind.value for hit in screen_file(target.read_bytes(), "a").hits}
    assert kinds == {"comment"}


def test_hidden_content_goes_where_that_is_asked(mingtang, notice, tmp_path):
    target = tmp_path / "公开.docx"
    assert mingtang("redact", notice, "--hidden", "--out", target)[0] == 0
    assert screen_file(target.read_bytes(), "a").hits == ()


def test_nothing_is_written_over_or_without_being_masked(mingtang, notice, clean, tmp_path):
    assert mingtang("redact", notice, "--out", notice)[0] == 2
    assert mingtang("redact", notice, "--out", clean)[0] == 2
    assert mingtang("redact", notice, "--out", clean, "--force")[0] == 0
    picture = tmp_path / "图.png"
    picture.write_bytes(b"\x89PNG\r\n")
    target = tmp_path / "新.png"
    status, _, err = mingtang("redact", picture, "--out", target)
    assert status == 2
    assert "没有查：这是图片" in err
    assert not target.exists()
