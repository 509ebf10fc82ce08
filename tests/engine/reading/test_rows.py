from __future__ import annotations

from mingtang.place import Place
from mingtang.reading.loose import loose_rows
from mingtang.reading.rows import Row, heads
from mingtang.reading.vocabulary import Kind, sense
from tests.engine.reading.snippets import paragraphs, rows


def texts(source: str) -> list[list[str]]:
    return [[item.text for item in row.items] for row in rows(source)]


def test_the_rows_of_a_page_stand_as_they_are() -> None:
    page = "<table><tr><td>规章<td>0<td>2<tr><td>行政许可<td colspan=2>7</table>"
    assert texts(page) == [["规章", "0", "2"], ["行政许可", "7"]]
    assert [row.spans for row in rows(page)] == [True, True]


def test_rows_and_columns_are_counted_from_1_in_places() -> None:
    page = "<table><tr><td>甲<td>乙</table><table><tr><td>规章<td>0</table>"
    row = rows(page)[1]
    assert row.place(row.items[1]) == Place(table=2, row=1, column=2)


def test_a_place_counts_the_squares_that_merged_cells_cover() -> None:
    page = "<table><tr><td rowspan=2>甲<td>乙<tr><td colspan=2>规章<td>0</table>"
    row = rows(page)[1]
    assert row.place(row.items[1]) == Place(table=1, row=2, column=4)
    assert row.width == 4


def test_a_place_in_a_paragraph_is_a_stretch_of_it() -> None:
    row = loose_rows(paragraphs("规章 12 0 2", "行政许可 7", "行政处罚 1")).rows[0]
    assert row.place(row.items[1]) == Place(paragraph=1, start=3, end=5)


def test_an_empty_row_is_none_and_a_row_of_nothing_has_no_width() -> None:
    assert len(rows("<table><tr></tr><tr><td>规章<td>0</table>")) == 1
    assert Row((), 1, 1).width == 0


class TestFlow:
    """Cells one a line, without a sign of where rows begin."""

    def test_rows_begin_at_labels(self) -> None:
        assert texts("规章 |\n0 |\n1 |\n2 |\n行政许可 |\n7 |\n") == [
            ["规章", "0", "1", "2"],
            ["行政许可", "7"],
        ]

    def test_a_group_and_its_first_line_share_a_row(self) -> None:
        text = "（三）不予公开 |\n1.属于国家秘密 |\n0 |\n3.危及“三安全一稳定” |\n0 |\n"
        assert texts(text) == [
            ["（三）不予公开", "1.属于国家秘密", "0"],
            ["3.危及“三安全一稳定”", "0"],
        ]

    def test_captions_and_leads_begin_rows(self) -> None:
        text = "第二十条第（一）项 |\n信息内容 |\n本年制发件数 |\n规章 |\n0 |\n"
        assert texts(text) == [
            ["第二十条第（一）项"],
            ["信息内容", "本年制发件数"],
            ["规章", "0"],
        ]

    def test_figures_under_headers_begin_a_row_of_their_own(self) -> None:
        text = "行政复议 |\n结果维持 |\n总计 |\n1 |\n1 |\n"
        assert texts(text)[-1] == ["1", "1"]


def test_a_group_label_heads_the_line_after_it() -> None:
    assert heads(sense("（三）不予公开"))
    assert heads(sense("（六）其他处理"))
    assert not heads(sense("规章"))
    assert sense("（六）其他处理").kind is Kind.LINE
