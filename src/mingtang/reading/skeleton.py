"""The tables of a document without their figures, located once and remembered.

Reports share their form: the same labels in the same squares, other figures.
What is located depends on labels, spans and on which cells are blank, so a
skeleton met before is not located again. Where figures were weighed to place a
row nothing is remembered: each such document is read on its own.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from mingtang.document import Grid, Square
from mingtang.reading.cells import read_cell
from mingtang.reading.facts import Facts, choose_edition
from mingtang.reading.labels import label_findings, order_findings, printed_labels
from mingtang.reading.locating import locate
from mingtang.reading.placing import place
from mingtang.reading.remarks import shift_findings
from mingtang.reading.rows import grid_rows
from mingtang.reading.vocabulary import Kind, sense
from mingtang.report import Fact, State
from mingtang.text import parse_figure

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mingtang.finding import Finding
    from mingtang.form.edition import Edition
    from mingtang.place import Place
    from mingtang.reading.placing import Placed
    from mingtang.reading.rows import Item
    from mingtang.report import Label

_BARE = (None, None, None)
"""Unit, note and sign of a plain figure."""

TABLES = 3
"""A report has so many tables; with fewer found, its text is searched as well."""

_Key = tuple[tuple[tuple[str, ...], ...], tuple[tuple[Square, ...], ...], bool]


class Spot(NamedTuple):
    """Where a cell of the form stands: grid, row and cell from 0, and its place."""

    cell: str
    grid: int
    row: int
    cell_at: int
    place: Place


class Skeleton(NamedTuple):
    """What the labels of a regular document settle, whatever its figures are.

    `spots` are the cells that hold a figure; `zeros` are the facts as they are
    where every figure is a plain 0, blank and other cells as they stand.
    """

    edition: Edition
    spots: tuple[Spot, ...]
    zeros: dict[str, Fact]
    labels: tuple[Label, ...]
    findings: tuple[Finding, ...]


def skeleton(grids: Sequence[Grid], year: int | None) -> Skeleton | None:
    """Return the skeleton of those grids, None where any row needs a closer look."""
    if not grids or any(grid.flow for grid in grids):
        return None
    return _remembered(tuple(_key(grid) for grid in grids), year)


def fill(skeleton: Skeleton, grids: Sequence[Grid]) -> Facts:
    """Return the facts of a regular document: its skeleton with its own figures."""
    cells = skeleton.zeros.copy()
    findings: list[Finding] = []
    texts = [grid.texts for grid in grids]
    for cell, grid, row, at, place_ in skeleton.spots:
        text = texts[grid][row][at]
        if text == "0":
            continue
        figure = parse_figure(text)
        if figure[2:] == _BARE and figure.kind == "number":
            cells[cell] = Fact(cell, State.NUMBER, figure.value, text, place_)
            continue
        cells[cell], finding = read_cell(skeleton.edition, cell, text, place_)
        if finding is not None:
            findings.append(finding)
    return Facts(skeleton.edition, cells, (*findings, *skeleton.findings))


def _key(grid: Grid) -> _Key:
    texts = tuple([tuple([_token(text) for text in row]) for row in grid.texts])
    return texts, grid.squares, grid.spans


@lru_cache(maxsize=65536)
def _token(text: str) -> str:
    """Return a text that stands for the cell: 0 for any figure, itself for words."""
    return "0" if sense(text).kind is Kind.FIGURE else text


@lru_cache(maxsize=256)
def _remembered(key: tuple[_Key, ...], year: int | None) -> Skeleton | None:
    grids = [
        Grid(texts, squares, number, spans)
        for number, (texts, squares, spans) in enumerate(key, start=1)
    ]
    rows = [row for grid in grids for row in grid_rows(grid)]
    located = locate(rows)
    edition = choose_edition(located, year)
    tables = {entry.table for entry in located.entries}
    if edition is None or located.strays or len(tables) < TABLES:
        return None
    placed = place(located)
    if any(each.trouble or each.weighed for each in placed):
        return None
    cells = set(edition.cell_ids())
    spots: dict[str, Spot] = {}
    zeros = {cell: Fact(cell, State.ABSENT) for cell in edition.cell_ids()}
    for each in placed:
        for cell, item in _cells_of(each):
            if cell not in cells or zeros[cell].state is not State.ABSENT:
                return None
            row = each.entry.row
            zeros[cell], finding = read_cell(edition, cell, item.text, row.place(item))
            if finding is not None:
                return None
            if item.sense.kind is Kind.FIGURE:
                at = row.items.index(item)
                spots[cell] = Spot(
                    cell, row.source - 1, row.number - 1, at, row.place(item)
                )
    labels = printed_labels(located, edition)
    findings = (
        *shift_findings(placed),
        *label_findings(labels),
        *order_findings(located, edition),
    )
    return Skeleton(edition, tuple(spots.values()), zeros, labels, findings)


def _cells_of(placed: Placed) -> Iterable[tuple[str, Item]]:
    entry = placed.entry
    prefix = entry.table if entry.table == "disputes" else f"{entry.table}/{entry.line}"
    for name, item in zip(entry.headed.ids, placed.items, strict=True):
        yield f"{prefix}/{name}", item
