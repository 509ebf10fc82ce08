"""What becomes of somebody else's HTML: little of its markup, all of its words."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path

import html5lib
import pytest
import turbohtml
import yaml
from hypothesis import given
from hypothesis import strategies as st

from mingtang_web.richtext import limits
from mingtang_web.richtext.cleaning import clean
from tests.web.richtext.pages import PAGES

CASES = yaml.safe_load((Path(__file__).parent / "cleaning.yaml").read_text("utf-8"))
ALLOWED = {
    "p": {"class"}, "h2": {"class"}, "h3": {"class"}, "h4": {"class"},
    "strong": set(), "em": set(), "u": set(), "s": set(), "sup": set(), "sub": set(),
    "br": set(), "hr": set(), "ul": set(), "li": set(), "blockquote": set(),
    "table": set(), "caption": set(), "thead": set(), "tbody": set(), "tr": set(),
    "ol": {"start"}, "a": {"href"}, "img": {"src", "alt"}, "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}  # fmt: skip
CLASSES = {"align-left", "align-center", "align-right", "indent"}
UNSEEN = re.compile(r"[\s\u200b\ufeff]+")


def tree(html: str):
    """The elements that another reader than ours finds."""
    page = html5lib.parseFragment(html, namespaceHTMLElements=False)
    return [each for each in page.iter() if each is not page]


def words(html: str) -> str:
    """What anybody sees of a page, without blanks."""
    page = turbohtml.parse_fragment(html)
    return UNSEEN.sub("", page.text)


@pytest.mark.parametrize("case", CASES, ids=[each["what"] for each in CASES])
def test_markup_becomes_the_vocabulary(case):
    made = clean(case["given"], "/own/")
    assert made == case["clean"].replace("\n", "")
    assert clean(made, "/own/") == made


@given(PAGES)
def test_cleaning_again_changes_nothing(page):
    made = clean(page, "/own/")
    assert clean(made, "/own/") == made


@given(PAGES)
def test_nothing_else_than_the_vocabulary_comes_out(page):
    for element in tree(clean(page, "/own/")):
        assert element.tag in ALLOWED, element.tag
        assert set(element.attrib) <= ALLOWED[element.tag]
        assert set(element.get("class", "").split()) <= CLASSES
        assert re.fullmatch(r"(/a|https://a\.cn/\?b=1&c)?", element.get("href", ""))
        assert element.get("src", "/own/a.png") == "/own/a.png"


@given(PAGES)
def test_another_reader_finds_the_same_elements(page):
    made = clean(page, "/own/")
    found = [each.tag for each in tree(made)]
    assert found == re.findall(r"<(\w+)", made)


@given(PAGES)
def test_no_visible_word_is_lost_or_moved(page):
    made, given = words(clean(page, "/own/")), words(page)
    assert sorted(made) == sorted(given)
    if "<caption" not in page:  # which stands above its table wherever it is written
        assert made == given


@given(st.text(max_size=200))
def test_any_text_is_read_without_a_fault(text):
    made = clean(text)
    assert clean(made) == made
    assert {each.tag for each in tree(made)} <= set(ALLOWED)


@pytest.mark.parametrize(
    "address",
    [
        *(
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            " java\tscript:x",
            "\x01javascript:x",
        ),
        *(
            "data:text/html,x",
            "vbscript:x",
            "file:///c:/x",
            "\\\\host\\x",
            "/\\host",
            "#top",
        ),
        *("http:x", "https:///x", "blob:x", "mailto:"),
    ],
)
def test_an_address_that_may_not_be_linked_to_leaves_its_words(address):
    assert clean(f'<p><a href="{address}">见附件</a></p>') == "<p>见附件</p>"


@pytest.mark.parametrize(
    "address",
    ["/own/../x.png", "/own/", "/other/a.png", "https://x.cn/own/a.png", "/own/a.png?u=1",
     "/own/%0a b.png", "data:image/png;base64,AA==", "file:///C:/a.png"],
)  # fmt: skip
def test_a_picture_from_elsewhere_goes(address):
    assert clean(f'<p>图<img src="{address}" alt="甲"></p>', "/own/") == "<p>图</p>"


def test_too_large_a_text_is_not_read(monkeypatch):
    monkeypatch.setattr(limits, "LARGEST", 10)
    with pytest.raises(limits.TooLargeError, match="有11个字符，超过10个的上限"):
        clean("一" * 11)
    monkeypatch.setattr(limits, "LARGEST", 50)
    monkeypatch.setattr(limits, "MOST_BLOCKS", 2)
    with pytest.raises(limits.TooLargeError, match="超过2个的上限"):
        clean("<p>1<hr>2<hr>3")
    assert clean("<p>1<hr>2")


@pytest.mark.parametrize(
    "page",
    [
        "<ul><li>深" * 3000,
        "<table><tr><td>深" * 1000,
        "<blockquote>深" * 3000,
        "<b><i>" * 3000 + "深",
        "<font>" * 3000 + "<p>深" * 300,
        "<div>" * 100_000 + "深",
    ],
)
def test_depth_is_bounded_and_loses_no_word(page):
    made = clean(page)
    assert words(made).count("深") == words(page).count("深")
    deepest = depth = 0
    for slash in re.findall(r"<(/?)(?:ul|table|blockquote)>", made):
        depth += -1 if slash else 1
        deepest = max(depth, deepest)
    assert deepest <= limits.DEEPEST
    assert clean(made) == made


def test_the_vocabulary_is_whole():
    """Every allowed element comes out of some case."""
    found = set(chain.from_iterable(re.findall(r"<(\w+)", each["clean"]) for each in CASES))
    assert found == set(ALLOWED)
