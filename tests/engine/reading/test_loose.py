from __future__ import annotations

from mingtang.reading.loose import Taken, loose_rows
from tests.engine.reading.snippets import paragraphs

HEADS = "自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计"


def texts(*lines: str) -> list[list[str]]:
    return [
        [item.text for item in row.items] for row in loose_rows(paragraphs(*lines)).rows
    ]


def test_a_row_a_line_with_spaces_between() -> None:
    lines = (HEADS, "一、本年新收政府信息公开申请数量 12 0 0 0 0 0 12", "后文是一句话。")
    assert texts(*lines) == [
        HEADS.split(),
        ["一、本年新收政府信息公开申请数量", "12", "0", "0", "0", "0", "0", "12"],
    ]
    assert loose_rows(paragraphs(*lines)).paragraphs == {1, 2}


def test_a_cell_a_line() -> None:
    assert texts("信息内容", "本年制发件数", "规章", "0", "行政许可", "7") == [
        ["信息内容", "本年制发件数"],
        ["规章", "0"],
        ["行政许可", "7"],
    ]


def test_a_whole_table_on_one_line() -> None:
    line = "信息内容 本年处理决定数量 行政许可 7 行政处罚 3 行政强制 0"
    assert texts(line)[-3:] == [["行政许可", "7"], ["行政处罚", "3"], ["行政强制", "0"]]


def test_a_label_broken_over_lines_is_joined() -> None:
    assert texts("规章 0", "2.其他法律行政", "法规禁止公开", "0", "行政许可 7")[1] == [
        "2.其他法律行政法规禁止公开",
        "0",
    ]


def test_traditional_characters_are_the_same_labels() -> None:
    assert texts("規章 0", "行政許可 7", "行政處罰 3") == [
        ["规章", "0"],
        ["行政许可", "7"],
        ["行政处罚", "3"],
    ]


def test_empty_cells_have_left_no_trace() -> None:
    assert all(row.vanishing for row in loose_rows(paragraphs(HEADS, "规章 0 1")).rows)


def test_an_unknown_label_between_rows_is_kept_with_its_figures() -> None:
    assert ["其他主动公开文件", "5"] in texts(
        "规章 0", "其他主动公开文件", "5", "行政许可 7", "行政处罚 3"
    )


def test_prose_is_no_table() -> None:
    lines = ("全年办理行政许可12件，行政处罚3件。", "规章没有变化。", "总计收到申请5件。")
    assert loose_rows(paragraphs(*lines)) == Taken((), frozenset())


def test_a_label_or_two_make_no_table() -> None:
    assert loose_rows(paragraphs("规章", "0", "1", "2")) == Taken((), frozenset())


def test_a_text_without_end_is_not_searched() -> None:
    assert loose_rows(paragraphs("规章 0 " * 10_000)) == Taken((), frozenset())


def doubtful(*lines: str) -> list[str]:
    """The first cells of the rows among whose figures another number may stand."""
    rows = loose_rows(paragraphs(*lines)).rows
    return [row.items[0].text for row in rows if row.doubtful]


def test_where_rows_are_lines_a_number_on_its_own_line_may_be_a_pages() -> None:
    lines = ("规章 1 0 9", "行政许可 7", "行政处罚 3", "行政强制 0", "行政事业性收费", "3")
    assert doubtful(*lines) == ["行政事业性收费"]


def test_where_each_cell_is_a_line_a_number_on_its_own_line_is_a_cell() -> None:
    assert doubtful("规章", "1", "0", "9", "行政许可", "7", "行政处罚", "3") == []


def test_a_column_of_another_kind_beside_the_corner_makes_every_row_doubtful() -> None:
    corner = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    row = "一、本年新收政府信息公开申请数量 12 0 0 0 0 12 7"
    assert row.split(maxsplit=1)[0] in doubtful(f"{corner} 申请人情况 上年总计", HEADS, row)
    assert doubtful(f"{corner} 申请人情况", HEADS, row) == []
