"""Reports laid out as workbooks and as separated values, as people export them.

The figures stand in a workbook as numbers, merged cells are merged; values in
text repeat a merged cell or leave its other squares empty.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import xlsxwriter

from tests.trials.mutations import fair
from tests.trials.shapes import grid
from tests.trials.tables import NUMBER, Printed, Sheet

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from tests.trials.tables import Square

WIDTH = 15
"""Prose is merged over so many columns, as wide as table 四."""
WORKBOOKS = ("one sheet", "one sheet, no frames", "three sheets", "close", "not merged")
VALUES = ("comma", "semicolon", "tab", "repeated", "padded")
SHEETS = (*(f"xlsx: {name}" for name in WORKBOOKS), *(f"csv: {name}" for name in VALUES))
_SEPARATORS = {"semicolon": ";", "tab": "\t"}


def told(damage: str) -> bool:
    """Return whether a damage still shows where every cell has its own square."""
    return fair(damage, "GRID") and fair(damage, "FILLED")


def lay_out(printed: Printed, layout: str) -> bytes:
    """Return the report in a layout of `SHEETS`."""
    kind, _, name = layout.partition(": ")
    return workbook(printed, name) if kind == "xlsx" else values(printed, name)


# ---------------------------------------------------------------- workbooks


class _Bench:
    """Writes blocks to the sheets of a workbook."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.data = io.BytesIO()
        self.book = xlsxwriter.Workbook(self.data, {"in_memory": True})
        frame = {"text_wrap": True} if "no frames" in name else {"border": 1}
        self.framed = self.book.add_format(frame)
        self.prose = self.book.add_format({"text_wrap": True})
        self.sheet: Worksheet = self.book.add_worksheet()
        self.row = 0

    def text(self, text: str) -> None:
        if self.name == "not merged":
            self.sheet.write_string(self.row, 0, text)
        else:
            self.sheet.merge_range(self.row, 0, self.row, WIDTH - 1, text, self.prose)
        self.row += 1

    def table(self, sheet: Sheet) -> None:
        if self.name == "three sheets":
            self.sheet, self.row = self.book.add_worksheet(), 0
        self.row += self.name not in ("close", "three sheets")
        for places in grid(sheet):
            for column, square in enumerate(places):
                if square is not None:
                    self.square(square, column)
            self.row += 1
        self.row += self.name != "close"

    def format(self, text: str) -> Format:
        """Return the format that prints a number with the noughts it is printed with."""
        if not ("." in text and text.endswith("0")):
            return self.framed
        return self.book.add_format({"num_format": f"0.{'0' * len(text.split('.')[1])}"})

    def square(self, square: Square, column: int) -> None:
        right, below = column + square.colspan - 1, self.row + square.rowspan - 1
        if (right, below) != (column, self.row) and self.name != "not merged":
            self.sheet.merge_range(self.row, column, below, right, "", self.framed)
        text = square.text
        if square.kind == "figure" and NUMBER.fullmatch(text):
            self.sheet.write_number(self.row, column, float(text), self.format(text))
        elif text:
            self.sheet.write_string(self.row, column, text, self.framed)
        else:
            self.sheet.write_blank(self.row, column, None, self.framed)


def workbook(printed: Printed, name: str = "one sheet") -> bytes:
    """Return the report as an XLSX file."""
    bench = _Bench(name)
    for block in printed.blocks:
        if isinstance(block, Sheet):
            bench.table(block)
        else:
            bench.text(block)
    bench.book.close()
    return bench.data.getvalue()


# ---------------------------------------------------------------- separated values


def values(printed: Printed, name: str = "comma") -> bytes:
    """Return the report as separated values."""
    text = io.StringIO()
    out = csv.writer(text, delimiter=_SEPARATORS.get(name, ","))
    for block in printed.blocks:
        if isinstance(block, Sheet):
            rows = _filled(block) if name == "repeated" else _bare(block)
        else:
            rows = [[block]]
        wide = WIDTH if name == "padded" else 0
        out.writerows(row + [""] * (wide - len(row)) for row in rows)
    return text.getvalue().encode()


def _bare(sheet: Sheet) -> list[list[str]]:
    return [
        ["" if square is None else square.text for square in places]
        for places in grid(sheet)
    ]


def _filled(sheet: Sheet) -> list[list[str]]:
    rows = _bare(sheet)
    for at, places in enumerate(grid(sheet)):
        for column, square in enumerate(places):
            if square is None:
                continue
            for down in rows[at : at + square.rowspan]:
                down[column : column + square.colspan] = [square.text] * square.colspan
    return rows
