"""Files of words as people have them: CSV, YAML, XLSX, XLS, or one word a line."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from mingtang.screening.lists import WordListProblems, read_list
from mingtang_web.importing import tables

if TYPE_CHECKING:
    from mingtang.screening import WordList

MAX_BYTES = 20 * 1024 * 1024
_HEADS = ("错的写法", "对的写法")
_WORKBOOKS = (".xlsx", ".xls")


def read_words(data: bytes, name: str, owner: str) -> WordList:
    """Return the list that a file holds.

    Of a text file (.txt) each line is a word, with what to write instead behind a tab.
    Raises `WordListProblems` with every line that cannot be used, and `TableError` for a
    workbook that cannot be read.
    """
    if name.lower().endswith(_WORKBOOKS):
        return read_list(_of_workbook(data), f"{name}.csv", owner)
    if not name.lower().endswith(".txt"):
        return read_list(data, name, owner)
    try:
        return read_list(_of_lines(data, name), f"{name}.csv", owner)
    except WordListProblems as why:  # its lines count from the heads that were put above
        moved = [each._replace(line=each.line - 1) for each in why.problems]
        raise WordListProblems(name, moved) from why


def _of_workbook(data: bytes) -> bytes:
    """Return a workbook's one table as CSV, each row on the line of its number."""
    table = tables.read(data)
    lines: dict[int, tuple[str, ...]] = {row.number: row.cells for row in table.rows}
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(table.headers)
    for number in range(2, max(lines) + 1):
        writer.writerow(lines.get(number, ()))
    return out.getvalue().encode()


def _of_lines(data: bytes, name: str) -> bytes:
    text = tables.decoded(data)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_HEADS)
    for line in text.splitlines():
        word, _tab, right = line.strip().partition("\t")
        writer.writerow((word.strip(), right.strip()) if word else ())
    if not text.strip():
        message = f"“{name}”里没有词，请确认选对了文件"
        raise tables.TableError(message)
    return out.getvalue().encode()
