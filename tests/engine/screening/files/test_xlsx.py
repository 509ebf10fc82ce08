"""What a workbook hides is found, cell by cell, sheet by sheet."""

from __future__ import annotations

from datetime import date

import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from mingtang.screening import Kind
from mingtang.screening.files import screen_file
from tests.trials.hiding import added, workbook, zipped

PHONE = "13800007502"
EMPTY = "<worksheet><sheetData/></worksheet>"
BLUE = PatternFill("solid", "FF0000FF")


def found(*steps):
    hits = screen_file(workbook(*steps), "a.xlsx").hits
    told = [(hit.kind, hit.where.words) for hit in hits]
    return [each for each in told if each != (Kind.METADATA, "文档属性“作者”")]


def cell(at, value, **style):
    def step(book):
        book.active[at] = value
        for name, worth in style.items():
            setattr(book.active[at], name, worth)

    return step


def hidden_sheet(book):
    book.create_sheet("名册").sheet_state = "hidden"
    book["名册"]["B7"] = PHONE


def hidden_row(book):
    book.active["B12"] = PHONE
    book.active.row_dimensions[12].hidden = True


def hidden_column(book):
    book.active["C2"] = PHONE
    book.active.column_dimensions["C"].hidden = True


def commented(book):
    book.active["B7"] = "甲"
    book.active["B7"].comment = Comment(f"手机{PHONE}", "李")


def headed(book):
    book.active.oddHeader.center.text = f"手机{PHONE}"


def checked_row(book):
    book.active.append(["姓名", "账号", "备注"])
    book.active.append(["甲", 6222021234567, None])


@pytest.mark.parametrize(
    ("step", "told"),
    [
        (cell("B7", PHONE), [(Kind.PHONE, "工作表“公开表”B7")]),
        (cell("B7", int(PHONE)), [(Kind.PHONE, "工作表“公开表”B7")]),
        (
            hidden_sheet,
            [(Kind.HIDDEN_SHEET, "隐藏工作表“名册”"), (Kind.PHONE, "隐藏工作表“名册”B7")],
        ),
        (
            hidden_row,
            [
                (Kind.HIDDEN_CELLS, "工作表“公开表”隐藏的行 12"),
                (Kind.PHONE, "工作表“公开表”隐藏的行12 B12"),
            ],
        ),
        (
            hidden_column,
            [
                (Kind.HIDDEN_CELLS, "工作表“公开表”隐藏的列 C"),
                (Kind.PHONE, "工作表“公开表”C2（隐藏的列）"),
            ],
        ),
        (
            cell("A1", "甲", font=Font(color="FFFFFFFF")),
            [(Kind.HIDDEN_TEXT, "工作表“公开表”A1（白底白字）")],
        ),
        (
            cell("A1", "甲", number_format=";;;"),
            [(Kind.HIDDEN_TEXT, "工作表“公开表”A1（格式让它不显示）")],
        ),
        (
            cell(
                "A1",
                "甲",
                font=Font(color="FFFFFFFF"),
                fill=BLUE,
            ),
            [],
        ),
        (
            commented,
            [
                (Kind.COMMENT, "工作表“公开表”B7的批注"),
                (Kind.PHONE, "工作表“公开表”B7的批注"),
            ],
        ),
        (headed, [(Kind.PHONE, "工作表“公开表”的页眉页脚")]),
        (checked_row, [(Kind.ACCOUNT, "工作表“公开表”B2")]),
    ],
)
def test_what_a_workbook_shows_and_hides_is_told_with_its_place(step, told):
    assert found(step) == told


def test_a_day_below_a_head_that_says_birth_is_found_as_it_is_shown():
    def step(book):
        book.active.append(["姓名", "出生日期"])
        book.active.append(["甲", date(1990, 3, 7)])

    hits = screen_file(workbook(step), "a.xlsx").hits
    (hit,) = [hit for hit in hits if hit.kind is Kind.BIRTH_DATE]
    assert hit.text == "1990-03-07"


def test_a_string_that_no_cell_uses_is_still_in_the_file():
    strings = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<si><t>手机{PHONE}</t></si></sst>"
    )
    data = added(workbook(cell("A1", "甲")), **{"xl/sharedStrings.xml": strings})
    data = added(data, **{"xl/worksheets/sheet1.xml": EMPTY})
    told = {(hit.kind, hit.where.words) for hit in screen_file(data, "a.xlsx").hits}
    assert (Kind.HIDDEN_TEXT, "没有单元格使用的文字") in told
    assert (Kind.PHONE, "没有单元格使用的文字") in told


def test_a_binary_workbook_is_not_looked_into_and_it_is_said():
    data = zipped({"[Content_Types].xml": "<a/>", "xl/workbook.bin": b"\0"})
    assert "xlsx" in screen_file(data, "a.xlsb").not_looked[0]
