from __future__ import annotations

import pytest

from mingtang.place import Place
from mingtang.reading.sections import find_sections
from tests.engine.reading.snippets import paragraphs


def found(*lines: str) -> list[tuple[int | None, str, list[str]]]:
    """Return number, heading and text of each section."""
    return [
        (part.number, part.heading, [block.text for block in part.paragraphs])
        for part in find_sections(paragraphs(*lines))
    ]


def only(line: str) -> tuple[int | None, int | None, bool]:
    """Return number, numeral and whether the wording is the form's, of one heading."""
    (part,) = find_sections(paragraphs(line, "正文。"))
    return part.number, part.ordinal, part.standard


def test_each_heading_has_the_text_up_to_the_next() -> None:
    assert found(
        "题目", "一、总体情况", "甲。", "乙。", "二、主动公开政府信息情况", "丙。"
    ) == [
        (1, "一、总体情况", ["甲。", "乙。"]),
        (2, "二、主动公开政府信息情况", ["丙。"]),
    ]


def test_a_section_stands_where_its_heading_stands() -> None:
    (part,) = find_sections(paragraphs("题目", "一、总体情况"))
    assert part.place == Place(paragraph=2, start=0, end=6)


@pytest.mark.parametrize(
    ("heading", "number"),
    [
        ("一、总体情况", 1),
        ("二、主动公开政府信息情况", 2),
        ("三、收到和处理政府信息公开申请情况", 3),
        ("四、政府信息公开行政复议、行政诉讼情况", 4),
        ("五、存在的主要问题及改进情况", 5),
        ("六、其他需要报告的事项", 6),
    ],
)
def test_the_forms_own_headings(heading: str, number: int) -> None:
    assert only(heading) == (number, number, True)
    assert only(heading.split("、", 1)[1]) == (number, None, True)


@pytest.mark.parametrize(
    "heading",
    [
        "一、 总 体 情 况",
        "一.总体情况",
        "一．总体情况",
        "第一部分 总体情况",
        "第一部分　总体情况",
        "第一章 总体情况",
        "一、總體情況",
        "一、总体情况：",
    ],
)
def test_space_numerals_and_script_do_not_count(heading: str) -> None:
    assert only(heading) == (1, 1, True)


@pytest.mark.parametrize(
    ("heading", "number"),
    [
        ("一、概述", 1),
        ("一、工作总体情况", 1),
        ("二、政府信息主动公开情况", 2),
        ("三、政府信息依申请公开情况", 3),
        ("四、因政府信息公开申请行政复议、提起行政诉讼情况", 4),
        ("五、存在问题和改进措施", 5),
        ("六、需要报告的其他事项", 6),
    ],
)
def test_a_reworded_heading_is_known_and_not_the_forms(heading: str, number: int) -> None:
    assert only(heading) == (number, number, False)


def test_a_wrong_numeral_is_kept_as_printed() -> None:
    assert only("四、收到和处理政府信息公开申请情况") == (3, 4, True)


def test_a_part_the_form_does_not_know_has_no_number() -> None:
    assert found("六、其他需要报告的事项", "无。", "七、附件", "表。") == [
        (6, "六、其他需要报告的事项", ["无。"]),
        (None, "七、附件", ["表。"]),
    ]


def test_a_table_of_contents_is_not_the_report() -> None:
    headings = (
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
    )
    body = (headings[0], "甲。", headings[1], "乙。", headings[2], "丙。")
    parts = found("目录", *headings, *body)
    assert [(number, text) for number, _, text in parts] == [
        (1, ["甲。"]),
        (2, ["乙。"]),
        (3, ["丙。"]),
    ]


def test_a_heading_that_runs_on_into_its_text() -> None:
    assert found("一、总体情况。全年公开信息30条。") == [
        (1, "一、总体情况。", ["全年公开信息30条。"])
    ]


@pytest.mark.parametrize(
    "line",
    [
        "全年工作总体情况良好。",
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量",
        "三、本年度办理结果",
        "（一）主动公开情况",
        "一、本年新收政府",
    ],
)
def test_sentences_and_labels_of_tables_are_no_headings(line: str) -> None:
    assert found(line) == []


def test_nothing_has_no_sections() -> None:
    assert find_sections([]) == ()
