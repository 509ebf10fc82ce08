"""A document's words without its markup, and places in them found again."""

from __future__ import annotations

import re

import turbohtml
from hypothesis import given
from hypothesis import strategies as st

from mingtang_web.richtext.cleaning import clean
from mingtang_web.richtext.reading import marked, plain
from tests.web.richtext.pages import PAGES

DOCUMENT = (
    "<h2>一、范围</h2><p>甲<strong>乙</strong>丙<br>丁</p><ul><li>子</li><li><p>丑</p>"
    "<ol><li>寅</li></ol></li></ul><hr><table><caption>表</caption><tr><th>名<th>额<tr>"
    "<td><p>1<p>2<td></table><blockquote><p>引</p></blockquote>"
)
PLAIN = "一、范围\n甲乙丙\n丁\n子\n丑\n寅\n表\n名\t额\n1 2\t\n引"


def held(html: str, number: int) -> str:
    """The text in the marks of one hit."""
    page = turbohtml.parse_fragment(html)
    return "".join(each.text for each in page.select(f'mark[data-hit~="{number}"]'))


def test_a_paragraph_is_a_line_and_cells_are_parted_by_tabs():
    assert plain(DOCUMENT) == PLAIN


def test_a_picture_counts_with_its_words():
    assert plain('<p>图<img src="/own/1.png" alt="张三">后', "/own/") == "图张三后"
    page = marked('<p>图<img src="/own/1.png" alt="张三">后', [(2, 3)], "/own/")
    assert page == (
        '<p>图<mark data-hit="0"><img src="/own/1.png" alt="张三"></mark>后</p>'
    )


def test_a_hit_is_marked_across_elements():
    assert marked("<p>甲<b>乙丙</b></p><p>丁</p>", [(0, 2), (2, 5)]) == (
        '<p><mark data-hit="0">甲<strong>乙</strong></mark>'
        '<strong><mark data-hit="1">丙</mark></strong></p>'
        '<p><mark data-hit="1">丁</mark></p>'
    ).replace(
        '<strong><mark data-hit="1">丙</mark></strong>',
        '<mark data-hit="1"><strong>丙</strong></mark>',
    )


def test_hits_that_overlap_bear_both_numbers():
    page = marked("<p>甲乙丙丁</p>", [(0, 3), (1, 2), (2, 4)])
    assert re.findall(r'data-hit="([^"]+)">(\w)', page) == [
        *(("0", "甲"), ("0 1", "乙"), ("0 2", "丙"), ("2", "丁")),
    ]


@given(PAGES, st.data())
def test_every_hit_is_found_again_where_it_is(page, data):
    text = plain(page, "/own/")
    place = st.integers(0, len(text))
    spans = data.draw(st.lists(st.tuples(place, place), max_size=4))
    found = marked(page, spans, "/own/")
    if "alt=" in page:
        return
    for number, (start, end) in enumerate(spans):
        wanted = re.sub(r"\s", "", text[start:end])
        assert re.sub(r"\s", "", held(found, number)) == wanted


@given(PAGES)
def test_marks_taken_away_leave_the_document(page):
    text = plain(page, "/own/")
    found = marked(page, [(0, len(text))], "/own/")
    assert clean(found, "/own/") == clean(page, "/own/")
    assert plain(found, "/own/") == text
