"""Separated values as sheets are exported to them."""

from __future__ import annotations

import csv

import pytest

from mingtang.document import Grid
from mingtang.reading.formats.csv import read
from mingtang.reading.kinds import text_kind
from mingtang.reading.limits import MAX_CELLS, MAX_LINES
from mingtang.reading.sheets.assembly import SheetError


def blocks(text: str) -> list[object]:
    return [
        [list(row) for row in block.texts] if isinstance(block, Grid) else block.text
        for block in read(text).blocks
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_fields_are_parted_by_what_most_lines_have(separator: str) -> None:
    text = "规章,1,2\n行政许可,3,4\n".replace(",", separator)
    assert blocks(text) == [[["规章", "1", "2"], ["行政许可", "3", "4"]]]


def test_a_hint_for_the_separator_is_no_row() -> None:
    assert blocks("sep=;\n规章;1\n行政许可;2,5\n") == [[["规章", "1"], ["行政许可", "2,5"]]]


def test_quoted_fields_hold_separators_and_lines() -> None:
    text = '"规章，甲",1,"1,139"\r\n行政许可,2,"其中""甲""\n3"\r\n'
    assert blocks(text) == [[["规章，甲", "1", "1,139"], ["行政许可", "2", '其中"甲"\n3']]]


def test_a_quote_that_is_never_closed_swallows_no_rows() -> None:
    text = '"全年平稳\n' + "规章,1,2\n" * 4
    assert blocks(text) == ['"全年平稳', [["规章", "1", "2"]] * 4]


def test_prose_rows_part_tables() -> None:
    text = "标题,,\n规章,1,2\n三、收到和处理情况,,\n行政许可,3,4\n"
    expected = [
        "标题",
        [["规章", "1", "2"]],
        "三、收到和处理情况",
        [["行政许可", "3", "4"]],
    ]
    assert blocks(text) == expected


def test_prose_written_out_into_every_square_is_one_text() -> None:
    text = "标题,标题,标题\n规章,1,2\n"
    assert blocks(text) == ["标题", [["规章", "1", "2"]]]


def test_a_row_of_equal_figures_is_no_prose() -> None:
    assert blocks("维持,纠正,总计\n0,0,0\n") == [
        [["维持", "纠正", "总计"], ["0", "0", "0"]]
    ]


def test_empty_columns_at_the_end_are_left_out() -> None:
    assert blocks("规章,1,,,\n行政许可,2,,,\n") == [[["规章", "1"], ["行政许可", "2"]]]


def test_a_short_row_stays_short() -> None:
    assert blocks("规章,1,2\n行政许可,3\n") == [[["规章", "1", "2"], ["行政许可", "3"]]]


def test_a_blank_row_below_a_header_may_be_its_figures() -> None:
    assert blocks("维持,纠正\n,\n五、问题,\n") == [[["维持", "纠正"], ["", ""]], "五、问题"]


def test_semicolons_tell_separated_values() -> None:
    assert text_kind("规章;1;2\n行政许可;3;4\n") == "csv"


def test_too_many_lines_are_refused() -> None:
    with pytest.raises(SheetError, match=f"超过 {MAX_LINES} 行的上限"):
        read("规章,1,2\n" * (MAX_LINES + 1))


def test_too_many_cells_are_refused() -> None:
    with pytest.raises(SheetError, match=f"超过 {MAX_CELLS} 格的上限"):
        read("规章,1,2\n" * (MAX_CELLS // 3 + 1))


@pytest.mark.parametrize("limit", [131_072, 10_000_000])
def test_a_field_without_end_is_refused(limit: int) -> None:
    before = csv.field_size_limit(limit)  # the process's own: others may have moved it
    try:
        _is_refused()
    finally:
        csv.field_size_limit(before)


def _is_refused() -> None:
    with pytest.raises(SheetError, match="太长"):
        read(f'"{"甲" * 200_000}",1,2\n')
