"""A report as an Excel workbook: its words and its tables on one sheet, as printed.

Figures are numbers where a spreadsheet can hold them exactly, otherwise text.
"""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING, Any

import xlsxwriter

from mingtang.manuscript import DAY, HEADING, SIGNER, TITLE, Words
from mingtang.writing.manuscript import manuscript
from mingtang.writing.objects import decimal

if TYPE_CHECKING:
    from mingtang.manuscript import Drawn, Square
    from mingtang.report import Report

WIDTH = 15
"""The sheet's columns: those of the widest table."""
EXACT_DIGITS = 15
"""A spreadsheet's numbers keep so many digits."""

_SONG, _HEI = "宋体", "黑体"
_STYLES: dict[str, dict[str, Any]] = {
    TITLE: {"font_name": _HEI, "font_size": 16, "bold": True, "align": "center"},
    HEADING: {"font_name": _HEI, "font_size": 12, "align": "left"},
    SIGNER: {"align": "right"},
    DAY: {"align": "right"},
    "text": {"align": "left", "indent": 0},
    "figure": {"border": 1, "align": "center"},
    "cell": {"border": 1, "align": "center"},
}
_ALL = {"font_name": _SONG, "font_size": 11, "text_wrap": True, "valign": "vcenter"}
_MADE = datetime(1980, 1, 1)  # noqa: DTZ001 - a file's day without a clock: zip's first
_HAN_A_LINE, _POINTS_A_LINE = 72, 16


def write(report: Report) -> bytes:
    """Return the report as a workbook of one sheet."""
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_numbers": False})
    book.set_properties({"created": _MADE})
    styles = {name: book.add_format({**_ALL, **own}) for name, own in _STYLES.items()}
    sheet = book.add_worksheet("年度报告")
    sheet.set_column(0, WIDTH - 1, 10)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    row = 0
    for piece in manuscript(report).pieces:
        if isinstance(piece, Words):
            sheet.merge_range(row, 0, row, WIDTH - 1, "", styles[piece.role])
            sheet.write_string(row, 0, piece.text, styles[piece.role])
            lines = 1 + len(piece.text) // _HAN_A_LINE + piece.text.count("\n")
            sheet.set_row(row, lines * _POINTS_A_LINE + 6)
            row += 1
        else:
            _table(sheet, piece, row, styles, report)
            row += len(piece.rows) + 1
    book.close()
    return held.getvalue()


def _table(sheet: Any, table: Drawn, top: int, styles: Any, report: Report) -> None:  # noqa: ANN401 - xlsxwriter has no types
    for number, row in enumerate(table.grid(), start=top):
        for column, square in enumerate(row):
            if square is None:
                continue
            style = styles["figure" if square.kind == "figure" else "cell"]
            if square.rows > 1 or square.columns > 1:
                last = number + square.rows - 1, column + square.columns - 1
                sheet.merge_range(number, column, *last, "", style)
            _fill(sheet, (number, column), square, style, report)


def _fill(
    sheet: Any,  # noqa: ANN401 - xlsxwriter has no types
    at: tuple[int, int],
    square: Square,
    style: object,
    report: Report,
) -> None:
    fact = report.facts.get(square.cell)
    if fact is not None and fact.value is not None:
        printed = decimal(fact.value)
        if printed == square.text and len(printed.strip("-.")) <= EXACT_DIGITS:
            sheet.write_number(*at, float(printed), style)
            return
    if square.text:
        sheet.write_string(*at, square.text, style)
    else:
        sheet.write_blank(*at, None, style)
