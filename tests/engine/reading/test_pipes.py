from __future__ import annotations

import pytest

from mingtang.document import FILL
from mingtang.reading.pipes import (
    cells_by_pipe,
    opened_rows,
    opens_closed_cells,
    pipe_run,
    pipe_shape,
    rows_by_pipe,
)

ROWS = ["| 信息内容 | 制发 |", "| --- | --- |", "| 规章 | 0 |"]
OPENED = ["|", "规章 |", "0 |", "|", "行政许可 |", "3 |"]
CELLS = ["规章 |", "0 |", "1 |", "2 |"]
CLOSED = ["规章", "|", "0", "|", "1", "|"]


@pytest.mark.parametrize(
    ("texts", "shape"),
    [(ROWS, "rows"), (OPENED, "opened"), (CELLS, "cells"), (CLOSED, "closed")],
)
def test_the_use_of_pipes_is_told(texts: list[str], shape: str) -> None:
    assert pipe_shape(texts) == shape


class TestRun:
    def test_a_table_ends_where_pipes_end(self) -> None:
        assert pipe_run([*ROWS, "后文。"], 0) == 3

    def test_a_table_ends_before_a_heading(self) -> None:
        lines = [*CELLS, "三、收到和处理政府信息公开申请情况", "自然人 |"]
        assert pipe_run(lines, 0) == 4

    def test_a_cell_broken_over_lines_belongs_to_the_table(self) -> None:
        assert pipe_run(["2.其他法律", "行政法规禁止公开 |", "0 |"], 0) == 3

    def test_one_pipe_is_no_table(self) -> None:
        assert pipe_run(["首页|年报", "一、总体情况"], 0) == 0


def test_a_cell_closed_by_a_line_of_one_pipe_is_known() -> None:
    assert opens_closed_cells(CLOSED, 0)
    assert not opens_closed_cells(CELLS, 0)
    assert not opens_closed_cells(CLOSED[:3], 0)


class TestRows:
    def test_the_rule_line_of_markdown_is_no_row(self) -> None:
        assert [len(row) for row in rows_by_pipe(ROWS)] == [2, 2]

    def test_a_pipe_at_the_end_closes_the_last_cell(self) -> None:
        assert rows_by_pipe(["规章 | 0 | 1 |", "许可 | 2 | 3 |"])[0] == [
            "规章 ",
            " 0 ",
            " 1 ",
        ]

    def test_a_printed_empty_cell_is_told_from_a_merged_one(self) -> None:
        rows = rows_by_pipe(["| 第二十条 | ||", "| 规章 |  | 1 |"])
        assert rows[0] == [" 第二十条 ", FILL, FILL]
        assert rows[1] == [" 规章 ", "  ", " 1 "]


def test_opened_rows_have_their_cells() -> None:
    assert opened_rows(OPENED) == [["规章 ", "0 "], ["行政许可 ", "3 "]]


def test_cells_may_be_broken_over_lines() -> None:
    assert [
        cell.strip() for cell in cells_by_pipe(["2.其他法律", "禁止公开 |", "0 |"])
    ] == [
        "2.其他法律\n禁止公开",
        "0",
    ]


def test_a_line_of_pipes_is_filling() -> None:
    assert cells_by_pipe(["规章 |", "||", "0 |"])[1:3] == [FILL, FILL]
