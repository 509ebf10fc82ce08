from __future__ import annotations

import pytest

from mingtang.document import Grid
from mingtang.reading.formats.html import (
    TooComplexError,
    read,
)
from mingtang.reading.limits import MAX_CELLS, MAX_LINES, MAX_SPAN, MAX_TABLES


def texts(page: str) -> list[object]:
    """Return paragraphs as they are and tables as lists of their cells' texts."""
    return [
        [[cell.text for cell in row] for row in block.rows]
        if isinstance(block, Grid)
        else block.text
        for block in read(page).blocks
    ]


def squares(page: str) -> list[list[tuple[int, int, int]]]:
    """Return column, rowspan and colspan of every cell of the first table."""
    grid = next(read(page).grids())
    return [
        [(cell.column, cell.rowspan, cell.colspan) for cell in row] for row in grid.rows
    ]


class TestText:
    def test_blocks_come_in_reading_order(self) -> None:
        page = "<h1>甲</h1>乙<table><tr><td>1</td><td>2</td></tr></table><ul><li>丙</ul>"
        assert texts(page) == ["甲", "乙", [["1", "2"]], "丙"]

    def test_paragraphs_and_tables_are_counted_apart_from_1(self) -> None:
        table = "<table><tr><td>1</td><td>2</td></tr></table>"
        page = read(f"<p>甲</p>{table}<p>乙</p>{table}")
        assert [block.number for block in page.blocks] == [1, 1, 2, 2]
        assert page.kind == "html"

    def test_the_page_has_its_own_title(self) -> None:
        assert read("<title> 年度报告 </title><p>甲</p>").title == "年度报告"
        assert read("<p>甲</p>").title is None

    def test_words_split_over_tags_are_one_text(self) -> None:
        assert texts("<p>政府<span>信息</span><b>公开</b></p>") == ["政府信息公开"]

    def test_a_line_break_parts_blocks(self) -> None:
        assert texts("<p>甲局<br>2024年</p>") == ["甲局", "2024年"]

    def test_entities_are_characters(self) -> None:
        assert texts("<p>&#30002;&amp;乙</p>") == ["甲&乙"]


class TestHidden:
    @pytest.mark.parametrize(
        "part",
        [
            "<script>var a = '乙';</script>",
            "<style>p { color: red }</style>",
            "<!-- 乙 -->",
            "<template>乙</template>",
            "<p hidden>乙</p>",
            '<p style="display:none">乙</p>',
            '<div style="color:red; display: none;">乙<p>丙</p></div>',
            '<p style="visibility:hidden">乙</p>',
            '<P STYLE="DISPLAY : NONE">乙</P>',
            '<p style="visibility: hidden">乙</p>',
            "<noscript>乙</noscript>",
        ],
    )
    def test_what_nobody_sees_is_not_read(self, part: str) -> None:
        assert texts(f"<p>甲</p>{part}<p>丁</p>") == ["甲", "丁"]

    def test_a_hidden_row_is_not_in_the_table(self) -> None:
        page = '<table><tr style="display:none"><td>9</td><td>9</td></tr>'
        assert texts(page + "<tr><td>1</td><td>2</td></tr></table>") == [[["1", "2"]]]


class TestTables:
    def test_merged_cells_move_what_follows_to_its_true_column(self) -> None:
        page = """<table>
        <tr><td rowspan="2">申请人情况</td><td colspan="2">组织</td><td>总计</td></tr>
        <tr><td>商业企业</td><td>科研机构</td><td>1</td></tr></table>"""
        assert squares(page) == [
            [(0, 2, 1), (1, 1, 2), (3, 1, 1)],
            [(1, 1, 1), (2, 1, 1), (3, 1, 1)],
        ]

    def test_two_merged_cells_side_by_side(self) -> None:
        page = (
            "<table><tr><td rowspan=3>a<td rowspan=2 colspan=2>b<td>c"
            "<tr><td>d<tr><td>e<td>f<td>g</table>"
        )
        assert [[cell[0] for cell in row] for row in squares(page)] == [
            [0, 1, 3],
            [3],
            [1, 2, 3],
        ]

    @pytest.mark.parametrize("span", ["0", "-1", "", "二", "3.5", "1e9", str(MAX_SPAN + 1)])
    def test_a_span_that_is_none_counts_as_1(self, span: str) -> None:
        cell = f'<td colspan="{span}" rowspan="{span}">a</td>'
        page = f"<table><tr>{cell}<td>b</td></tr></table>"
        assert squares(page) == [[(0, 1, 1), (1, 1, 1)]]

    def test_header_cells_are_cells(self) -> None:
        assert texts("<table><tr><th>规章</th><td>1</td></tr></table>") == [[["规章", "1"]]]

    def test_head_and_body_are_one_table(self) -> None:
        page = "<table><thead><tr><td>a<td>b</thead><tbody><tr><td>1<td>2</tbody></table>"
        assert texts(page) == [[["a", "b"], ["1", "2"]]]

    def test_tags_that_may_be_left_out_are_not_missed(self) -> None:
        assert texts("<table><tr><td>a<td>b<tr><td>1<td>2</table>") == [
            [["a", "b"], ["1", "2"]]
        ]

    def test_the_last_cell_of_a_page_that_breaks_off_is_in_doubt(self) -> None:
        page = "<table><tr><td>规章</td><td>12"
        assert texts(page) == [[["规章", "12\ufffd"]]]


class TestLayout:
    def test_a_table_around_a_table_is_taken_apart(self) -> None:
        inner = "<table><tr><td>规章</td><td>1</td></tr></table>"
        page = f"<table><tr><td>首页</td><td><p>甲</p>{inner}</td></tr></table>"
        assert texts(page) == ["首页", "甲", [["规章", "1"]]]

    def test_a_table_of_long_prose_is_text(self) -> None:
        prose = "全年工作平稳有序。" * 40
        page = f"<table><tr><td>首页</td><td>{prose}</td></tr></table>"
        assert texts(page) == ["首页", prose]

    def test_a_table_of_one_column_is_text(self) -> None:
        page = "<table><tr><td>一、总体情况</td></tr><tr><td>全年平稳。</td></tr></table>"
        assert texts(page) == ["一、总体情况", "全年平稳。"]

    def test_a_lone_short_cell_is_a_piece_of_its_sentence(self) -> None:
        page = "<div>收到<table><tr><td>3</td></tr></table>件</div>"
        assert texts(page) == ["收到3件"]


class TestLimits:
    def test_too_many_tables_are_refused(self) -> None:
        with pytest.raises(TooComplexError, match=f"超过 {MAX_TABLES} 个的上限"):
            read("<table></table>" * (MAX_TABLES + 1))

    def test_too_many_cells_in_one_table_are_refused(self) -> None:
        with pytest.raises(TooComplexError, match=f"一个表超过 {MAX_CELLS} 格的上限"):
            read("<table><tr>" + "<td>1" * (MAX_CELLS + 1) + "</table>")

    def test_too_many_cells_on_a_page_are_refused(self) -> None:
        table = "<table><tr>" + "<td>1" * (MAX_CELLS // 2) + "</table>"
        with pytest.raises(TooComplexError, match=f"表格超过 {MAX_CELLS} 格的上限"):
            read(table * 3)

    def test_too_many_lines_are_refused(self) -> None:
        with pytest.raises(TooComplexError, match=f"超过 {MAX_LINES} 行的上限"):
            read("甲<br>" * (MAX_LINES + 1))
