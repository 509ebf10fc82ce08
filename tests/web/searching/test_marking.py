"""What is marked in a text, and how what is typed is taken apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtang_web.searching.folding import folded, number_key, traced
from mingtang_web.searching.marking import LONGEST, excerpt, marked
from mingtang_web.searching.wanted import MOST_TERMS, wanted
from tests.web.searching.shelves import entry

SIGNS = "开办关于補貼發\uff30\uff24a1㎡①，。〔〕 \u0301\u200b\n"


@pytest.mark.parametrize(
    ("typed", "text", "right"),
    [
        ("公租房", "關於公租房的通知", ["公租房"]),
        ("公开", "政府信息公開指南", ["公開"]),
        ("通知", "关于住房的通 知", ["通 知"]),
        ("西政发[2024]3号", "见西政發〔２０２４〕3號。", ["西政發〔２０２４〕3號"]),
        ("pdf", "PDF文件和pdfs", ["PDF"]),
        ("住房补贴", "住房和补贴", ["住房", "补贴"]),
        ("“住房补贴”", "住房和补贴", []),
        ("a.*b(", "a.*b <b>ab</b>", ["a.*b", "b", "b"]),
    ],
)
def test_what_was_sought_is_marked_as_it_is_printed(typed, text, right):
    pieces = list(marked(text, wanted(typed)).pieces())
    assert [piece for piece, is_marked in pieces if is_marked] == right
    assert "".join(piece for piece, _ in pieces) == text


@given(st.text(SIGNS, max_size=30))
def test_the_way_back_from_a_folded_text_is_known(text):
    there = traced(text)
    assert there.text == folded(text)
    assert len(there.origins) == len(there.text)
    assert list(there.origins) == sorted(there.origins)


@given(st.text(SIGNS, max_size=300), st.text(SIGNS, max_size=4))
def test_an_excerpt_is_a_piece_of_the_text(text, typed):
    found = excerpt(entry(1, text=text), wanted(typed))
    assert len(found.text) <= LONGEST
    assert found.text in text.replace("\n", " ")
    assert "".join(piece for piece, _ in found.pieces()) == found.text


def test_an_excerpt_stands_around_the_first_place_or_in_an_attachment():
    text = "甲" * 300 + "。本条说的是公租房的配租办法" + "乙" * 300
    found = excerpt(entry(1, text=text), wanted("公租房"))
    assert found.text.startswith("本条说的是公租房")
    assert (found.before, found.behind) == (True, True)
    held = entry(1, text="没有", attachments=(("标准", "每户补贴二千元"),))
    found = excerpt(held, wanted("补贴"))
    assert found.text == "标准：每户补贴二千元"


def test_what_is_typed_in_full_is_read_in_part_and_says_so():
    many = wanted(" ".join(["公开"] * (MOST_TERMS + 1)))
    assert (len(many.terms), many.cut) == (MOST_TERMS, True)
    assert wanted("公开").cut is False
    assert wanted("开" * 500).cut is True


def test_numbers_are_compared_without_their_marks():
    keys = {number_key(each) for each in ("西政发〔2024〕3号", "西政發 [2024] 3号")}
    assert len(keys) == 1
    assert number_key("〔〕") == ""
