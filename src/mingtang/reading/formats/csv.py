"""Separated values as a neutral document: rows of a sheet that somebody exported.

Merged cells come blank or written out into every square; which, labels and
headers tell later. A row shorter than others stays short.
"""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

from mingtang.document import Cell, Document
from mingtang.reading.limits import MAX_LINES
from mingtang.reading.sheets.assembly import Assembly, SheetError, Strip

if TYPE_CHECKING:
    from collections.abc import Iterator

SEPARATORS = ",;\t"
LEAST = 2
"""A line of a table has at least so many separators."""
MAX_FIELD = 131_072
"""A field is at most so many characters long."""
SWALLOWED = 3
"""A quoted field with so many lines of a table in it was never closed."""
_HINT = re.compile(r"\Asep=(.)\r?\n", re.I)


def read(text: str) -> Document:
    """Return the text as a document of kind ``csv``.

    Raises `SheetError` past the limits on lines and cells.
    """
    hint = _HINT.match(text)
    plain = text[hint.end() :] if hint else text
    separator = hint[1] if hint and hint[1] in SEPARATORS else _separator(plain)
    assembly = Assembly()
    assembly.take(list(_strips(_rows(plain, separator))))
    return Document("csv", tuple(assembly.blocks))


def _separator(text: str) -> str:
    """Return what parts the fields: what most lines have several of."""
    lines = text.splitlines()
    return max(
        SEPARATORS,
        key=lambda separator: sum(line.count(separator) >= LEAST for line in lines),
    )


def _rows(text: str, separator: str) -> list[list[str]]:
    """Return the rows of fields; a quote that is never closed counts for nothing."""
    rows = _parsed(text, separator, csv.QUOTE_MINIMAL)
    if any(_swallowed(field, separator) for row in rows for field in row):
        return _parsed(text, separator, csv.QUOTE_NONE)
    return rows


def _swallowed(field: str, separator: str) -> bool:
    if field.count("\n") < SWALLOWED:
        return False
    lines = field.splitlines()
    return sum(line.count(separator) >= LEAST for line in lines) >= SWALLOWED


def _parsed(text: str, separator: str, quoting: int) -> list[list[str]]:
    rows: list[list[str]] = []
    lines = text.replace("\0", "\ufffd").splitlines(keepends=True)
    if len(lines) > MAX_LINES:
        message = f"文本超过 {MAX_LINES} 行的上限"
        raise SheetError(message)
    message = "有一格的文字太长，读不出；请核对引号是否成对"
    try:
        for row in csv.reader(lines, delimiter=separator, quoting=quoting):  # type: ignore[arg-type]
            # The library's own limit is the process's: somebody else may have moved it.
            if max(map(len, row), default=0) > MAX_FIELD:
                raise SheetError(message)
            rows.append(row)
    except csv.Error as error:
        raise SheetError(message) from error
    return rows


def _strips(rows: list[list[str]]) -> Iterator[Strip]:
    for number, row in enumerate(rows):
        texts = [field.strip() for field in row]
        cells = tuple(
            Cell(text, number, column) for column, text in enumerate(texts) if text
        )
        if cells:
            yield Strip(number, cells, width=len(texts))
