"""Titles, openings and signatures stand where an official document has them."""

from __future__ import annotations

import pytest

from mingtang.manuscript import DAY, SIGNER, Words
from mingtang.writing import typography as gb
from mingtang.writing.manuscript import manuscript
from tests.builders import report

LONG = "河谷省青石自治州白杨林自治县红旗镇人民政府（红旗镇综合行政执法局）"


def test_a_title_that_fits_stays_in_one_line():
    title = "某县档案局2024年工作报告"
    assert gb.title_lines(title) == [title]


def test_a_title_broken_by_the_report_stays_so():
    title = f"{LONG}\n2024年政府信息公开工作年度报告"
    assert gb.title_lines(title) == title.split("\n")


def test_a_long_body_is_broken_evenly_and_nothing_is_lost():
    title = f"{LONG}2024年政府信息公开工作年度报告"
    *body, year = gb.title_lines(title)
    assert "".join((*body, year)) == title
    assert year.startswith("2024年")
    assert max(map(len, body)) - min(map(len, body)) <= 1
    assert all(gb.ems(line) * gb.TITLE_SIZE <= gb.TYPE_AREA for line in body)


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("（一）主动公开情况。全年公开30条。", "（一）主动公开情况。"),
        ("（十二）监督保障", "（十二）监督保障"),
        ("（一）全年公开30条，比上年多。其余不变。", ""),
        ("（1）全年公开30条。", ""),
        ("据（一）所说。", ""),
    ],
)
def test_only_a_short_opening_is_a_heading_of_the_second_level(text, opening):
    assert text[: gb.lead(text)] == opening


def test_an_address_leaves_its_paragraph_ragged():
    assert gb.is_ragged("网址：https://www.example.gov.cn/reports/2024/index.html。")
    assert not gb.is_ragged("2024年收到申请1,204件，答复1,198件，电话0000-0000000。")


@pytest.mark.parametrize(
    ("body", "signer", "day"),
    [
        ("清河市东湖区人民政府办公室", 2, 8.5),
        ("档案局", 7.5, 2),
        (LONG, 2, 4),
    ],
)
def test_the_day_begins_two_characters_after_the_body(body, signer, day):
    ends = gb.signing([Words(SIGNER, body), Words(DAY, "2025年1月5日")])
    if body == LONG:
        assert ends == (signer, day)
        return
    first = [28 - end - width for end, width in zip(ends, (len(body), 6), strict=True)]
    assert first[1] - first[0] == 2
    assert min(ends) == 2


def test_a_report_without_a_signature_has_none_to_place():
    assert gb.signing(manuscript(report(signer=None, signed=None)).pieces) == (2, 4)
