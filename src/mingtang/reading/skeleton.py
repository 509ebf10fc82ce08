"""The tables of a document without their figures, located once and remembered.

Reports share their form: the same labels in the same squares, other figures.
What is located depends on labels, spans and on which cells are blank, so a
skeleton met before is not located again. Where figures were weighed to place a
row nothing is remembered: each such document is read on its own.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate
from operator import itemgetter
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
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from mingtang.finding import Finding
    from mingtang.form.edition import Edition
    from mingtang.place import Place
    from mingtang.reading.locating import Located
    from mingtang.reading.placing import Placed
    from mingtang.reading.rows import Item
    from mingtang.report import Label

_BARE = (None, None, None)
"""Unit, note and sign of a plain figure."""

TABLES = 3
"""A report has so many tables; with fewer found, its text is searched as well."""

_Key = tuple[tuple[tuple[str, ...], ...], tuple[tuple[Square, ...], ...], bool]


class Spot(NamedTuple):
    """A cell of the form and its place in the document."""

    cell: str
    place: Place


class Skeleton(NamedTuple):
    """What the labels of a regular document settle, whatever its figures are.

    `spots` are the cells that hold a figure, and `take` takes their texts, in
    the same order, from all texts of the document; `zeros` are the facts as
    they are where every figure is a plain 0, other cells as they stand.
    """

    edition: Edition
    spots: tuple[Spot, ...]
    take: Callable[[Sequence[str]], Sequence[str]]
    zeros: dict[str, Fact]
    labels: tuple[Label, ...]
    findings: tuple[Finding, ...]


def skeleton(grids: Sequence[Grid], year: int | None) -> Skeleton | None:
    """Return the skeleton of those grids, None where any row needs a closer look."""
    if not grids or any(grid.flow or grid.boxes for grid in grids):
        # On pages every document has places of its own.
        return None
    return _remembered(tuple(_key(grid) for grid in grids), year)


def fill(skeleton: Skeleton, grids: Sequence[Grid]) -> Facts:
    """Return the facts of a regular document: its skeleton with its own figures."""
    cells = skeleton.zeros.copy()
    findings: list[Finding] = []
    texts = skeleton.take([text for grid in grids for row in grid.texts for text in row])
    for (cell, place_), text in zip(skeleton.spots, texts, strict=True):
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
    starts = _starts(grids)
    spots: dict[int, Spot] = {}
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
                at = starts[row.source, row.number] + row.items.index(item)
                spots[at] = Spot(cell, row.place(item))
    return _made(edition, spots, zeros, located, placed)


def _made(
    edition: Edition,
    spots: Mapping[int, Spot],
    zeros: dict[str, Fact],
    located: Located,
    placed: Sequence[Placed],
) -> Skeleton | None:
    if len(spots) <= 1:
        # One index would take a bare text, and so few figures need no memory.
        return None
    labels = printed_labels(located, edition)
    findings = (
        *shift_findings(placed),
        *label_findings(labels),
        *order_findings(located, edition),
    )
    take = itemgetter(*spots)
    return Skeleton(edition, tuple(spots.values()), take, zeros, labels, findings)


def _starts(grids: Iterable[Grid]) -> dict[tuple[int, int], int]:
    """Return the index of the first cell of each row in all texts of the document."""
    rows = [(grid.number, n, row) for grid in grids for n, row in enumerate(grid.texts, 1)]
    ends = accumulate(len(row) for *_, row in rows)
    return {
        (grid, number): end - len(row)
        for (grid, number, row), end in zip(rows, ends, strict=True)
    }


def _cells_of(placed: Placed) -> Iterable[tuple[str, Item]]:
    entry = placed.entry
    prefix = entry.table if entry.table == "disputes" else f"{entry.table}/{entry.line}"
    for name, item in zip(entry.headed.ids, placed.items, strict=True):
        yield f"{prefix}/{name}", item
