"""A hostile or broken file gives one clear error, and what is not looked into is said."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingtang.packages import archives
from mingtang.screening.files import UnscreenableError, screen_file
from tests.trials.hiding import added, line, p, pdf, story, word, workbook
from tests.trials.objects import nested

GROWING = (
    '<!DOCTYPE a [<!ENTITY b "甲甲甲"><!ENTITY c "&b;&b;&b;">]>'
    '<w:hdr xmlns:w="urn:w"><w:t>&c;</w:t></w:hdr>'
)
DEEP = "<a>" * 5000 + "</a>" * 5000


def rows(book):
    for _ in range(40):
        book.active.append([1] * 40)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (word(p("甲"), **{"word/header1.xml": GROWING}), "文档类型声明"),
        (word(p("甲"), **{"word/header1.xml": DEEP}), "层层相套得太深"),
        (word(p("甲"), **{"word/header1.xml": "<a>"}), "不是完好的 XML"),
        (word(p("甲"))[:-40], "不完整或已损坏"),
        (added(workbook(), **{"xl/a.xml": "<a>" + "<b/>" * 1_000_000 + "</a>"}), "超过"),
        (b"%PDF-1.7 nothing", "损坏"),
        (pdf(line("a"))[:200], "损坏"),
        (nested(9, 10), "层层相套，或者展开后太大"),
    ],
)
def test_a_hostile_file_is_one_clear_error(data, words):
    with pytest.raises(UnscreenableError, match=words) as told:
        screen_file(data, "甲.docx")
    assert str(told.value).startswith("甲.docx：")
    assert "\n" not in str(told.value)


def test_a_zip_that_swells_is_refused(monkeypatch):
    monkeypatch.setattr(archives, "MAX_EXPANDED", 100_000)
    data = word(p("甲"), **{"word/header1.xml": story("hdr", " " * 200_000)})
    with pytest.raises(UnscreenableError, match="展开后超过"):
        screen_file(data, "a.docx")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧格式"),
        (b"\x89PNG\r\n", "图片"),
        (b"\0\1\2\3", "内容不是文字"),
    ],
)
def test_what_is_not_looked_into_is_said(data, words):
    screening = screen_file(data, "a")
    assert screening.hits == ()
    assert words in screening.not_looked[0]
    assert "没有查" in screening.not_looked[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_plain_text_is_screened_line_by_line(encoding):
    (hit,) = screen_file("甲\n手机13800007502".encode(encoding), "a.txt").hits
    assert hit.where.words == "第2行"


def test_an_empty_file_holds_nothing():
    assert screen_file(b"", "a").hits == ()


WHOLE = (word(p("甲手机13800007502")), workbook(), pdf(line("13800007502")))


@settings(max_examples=40)
@given(st.sampled_from(WHOLE), st.data())
def test_a_damaged_file_is_screened_or_refused_and_nothing_else(data, draw):
    at = draw.draw(st.integers(0, len(data) - 1))
    end = at + draw.draw(st.integers(0, 30))
    damaged = data[:at] + draw.draw(st.binary(max_size=30)) + data[end:]
    with suppress(UnscreenableError):
        assert screen_file(damaged, "甲").text_length >= 0
