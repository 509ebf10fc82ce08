from __future__ import annotations

import pytest

from mingtang.document import Grid
from mingtang.reading.formats.text import TooLongError, read
from mingtang.reading.limits import MAX_CELLS, MAX_LINES


def texts(text: str) -> list[object]:
    """Return paragraphs as they are and tables as lists of their cells' texts."""
    return [
        [[cell.text for cell in row] for row in block.rows]
        if isinstance(block, Grid)
        else block.text
        for block in read(text).blocks
    ]


class TestProse:
    def test_a_line_is_a_paragraph_and_empty_lines_are_none(self) -> None:
        document = read("一、总体情况\n\n  全年平稳。\n")
        assert [(block.text, block.number) for block in document.paragraphs()] == [
            ("一、总体情况", 1),
            ("全年平稳。", 2),
        ]
        assert document.kind == "text"

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028"])
    def test_lines_end_in_many_ways(self, end: str) -> None:
        assert texts(f"甲{end}乙") == ["甲", "乙"]

    def test_marks_of_markdown_are_not_words(self) -> None:
        text = "## 二、主动公开政府信息情况 ##\n**粗**字"
        assert texts(text) == ["二、主动公开政府信息情况", "粗字"]
        assert read(text, "markdown").kind == "markdown"

    def test_a_pipe_in_a_sentence_makes_no_table(self) -> None:
        assert texts("首页|年报\n一、总体情况") == ["首页|年报", "一、总体情况"]


class TestTabs:
    def test_a_row_a_line_keeps_its_empty_cells(self) -> None:
        text = "信息内容\t制发\t废止\n规章\t0\t\n规范性文件\t\t1\n后文"
        assert texts(text) == [
            [["信息内容", "制发", "废止"], ["规章", "0", ""], ["规范性文件", "", "1"]],
            "后文",
        ]

    def test_a_cell_a_line_has_rows_parted_by_empty_lines(self) -> None:
        text = "\t规章\n\t0\n\n\t行政许可\n\t\n\n二、正文"
        assert texts(text) == [[["规章", "0"], ["行政许可", ""]], "二、正文"]

    def test_a_cell_text_broken_over_lines_is_joined(self) -> None:
        text = "\t2.其他法律行政\n法规禁止公开\n\t0\n\n\t重复\n\t1\n"
        assert texts(text) == [[["2.其他法律行政\n法规禁止公开", "0"], ["重复", "1"]]]

    def test_one_tab_by_chance_makes_no_table(self) -> None:
        assert texts("一、总体情况\t\n全年\t平稳。") == ["一、总体情况", "全年\t平稳。"]


class TestPipes:
    def test_a_framed_table_of_markdown(self) -> None:
        text = "| 信息内容 | 制发 |\n| --- | --- |\n| 规章 |  |\n后文"
        assert texts(text) == [[["信息内容", "制发"], ["规章", ""]], "后文"]

    def test_cells_closed_by_a_line_of_one_pipe(self) -> None:
        grid = next(read("规章\n|\n0\n|\n1\n|\n").grids())
        assert grid.flow
        assert [cell.text for cell in grid.rows[0]] == ["规章", "0", "1"]

    def test_rows_opened_by_a_line_of_one_pipe(self) -> None:
        text = "|\n规章 |\n0 |\n|\n行政许可 |\n3 |\n"
        assert texts(text) == [[["规章", "0"], ["行政许可", "3"]]]

    def test_a_cell_a_line_gives_one_row_of_flowing_cells(self) -> None:
        grid = next(read("规章 |\n0 |\n1 |\n2 |\n").grids())
        assert grid.flow
        assert [cell.text for cell in grid.rows[0]] == ["规章", "0", "1", "2"]

    def test_a_heading_between_closed_cells_is_text(self) -> None:
        text = "规章\n|\n0\n|\n三、收到和处理政府信息公开申请情况\n自然人\n|\n1\n|\n"
        blocks = texts(text)
        assert blocks[1] == "三、收到和处理政府信息公开申请情况"
        assert [blocks[0], blocks[2]] == [[["规章", "0"]], [["自然人", "1"]]]

    def test_columns_of_text_are_only_counted(self) -> None:
        grid = next(read("| 规章 | 0 |\n| 许可 | 1 |").grids())
        assert not grid.spans
        assert [cell.column for cell in grid.rows[0]] == [0, 1]


class TestLimits:
    def test_too_many_lines_are_refused(self) -> None:
        with pytest.raises(TooLongError, match=f"文本超过 {MAX_LINES} 行的上限"):
            read("甲\n" * (MAX_LINES + 1))

    def test_too_many_cells_are_refused(self) -> None:
        with pytest.raises(TooLongError, match=f"表格超过 {MAX_CELLS} 格的上限"):
            read("规章|0|1|2|\n" * (MAX_CELLS // 4 + 1))
