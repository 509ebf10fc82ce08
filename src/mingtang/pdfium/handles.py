"""What PDFium tells of any one thing on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.matrices import PLAIN, bounds, overlap
from mingtang.pdfium import calls
from mingtang.pdfium.opening import PdfError

if TYPE_CHECKING:
    from mingtang.document import Box
    from mingtang.matrices import Matrix
    from mingtang.pdfium.calls import Handle

CORNERS = 64
"""What is clipped by a path of more corners is taken to be seen whole."""


def limit(page: int, what: str, count: int, most: int) -> None:
    """Refuse a page with more of something than the limit."""
    if count > most:
        message = f"这个 PDF 的第 {page} 页{what}超过 {most} 的上限"
        raise PdfError(message)


def matrix(thing: int) -> Matrix:
    """Return how a thing is placed in what holds it."""
    if not calls.thing_matrix(thing, calls.TO_MATRIX):
        return PLAIN
    a, b, c, d, e, f = calls.MATRIX
    return a, b, c, d, e, f


def light(thing: int, ask: Handle) -> float:
    """Return how light a colour is on white paper, from 0 to 1; 0 for patterns."""
    if not ask(thing, *calls.TO_COLOUR):
        return 0.0
    red, green, blue, alpha = calls.COLOUR
    light = (0.3 * red + 0.59 * green + 0.11 * blue) / 255
    return float(1 - (1 - light) * alpha / 255)


def cover(thing: int) -> float:
    """Return how much of what is under it a filled thing hides, from 0 to 1.

    What blends with it, as a marker pen does, hides nothing.
    """
    if not calls.fill_colour(thing, *calls.TO_COLOUR):
        return 1.0
    alpha = float(calls.COLOUR[3] / 255)
    return 0.0 if alpha == 1 and calls.thing_blends(thing) else alpha


def clip(thing: int, outer: Matrix) -> Box | None:
    """Return the rectangle outside of which nothing of a thing is seen, None for all."""
    held = calls.clip_of(thing)
    found: Box | None = None
    for path in range(calls.clip_count(held) if held else 0):
        box = _around(held, path)
        if box is not None:
            found = box if found is None else overlap(found, box)
    return None if found is None else bounds(outer, found)


def _around(held: int, path: int) -> Box | None:
    """Return the rectangle around one path of a clip."""
    count = calls.clip_corners(held, path)
    if not 2 < count <= CORNERS:  # noqa: PLR2004 - a clip has three corners at least
        return None
    xs: list[float] = []
    ys: list[float] = []
    for at in (0, 2) if count <= 5 else range(count):  # noqa: PLR2004 - a rectangle, closed
        calls.corner_point(calls.clip_corner(held, path, at), *calls.TO_NUMBERS)
        x, y = calls.NUMBERS
        xs.append(x)
        ys.append(y)
    return min(xs), min(ys), max(xs), max(ys)
