"""Cells as spreadsheets take them: what could be run is only shown."""

from __future__ import annotations

import re

_RUN = re.compile("\\s*[=+\\-@\t\r\n|%\uff1d\uff0b\uff0d\uff20]")
"""Wide signs begin a formula too, where spreadsheets speak Chinese."""


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula.

    >>> harmless("=1+1"), harmless("-3"), harmless("青云小区")
    ("'=1+1", '-3', '青云小区')
    """
    is_number = cell.removeprefix("-").isdecimal()
    return f"'{cell}" if _RUN.match(cell) and not is_number else cell
