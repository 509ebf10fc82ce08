"""Tables that run on over a page: what the break cut in two is put together.

A break may fall inside a row: its label then goes on, or its figures stand, at
the top of the next page. Such a row is made whole where its two halves fit
without a doubt; where they may be halves and do not fit, no figure of it is sure.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from mingtang.document import Square
from mingtang.reading.paper.glyphs import DOUBT
from mingtang.reading.vocabulary import Kind, sense, vocabulary
from mingtang.text import label_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mingtang.reading.paper.lattice import Table

ALIGNED = 6.0
"""Cells of two pages whose sides differ by less, in points, are of one column."""
NEAR = 2.0
"""The lines of one column differ by less from page to page."""
_BARE = frozenset({Kind.FIGURE, Kind.BLANK})
_KNOWN = frozenset(
    {Kind.LINE, Kind.COLUMN, Kind.PARENT, Kind.CAPTION, Kind.LEAD, Kind.CORNER}
)

Spot = tuple[int, int]
"""Which row and which of its cells."""


def offset(above: Table, below: Table) -> float:
    """Return how far right of a table another of its width stands, 0 for other widths.

    Pages have mirrored margins, or lie askew when they are scanned.
    """
    one, other = above.box[2] - above.box[0], below.box[2] - below.box[0]
    return below.box[0] - above.box[0] if abs(one - other) < NEAR else 0.0


def shifted(piece: Table, by: float) -> Table:
    """Return a table so many points further right."""
    if not by:
        return piece
    x0, y0, x1, y1 = piece.box
    boxes = tuple(
        tuple((left + by, top, right + by, bottom) for left, top, right, bottom in row)
        for row in piece.boxes
    )
    return piece._replace(box=(x0 + by, y0, x1 + by, y1), boxes=boxes)


def alike(above: Table, below: Table) -> bool:
    """Return whether two tables share most places of columns, as pieces of one do."""
    moved = shifted(below, -offset(above, below))
    one, other = sorted((_sides(above), _sides(moved)), key=len)
    near = sum(any(abs(place - each) < NEAR for each in other) for place in one)
    return near * 2 > len(one)


def _sides(piece: Table) -> set[float]:
    return {side for row in piece.boxes for box in row for side in (box[0], box[2])}


def aligned(pieces: Sequence[Table]) -> list[Table]:
    """Return the pieces of one table with their columns counted alike.

    A piece knows only the columns that its own rows divide: a head alone on a
    page may show three where the rows below it have ten.
    """
    lows = [piece.box[0] for piece in pieces]
    highs = [piece.box[2] for piece in pieces]
    if min(max(lows) - min(lows), max(highs) - min(highs)) > ALIGNED:
        return list(pieces)
    sides = sorted(side for piece in pieces for side in _sides(piece))
    places: list[float] = []
    for side in sides:
        if not places or side - places[-1] > ALIGNED:
            places.append(side)
    return [piece._replace(squares=_counted(piece, places)) for piece in pieces]


def _counted(piece: Table, places: Sequence[float]) -> tuple[tuple[Square, ...], ...]:
    """Return a piece's squares, their columns counted by the places of all pieces."""
    return tuple(
        tuple(
            Square(first, square.rowspan, max(1, bisect_right(places, box[2]) - 1 - first))
            for square, box in zip(squares, boxes, strict=True)
            for first in (bisect_right(places, box[0]) - 1,)
        )
        for squares, boxes in zip(piece.squares, piece.boxes, strict=True)
    )


def rejoined(above: Table, below: Table) -> tuple[Table, Table]:
    """Return two pieces of a table with what the page break cut put together."""
    top = _repeated(above, below)
    if top >= len(below.texts):
        return above, below
    pairs = list(_pairs(above, below, top))
    upper = [list(row) for row in above.texts]
    lower = [list(row) for row in below.texts]
    gone: set[Spot] = set()
    cut = _is_cut_row({m: upper[i][j] for (i, j), (_, m) in pairs}, lower[top])
    for (i, j), (k, m) in pairs:
        if (
            cut
            or _is_cut_label(upper[i][j], lower[k][m])
            or _is_sunk(upper[i], j, lower[k][m])
        ):
            upper[i][j] += lower[k][m]
            lower[k][m] = ""
    last = len(upper) - 1
    own = [pair for pair in pairs if pair[0][0] == last]
    if not any(_is_known(text) for text in lower[top]):
        gone = _join_row(upper, lower, own)
    elif _is_headless(upper[last], lower[top]):
        gone = _join_under(upper, lower, own)
    return above._replace(texts=tuple(map(tuple, upper))), _without(below, lower, gone)


def _repeated(above: Table, below: Table) -> int:
    """Return how many rows at the top of a piece repeat the head of the one before."""
    count = 0
    for one, other in zip(above.texts, below.texts, strict=False):
        if one != other or not any(map(_is_known, one)):
            break
        if any(sense(text).kind is Kind.LINE for text in one):
            break
        count += 1
    return count


def _pairs(above: Table, below: Table, top: int) -> Iterator[tuple[Spot, Spot]]:
    """Yield the cells at the break that stand one above the other in one column."""
    rows = len(above.texts)
    firsts = [(below.boxes[top][at], (top, at)) for at in range(len(below.texts[top]))]
    for i, squares in enumerate(above.squares):
        for j, square in enumerate(squares):
            if i + square.rowspan != rows:
                continue
            x0, _, x1, _ = above.boxes[i][j]
            for box, spot in firsts:
                if abs(box[0] - x0) < ALIGNED and abs(box[2] - x1) < ALIGNED:
                    yield (i, j), spot


def _is_known(text: str) -> bool:
    found = sense(text)
    return found.kind in _KNOWN and found.likeness == 1.0


def _is_cut_label(upper: str, lower: str) -> bool:
    """Return whether two texts are one label of the form, and neither is one alone."""
    if not upper.strip() or sense(lower).kind in _BARE:
        return False
    whole, first = sense(upper + lower), sense(upper)
    return (
        whole.kind in (Kind.LINE, Kind.GROUP, Kind.COLUMN, Kind.LEAD, Kind.CORNER)
        and whole.likeness == 1.0
        and (first.likeness < 1.0 or first.kind is Kind.OTHER or _is_part(upper))
        and not _is_known(lower)
    )


def _is_part(text: str) -> bool:
    """Return whether a text only begins a corner's words, by which it is known."""
    corner = sense(text).kind is Kind.CORNER
    return corner and label_key(text) not in vocabulary().corners


def _is_cut_row(above: Mapping[int, str], row: Sequence[str]) -> bool:
    """Return whether every text of a row ends a label that begins above it.

    What stands above the break may look whole by itself: 其他 of 其他结果.
    """
    ends = [(above.get(at, ""), text) for at, text in enumerate(row) if text.strip()]
    return bool(ends) and all(
        first.strip() and sense(text).kind is Kind.OTHER and _is_known(first + text)
        for first, text in ends
    )


def _is_sunk(upper: Sequence[str], at: int, lower: str) -> bool:
    """Return whether the text of a head's cell stands in its part below the break."""
    heads = (Kind.COLUMN, Kind.PARENT)
    return (
        not upper[at].strip()
        and sense(lower).kind in heads
        and any(sense(text).kind in heads for text in upper)
    )


def _is_headless(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Return whether figures above the break lack the label that stands below it."""
    above = {sense(text).kind for text in upper}
    below = [sense(text).kind for text in lower]
    return (
        Kind.FIGURE in above
        and above <= {Kind.GROUP, *_BARE}
        and Kind.LINE in below
        and Kind.BLANK in below
        and set(below) <= {Kind.LINE, Kind.GROUP, Kind.OTHER, *_BARE}
    )


def _join_under(
    upper: list[list[str]], lower: list[list[str]], own: list[tuple[Spot, Spot]]
) -> set[Spot]:
    """Put the label from below the break to its figures; return the cells taken."""
    if any(upper[i][j].strip() and lower[k][m].strip() for (i, j), (k, m) in own):
        for (i, j), (k, m) in own:
            upper[i][j] += DOUBT
            lower[k][m] += DOUBT
        return set()
    for (i, j), (k, m) in own:
        upper[i][j] += lower[k][m]
    return {other for _, other in own}


def _join_row(
    upper: list[list[str]], lower: list[list[str]], own: list[tuple[Spot, Spot]]
) -> set[Spot]:
    """Join the figures of a row that may be cut; return the cells taken from below."""
    figures = [
        (one, other)
        for one, other in own
        if sense(upper[one[0]][one[1]]).kind in _BARE
        and sense(lower[other[0]][other[1]]).kind in _BARE
    ]
    blank_above = all(not upper[i][j].strip() for (i, j), _ in figures)
    filled = [(one, (k, m)) for one, (k, m) in figures if lower[k][m].strip()]
    if not filled:
        return {other for _, other in figures}
    taken = {other for _, other in figures}
    rest = [
        text
        for at, text in enumerate(lower[filled[0][1][0]])
        if (filled[0][1][0], at) not in taken and text.strip(DOUBT + " ")
    ]
    fits = all(
        bool(upper[i][j].strip()) != bool(lower[k][m].strip()) for (i, j), (k, m) in figures
    )
    if (blank_above or fits) and not rest:
        for (i, j), (k, m) in figures:
            upper[i][j] += lower[k][m]
        return taken
    if blank_above or any(not upper[i][j].strip() for (i, j), _ in filled):
        for (i, j), (k, m) in figures:
            upper[i][j] += DOUBT
            lower[k][m] += DOUBT
    return set()


def _without(below: Table, texts: list[list[str]], gone: set[Spot]) -> Table:
    """Return a piece with new texts and without some of its cells."""
    kept = [
        [at for at in range(len(row)) if (number, at) not in gone]
        for number, row in enumerate(texts)
    ]
    rows = range(len(texts))
    return below._replace(
        texts=tuple(tuple(texts[row][at] for at in kept[row]) for row in rows),
        squares=tuple(tuple(below.squares[row][at] for at in kept[row]) for row in rows),
        boxes=tuple(tuple(below.boxes[row][at] for at in kept[row]) for row in rows),
        trusts=tuple(
            tuple(trusts[at] for at in held)
            for trusts, held in zip(below.trusts, kept, strict=False)
        ),
    )
