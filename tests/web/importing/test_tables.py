"""A file is one table within limits, or one clear sentence."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from mingtang_web.importing import tables
from mingtang_web.importing.tables import TableError

CSV = (
    "西山区住建局2026年依申请公开台账,,\n编号,收到日期,备注\n"
    "1,2026-03-02,\n,,\n2,2026/3/3,急\n"
)


def workbook(*sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_headers_are_found_below_a_title_and_blank_rows_are_none(encoding: str) -> None:
    table = tables.read(CSV.encode(encoding))
    assert table.headers == ("编号", "收到日期", "备注")
    assert table.rows == ((3, ("1", "2026-03-02", "")), (5, ("2", "2026/3/3", "急")))
    assert tables.Table.load(table.dump()) == table


def test_numbers_that_a_sheet_has_not_kept_whole_are_refused_at_their_cells() -> None:
    head: list[object] = ["编号", "收到日期", "身份证号"]
    kept: list[object] = ["1", "2026-03-02", "110101199003070134"]
    lost: list[object] = ["2", "2026-03-03", 110101199003070134]
    assert tables.read(workbook([head, kept])).rows[0].cells == tuple(kept)
    with pytest.raises(TableError, match=r"^C3把超过15位的号码.*“文本”"):
        tables.read(workbook([head, kept, lost]))
    with pytest.raises(TableError, match=r"^C2、C3、C4、C5、C6等7格"):
        tables.read(workbook([head, *([lost] * 7)]))


def test_tabs_and_semicolons_part_cells_too() -> None:
    for mark in "\t;":
        table = tables.read(CSV.replace(",", mark).encode())
        assert table.headers[:2] == ("编号", "收到日期")


def test_a_workbook_gives_what_it_shows() -> None:
    from datetime import date  # noqa: PLC0415 - for this cell alone

    data = workbook([["编号", "收到日期"], [1, date(2026, 3, 2)]])
    assert tables.read(data).rows == ((2, ("1", "2026-03-02")),)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "没有内容"),
        (b"\x00\x01\x02\xff", "CSV"),
        (b"PK\x03\x04broken", "工作簿打不开"),
        (b"a" * (tables.MAX_BYTES + 1), "上限"),
        ("编号,编号\n1,2\n".encode(), "同名：编号"),
        ("编号,收到日期\n1,2026-03-02,多\n".encode(), "第 2 行比标题行多出"),
        (("编号,收到日期\n" + "1" * 5001).encode(), "超过 5000 字"),
        (",".join(f"列{n}" for n in range(201)).encode(), "200 列"),
        (("编号\n" + "1\n" * 50_001).encode(), "50000 行"),
        (workbook([["编号"], [1]], [["编号"], [2]]), "2 个有内容的工作表"),
    ],
    ids=lambda value: value if isinstance(value, str) else "file",
)
def test_what_is_no_table_is_refused_in_one_line(data: bytes, why: str) -> None:
    with pytest.raises(TableError, match=why) as refused:
        tables.read(data)
    assert "\n" not in str(refused.value)


def test_a_workbook_with_macros_and_a_table_without_rows_are_refused() -> None:
    macros = io.BytesIO(workbook([["编号"], ["1"]]))
    with zipfile.ZipFile(macros, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"")
    with pytest.raises(TableError, match="带有宏"):
        tables.read(macros.getvalue())
    with pytest.raises(TableError, match="没有一行内容"):
        tables.read("编号,收到日期\n".encode())
