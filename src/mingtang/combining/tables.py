"""Totals as tidy rows and as the contract's JSON object: one row a cell.

The fees stand in no cell of the form: where they are known they follow as rows and as
a key of their own.
"""

from __future__ import annotations

import csv
import io
from types import MappingProxyType
from typing import TYPE_CHECKING

from mingtang.combining.fees import LABELS
from mingtang.combining.rates import rates
from mingtang.combining.totals import numbers
from mingtang.combining.tree import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mingtang.combining.totals import Combined, Total
    from mingtang.report import Count

SCHEMA = 1
FEES = "信息处理费"
"""What the rows of the fees name as their table."""
NO_FEES: Mapping[str, Total] = MappingProxyType({})
COLUMNS = (
    *("year", "edition", "cell", "table", "line", "column"),
    *("value", "given", "reports", "lacking"),
)


def rows(
    combined: Combined, fees: Mapping[str, Total] = NO_FEES
) -> Iterator[tuple[str, ...]]:
    """Yield a row of `COLUMNS` for every cell; a total nobody gave is empty, not 0.

    ``fees`` are the totals of the fees, as `fee_totals` gives them; their rows come
    last, ``fees/`` and a name in place of a cell.
    """
    form = str(combined.year), combined.edition.id
    for table in combined.edition.tables:
        for cell, _, line, column in table.cells():
            named = cell, table.title, line.full_label, column.label
            yield (*form, *named, *_row(combined.totals[cell]))
    for name, total in fees.items():
        yield (*form, f"fees/{name}", FEES, LABELS[name], "", *_row(total))


def by_body(combined: Combined) -> list[list[str | Count | None]]:
    """Return a head and a row for every cell: its total, and each counted body's number.

    What is no number is left empty; why, the totals' `lacking` say.
    """
    names = [str(report.body) for report in combined.counted]
    head = ["表", "行", "列", "合计", "有数", "报告", *names]
    made: list[list[str | Count | None]] = [[*head]]
    for table in combined.edition.tables:
        for cell, _, line, column in table.cells():
            total = combined.totals[cell]
            given = numbers(cell, combined.counted, combined.edition)
            parts = (given.get(plain(name)) for name in names)
            words = (table.title, line.full_label, column.label)
            made.append([*words, total.value, total.given, total.reports, *parts])
    return made


def as_csv(combined: Combined, fees: Mapping[str, Total] = NO_FEES) -> bytes:
    """Return the rows as CSV in UTF-8 with a byte order mark, which Excel expects."""
    held = io.StringIO()
    sheet = csv.writer(held, lineterminator="\r\n")
    sheet.writerow(COLUMNS)
    sheet.writerows(rows(combined, fees))
    return b"\xef\xbb\xbf" + held.getvalue().encode()


def as_object(combined: Combined, fees: Mapping[str, Total] = NO_FEES) -> dict[str, object]:
    """Return what ``mingtang combine --json`` prints, and the fees where they are given."""
    covered = combined.coverage
    return {
        "schema": SCHEMA,
        "command": "combine",
        "year": combined.year,
        "edition": combined.edition.id,
        "coverage": {
            "counted": list(covered.counted),
            "missing": list(covered.missing),
            "left_out": [each._asdict() for each in covered.left_out],
            "doubtful": [list(pair) for pair in covered.doubtful],
        },
        "cells": {cell: _object(total) for cell, total in combined.totals.items()},
        "rates": [
            {name: _said(value) for name, value in each._asdict().items()}
            for each in rates(combined)
        ],
        **({"fees": {name: _object(each) for name, each in fees.items()}} if fees else {}),
    }


def _row(total: Total) -> tuple[str, ...]:
    lacking = "、".join(each.body for each in total.lacking)
    return _printed(total.value), str(total.given), str(total.reports), lacking


def _object(total: Total) -> dict[str, object]:
    return {
        "value": None if total.value is None else _printed(total.value),
        "given": total.given,
        "reports": total.reports,
        "lacking": [each._asdict() for each in total.lacking],
    }


def _said(value: object) -> object:
    """Return a figure as text, exact; counts of reports and words as they are."""
    return str(value) if not isinstance(value, str | int | None) else value


def _printed(value: Count | None) -> str:
    if value is None:
        return ""
    return str(value) if isinstance(value, int) else format(value, "f")
