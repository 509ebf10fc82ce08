"""A report as an Excel workbook: its words and its tables on one sheet, as printed.

Figures are numbers where a spreadsheet can hold them exactly, otherwise text.
The sheet prints on A4 as the form does.
"""

from __future__ import annotations

import io
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import xlsxwriter

from mingtang.manuscript import DAY, HEADING, SIGNER, TEXT, TITLE, Words
from mingtang.writing import typography as gb
from mingtang.writing.columns import SHARED, edges, widths
from mingtang.writing.manuscript import manuscript
from mingtang.writing.objects import decimal
from mingtang.writing.rows import Pages, of_table, of_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mingtang.manuscript import Drawn, Manuscript, Piece, Square
    from mingtang.report import Count, Report
    from mingtang.writing.rows import Rows

    Row = Sequence[str | Count | None]

EXACT_DIGITS = 15
"""A spreadsheet's numbers keep so many digits."""

_SONG, _HEI = "宋体", "黑体"
_TITLE_SIZE, _BODY_SIZE = 16, 12
_STYLES: dict[str, dict[str, Any]] = {
    TITLE: {"font_name": _HEI, "bold": True, "align": "center"},
    HEADING: {"font_name": _HEI, "align": "left"},
    TEXT: {"align": "left", "valign": "top"},
    SIGNER: {"align": "right"},
    DAY: {"align": "right"},
    "cell": {"border": 1, "align": "center"},
    "label": {"border": 1, "align": "left"},
    "number": {"border": 1, "align": "center", "text_wrap": False, "shrink": True},
}
_ALL = {"font_name": _SONG, "text_wrap": True, "valign": "vcenter"}
_MADE = datetime(1980, 1, 1)  # noqa: DTZ001 - a file's day without a clock: zip's first

_A4 = 9
_INCH, _PIXEL = 25.4, 0.75
"""Millimetres in an inch; points in what the width of a column is counted in."""
_FOLIO_FROM_EDGE = (gb.BOTTOM - gb.FOLIO_DROP - 6) / _INCH


def write(report: Report) -> bytes:
    """Return the report as a workbook of one sheet."""
    facts = report.facts.items()
    figures = {cell: fact.value for cell, fact in facts if fact.value is not None}
    return bind(manuscript(report), figures, "年度报告")


def bind(
    text: Manuscript,
    figures: Mapping[str, Count],
    name: str,
    beside: Mapping[str, Sequence[Row]] = MappingProxyType({}),
) -> bytes:
    """Return a manuscript as a workbook of one sheet of that name.

    ``figures`` are the numbers of its cells by their ids; ``beside`` holds the rows of
    further sheets, the first of each a head.
    """
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_numbers": False})
    book.set_properties({"created": _MADE})
    tables = [piece for piece in text.pieces if not isinstance(piece, Words)]
    sheet = _Sheet(book.add_worksheet(name), book, figures, widths(tables))
    rows = [sheet.rows(piece) for piece in text.pieces]
    for at, piece in enumerate(text.pieces):
        if isinstance(piece, Words) and piece.role == HEADING:
            sheet.keep(*rows[at : at + 2])
        sheet.add(piece, rows[at])
    sheet.page.set_h_pagebreaks(sheet.pages.breaks)
    for title, lines in beside.items():
        _plain(book.add_worksheet(title), lines)
    book.close()
    return held.getvalue()


def _plain(page: Any, lines: Sequence[Row]) -> None:  # noqa: ANN401 - xlsxwriter has no types
    """Fill a sheet with rows, numbers as numbers where a spreadsheet keeps all of them."""
    page.freeze_panes(1, 0)
    for number, line in enumerate(lines):
        for column, value in enumerate(line):
            if isinstance(value, str):
                page.write_string(number, column, value)
            elif value is not None:
                exact = _exact(value, decimal(value))
                if exact is None:
                    page.write_string(number, column, decimal(value))
                else:
                    page.write_number(number, column, exact)


def _exact(value: Count, printed: str) -> float | None:
    """Return a figure as a number where that prints and keeps all of it."""
    said = decimal(value)
    exact = said == printed and len(said.strip("-.")) <= EXACT_DIGITS
    return float(said) if exact else None


class _Sheet:
    """A worksheet that is filled from top to bottom."""

    def __init__(
        self,
        page: Any,  # noqa: ANN401 - xlsxwriter has no types
        book: Any,  # noqa: ANN401
        figures: Mapping[str, Count],
        columns: tuple[float, ...],
    ) -> None:
        self.page, self.book = page, book
        self.figures = figures
        self.widths = columns
        self.styles: dict[tuple[str, int], object] = {}
        self.pages = Pages()
        self.row = 0
        for column, width in enumerate(columns):
            page.set_column_pixels(column, column, round(width / _PIXEL))
        page.set_paper(_A4)
        margins = (gb.LEFT, gb.RIGHT, gb.TOP, gb.BOTTOM)
        page.set_margins(*(margin / _INCH for margin in margins))
        page.fit_to_pages(1, 0)
        page.set_footer("&C— &P —", {"margin": _FOLIO_FROM_EDGE})

    def rows(self, piece: Piece) -> Rows:
        """Return the rows that a piece takes."""
        if isinstance(piece, Words):
            return of_words(piece.text, _TITLE_SIZE if piece.role == TITLE else _BODY_SIZE)
        return of_table(piece, self.widths)

    def keep(self, *together: Rows) -> None:
        """Begin a page where these rows would otherwise stand on two."""
        self.pages.keep(self.row, sum(sum(rows.tall) for rows in together))

    def add(self, piece: Piece, rows: Rows) -> None:
        """Write a piece, with an empty row below a table."""
        if isinstance(piece, Words):
            last = self.row + len(rows.tall) - 1, SHARED - 1
            style = self._style(piece.role, rows.size)
            # Without a style the cells beneath need not be stored.
            self.page.merge_range(self.row, 0, *last, "", None)
            self.page.write_string(self.row, 0, piece.text, style)
        else:
            self._table(piece, rows.size)
        for height in rows.tall:
            self.page.set_row(self.row, height)
            self.row += 1
        self.pages.take(rows.tall)
        self.row += not isinstance(piece, Words)

    def _style(self, name: str, size: int) -> object:
        if (name, size) not in self.styles:
            look = {**_ALL, **_STYLES[name], "font_size": size}
            self.styles[name, size] = self.book.add_format(look)
        return self.styles[name, size]

    def _table(self, table: Drawn, size: int) -> None:
        bounds = edges(table)
        for number, row in enumerate(table.grid(), self.row):
            for column, square in enumerate(row):
                if square is not None:
                    last = bounds[column + square.columns] - 1
                    self._square(square, (number, bounds[column]), last, size)

    def _square(self, square: Square, at: tuple[int, int], last: int, size: int) -> None:
        page = self.page
        number = self._number(square)
        style = self._style(_role(square, number), size)
        if square.rows > 1 or last > at[1]:
            page.merge_range(*at, at[0] + square.rows - 1, last, "", style)
        if number is not None:
            page.write_number(*at, number, style)
        elif square.text:
            page.write_string(*at, square.text, style)
        else:
            page.write_blank(*at, None, style)

    def _number(self, square: Square) -> float | None:
        value = self.figures.get(square.cell)
        return None if value is None else _exact(value, square.text)


def _role(square: Square, number: float | None) -> str:
    if number is not None:
        return "number"
    left = square.kind == "label" and not square.upright
    return "label" if left else "cell"
