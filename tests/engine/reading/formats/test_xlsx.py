"""Workbooks as people make them: what is seen of each cell, and what is text."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, Side

from mingtang.document import Grid
from mingtang.packages.archives import ArchiveError
from mingtang.reading.formats.xlsx import read
from mingtang.reading.kinds import binary_kind
from mingtang.reading.limits import MAX_CELLS
from mingtang.reading.sheets.assembly import MAX_MERGED, SheetError
from mingtang.text import parse_figure

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.worksheet.worksheet import Worksheet

OLD = (Path(__file__).parent / "old.xls").read_bytes()
LINE = Side(style="thin")
FRAME = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)


def saved(book: openpyxl.Workbook) -> bytes:
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def made(build: Callable[[Worksheet], object]) -> bytes:
    book = openpyxl.Workbook()
    build(book.active)
    return saved(book)


def sheet(*rows: list[object], merged: tuple[str, ...] = ()) -> bytes:
    def build(page: Worksheet) -> None:
        for row in rows:
            page.append(row)
        for each in merged:
            page.merge_cells(each)

    return made(build)


def blocks(data: bytes) -> list[object]:
    """Paragraphs as text, tables as rows of texts."""
    return [
        [list(row) for row in block.texts] if isinstance(block, Grid) else block.text
        for block in read(data).blocks
    ]


def cell(value: object, code: str = "General", **look: object) -> str:
    """What one cell beside a label is read as."""

    def build(page: Worksheet) -> None:
        page["A1"], page["B1"], page["C1"] = "规章", value, 0
        page["B1"].number_format = code
        for name, each in look.items():
            setattr(page["B1"], name, each)

    (table,) = read(made(build)).grids()
    return table.texts[0][1]


def altered(data: bytes, part: str, old: str, new: str) -> bytes:
    """A file with one of its parts written otherwise."""
    made_new = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as given,
        zipfile.ZipFile(made_new, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        for name in given.namelist():
            held = given.read(name)
            if name == part:
                assert old.encode() in held
                held = held.replace(old.encode(), new.encode())
            out.writestr(name, held)
    return made_new.getvalue()


PAIR = sheet(["规章", 1, 2])
PART = "xl/worksheets/sheet1.xml"


def test_remarks_in_the_xml_are_no_cells():
    odd = altered(PAIR, PART, '<c r="A1"', '<!-- a --><?b c?><c r="A1"')
    odd = altered(odd, PART, '<c r="B1"', "<!-- d --><c")
    odd = altered(
        odd, "xl/_rels/workbook.xml.rels", "<Relationship ", "<!-- e --><Relationship "
    )
    assert blocks(odd) == blocks(PAIR)


class TestRows:
    def test_prose_and_tables_come_in_reading_order(self) -> None:
        data = sheet(["标题"], [], ["规章", 1], ["行政许可", 2], [], ["结尾"])
        rows = [["规章", "1"], ["行政许可", "2"], ["", ""]]
        assert blocks(data) == ["标题", rows, "结尾"]

    def test_a_merged_row_is_prose(self) -> None:
        data = sheet(["标题", None, None], ["a", "b", "c"], merged=("A1:C1",))
        assert blocks(data) == ["标题", [["a", "b", "c"]]]

    def test_lines_in_a_prose_cell_are_paragraphs(self) -> None:
        assert blocks(sheet(["甲\n　乙 \n\n丙"])) == ["甲", "乙", "丙"]

    def test_blank_rows_part_tables(self) -> None:
        assert blocks(sheet(["a", 1], [], ["b", 2])) == [[["a", "1"]], [["b", "2"]]]

    def test_a_label_with_blank_figures_is_a_row_of_its_table(self) -> None:
        data = sheet(["规章", 1], ["行政许可", None], ["行政处罚", 3])
        assert blocks(data) == [[["规章", "1"], ["行政许可", ""], ["行政处罚", "3"]]]

    def test_a_framed_row_of_blanks_belongs_to_the_table(self) -> None:
        def build(page: Worksheet) -> None:
            for row in (["结果维持", "总计"], ["", ""]):
                page.append(row)
            for row in page["A1:B2"]:
                for each in row:
                    each.border = FRAME

        assert blocks(made(build)) == [[["结果维持", "总计"], ["", ""]]]

    def test_an_unknown_label_in_a_frame_is_a_row_and_no_prose(self) -> None:
        def build(page: Worksheet) -> None:
            for row in (["规章", 1], ["某某事项", None]):
                page.append(row)
            for row in page["A1:B2"]:
                for each in row:
                    each.border = FRAME

        assert blocks(made(build)) == [[["规章", "1"], ["某某事项", ""]]]

    def test_sheets_follow_one_another(self) -> None:
        book = openpyxl.Workbook()
        book.active.append(["甲"])
        book.create_sheet().append(["规章", 1])
        book.create_sheet().append(["行政许可", 2])
        grids = list(read(saved(book)).grids())
        assert [grid.number for grid in grids] == [1, 2]

    def test_a_table_need_not_begin_in_the_first_column(self) -> None:
        assert blocks(sheet([None, "规章", 1], [None, "行政许可", 2])) == [
            [["规章", "1"], ["行政许可", "2"]]
        ]


class TestMerged:
    def test_merged_cells_cover_their_squares(self) -> None:
        data = sheet(["表头", "甲", None], [None, "乙", "丙"], merged=("A1:A2", "B1:C1"))
        (grid,) = read(data).grids()
        assert grid.spans
        assert grid.squares[0] == ((0, 2, 1), (1, 1, 2))
        assert grid.squares[1] == ((1, 1, 1), (2, 1, 1))

    def test_a_table_without_merged_cells_has_plain_columns(self) -> None:
        (grid,) = read(PAIR).grids()
        assert not grid.spans

    def test_a_value_under_a_merged_cell_is_not_seen(self) -> None:
        data = sheet(["a", "b", 5], ["c", "d", 6])
        ranges = '</sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells>'
        assert blocks(altered(data, PART, "</sheetData>", ranges))[0][0] == ["a", "5"]

    def test_text_centred_across_empty_cells_is_as_good_as_merged(self) -> None:
        def build(page: Worksheet) -> None:
            page.append(["行政复议", None, "x"])
            page.append([1, 2, 3])
            for name in ("A1", "B1"):
                page[name].alignment = Alignment(horizontal="centerContinuous")

        (grid,) = read(made(build)).grids()
        assert grid.squares[0][0].colspan == 2

    def test_a_merged_cell_shows_its_text_where_its_first_row_is_hidden(self) -> None:
        def build(page: Worksheet) -> None:
            for row in (["甲", 1], [None, 2], [None, 3]):
                page.append(row)
            page.merge_cells("A1:A3")
            page.row_dimensions[1].hidden = True

        assert blocks(made(build)) == [[["甲", "2"], ["3"]]]


class TestHidden:
    def test_a_hidden_row_is_not_seen(self) -> None:
        def build(page: Worksheet) -> None:
            for row in (["a", 1], ["b", 2], ["c", 3]):
                page.append(row)
            page.row_dimensions[2].hidden = True

        assert blocks(made(build)) == [[["a", "1"], ["c", "3"]]]

    def test_a_hidden_column_is_not_seen(self) -> None:
        def build(page: Worksheet) -> None:
            page.append(["a", 1, 2])
            page.column_dimensions["B"].hidden = True

        assert blocks(made(build)) == [[["a", "2"]]]

    @pytest.mark.parametrize("state", ["hidden", "veryHidden"])
    def test_a_hidden_sheet_is_not_seen(self, state: str) -> None:
        book = openpyxl.Workbook()
        book.active.append(["a", 1])
        other = book.create_sheet()
        other.append(["b", 2])
        other.sheet_state = state
        assert blocks(saved(book)) == [[["a", "1"]]]

    def test_a_comment_is_not_read(self) -> None:
        assert cell(1, comment=Comment("其实是 2", "某")) == "1"


class TestNumbers:
    @pytest.mark.parametrize(
        ("value", "code", "printed"),
        [
            (24.0, "General", "24"),
            (1139.89, "General", "1139.89"),
            (0.1 + 0.2, "General", "0.3"),
            (11398889, "General", "11398889"),
            (59237.2449, "General", "59237.2449"),
            (1234567, "#,##0", "1,234,567"),
            (0.35, "0%", "35%"),
            (0.0625, "0.0%", "6.3%"),
            (1139.895, "0.00", "1139.90"),
            (24, "0.00", "24.00"),
            (24, '0"件"', "24件"),
            (-4, "General", "-4"),
            (-4, "0_ ;[Red]-0 ", "-4"),
            (0, '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "-"),
            (0, "0;-0;;@", ""),
            (24, ";;;", ""),
            (45677, 'yyyy"年"m"月"d"日"', "2025年1月20日"),
            (True, "General", "TRUE"),
            ("24", "@", "24"),
            ("　24 ", "General", "24"),
        ],
    )
    def test_a_number_is_read_as_it_is_printed(
        self, value: object, code: str, printed: str
    ) -> None:
        assert cell(value, code) == printed

    def test_a_date_is_read_as_it_is_printed(self) -> None:
        assert cell(date(2025, 1, 20), "yyyy-mm-dd") == "2025-01-20"

    @pytest.mark.parametrize(
        ("value", "code"),
        [
            (24, "# ?/?"),
            (24, "0.0E+0"),
            (24000, "0.0,"),
            (24, "[DBNum1]0"),
            (24, "[>9]0;0"),
            (-4, "0;[Red]0"),
            (24, "yyyy/m/d"),
            (True, "General"),
            ("#REF!", "General"),
            ("#N/A", "General"),
        ],
    )
    def test_what_shows_no_plain_figure_is_none(self, value: object, code: str) -> None:
        assert parse_figure(cell(value, code)).kind == "unreadable"

    def test_noughts_that_a_sheet_does_not_show_are_blank(self) -> None:
        def build(page: Worksheet) -> None:
            page.append(["规章", 0, 1])
            page.sheet_view.showZeros = False

        assert blocks(made(build)) == [[["规章", "", "1"]]]


class TestFormulas:
    def test_the_kept_result_of_a_formula_is_read(self) -> None:
        data = io.BytesIO()
        book = xlsxwriter.Workbook(data, {"in_memory": True})
        page = book.add_worksheet()
        page.write_row(0, 0, ["规章", 1])
        page.write_formula(0, 2, "=B1+23", None, 24)
        book.close()
        assert blocks(data.getvalue()) == [[["规章", "1", "24"]]]

    def test_a_formula_that_nobody_computed_is_unreadable(self) -> None:
        assert parse_figure(cell("=SUM(C1:D1)")).kind == "unreadable"

    def test_a_nought_to_be_computed_on_opening_is_unreadable(self) -> None:
        data = io.BytesIO()
        book = xlsxwriter.Workbook(data, {"in_memory": True})
        page = book.add_worksheet()
        page.write_row(0, 0, ["规章", 1])
        page.write_formula(0, 2, "=B1+23")
        book.close()
        assert parse_figure(blocks(data.getvalue())[0][0][2]).kind == "unreadable"


class TestTexts:
    def test_struck_out_runs_are_marked(self) -> None:
        text = CellRichText(TextBlock(InlineFont(strike=True), "1"), "2")
        assert cell(text) == "[删去：1]2"

    def test_raised_runs_are_marked(self) -> None:
        text = CellRichText("2", TextBlock(InlineFont(vertAlign="superscript"), "1"))
        assert cell(text) == "2(1)"

    def test_a_struck_out_cell_is_marked(self) -> None:
        assert cell(12, font=Font(strike=True)) == "[删去：12]"

    def test_a_line_break_in_a_cell_is_kept(self) -> None:
        assert cell("商业\n企业") == "商业\n企业"

    def test_how_a_text_is_pronounced_is_not_read(self) -> None:
        book = io.BytesIO()
        made_book = xlsxwriter.Workbook(book, {"in_memory": True})
        made_book.add_worksheet().write_row(0, 0, ["规章", "件"])
        made_book.close()
        data = altered(
            book.getvalue(),
            "xl/sharedStrings.xml",
            "<t>件</t>",
            '<t>件</t><rPh sb="0" eb="1"><t>jian</t></rPh>',
        )
        assert blocks(data) == [[["规章", "件"]]]


class TestOlderWorkbooks:
    def test_an_older_workbook_is_read_as_it_is_seen(self) -> None:
        assert binary_kind(OLD) == read(OLD).kind == "xls"
        title, table = blocks(OLD)
        assert title == "临河市2024年政府信息公开工作年度报告"
        assert table == [
            ["规章", "24", "35%", "1139.89"],
            ["行政许可", "=（未计算）", "TRUE", "#REF!"],
            ["行政处罚", "[删去：12]", "[删去：1]2", ""],
        ]

    @pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
    def test_a_torn_older_workbook_is_refused(self, share: float) -> None:
        with pytest.raises(ValueError, match=r"不完整|损坏"):
            read(OLD[: int(len(OLD) * share)])


class TestLimits:
    def test_a_torn_file_is_refused(self) -> None:
        with pytest.raises(ArchiveError, match="不完整或已损坏"):
            read(PAIR[: len(PAIR) // 2])

    def test_a_torn_part_is_refused(self) -> None:
        with pytest.raises(SheetError, match="已损坏"):
            read(altered(PAIR, PART, "</sheetData>", ""))

    def test_a_missing_part_is_refused(self) -> None:
        with pytest.raises(ArchiveError, match="缺少"):
            read(altered(PAIR, "xl/_rels/workbook.xml.rels", "sheet1.xml", "no.xml"))

    def test_a_binary_workbook_is_refused(self) -> None:
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w") as out:
            out.writestr("xl/workbook.bin", b"")
        with pytest.raises(SheetError, match="另存为 xlsx"):
            read(data.getvalue())

    def test_a_far_cell_costs_nothing(self) -> None:
        def build(page: Worksheet) -> None:
            page.append(["规章", 1])
            page["XFD1048576"] = "远"

        assert blocks(made(build)) == [[["规章", "1"], ["", ""]], "远"]

    def test_a_table_as_wide_as_a_sheet_is_refused(self) -> None:
        def build(page: Worksheet) -> None:
            page.append(["规章", 1])
            page.append(["行政许可", 2])
            page["XFD1"] = "远"

        with pytest.raises(SheetError, match=f"超过 {MAX_CELLS} 格的上限"):
            read(made(build))

    def test_too_many_merged_cells_are_refused(self) -> None:
        merged = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, MAX_MERGED + 3))
        ranges = f"</sheetData><mergeCells>{merged}</mergeCells>"
        with pytest.raises(SheetError, match=f"超过 {MAX_MERGED} 处的上限"):
            read(altered(PAIR, PART, "</sheetData>", ranges))

    def test_a_cell_merged_over_the_whole_sheet_is_one_cell(self) -> None:
        ranges = '</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        assert blocks(altered(PAIR, PART, "</sheetData>", ranges)) == ["规章"]

    @pytest.mark.parametrize("name", ["A0", "XFE1", "A1048577", "1A", "甲1"])
    def test_a_cell_that_no_sheet_has_is_refused(self, name: str) -> None:
        with pytest.raises(SheetError, match="没有名为"):
            read(
                altered(
                    altered(PAIR, PART, '<row r="1"', "<row"), PART, '"B1"', f'"{name}"'
                )
                if not name.startswith("A")
                else altered(
                    PAIR,
                    PART,
                    "</sheetData>",
                    f'</sheetData><mergeCells><mergeCell ref="A1:{name}"/></mergeCells>',
                )
            )

    def test_entities_are_not_opened(self) -> None:
        head = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "9"><!ENTITY b "&a;&a;">]>'
        data = altered(PAIR, PART, "<worksheet", f"{head}<worksheet")
        assert "9" not in str(blocks(altered(data, PART, "<v>2</v>", "<v>&b;</v>")))
