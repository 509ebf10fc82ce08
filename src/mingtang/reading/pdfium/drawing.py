"""What a page draws, in its order: ruled lines, grounds, pictures; text by its order."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pypdfium2 import raw  # type: ignore[import-untyped]

from mingtang.matrices import PLAIN, bounds, overlap, scale, times
from mingtang.pdfium import calls
from mingtang.pdfium.handles import clip, cover, light, limit, matrix
from mingtang.reading.paper.drawn import MAX_OBJECTS, MAX_SEGMENTS, Path
from mingtang.reading.paper.strokes import THIN, Point, Subpath

if TYPE_CHECKING:
    from mingtang.document import Box
    from mingtang.matrices import Matrix
    from mingtang.pdfium.calls import Handle

DEPTH = 12
"""Drawings within drawings are followed so deep."""
LONG = 20.0
"""A filled shape so much longer than it is thin is a line, whatever its corners."""
_TEXT, _PATH = raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH
_IMAGE, _FORM = raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM
_UNIT = (0.0, 0.0, 1.0, 1.0)


class Shown(NamedTuple):
    """A text's place in the order of drawing, and where it is seen."""

    order: int
    clip: Box | None


class Drawing:
    """Everything one page draws; `texts` tells text objects by their address."""

    def __init__(self, page: int, number: int, count: int) -> None:
        self.number = number
        self.drawn = self.corners = 0
        self.texts: dict[int, Shown] = {}
        self.paths: list[Path] = []
        self.images: list[tuple[int, Box]] = []
        self._things(page, count, calls.page_thing, (PLAIN, 0))

    def _things(
        self, holder: int, count: int, get: Handle, within: tuple[Matrix, int]
    ) -> None:
        """Note every thing, in the order of drawing; go into drawings within."""
        outer, depth = within
        limit(self.number, "画的东西", self.drawn + count, MAX_OBJECTS)
        for index in range(count):
            thing = get(holder, index)
            self.drawn += 1
            kind = calls.thing_kind(thing)
            if kind == _TEXT:
                self.texts[thing] = Shown(self.drawn, clip(thing, outer))
            elif kind == _PATH:
                self._path(thing, outer)
            elif kind == _IMAGE:
                placed = bounds(times(matrix(thing), outer), _UNIT)
                area = clip(thing, outer)
                self.images.append((self.drawn, overlap(placed, area) if area else placed))
            elif kind == _FORM and depth < DEPTH:
                inside = (times(matrix(thing), outer), depth + 1)
                self._things(thing, calls.form_count(thing), calls.form_thing, inside)

    def _path(self, thing: int, outer: Matrix) -> None:
        calls.path_modes(thing, *calls.TO_MODES)
        solid, drawn_along = calls.MODES
        if not solid and not drawn_along:
            return
        seen = clip(thing, outer)
        bar = _bar(thing, outer) if not drawn_along else None
        placed = times(matrix(thing), outer)
        subpaths = [bar] if bar else self._subpaths(thing, placed)
        if not subpaths:
            return
        if solid:
            pale = light(thing, calls.fill_colour)
            hides = cover(thing)
            path = Path(self.drawn, solid=True, light=pale, width=0.0, subpaths=subpaths)
            self.paths.append(path._replace(clip=seen, cover=hides))
        if drawn_along:
            pale = light(thing, calls.stroke_colour)
            calls.stroke_width(thing, calls.TO_NUMBERS[0])
            width = calls.NUMBERS[0] * scale(placed)
            path = Path(self.drawn, solid=False, light=pale, width=width, subpaths=subpaths)
            self.paths.append(path._replace(clip=seen))

    def _subpaths(self, thing: int, placed: Matrix) -> list[Subpath]:
        a, b, c, d, e, f = placed
        made: list[Subpath] = []
        points: list[Point] = []
        closed = curved = False
        count = calls.path_corners(thing)
        self.corners += max(count, 0)
        limit(self.number, "画的线", self.corners, MAX_SEGMENTS)
        for index in range(count):
            corner = calls.path_corner(thing, index)
            kind = calls.corner_kind(corner)
            calls.corner_point(corner, *calls.TO_NUMBERS)
            x, y = calls.NUMBERS
            if kind == raw.FPDF_SEGMENT_MOVETO:
                if len(points) > 1:
                    made.append(Subpath(tuple(points), closed, curved))
                points, closed, curved = [], False, False
            curved = curved or kind == raw.FPDF_SEGMENT_BEZIERTO
            closed = closed or bool(calls.corner_closes(corner))
            points.append((a * x + c * y + e, b * x + d * y + f))
        if len(points) > 1:
            made.append(Subpath(tuple(points), closed, curved))
        return made


def _bar(thing: int, outer: Matrix) -> Subpath | None:
    """Return a long and thin filled shape by its bounds alone, None for others."""
    if not calls.thing_bounds(thing, *calls.TO_SIDES):
        return None
    x0, y0, x1, y1 = bounds(outer, tuple(calls.RECTANGLE))
    thin, long = sorted((x1 - x0, y1 - y0))
    if thin > THIN or long < LONG:
        return None
    return Subpath(((x0, y0), (x1, y0), (x1, y1), (x0, y1)), closed=True)
