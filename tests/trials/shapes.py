"""The flattened text shapes in which pages reach people, as ../shared/corpus has them.

Where a shape prints nothing for an empty cell, a row that lost some of its
cells cannot be placed, and the gold says so. `Rendered.marks` tells where each
figure stands in the text, so that a cut can be judged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tests.trials.tables import BLANK, NOTHING, Expect, Gold, Printed, Row, Sheet, Square

if TYPE_CHECKING:
    from collections.abc import Callable


class Mark(NamedTuple):
    """Where a figure square stands: start, end, its cell, and its row's number."""

    start: int
    end: int
    cell: str
    row: int


class Rendered(NamedTuple):
    """A laid-out report: what is handed to the reader, and what it shows."""

    data: str
    gold: Gold
    printed: Printed
    marks: tuple[Mark, ...] = ()


class Writer:
    """Text under construction, remembering where figures stand."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.at = 0
        self.row = 0
        self.marks: list[Mark] = []

    def put(self, text: str) -> None:
        self.parts.append(text)
        self.at += len(text)

    def square(self, square: Square, before: str = "", after: str = "") -> None:
        self.put(before)
        start = self.at
        self.put(square.text)
        if square.cell is not None:
            self.marks.append(Mark(start, self.at, square.cell, self.row))
        self.put(after)


def _cells_on_lines(writer: Writer, row: Row, before: str, after: str) -> None:
    for square in row:
        writer.square(square, before, after)


def _joined(writer: Writer, row: Row, separator: str) -> None:
    for number, square in enumerate(row):
        writer.square(square, separator if number else "")


def _kept(row: Row) -> Row:
    return tuple(square for square in row if square.text.strip())


def _nb(writer: Writer, row: Row, _: int) -> None:
    _cells_on_lines(writer, _kept(row), "", "\n\n")


def _nl(writer: Writer, row: Row, _: int) -> None:
    _cells_on_lines(writer, _kept(row), "", "\n")


def _sp(writer: Writer, row: Row, _: int) -> None:
    _joined(writer, _kept(row), " ")
    writer.put("\n")


def _run(writer: Writer, row: Row, _: int) -> None:
    _joined(writer, _kept(row), "")
    writer.put("\n")


def _rps(writer: Writer, row: Row, width: int) -> None:
    _joined(writer, row, " | ")
    pads = "|" * (width - len(row))
    writer.put(f" | {pads}\n" if pads else " |\n")


def _rp(writer: Writer, row: Row, _: int) -> None:
    _joined(writer, row, " | ")
    writer.put(" |\n")


def _cps(writer: Writer, row: Row, width: int) -> None:
    for square in row:
        writer.square(square, after=" |\n" if square.text else "|\n")
    pads = "|" * (width - len(row))
    writer.put(f"{pads}\n" if pads else "")


def _lp(writer: Writer, row: Row, _: int) -> None:
    _cells_on_lines(writer, row, "", "\n|\n")


def _lpc(writer: Writer, row: Row, width: int) -> None:
    writer.put("|\n")
    for square in row[:-1]:
        writer.square(square, after=" |\n")
    pads = "|" * (width - len(row))
    writer.square(row[-1], after=f" | {pads}\n" if pads else " |\n")


def _md(writer: Writer, row: Row, width: int) -> None:
    writer.put("| ")
    _joined(writer, row, " | ")
    writer.put(f" | {'|' * (width - len(row))}\n")


def _mdn(writer: Writer, row: Row, width: int) -> None:
    writer.put("| \n ")
    for number, square in enumerate(row):
        writer.square(square, " | \n " if number else "", " ")
    writer.put(f" | {'|' * (width - len(row))}\n")


def _tab(writer: Writer, row: Row, width: int) -> None:
    _joined(writer, row, "\t")
    writer.put("\t" * (width - len(row)) + "\n")


ROWS: dict[str, Callable[[Writer, Row, int], None]] = {
    "NB": _nb,
    "NL": _nl,
    "SP": _sp,
    "RUN": _run,
    "RPS": _rps,
    "RP": _rp,
    "CPS": _cps,
    "LP": _lp,
    "LPC": _lpc,
    "MD": _md,
    "MDN": _mdn,
    "TAB": _tab,
}
VANISHING = frozenset(("NB", "NL", "SP", "RUN", "ONE"))
"""Shapes in which an empty cell prints nothing at all."""


# ---------------------------------------------------------------- shapes with a grid


def grid(sheet: Sheet) -> list[list[Square | None]]:
    """Return the sheet's squares at their top left places, None where covered."""
    placed: list[dict[int, Square | None]] = [{} for _ in sheet.rows]
    for at, row in enumerate(sheet.rows):
        column = 0
        for square in row:
            while column in placed[at]:
                column += 1
            for down in range(min(square.rowspan, len(sheet.rows) - at)):
                for along in range(square.colspan):
                    placed[at + down].setdefault(column + along, None)
            placed[at][column] = square
            column += square.colspan
    width = max((max(row) + 1 for row in placed if row), default=0)
    return [[row.get(column) for column in range(width)] for row in placed]


def _tab_lines(writer: Writer, sheet: Sheet) -> None:
    """Print a cell a line after a tab; lower parts of tall cells are empty lines."""
    for line in _lines_with_shadows(sheet):
        for square in line:
            writer.put("\t")
            if square is not None:
                writer.square(square)
            writer.put("\n")
        writer.put("\n")
        writer.row += 1


def _lines_with_shadows(sheet: Sheet) -> list[list[Square | None]]:
    lines = []
    shadows: dict[int, int] = {}
    for row, places in zip(sheet.rows, grid(sheet), strict=True):
        own = {column for column, square in enumerate(places) if square is not None}
        line: list[tuple[int, Square | None]] = [(column, places[column]) for column in own]
        line += [
            (column, None) for column, left in shadows.items() if left and column not in own
        ]
        lines.append([square for _, square in sorted(line, key=lambda pair: pair[0])])
        shadows = {column: left - 1 for column, left in shadows.items() if left > 1}
        for column, square in zip(sorted(own), row, strict=True):
            if square.rowspan > 1:
                shadows[column] = square.rowspan - 1
    return lines


def _grid_lines(writer: Writer, sheet: Sheet) -> None:
    """Print the true grid with tabs, as a spreadsheet copies it."""
    for places in grid(sheet):
        for column, square in enumerate(places):
            if column:
                writer.put("\t")
            if square is not None:
                writer.square(square)
        writer.put("\n")
        writer.row += 1


def _filled_lines(writer: Writer, sheet: Sheet) -> None:
    """Print the true grid with tabs, a merged cell's text in each of its squares."""
    shown: dict[int, tuple[Square, int]] = {}
    for places in grid(sheet):
        for column, square in enumerate(places):
            if column:
                writer.put("\t")
            if square is not None:
                writer.square(square)
                covered = range(column, column + square.colspan)
                shown |= dict.fromkeys(covered, (square, square.rowspan))
            elif shown.get(column, (square, 0))[1] > 0:
                writer.put(shown[column][0].text)
        shown = {column: (square, left - 1) for column, (square, left) in shown.items()}
        writer.put("\n")
        writer.row += 1


def _shifted(row: Row) -> list[Square | None]:
    """Return a row of table 三 with the columns that seed S2 gives it."""
    texts = [square.text for square in row]
    line: list[Square | None] = [None] * 10
    if texts[0].startswith(("（本列", "(本列")):
        line[0], line[2] = row[0], row[1]
        return line
    labels = [square for square in row if square.kind in ("group", "label")]
    rest = [square for square in row if square.kind not in ("group", "label")]
    if not labels:
        start = 2 if texts[0] == "自然人" else 3
    elif labels[-1].text.startswith(("（七）", "(七)")):
        start, line[0] = 1, labels[-1]
    elif labels[-1].colspan == 3 or labels[-1].text.startswith("3.其他"):
        start, line[0] = 2, labels[-1]
    else:
        start = 3 if labels[-1].colspan == 1 else 2
        for back, label in enumerate(reversed(labels)):
            line[start - 1 - back] = label
    line[start : start + len(rest)] = rest
    return line[: max(10, start + len(rest))]


def _seed2_lines(writer: Writer, sheet: Sheet) -> None:
    """Print seed S2's tab grid, whose figures shift from row to row."""
    if sheet.table != "requests":
        _grid_lines(writer, sheet)
        return
    for row in sheet.rows:
        for column, square in enumerate(_shifted(row)):
            if column:
                writer.put("\t")
            if square is not None:
                writer.square(square)
        writer.put("\n")
        writer.row += 1


GRIDS: dict[str, Callable[[Writer, Sheet], None]] = {
    "TABLINES": _tab_lines,
    "GRID": _grid_lines,
    "FILLED": _filled_lines,
    "SEED2": _seed2_lines,
}
SHAPES = (*ROWS, "MDR", *GRIDS, "ONE")
STEADY = tuple(shape for shape in SHAPES if shape not in VANISHING)
"""Shapes that print something for an empty cell."""


def _sheet(writer: Writer, sheet: Sheet, shape: str) -> None:
    if shape in GRIDS:
        GRIDS[shape](writer, sheet)
        return
    draw = ROWS[{"MDR": "MD", "ONE": "SP"}.get(shape, shape)]
    for number, row in enumerate(sheet.rows):
        draw(writer, row, sheet.width)
        writer.row += 1
        if shape == "MDR" and number == 0:
            writer.put("|" + " --- |" * sheet.width + "\n")


def _arguable(gold: Gold, figures: list[Square]) -> Gold:
    cells = (str(square.cell) for square in figures)
    return {cell: gold[cell]._replace(arguable=True) for cell in cells}


def _after_shifting(printed: Printed) -> Gold:
    """Return what seed S2's shape shows: an empty end hides how far a row shifts.

    One such row is enough to make the shifts of all of them arguable.
    """
    gold = printed.gold()
    rows = [
        [square for square in row if square.cell and square.cell in gold]
        for row in printed.sheet("requests").rows
    ]
    if any(row and not (row[0].text.strip() and row[-1].text.strip()) for row in rows):
        for row in rows:
            gold.update(_arguable(gold, row))
    return gold


def after_vanishing(printed: Printed, shape: str) -> Gold:
    """Return what is still shown where empty cells print nothing."""
    gold = printed.gold()
    for sheet in printed.sheets():
        for row in sheet.rows:
            figures = [square for square in row if square.cell and square.cell in gold]
            empty = [square for square in figures if not square.text.strip()]
            if empty:
                whole = Expect((BLANK,), arguable=True)
                lost = whole if len(empty) == len(figures) else NOTHING
                gold.update(dict.fromkeys((str(square.cell) for square in figures), lost))
            elif shape == "RUN" and len(figures) > 1 and {s.text for s in figures} != {"0"}:
                # 734 may be 7, 3 and 4, or 73, 4 and nothing: only noughts are plain.
                gold.update(_arguable(gold, figures))
    return gold


def render(printed: Printed, shape: str) -> Rendered:
    """Return the report laid out in a flattened shape, with what it still shows."""
    writer = Writer()
    for block in printed.blocks:
        if isinstance(block, Sheet):
            _sheet(writer, block, shape)
        else:
            writer.put(block + "\n")
    text = "".join(writer.parts)
    if shape == "ONE":
        text = text.replace("\n", " ")
    gold = printed.gold()
    if shape in VANISHING:
        gold = after_vanishing(printed, shape)
    elif shape == "SEED2":
        gold = _after_shifting(printed)
    return Rendered(text, gold, printed, tuple(writer.marks))
