"""The search's page: what is found, marked, narrowed; nothing that is not public."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from django.test import Client

from mingtang_web.publication import releasing
from tests.web.publication.norms import NORM
from tests.web.searching.offices import followed


def page(**asked: str) -> str:
    answer = Client().get(f"/search/?{urlencode(asked)}")
    assert answer.status_code == 200
    return answer.text


def shown(text: str) -> list[str]:
    """The titles of the results, in their order, without marks."""
    titles = re.findall(r"<h2><a href=\"[^\"]*\">(.*?)</a>", text, re.S)
    return [re.sub(r"<[^>]+>|\s", "", each) for each in titles]


def test_what_is_public_is_found_with_its_words_marked(room):
    document = room.published(title="排水管网改造公告", html="<p>今年改造排水管网。</p>")
    room.drafted(title="排水管网改造草稿")
    followed()
    text = page(q="管网改造")
    assert shown(text) == ["排水管网改造公告"]
    assert "排水<mark>管网改造</mark>公告" in text
    assert f'href="/info/{document.index_number}/"' in text
    assert room.housing.name in text


def test_what_was_taken_down_is_neither_found_nor_counted_nor_suggested(room):
    gone = room.published(title="排水管网改造公告")
    room.published(title="排水管网养护公告")
    followed()
    releasing.withdraw(gone, room.doing(room.publisher, gone, "发布有误"))
    text = page(q="排水管网")
    assert shown(text) == ["排水管网养护公告"]
    assert "1 条" in text
    titles = Client().get("/search/suggest/?q=排水管网").json()["titles"]
    assert titles == ["排水管网养护公告"]


def test_results_are_narrowed_and_widened_again_by_links(room):
    room.published(title="排水公告", matter="a20_11", topic="construction", genre="notice")
    norm = room.published(**NORM | {"title": "排水办法", "genre": "opinion"})
    followed()
    text = page(q="排水")
    assert sorted(shown(text)) == ["排水公告", "排水办法"]
    link = re.search(r'href="(\?[^"]*genre=opinion[^"]*)"', text)[1].replace("&amp;", "&")
    narrow = Client().get(f"/search/{link}").text
    assert shown(narrow) == ["排水办法"]
    back = re.search(r'chosen" href="([^"]*)"', narrow)[1].replace("&amp;", "&")
    assert len(shown(Client().get(f"/search/{back}").text)) == 2
    assert norm.index_number in page(q=norm.index_number)


def test_what_is_typed_is_words_and_never_markup(room):
    room.published(title="排水公告")
    followed()
    for typed in ("<script>alert(1)</script>", '"; DROP TABLE', "NEAR(", "*", "“"):
        text = page(q=typed, where="没有", page="九", year="x", body="<b>")
        assert "<script>alert" not in text
        assert "<b>" not in text
    assert "没有找到" in page(q="没有这样的话")


def test_without_an_index_the_page_says_so_and_suggests_nothing(db):  # noqa: ARG001
    assert "索引还在建立" in page(q="排水")
    assert Client().get("/search/suggest/?q=排水").json() == {"titles": []}


def test_pages_follow_each_other_up_to_what_is_counted(room, monkeypatch):
    monkeypatch.setattr("mingtang_web.portal.seeking.A_PAGE", 1)
    for n in range(3):
        room.published(title=f"排水第{n}号公告")
    followed()
    seen = [title for n in (1, 2, 3) for title in shown(page(q="排水", page=str(n)))]
    assert sorted(seen) == [f"排水第{n}号公告" for n in range(3)]
    assert 'rel="next"' not in page(q="排水", page="3")
    assert 'rel="prev"' in page(q="排水", page="3")
