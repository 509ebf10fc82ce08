from __future__ import annotations

from mingtang.document import Document
from mingtang.reading.gluing import on_own_line, unglued
from tests.engine.reading.snippets import grids, paragraphs


def parted(*lines: str) -> list[str]:
    document = unglued(Document("text", tuple(paragraphs(*lines))))
    return [block.text for block in document.paragraphs()]


def test_a_heading_after_a_sentence_gets_a_line_of_its_own() -> None:
    text = "全年平稳。二、主动公开政府信息情况\n表"
    assert on_own_line(text) == "全年平稳。\n二、主动公开政府信息情况\n表"


def test_a_list_of_the_parts_stays_one_sentence() -> None:
    text = "报告分：一、总体情况，二、主动公开政府信息情况，六部分。"
    assert on_own_line(text) == text


def test_a_table_that_runs_on_after_its_heading_is_parted() -> None:
    assert parted(
        "全年工作平稳有序，没有收到申请。二、主动公开政府信息情况第二十条第（一）项 规章"
    ) == [
        "全年工作平稳有序，没有收到申请。",
        "二、主动公开政府信息情况",
        "第二十条第（一）项 规章",
    ]


def test_traditional_characters_are_parted_as_printed() -> None:
    assert parted(
        "全年工作平穩有序，沒有收到任何公開申請。二、主動公開政府信息情況第二十條第（一）項"
    ) == [
        "全年工作平穩有序，沒有收到任何公開申請。",
        "二、主動公開政府信息情況",
        "第二十條第（一）項",
    ]


def test_a_short_block_is_left_alone() -> None:
    assert parted("总体情况第二十条") == ["总体情况第二十条"]


def test_blocks_are_numbered_anew_and_tables_stay() -> None:
    table = grids("<table><tr><td>规章</td><td>1</td></tr></table>")[0]
    first, last = paragraphs("甲\n乙", "丙")
    document = unglued(Document("html", (first, table, last)))
    assert [block.number for block in document.paragraphs()] == [1, 2, 3]
    assert list(document.grids()) == [table]
