"""The regulations of a body: title, caption and text, on the page and on paper."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from mingtang_web.publication.captions import captions
from mingtang_web.publication.norming import Happened
from mingtang_web.publication.papers import paper
from tests.web.cases.requests import at
from tests.web.publication.norms import NORM, after, happen
from tests.web.publication.offices import TODAY, Newsroom
from tests.web.publication.test_papers import of_word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang_web.publication.models import Document

ISSUED = "（2026年3月2日西政建〔2026〕7号公布　自2026年3月2日起施行）"


@pytest.fixture
def room(db) -> Iterator[Newsroom]:  # noqa: ARG001 - asked for
    with at(TODAY):
        yield Newsroom()


@pytest.fixture
def rule(room: Newsroom) -> Document:
    draft = NORM | {"normative": "regulation", "title": "西山区城市供水规定"}
    return after(room.published(**draft))


def said(document: Document) -> str:
    return captions([document])[document.pk]


def test_a_regulation_has_its_caption_on_page_and_paper(room, rule) -> None:
    assert said(rule) == ISSUED
    code = room.housing.code
    listed = Client().get(f"/open/{code}/rules/").text
    assert "西山区城市供水规定" in listed
    assert ISSUED in listed
    assert f'href="/open/{code}/rules/"' in Client().get(f"/open/{code}/").text
    assert f"/open/{code}/rules/" in Client().get("/sitemap-columns.xml").text
    assert ISSUED in Client().get(f"/info/{rule.index_number}/").text
    assert ISSUED in of_word(paper(rule, "docx"))


def test_what_happens_to_it_is_told_in_order(room, rule) -> None:
    by = "西山区人民政府关于修改部分规章的决定"
    amended = Happened("amended", TODAY, "决定", date(2026, 4, 1), by_name=by)
    rule = happen(room, rule, amended)
    wanted = (
        "（2026年3月2日西政建〔2026〕7号公布　"
        f"根据2026年3月5日《{by}》修订　自2026年4月1日起施行）"
    )
    assert said(rule) == wanted
    with at(date(2026, 5, 6)):
        repealed = Happened("repealed", date(2026, 5, 6), "决定", by_name=by)
        rule = happen(room, rule, repealed)
        assert "2026年5月6日废止" in said(rule)
        listed = Client().get(f"/open/{room.housing.code}/rules/").text
    assert "没有现行有效的规章" in listed
    assert "已经废止、失效的" in listed


def test_other_documents_have_none(room) -> None:
    norm = after(room.published(**NORM))
    assert captions([norm]) == {}
    assert Client().get(f"/open/{room.housing.code}/rules/").status_code == 404
    page = Client().get(f"/open/{room.housing.code}/").text
    assert "/rules/" not in page


def test_the_foot_of_a_page_says_what_the_operator_set(settings, db) -> None:  # noqa: ARG001 - asked for
    assert "主办单位" not in Client().get("/search/").text
    settings.SITE_FACTS = dict.fromkeys(settings.SITE_FACTS, "") | {
        "SITE_HOST": "西山区人民政府办公室", "SITE_ICP": "X ICP备12345678号",
    }  # fmt: skip
    settings.SITE_CODE = "6501020001"
    page = Client().get("/search/").text
    for words in ("主办单位：西山区人民政府办公室", "X ICP备12345678号", "6501020001"):
        assert words in page
    assert "联系方式：" not in page
