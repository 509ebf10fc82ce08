"""A web page as a neutral document: its tables with merged cells, its text.

Layout tables are taken apart and read as text; only tables that hold no other
table and no long prose are grids. Hidden parts and scripts are not read.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import chain, islice
from typing import NamedTuple

import turbohtml
from turbohtml import Element, PlainText, Text

from mingtang.document import Document, Grid, Paragraph, Square
from mingtang.reading.limits import MAX_CELLS, MAX_LINES, MAX_SPAN, MAX_TABLES
from mingtang.reading.prose import LONG, lays_out
from mingtang.reading.visibility import show

SPAN_DIGITS = 3
"""A span printed with more digits is an accident."""
LONE_PARTS, LONE_TEXT = 3, 40
"""A table of one short cell (row, body and cell) is a piece of text."""

_PLAIN = PlainText(layout="strict", bullet="")
_MARK = "\ue000\uf8ff\ue000"


class _Table(NamedTuple):
    texts: tuple[tuple[str, ...], ...]
    squares: tuple[tuple[Square, ...], ...]


class TooComplexError(ValueError):
    """A page past the limits on tables or cells; says which, in Chinese."""


def read(text: str) -> Document:
    """Return the page as a document of kind ``html``.

    Raises `TooComplexError` past the limits on tables and cells.
    """
    if text.rfind("<") > text.rfind(">"):
        text = text[: text.rfind("<")]
    page = turbohtml.parse(text)
    show(page)
    tables = page.find_all("table")
    if len(tables) > MAX_TABLES:
        message = f"网页里有 {len(tables)} 个表，超过 {MAX_TABLES} 个的上限"
        raise TooComplexError(message)
    grids = _take_out(tables)
    title = page.find("title")
    if text.rfind("<table") > text.rfind("</table"):
        _doubt_last_cell(grids)
    blocks = _blocks(page.to_text(_PLAIN), grids)
    return Document("html", blocks, (), title.text.strip() if title else None)


def _doubt_last_cell(grids: list[_Table]) -> None:
    """Mark the last cell of a page that breaks off inside a table as damaged."""
    if grids and grids[0].texts[-1]:
        *rows, last = grids[0].texts
        texts = (*rows, (*last[:-1], last[-1] + "\ufffd"))
        grids[0] = grids[0]._replace(texts=texts)


def _take_out(tables: list[Element]) -> list[_Table]:
    """Return the tables that are grids, leaving a mark in the page where each stood."""
    grids: list[_Table] = []
    total = 0
    for table in reversed(tables):
        if _MARK not in table.text:
            grid = _table(table)
            if grid is not None:
                grids.append(grid)
                total += sum(map(len, grid.texts))
                if total > MAX_CELLS:
                    message = f"网页里的表格超过 {MAX_CELLS} 格的上限"
                    raise TooComplexError(message)
                mark = Element("p", children=[Text(f"{_MARK}{len(grids) - 1}{_MARK}")])
                table.replace_with(mark)
                continue
        _take_apart(table)
    return grids


def _take_apart(table: Element) -> None:
    """Turn a layout table into plain blocks, a lone short cell into text."""
    parts = table.find_all(["td", "th", "tr", "tbody", "thead", "tfoot", "caption"])
    short = len(parts) <= LONE_PARTS and len(table.text) <= LONE_TEXT
    for part in parts:
        part.tag = "span" if short else "div"
    table.tag = "span" if short else "div"


def _table(table: Element) -> _Table | None:
    """Return the texts of a table and the squares they cover, None for layout."""
    lines = table.find_all("tr")
    if table.find("th") is None:
        rows = [line.find_all("td") for line in lines]
    else:
        rows = [line.find_all(["td", "th"]) for line in lines]
    counts = tuple([len(row) for row in rows])
    if sum(counts) > MAX_CELLS:
        message = f"一个表超过 {MAX_CELLS} 格的上限"
        raise TooComplexError(message)
    if max(counts, default=0) <= 1:
        return None
    cells = [*chain.from_iterable(rows)]
    printed = [cell.to_text() for cell in cells]
    if len(table.text) > LONG and lays_out(printed):
        return None
    each = iter(printed)
    texts = tuple([tuple(islice(each, count)) for count in counts])
    spanning = table.select("[colspan], [rowspan]")
    if not spanning:
        return _Table(texts, _squares(counts, ()))
    order = dict(zip(cells, range(len(cells)), strict=True))
    spans = [
        (order[cell], _span(cell.attr("rowspan")), _span(cell.attr("colspan")))
        for cell in spanning
        if cell in order
    ]
    return _Table(texts, _squares(counts, tuple(spans)))


@lru_cache(maxsize=512)
def _squares(
    counts: tuple[int, ...], spans: tuple[tuple[int, int, int], ...]
) -> tuple[tuple[Square, ...], ...]:
    """Return the squares of cells in rows of so many, given the spans of some.

    A span is (which cell, rows down, columns across).
    """
    wide = {cell: (rowspan, colspan) for cell, rowspan, colspan in spans}
    rows: list[tuple[Square, ...]] = []
    taken: dict[int, int] = {}
    at = 0
    for number, count in enumerate(counts):
        squares: list[Square] = []
        column = 0
        for _ in range(count):
            while taken.get(column, 0) > number:
                column += 1
            rowspan, colspan = wide.get(at, (1, 1))
            squares.append(Square(column, rowspan, colspan))
            if rowspan > 1:
                taken |= dict.fromkeys(range(column, column + colspan), number + rowspan)
            column += colspan
            at += 1
        rows.append(tuple(squares))
    return tuple(rows)


@lru_cache(maxsize=512)
def _span(printed: str | None) -> int:
    if printed is None or not printed.isdigit() or not printed.isascii():
        return 1
    span = int(printed) if len(printed) <= SPAN_DIGITS else 1
    return max(1, span) if span <= MAX_SPAN else 1


def _blocks(text: str, grids: list[_Table]) -> tuple[Paragraph | Grid, ...]:
    blocks: list[Paragraph | Grid] = []
    paragraphs = tables = 0
    lines = text.split("\n")
    if len(lines) > MAX_LINES:
        message = f"网页文字超过 {MAX_LINES} 行的上限"
        raise TooComplexError(message)
    for line in lines:
        if line.startswith(_MARK):
            tables += 1
            texts, squares = grids[int(line.strip(_MARK))]
            blocks.append(Grid(texts, squares, tables, spans=True))
        elif line.strip():
            paragraphs += 1
            blocks.append(Paragraph(line.strip(), paragraphs))
    return tuple(blocks)
