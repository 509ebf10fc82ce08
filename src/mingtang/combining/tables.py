"""Totals as tidy rows and as the contract's JSON object: one row a cell."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from mingtang.combining.rates import rates
from mingtang.combining.totals import numbers
from mingtang.combining.tree import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.combining.totals import Combined
    from mingtang.report import Count

SCHEMA = 1
COLUMNS = (
    *("year", "edition", "cell", "table", "line", "column"),
    *("value", "given", "reports", "lacking"),
)


def rows(combined: Combined) -> Iterator[tuple[str, ...]]:
    """Yield a row of `COLUMNS` for every cell; a total nobody gave is empty, not 0."""
    for table in combined.edition.tables:
        for cell, _, line, column in table.cells():
            total = combined.totals[cell]
            yield (
                str(combined.year),
                combined.edition.id,
                cell,
                table.title,
                line.full_label,
                column.label,
                _printed(total.value),
                str(total.given),
                str(total.reports),
                "、".join(each.body for each in total.lacking),
            )


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


def as_csv(combined: Combined) -> bytes:
    """Return the rows as CSV in UTF-8 with a byte order mark, which Excel expects."""
    held = io.StringIO()
    sheet = csv.writer(held, lineterminator="\r\n")
    sheet.writerow(COLUMNS)
    sheet.writerows(rows(combined))
    return b"\xef\xbb\xbf" + held.getvalue().encode()


def as_object(combined: Combined) -> dict[str, object]:
    """Return what ``mingtang combine --json`` prints."""
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
        "cells": {
            cell: {
                "value": None if total.value is None else _printed(total.value),
                "given": total.given,
                "reports": total.reports,
                "lacking": [each._asdict() for each in total.lacking],
            }
            for cell, total in combined.totals.items()
        },
        "rates": [
            {name: _said(value) for name, value in each._asdict().items()}
            for each in rates(combined)
        ],
    }


def _said(value: object) -> object:
    """Return a figure as text, exact; counts of reports and words as they are."""
    return str(value) if not isinstance(value, str | int | None) else value


def _printed(value: Count | None) -> str:
    if value is None:
        return ""
    return str(value) if isinstance(value, int) else format(value, "f")
