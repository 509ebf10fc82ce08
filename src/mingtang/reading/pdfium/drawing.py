"""What a page draws, in its order: ruled lines, grounds, pictures; text by its order."""

from __future__ import annotations

import ctypes
import math
from typing import TYPE_CHECKING

from pypdfium2 import raw  # type: ignore[import-untyped]

from mingtang.reading.paper.seeing import UNSEEN, Ground
from mingtang.reading.paper.strokes import Point, Subpath, filled, stroked
from mingtang.reading.pdfium.handles import (
    PLAIN,
    Handle,
    Matrix,
    address,
    light,
    limit,
    matrix,
    times,
)

if TYPE_CHECKING:
    from mingtang.document import Box
    from mingtang.reading.paper.frames import Frame
    from mingtang.reading.paper.rulings import Rule

MAX_OBJECTS = 60_000
"""A page that draws more things than this is refused."""
MAX_SEGMENTS = 400_000
"""A page whose paths have more corners than this is refused."""
DEPTH = 12
"""Drawings within drawings are followed so deep."""


class Drawing:
    """Everything one page draws; `orders` tells text objects by their address."""

    def __init__(self, page: Handle, number: int) -> None:
        self.number = number
        self.drawn = self.corners = 0
        self.orders: dict[int, int] = {}
        self.paths: list[tuple[int, bool, float, float, list[Subpath]]] = []
        self.images: list[tuple[int, Box]] = []
        count = raw.FPDFPage_CountObjects(page)
        self._objects(page, count, raw.FPDFPage_GetObject, (PLAIN, 0))

    def _objects(
        self,
        holder: Handle,
        count: int,
        get: Handle,
        within: tuple[Matrix, int],
    ) -> None:
        """Note every object, in the order of drawing; go into drawings within."""
        outer, depth = within
        for index in range(count):
            thing = get(holder, index)
            self.drawn += 1
            limit(self.number, "画的东西", self.drawn, MAX_OBJECTS)
            kind = raw.FPDFPageObj_GetType(thing)
            if kind == raw.FPDF_PAGEOBJ_TEXT:
                self.orders[address(thing)] = self.drawn
            elif kind == raw.FPDF_PAGEOBJ_PATH:
                self._path(thing, times(matrix(thing), outer))
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                corners = _unit_square(times(matrix(thing), outer))
                self.images.append((self.drawn, corners))
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < DEPTH:
                inner = raw.FPDFFormObj_CountObjects(thing)
                inside = (times(matrix(thing), outer), depth + 1)
                self._objects(thing, inner, raw.FPDFFormObj_GetObject, inside)

    def _path(self, thing: Handle, placed: Matrix) -> None:
        mode, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(thing, mode, stroke)
        if not mode.value and not stroke.value:
            return
        subpaths = self._subpaths(thing, placed)
        if not subpaths:
            return
        if mode.value:
            pale = light(thing, raw.FPDFPageObj_GetFillColor)
            self.paths.append((self.drawn, True, pale, 0.0, subpaths))
        if stroke.value:
            pale = light(thing, raw.FPDFPageObj_GetStrokeColor)
            width = ctypes.c_float()
            raw.FPDFPageObj_GetStrokeWidth(thing, width)
            scale = math.sqrt(abs(placed[0] * placed[3] - placed[1] * placed[2]))
            self.paths.append((self.drawn, False, pale, width.value * scale, subpaths))

    def _subpaths(self, thing: Handle, placed: Matrix) -> list[Subpath]:
        a, b, c, d, e, f = placed
        x, y = ctypes.c_float(), ctypes.c_float()
        made: list[Subpath] = []
        points: list[Point] = []
        closed = curved = False
        count = raw.FPDFPath_CountSegments(thing)
        self.corners += max(count, 0)
        limit(self.number, "画的线", self.corners, MAX_SEGMENTS)
        for index in range(count):
            segment = raw.FPDFPath_GetPathSegment(thing, index)
            kind = raw.FPDFPathSegment_GetType(segment)
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            if kind == raw.FPDF_SEGMENT_MOVETO:
                if len(points) > 1:
                    made.append(Subpath(tuple(points), closed, curved))
                points, closed, curved = [], False, False
            curved = curved or kind == raw.FPDF_SEGMENT_BEZIERTO
            closed = closed or bool(raw.FPDFPathSegment_GetClose(segment))
            points.append((a * x.value + c * y.value + e, b * x.value + d * y.value + f))
        if len(points) > 1:
            made.append(Subpath(tuple(points), closed, curved))
        return made

    def shapes(self, frame: Frame) -> tuple[list[Rule], list[Ground], list[Box]]:
        """Return the ruled lines, the grounds and the small drawings of the page."""
        seen = frame.seen
        rules: list[Rule] = []
        grounds: list[Ground] = []
        marks: list[Box] = []
        for order, solid, pale, width, subpaths in self.paths:
            turned = [
                path._replace(points=tuple([seen(*point) for point in path.points]))
                for path in subpaths
            ]
            found = filled(turned) if solid else stroked(turned, width)
            grounds += [Ground(order, pale, box) for box in found.grounds]
            if pale < 1 - UNSEEN:
                rules += found.rules
                marks += found.marks
        return rules, grounds, marks


def _unit_square(placed: Matrix) -> Box:
    a, b, c, d, e, f = placed
    xs, ys = (e, e + a, e + c, e + a + c), (f, f + b, f + d, f + b + d)
    return min(xs), min(ys), max(xs), max(ys)
