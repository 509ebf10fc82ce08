"""Twice the text is twice the work: counted by calls and by characters, not by a clock."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import yaml

from mingtang.screening import screen, standard
from mingtang.screening.context import Page

OPENED = Path(__file__).resolve().parents[2] / "screening" / "opened.yaml"
CASES = [case["text"] for case in yaml.safe_load(OPENED.read_text(encoding="utf-8"))]
TEXTS = {
    "prose": "".join(CASES[:40]),
    "table": "序号\t单位\t金额\t代码\n" + "1\t某局\t35.20\t310000123456\n" * 40,
    "one line of numbers": "账号 6222021234567 | 05108888888 | 6222021234567890128 " * 12,
    "a table of accounts": "姓名\t账号\t备注\n" + "甲\t1234567\t无\n" * 40,
    "cards below accounts": "账号\t卡号\n1234567\t6222021234567890128\n" * 20,
    "births in each row": "出生日期\t生日\n" + "1990年3月7日\t出生1990-03-07\n" * 30,
    "dots": "。" * 400,
    "crosses": "XX" * 200 + "××" * 200,
    "marks": "#" * 400 + "烫" * 400,
    "brackets": "（待" * 200,
    "mailboxes": "a.b@" * 100,
    "doors": "某区长江路3号2单元501室" * 20,
}


def calls(text: str) -> int:
    """Return how many functions screening a text calls, C's among them."""
    told = [0]

    def count(_frame: object, event: str, _what: object) -> None:
        told[0] += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        screen(text)
    finally:
        sys.setprofile(before)
    return told[0]


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_twice_the_text_is_twice_the_calls(text: str) -> None:
    screen(text)
    once, twice = calls(text * 4), calls(text * 8)
    assert twice <= 2.1 * once + 100


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_what_is_found_in_all_is_no_longer_than_the_text(text: str) -> None:
    page = Page(text * 8)
    found = sum(hit.end - hit.start for hit in standard().hits(page))
    assert found <= 4 * len(page.text)


def test_lines_and_heads_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read = []
    real = Page.line

    def line(page: Page, at: int) -> object:
        before = page._line
        told = real(page, at)
        if told is not before:
            read.append(told.end - told.begin)
        return told

    monkeypatch.setattr(Page, "line", line)
    for text in TEXTS.values():
        read.clear()
        screen(text * 8)
        assert sum(read) <= 3 * len(text * 8)
