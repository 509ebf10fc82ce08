"""Our own tidy CSV read back: the cells of one report, a line each."""

from __future__ import annotations

import csv
import io
from typing import NoReturn

from mingtang.document import Document
from mingtang.form.loading import EDITION_IDS, edition
from mingtang.place import Place
from mingtang.reading.restoring import RestoreError, Told, restored
from mingtang.report import Fact, Report, Signature, State

HEAD = "body,year,edition,cell,"
"""What the first line of such a file begins with."""
_SPOT = ("page", "grid", "row", "cell_column", "paragraph")


class TidyError(ValueError):
    """The lines are not as we write them; says which and why, in Chinese."""


def is_tidy(text: str) -> bool:
    """Return whether a text is a report's cells as ``mingtang convert`` writes them.

    >>> is_tidy("body,year,edition,cell,table"), is_tidy("表,行,列")
    (True, False)
    """
    return text.lstrip("\ufeff").startswith(HEAD)


def read(text: str) -> tuple[Document, Report]:
    """Return an empty document and the report that the lines make.

    Raises `TidyError` for lines of several reports, an unknown edition or cell,
    a cell told twice, a state or figure that is none.
    """
    rows = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"), newline="")))
    if not rows:
        message = "CSV 里没有一格"
        raise TidyError(message)
    whose = {(row["body"], row["year"], row["edition"]) for row in rows}
    if len(whose) > 1:
        message = f"CSV 里有 {len(whose)} 份报告的格；请每份一个文件"
        raise TidyError(message)
    ((body, year, name),) = whose
    if name not in EDITION_IDS:
        _refuse(2, f"没有“{name}”这一版表式")
    known = edition(name)
    facts = {cell: Fact(cell, State.ABSENT) for cell in known.cell_ids()}
    told: set[str] = set()
    for number, row in enumerate(rows, start=2):
        cell = row["cell"]
        if cell not in facts or cell in told:
            _refuse(number, f"表式里没有“{cell}”，或者写了两次")
        told.add(cell)
        facts[cell] = _fact(number, cell, row)
    report = Report(
        body=body or None,
        year=int(year) if year.isdecimal() else None,
        edition=known,
        title=None,
        title_place=None,
        title_body=None,
        title_year=None,
        signature=Signature(),
        facts=facts,
        sections=(),
        preface=(),
        paragraphs=(),
    )
    return Document("csv", ()), report


def _refuse(number: int, why: str) -> NoReturn:
    message = f"CSV 第{number}行不对：{why}"
    raise TidyError(message)


def _fact(number: int, cell: str, row: dict[str, str]) -> Fact:
    page, grid, line, column, paragraph = (
        _integer(number, row.get(name) or "") for name in _SPOT
    )
    spot = Place(page, grid, line, column, paragraph)
    told = Told(
        cell,
        row.get("state") or "",
        row.get("value") or None,
        row.get("raw") or "",
        spot if spot != Place() else None,
        row.get("unit") or None,
    )
    try:
        return restored(told)
    except RestoreError as error:
        _refuse(number, str(error))


def _integer(number: int, text: str) -> int | None:
    if text and not text.isdecimal():
        _refuse(number, f"“{text}”不是位置")
    return int(text) if text else None
