"""Tables without lines, whose cells are told apart by their grounds alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.reading.paper.lattice import lattices
from mingtang.reading.paper.rulings import Rule
from mingtang.reading.paper.seeing import UNSEEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mingtang.document import Box
    from mingtang.reading.paper.lattice import Lattice
    from mingtang.reading.paper.seeing import Ground

FEWEST = 4
"""Fewer grounds than this, or none beside another, are decoration."""
MOST = 2_000
"""More grounds than this are a picture."""
SMALLEST = 6.0
"""A ground lower or narrower than this, in points, holds no text."""


def tiles(grounds: Iterable[Ground], found: Sequence[Lattice]) -> list[Lattice]:
    """Return the tables that grounds make where no lines do.

    Every square must have a ground: rows shaded by turns do not tell the cells
    of the rows between them.
    """
    boxes = [
        ground.box
        for ground in grounds
        if ground.light < 1 - UNSEEN
        and min(ground.box[2] - ground.box[0], ground.box[3] - ground.box[1]) > SMALLEST
        and not any(lattice.cell_at(*_middle(ground.box)) is not None for lattice in found)
    ]
    if not FEWEST <= len(boxes) <= MOST:
        return []
    made, _ = lattices(side for box in boxes for side in _sides(box))
    return [lattice for lattice in made if _is_tiled(lattice, boxes)]


def _middle(box: Box) -> tuple[float, float]:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def _sides(box: Box) -> Iterator[Rule]:
    x0, y0, x1, y1 = box
    yield Rule(x0, y0, x1, y0)
    yield Rule(x0, y1, x1, y1)
    yield Rule(x0, y0, x0, y1)
    yield Rule(x1, y0, x1, y1)


def _is_tiled(lattice: Lattice, boxes: Sequence[Box]) -> bool:
    """Return whether a table of some rows and columns has a ground in every cell."""
    cells = len(lattice.cells)
    if min(len(lattice.xs), len(lattice.ys)) <= 2 or cells > len(boxes):  # noqa: PLR2004 - one row
        return False
    middles = (_middle(lattice.cell_box(cell)) for cell in range(cells))
    return all(
        any(x0 <= x <= x1 and y0 <= y <= y1 for x0, y0, x1, y1 in boxes) for x, y in middles
    )
