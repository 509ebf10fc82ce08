"""A sheet of cells as blocks of a document: prose rows as text, the rest as tables.

Spreadsheets know neither paragraphs nor tables. A row with one filled cell is
prose, unless its words or its frame show that it belongs to a table; blank
rows and prose part tables. What is hidden is not there.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from mingtang.document import Cell, Grid, Paragraph, Square
from mingtang.reading.limits import MAX_CELLS, MAX_LINES
from mingtang.reading.sheets.origins import Origin
from mingtang.reading.vocabulary import Kind, sense

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MAX_MERGED = 2_000
"""More merged ranges than this on one sheet is refused; a report has some 60."""
EMPTY_RULED = 2
"""So many empty rows with a frame may stand in a table one after another."""
ENDLESS = 1 << 20
"""The width of a row that has no end of its own."""


class SheetError(ValueError):
    """A sheet that cannot or may not be read; says why, in Chinese."""


class Merged(NamedTuple):
    """A merged range: first row and column, last row and column, from 0."""

    top: int
    left: int
    bottom: int
    right: int


class Sheet(NamedTuple):
    """What is stored of one sheet: texts by row and column, frames, what is hidden.

    `ruled` holds the columns of each row whose cells are framed; the hidden
    are numbers in rising order. `overlong` are the places, row and column, of numbers
    with more digits than a sheet keeps: what they show is not what was typed.
    """

    texts: dict[int, dict[int, str]]
    ruled: dict[int, list[int]]
    merged: Sequence[Merged] = ()
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[int] = ()
    overlong: Sequence[tuple[int, int]] = ()


class Strip(NamedTuple):
    """One row: where it stands, its cells that are filled or merged, how far it goes.

    `under` are the columns that cells of rows above reach down into; `framed`
    says that its empty cells are seen to be cells.
    """

    row: int
    cells: tuple[Cell, ...]
    under: frozenset[int] = frozenset()
    framed: bool = False
    width: int = ENDLESS

    @property
    def texts(self) -> list[str]:
        """Return the texts of the filled cells."""
        return [cell.text for cell in self.cells if cell.text]


# ---------------------------------------------------------------- what is seen of a sheet


def strips(sheet: Sheet) -> list[Strip]:
    """Return the rows of a sheet as they are seen, without what is hidden.

    A merged cell shows its text in as much of it as is seen. Raises `SheetError`
    past the limit on merged ranges.
    """
    if len(sheet.merged) > MAX_MERGED:
        message = f"工作表有 {len(sheet.merged)} 处合并单元格，超过 {MAX_MERGED} 处的上限"
        raise SheetError(message)
    seen = _Seen(sheet)
    anchors = seen.anchors()
    rows = sorted({*seen.rows, *anchors})
    if len(rows) > MAX_LINES:
        message = f"工作表超过 {MAX_LINES} 行的上限"
        raise SheetError(message)
    tall: list[Cell] = []
    found: list[Strip] = []
    for row in rows:
        tall = [cell for cell in tall if cell.row + cell.rowspan > row]
        begun = anchors.get(row, [])
        under = frozenset(_columns(tall))
        covered = under | set(_columns(begun))
        plain = [
            Cell(text, row, column)
            for column, text in seen.texts(row)
            if column not in covered
        ]
        cells = tuple(sorted((*begun, *plain), key=lambda cell: cell.column))
        bare = seen.ruled(row) - covered
        framed = len(bare) + len(cells) - len(plain) > 1 and bool(bare)
        if framed or any(cell.text for cell in cells):
            found.append(Strip(row, cells, under, framed))
        tall += [cell for cell in begun if cell.rowspan > 1]
    return found


def _columns(cells: Iterable[Cell]) -> Iterator[int]:
    for cell in cells:
        yield from range(cell.column, cell.column + cell.colspan)


class _Seen:
    """A sheet without its hidden rows and columns, the others counted anew."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        hidden = set(sheet.hidden_rows)
        self.gone = set(sheet.hidden_columns)
        used = {*sheet.texts, *sheet.ruled} - hidden
        self.rows = {self._row(row): row for row in used}
        self.last_row = max(used, default=0)
        self.last_column = max(
            (column for row in sheet.texts.values() for column in row), default=0
        )

    def _row(self, row: int) -> int:
        return row - bisect_left(self.sheet.hidden_rows, row)

    def _column(self, column: int) -> int:
        return column - bisect_left(self.sheet.hidden_columns, column)

    def texts(self, row: int) -> Iterator[tuple[int, str]]:
        """Yield the columns and texts of the filled cells of a row."""
        stored = self.sheet.texts.get(self.rows.get(row, -1), {})
        for column, text in stored.items():
            if column not in self.gone:
                yield self._column(column), text

    def ruled(self, row: int) -> set[int]:
        """Return the framed columns of a row."""
        stored = self.sheet.ruled.get(self.rows.get(row, -1), ())
        return {self._column(column) for column in stored if column not in self.gone}

    def anchors(self) -> dict[int, list[Cell]]:
        """Return the merged cells by the row that each begins in."""
        found: dict[int, list[Cell]] = {}
        for top, left, bottom, right in self.sheet.merged:
            text = self.sheet.texts.get(top, {}).get(left, "")
            row, column = self._row(top), self._column(left)
            down = self._row(min(bottom, self.last_row) + 1) - row
            across = self._column(min(right, self.last_column) + 1) - column
            if down > 0 and across > 0:
                found.setdefault(row, []).append(Cell(text, row, column, down, across))
        return found


# ---------------------------------------------------------------- rows to blocks


def _is_prose(strip: Strip) -> bool:
    """Return whether a row is a text of its own."""
    if len(set(strip.texts)) != 1:
        return False
    meaning = sense(strip.texts[0])
    if meaning.kind is not Kind.OTHER:
        return False
    return not (strip.framed or strip.under) or len(strip.texts) > 1


def _is_table_row(strip: Strip) -> bool:
    """Return whether a row by itself shows that a table stands there."""
    texts = strip.texts
    if len(texts) == 1:
        return strip.framed or bool(strip.under)
    return bool(texts)


class Assembly:
    """Collects the blocks of a document from the rows of one sheet after another."""

    def __init__(self) -> None:
        self.blocks: list[Paragraph | Grid] = []
        self.origins: list[Origin] = []
        self.sheets = 0
        self.paragraphs = 0
        self.tables = 0
        self.cells = 0

    def take(self, rows: Sequence[Strip]) -> None:
        """Take the rows of one sheet. Raises `SheetError` past the limits."""
        runs = [list(run) for _, run in groupby(_parted(rows), key=lambda pair: pair[0])]
        for place, run in enumerate(runs):
            held = [strip for _, strip in run]
            if _is_prose(held[0]) or not any(map(_is_table_row, held)):
                self._prose(held)
                continue
            following = runs[place + 1][0][1] if place + 1 < len(runs) else None
            if (
                following is not None
                and _is_prose(following)
                and following.row > held[-1].row + 1
                and held[-1].cells
            ):
                # An empty row below a header may be the figures, all of them blank.
                held.append(Strip(held[-1].row + 1, (), width=held[-1].width))
            self._table(held)
        self.sheets += 1

    def _prose(self, held: Iterable[Strip]) -> None:
        for strip in held:
            first = next((cell.column for cell in strip.cells if cell.text), 0)
            for line in "\n".join(dict.fromkeys(strip.texts)).splitlines():
                if line.strip():
                    self.paragraphs += 1
                    self.origins.append(Origin(self.sheets, (strip.row,), first))
                    self.blocks.append(Paragraph(line.strip(), self.paragraphs))
        if self.paragraphs > MAX_LINES:
            message = f"文字超过 {MAX_LINES} 行的上限"
            raise SheetError(message)

    def _table(self, held: list[Strip]) -> None:
        filled = [cell for strip in held for cell in strip.cells if cell.text]
        left = min(cell.column for cell in filled)
        right = max(cell.column + cell.colspan for cell in filled)
        self.cells += (right - left) * len(held)
        if self.cells > MAX_CELLS:
            message = f"表格超过 {MAX_CELLS} 格的上限"
            raise SheetError(message)
        self.tables += 1
        below = tuple([strip.row for strip in held])
        self.origins.append(Origin(self.sheets, below, left))
        rows = [_squares(held, at, left, right) for at in range(len(held))]
        texts = tuple([tuple([text for text, _ in row]) for row in rows])
        squares = tuple([tuple([square for _, square in row]) for row in rows])
        merged = any(
            square.colspan > 1 or square.rowspan > 1 for row in squares for square in row
        )
        grid = Grid(texts, squares, self.tables, spans=True)
        self.blocks.append(grid if merged else Grid.plain(texts, self.tables))


def _parted(rows: Iterable[Strip]) -> Iterator[tuple[tuple[int, bool], Strip]]:
    """Yield each row with the number of its block, a new one after a blank row."""
    block, last, empty = 0, -2, 0
    for strip in rows:
        empty = 0 if strip.texts else empty + 1
        if empty > EMPTY_RULED:
            continue
        if strip.row > last + 1 and not strip.under:
            block += 1
            if not strip.texts:
                continue
        last = strip.row
        yield (block, _is_prose(strip)), strip


def _squares(
    held: Sequence[Strip], at: int, left: int, right: int
) -> list[tuple[str, Square]]:
    """Return the texts of one row of a table and the squares they cover."""
    strip = held[at]
    found: list[tuple[str, Square]] = []
    column = left
    end = min(right, max(strip.width, left))
    begun = {cell.column: cell for cell in strip.cells}
    while column < end:
        cell = begun.get(column)
        if cell is not None:
            across = min(cell.colspan, right - column)
            below = cell.row + cell.rowspan
            down = sum(each.row < below for each in held[at:]) if cell.rowspan > 1 else 1
            found.append((cell.text, Square(column - left, down, across)))
            column += across
            continue
        if column not in strip.under:
            found.append(("", Square(column - left)))
        column += 1
    return found
