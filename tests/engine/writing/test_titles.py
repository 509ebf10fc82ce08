"""A title over several lines is told in one; a site's header is no part of it."""

from __future__ import annotations

import pytest

from mingtang.reading import read
from mingtang.writing.page import page
from mingtang.writing.sheet import Sheet
from mingtang.writing.titles import title_line

END = "政府信息公开工作年度报告"


def sheet_of(*lines):
    text = "\n".join((*lines, "", "一、总体情况", "全年没有收到申请。", "二、主动公开"))
    made = read(text.encode())
    return Sheet("a.txt", "", made.document, made.report, (), text)


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["某市某某局", "2024年", END], f"某市某某局2024年{END}"),
        (["某市", f"某某局2024年{END}"], f"某市某某局2024年{END}"),
        (["某市", "某某局", f"2024年{END}"], f"某市某某局2024年{END}"),
        ([f"某市某某局2024年{END}"], f"某市某某局2024年{END}"),
        (["某市", f"某县某某局2024年{END}"], f"某县某某局2024年{END}"),
        (["某市门户网站", f"某某局2024年{END}"], f"某某局2024年{END}"),
    ],
)
def test_the_lines_of_a_title_are_joined(lines, title):
    sheet = sheet_of(*lines)
    assert title_line(sheet.report) == title == sheet.caption


def test_no_line_of_the_title_is_shown_twice_or_among_the_rest():
    text = page([sheet_of("某市某某局", "2024年", END)])
    text = text.replace('<span class="half">', "").replace("</span>", "")
    assert text.count(">某市某某局<") == 1
    assert "正文以外的文字" not in text
