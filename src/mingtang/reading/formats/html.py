"""A web page as a neutral document: its tables with merged cells, its text.

Layout tables are taken apart and read as text; only tables that hold no other
table and no long prose are grids. Hidden parts and scripts are not read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import turbohtml
from turbohtml import Element, PlainText, Text

from mingtang.document import Cell, Document, Grid, Paragraph

if TYPE_CHECKING:
    pass

MAX_TABLES = 3000
"""More tables than this is an attack or an accident, not a report."""
MAX_CELLS = 20_000
"""More cells than this on one page is refused."""
MAX_LINES = 50_000
"""More lines of text than this on one page is refused."""
MAX_SPAN = 200
"""No cell of a report spans more rows or columns than this."""
SPAN_DIGITS = 3
"""A span printed with more digits is an accident."""
LONE_PARTS, LONE_TEXT = 3, 40
"""A table of one short cell (row, body and cell) is a piece of text."""
LONG_PROSE = 300
"""A cell with more characters than this holds prose: its table is layout."""

_PLAIN = PlainText(layout="strict", bullet="")
_HIDDEN = (
    'noscript, [hidden], [style*="display:none"], [style*="display: none"], '
    '[style*="visibility:hidden"]'
)
_MAYBE_HIDDEN = ("hidden", "display:")
_MARK = "\ue000\uf8ff\ue000"


class TooComplexError(ValueError):
    """A page past the limits on tables or cells; says which, in Chinese."""


def read(text: str) -> Document:
    """Return the page as a document of kind ``html``.

    Raises `TooComplexError` past the limits on tables and cells.
    """
    if text.rfind("<") > text.rfind(">"):
        text = text[: text.rfind("<")]
    page = turbohtml.parse(text)
    if any(word in text for word in _MAYBE_HIDDEN) or page.find("noscript"):
        for element in page.select(_HIDDEN):
            element.decompose()
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


def _doubt_last_cell(grids: list[tuple[tuple[Cell, ...], ...]]) -> None:
    """Mark the last cell of a page that breaks off inside a table as damaged."""
    if grids and grids[0] and grids[0][-1]:
        *rows, last = grids[0]
        *cells, cell = last
        grids[0] = (*rows, (*cells, cell._replace(text=cell.text + "\ufffd")))


def _take_out(tables: list[Element]) -> list[tuple[tuple[Cell, ...], ...]]:
    """Return the grids, leaving a mark in the page where each one stood."""
    grids: list[tuple[tuple[Cell, ...], ...]] = []
    total = 0
    for table in reversed(tables):
        if _MARK not in table.text:
            grid = _grid(table)
            if grid is not None and any(len(row) > 1 for row in grid):
                grids.append(grid)
                total += sum(map(len, grid))
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


def _grid(table: Element) -> tuple[tuple[Cell, ...], ...] | None:
    """Return the rows of a table with every cell's true column, or None for layout."""
    rows: list[tuple[Cell, ...]] = []
    taken: dict[int, int] = {}
    count = 0
    headed = table.find("th") is not None
    for number, line in enumerate(table.find_all("tr")):
        cells: list[Cell] = []
        column = 0
        for part in line.find_all(["td", "th"]) if headed else line.find_all("td"):
            while taken and taken.get(column, 0) > number:
                column += 1
            text = part.to_text()
            if len(text) > LONG_PROSE and "。" in text:
                return None
            colspan, rowspan = part.attr("colspan"), part.attr("rowspan")
            wide = 1 if colspan is None else _span(colspan)
            tall = 1 if rowspan is None else _span(rowspan)
            cells.append(Cell(text, number, column, tall, wide))
            if tall > 1:
                taken |= dict.fromkeys(range(column, column + wide), number + tall)
            column += wide
        count += len(cells)
        if count > MAX_CELLS:
            message = f"一个表超过 {MAX_CELLS} 格的上限"
            raise TooComplexError(message)
        rows.append(tuple(cells))
    return tuple(rows)


def _span(printed: str) -> int:
    if not printed.isdigit() or not printed.isascii():
        return 1
    span = int(printed) if len(printed) <= SPAN_DIGITS else 1
    return max(1, span) if span <= MAX_SPAN else 1


def _blocks(
    text: str, grids: list[tuple[tuple[Cell, ...], ...]]
) -> tuple[Paragraph | Grid, ...]:
    blocks: list[Paragraph | Grid] = []
    paragraphs = tables = 0
    lines = text.split("\n")
    if len(lines) > MAX_LINES:
        message = f"网页文字超过 {MAX_LINES} 行的上限"
        raise TooComplexError(message)
    for line in lines:
        if line.startswith(_MARK):
            tables += 1
            blocks.append(Grid(grids[int(line.strip(_MARK))], tables, spans=True))
        elif line.strip():
            paragraphs += 1
            blocks.append(Paragraph(line.strip(), paragraphs))
    return tuple(blocks)
