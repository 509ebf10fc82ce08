"""Ruled lines and characters as tables with merged cells.

Lines come broken, doubled and slightly off. Those that touch are one table;
their places give its rows and columns, and a square without a line to its
neighbour is one cell with it. Knows nothing of any format.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from mingtang.document import Square
from mingtang.reading.paper.glyphs import DOUBT, cell_text, lines
from mingtang.reading.paper.outlines import outlines
from mingtang.reading.paper.rulings import DOUBLE, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mingtang.document import Box
    from mingtang.reading.paper.glyphs import Glyph
    from mingtang.reading.paper.rulings import Segment

OPEN_EDGE = 8.0
"""Lines that run this far past the last crossing line bound a cell open at its side."""
COVERED = 0.5
"""A side of a square is ruled when lines cover so much of it."""
MAX_SQUARES = 40_000
"""A table with more squares than this is a drawing."""
NEAR = 0.25
"""Digits nearer than this part of their size belong to one number."""


class Table(NamedTuple):
    """A ruled table: its texts, the squares they cover, where they stand.

    `trusts` is how sure each text is, from 0 to 1.
    """

    box: Box
    texts: tuple[tuple[str, ...], ...]
    squares: tuple[tuple[Square, ...], ...]
    boxes: tuple[tuple[Box, ...], ...]
    trusts: tuple[tuple[float, ...], ...] = ()


class Lattice(NamedTuple):
    """The lines of one table: places of its columns and rows, and its cells.

    `owner` tells for each square which cell it belongs to; cells are (row,
    column, rowspan, colspan). `broken` are cells that a missing line deforms;
    `open` those at an edge that has no line beside them and has one elsewhere:
    without text they are no cells. `sunk` are those that no line ends below.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    owner: tuple[tuple[int, ...], ...]
    cells: tuple[tuple[int, int, int, int], ...]
    broken: frozenset[int]
    open: frozenset[int] = frozenset()
    sunk: frozenset[int] = frozenset()

    @property
    def box(self) -> Box:
        """Return the rectangle of the whole table."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def cell_at(self, x: float, y: float) -> int | None:
        """Return the cell a point stands in."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        if 0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1:
            return self.owner[row][column]
        return None

    def cell_box(self, cell: int) -> Box:
        """Return the rectangle of a cell."""
        row, column, down, across = self.cells[cell]
        return self.xs[column], self.ys[row], self.xs[column + across], self.ys[row + down]


def lattices(rules: Iterable[Rule]) -> tuple[list[Lattice], list[Rule]]:
    """Return the tables that lines make, from the top down, and the lines left over."""
    made: list[Lattice] = []
    left: list[Rule] = []
    for across, down in outlines(rules):
        lattice = _lattice(across, down) if down and len(across) + len(down) > 2 else None  # noqa: PLR2004 - two lines make no cell
        if lattice is None or len(lattice.cells) < 2:  # noqa: PLR2004 - a frame
            left += [Rule(each.start, each.at, each.end, each.at) for each in across]
        else:
            made.append(lattice)
    made.sort(key=lambda each: (each.ys[0], each.xs[0]))
    return made, left


def _places(lines: Sequence[Segment], crossing: Sequence[Segment]) -> tuple[float, ...]:
    """Return where the lines lie, and the ends of an open side."""
    places: list[float] = []
    for at in sorted(line.at for line in lines):
        if not places or at - places[-1] > DOUBLE:
            places.append(at)
    low = min((line.start for line in crossing), default=places[0])
    high = max((line.end for line in crossing), default=places[-1])
    if low < places[0] - OPEN_EDGE:
        places.insert(0, low)
    if high > places[-1] + OPEN_EDGE:
        places.append(high)
    return tuple(places)


def _ruled(
    lines: Sequence[Segment], places: Sequence[float], steps: Sequence[float]
) -> list[list[bool]]:
    """Return for each place, and each step along it, whether a line is there."""
    cover = [[0.0] * (len(steps) - 1) for _ in places]
    for line in lines:
        at = min(range(len(places)), key=lambda i: abs(places[i] - line.at))
        for step, (start, end) in enumerate(pairwise(steps)):
            cover[at][step] += max(0.0, min(end, line.end) - max(start, line.start))
    return [
        [
            covered >= COVERED * (end - start)
            for covered, (start, end) in zip(row, pairwise(steps), strict=True)
        ]
        for row in cover
    ]


def _lattice(level: Sequence[Segment], upright: Sequence[Segment]) -> Lattice | None:
    """Return the cells that the lines of one table make, None where they make none."""
    if not level:
        return None
    xs, ys = _places(upright, level), _places(level, upright)
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 1 or rows * columns > MAX_SQUARES:
        return None
    across, down = _ruled(level, ys, xs), _ruled(upright, xs, ys)
    owner = [[-1] * columns for _ in range(rows)]
    cells: list[tuple[int, int, int, int]] = []
    broken: set[int] = set()
    for square in ((row, column) for row in range(rows) for column in range(columns)):
        if owner[square[0]][square[1]] >= 0:
            continue
        found = _flood(square, owner, across, down)
        sides = len({row for row, _ in found}), len({column for _, column in found})
        whole = len(found) == sides[0] * sides[1]
        for part in [sorted(found)] if whole else [[each] for each in sorted(found)]:
            if not whole:
                broken.add(len(cells))
            for r, c in part:
                owner[r][c] = len(cells)
            cells.append((*part[0], *(sides if whole else (1, 1))))
    unclosed = frozenset(_unclosed(owner, down))
    owned = tuple(map(tuple, owner))
    sunk = frozenset(
        cell for cell, ended in zip(owner[-1], across[-1], strict=True) if not ended
    )
    return Lattice(xs, ys, owned, tuple(cells), frozenset(broken), unclosed, sunk)


def _unclosed(
    owner: Sequence[Sequence[int]], down: Sequence[Sequence[bool]]
) -> Iterator[int]:
    """Yield the cells without a line at a side of the table that is ruled elsewhere.

    Above and below, a page's end leaves cells open.
    """
    edges = (
        (down[0], [row[0] for row in owner]),
        (down[-1], [row[-1] for row in owner]),
    )
    for ruled, beside in edges:
        if sum(ruled) * 2 >= len(ruled):
            yield from (cell for here, cell in zip(ruled, beside, strict=True) if not here)


def _flood(
    start: tuple[int, int],
    owner: Sequence[Sequence[int]],
    across: Sequence[Sequence[bool]],
    down: Sequence[Sequence[bool]],
) -> set[tuple[int, int]]:
    """Return the squares that no line parts from the first."""
    found = {start}
    waiting = [start]
    while waiting:
        row, column = waiting.pop()
        beside = (
            (row, column - 1, down[column][row]),
            (row, column + 1, down[column + 1][row]),
            (row - 1, column, across[row][column]),
            (row + 1, column, across[row + 1][column]),
        )
        for r, c, parted in beside:
            inside = 0 <= r < len(owner) and 0 <= c < len(owner[0])
            if inside and not parted and (r, c) not in found and owner[r][c] < 0:
                found.add((r, c))
                waiting.append((r, c))
    return found


def lengthened(lattice: Lattice, beside: Sequence[Glyph]) -> Lattice:
    """Return a table that a page's end cuts open, as far down as its last texts go.

    Only lines right under its open cells, and nowhere else, are its own.
    """
    bottom = lattice.ys[-1]
    spans = [(box[0], box[2]) for box in map(lattice.cell_box, lattice.sunk)]
    for line in lines([each for each in beside if each.middle[1] > bottom]):
        within = all(
            any(left <= glyph.x0 and glyph.x1 <= right for left, right in spans)
            for glyph in line.glyphs
        )
        if line.box[1] > bottom + line.size or not within:
            break
        bottom = line.box[3]
    return lattice._replace(ys=(*lattice.ys[:-1], bottom))


def table(
    lattice: Lattice,
    glyphs: Iterable[Glyph],
    marks: Iterable[Box] = (),
    beside: Iterable[Glyph] = (),
) -> Table:
    """Return a table's texts from the characters whose middle each cell holds.

    `marks` are things drawn that are no text (a picture, a form's field): the
    cell that holds one is not sure. `beside` are characters outside the table:
    a number may run over its edge.
    """
    held: list[list[Glyph]] = [[] for _ in lattice.cells]
    for glyph in glyphs:
        cell = lattice.cell_at(*glyph.middle)
        if cell is not None:
            held[cell].append(glyph)
    unsure = lattice.broken | lattice.open | _cut_by_line(held, beside)
    for x0, y0, x1, y1 in marks:
        cell = lattice.cell_at((x0 + x1) / 2, (y0 + y1) / 2)
        if cell is not None:
            unsure |= {cell}
    rows: list[list[tuple[str, Square, Box, float]]] = [[] for _ in lattice.ys[1:]]
    for cell in sorted(range(len(lattice.cells)), key=lambda cell: lattice.cells[cell]):
        if cell in lattice.open and not held[cell]:
            continue
        row, column, down, across = lattice.cells[cell]
        box = lattice.cell_box(cell)
        text = cell_text(held[cell], box)
        if cell in unsure and DOUBT not in text:
            text += DOUBT
        trust = min((glyph.trust for glyph in held[cell]), default=1.0)
        rows[row].append((text, Square(column, down, across), box, trust))
    parts = (tuple(tuple(each[part] for each in row) for row in rows) for part in range(4))
    return Table(lattice.box, *parts)  # type: ignore[arg-type]


def _cut_by_line(
    held: Sequence[Sequence[Glyph]], beside: Iterable[Glyph]
) -> frozenset[int]:
    """Return the cells where a line runs through the middle of a number.

    Over the edge of the table a number's unit may stand as well.
    """
    signs = sorted(
        (round(glyph.base), glyph.x0, glyph.x1, glyph.size, cell)
        for cell, glyphs in (*enumerate(held), (-1, beside))
        for glyph in glyphs
        if cell < 0 or glyph.text.isdigit()
    )
    cut: set[int] = set()
    for left, right in pairwise(signs):
        near = right[1] - left[2] < NEAR * min(left[3], right[3])
        if left[4] != right[4] and left[0] == right[0] and near:
            cut |= {left[4], right[4]}
    return frozenset(cut - {-1})
