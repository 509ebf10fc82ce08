"""A report's tables as tidy CSV: one line a cell, with its state and its place."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from mingtang.writing.objects import decimal

if TYPE_CHECKING:
    from mingtang.report import Report

COLUMNS = (
    *("body", "year", "edition", "cell", "table", "line", "column"),
    *("state", "value", "unit", "raw"),
    *("page", "grid", "row", "cell_column", "paragraph"),
)
"""The columns, in order; the last five are the place in the file that was read."""


def write(report: Report) -> bytes:
    """Return the cells as CSV in UTF-8 with a byte order mark, which Excel expects."""
    held = io.StringIO()
    rows = csv.writer(held, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    edition = report.edition
    for table in edition.tables if edition else ():
        for cell, _, line, column in table.cells():
            fact = report.facts[cell]
            place = fact.place
            spot = (
                ("",) * 5
                if place is None
                else (place.page, place.table, place.row, place.column, place.paragraph)
            )
            rows.writerow(
                (
                    *(report.body, report.year, edition.id if edition else "", cell),
                    *(table.title, line.full_label, column.label, fact.state.value),
                    *("" if fact.value is None else decimal(fact.value), fact.unit),
                    *(fact.raw, *spot),
                )
            )
    return b"\xef\xbb\xbf" + held.getvalue().encode()
