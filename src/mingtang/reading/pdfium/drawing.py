"""What a page draws, in its order: ruled lines, grounds, pictures; text by its order."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from pypdfium2 import raw  # type: ignore[import-untyped]

from mingtang.reading.paper.rulings import Rule
from mingtang.reading.paper.seeing import Ground, Line, drawn
from mingtang.reading.paper.strokes import THIN, Point, Subpath, filled, stroked
from mingtang.reading.pdfium import calls
from mingtang.reading.pdfium.handles import (
    PLAIN,
    Matrix,
    clip,
    light,
    limit,
    matrix,
    moved,
    overlap,
    times,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mingtang.document import Box
    from mingtang.reading.paper.frames import Frame
    from mingtang.reading.pdfium.calls import Handle

MAX_OBJECTS = 60_000
"""A page that draws more things than this is refused."""
MAX_SEGMENTS = 400_000
"""A page whose paths have more corners than this is refused."""
MAX_GROUNDS = 8_000
"""A page with more filled shapes than this is refused: any may hide its text."""
DEPTH = 12
"""Drawings within drawings are followed so deep."""
LONG = 20.0
"""A filled shape so much longer than it is thin is a line, whatever its corners."""
_TEXT, _PATH = raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH
_IMAGE, _FORM = raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM
_UNIT = (0.0, 0.0, 1.0, 1.0)


class Path(NamedTuple):
    """One filling or stroking: `width` is the pen's, 0 where the path is filled."""

    order: int
    light: float
    width: float
    clip: Box | None
    subpaths: list[Subpath]


class Shown(NamedTuple):
    """A text's or picture's place in the order of drawing, and where it is seen."""

    order: int
    clip: Box | None


class Drawing:
    """Everything one page draws; `texts` tells text objects by their address."""

    def __init__(self, page: int, number: int, count: int) -> None:
        self.number = number
        self.drawn = self.corners = 0
        self.texts: dict[int, Shown] = {}
        self.paths: list[Path] = []
        self.images: list[tuple[Shown, Box]] = []
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
                placed = moved(_UNIT, times(matrix(thing), outer))
                self.images.append((Shown(self.drawn, clip(thing, outer)), placed))
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
            self.paths.append(Path(self.drawn, pale, 0.0, seen, subpaths))
        if drawn_along:
            pale = light(thing, calls.stroke_colour)
            calls.stroke_width(thing, calls.TO_NUMBERS[0])
            scale = math.sqrt(abs(placed[0] * placed[3] - placed[1] * placed[2]))
            width = max(calls.NUMBERS[0] * scale, 0.1)
            self.paths.append(Path(self.drawn, pale, width, seen, subpaths))

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

    def shapes(self, frame: Frame) -> tuple[list[Rule], list[Ground], list[Box]]:
        """Return the ruled lines, the grounds and the small drawings of the page."""
        seen = frame.seen
        lines: list[Line] = []
        grounds: list[Ground] = []
        marks: list[Line] = []
        for order, pale, width, within, subpaths in self.paths:
            turned = [
                path._replace(points=tuple([seen(*point) for point in path.points]))
                for path in subpaths
            ]
            found = stroked(turned, width) if width else filled(turned)
            area = frame.box(*within) if within else None
            lines += [Line(order, pale, box) for box in _within(found.rules, area)]
            grounds += [Ground(order, pale, box) for box in _within(found.grounds, area)]
            marks += [Line(order, pale, box) for box in _within(found.marks, area)]
        limit(self.number, "的色块", len(grounds), MAX_GROUNDS)
        rules = [Rule(*box) for box in drawn(lines, grounds)]
        return rules, grounds, drawn(marks, grounds)


def _within(boxes: Iterable[Box], area: Box | None) -> list[Box]:
    """Return what is seen of boxes within an area."""
    if area is None:
        return list(boxes)
    cut = (overlap(box, area) for box in boxes)
    return [box for box in cut if box[0] <= box[2] and box[1] <= box[3]]


def _bar(thing: int, outer: Matrix) -> Subpath | None:
    """Return a long and thin filled shape by its bounds alone, None for others."""
    if not calls.thing_bounds(thing, *calls.TO_SIDES):
        return None
    x0, y0, x1, y1 = moved(tuple(calls.RECTANGLE), outer)
    thin, long = sorted((x1 - x0, y1 - y0))
    if thin > THIN or long < LONG:
        return None
    return Subpath(((x0, y0), (x1, y0), (x1, y1), (x0, y1)), closed=True)
