"""What a page draws, in its order: ruled lines, grounds, pictures; text by its order."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING

from pypdfium2 import raw  # type: ignore[import-untyped]

from mingtang.reading.paper.drawn import MAX_OBJECTS, MAX_SEGMENTS, Path
from mingtang.reading.paper.matrices import PLAIN, bounds, moved, scale, times
from mingtang.reading.paper.strokes import Point, Subpath
from mingtang.reading.pdfium.handles import Handle, address, cover, light, limit, matrix

if TYPE_CHECKING:
    from mingtang.document import Box
    from mingtang.reading.paper.matrices import Matrix

DEPTH = 12
"""Drawings within drawings are followed so deep."""


class Drawing:
    """Everything one page draws; `orders` tells text objects by their address."""

    def __init__(self, page: Handle, number: int) -> None:
        self.number = number
        self.drawn = self.corners = 0
        self.orders: dict[int, int] = {}
        self.paths: list[Path] = []
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
                whole = bounds(times(matrix(thing), outer), (0, 0, 1, 1))
                self.images.append((self.drawn, whole))
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
            filled = Path(self.drawn, solid=True, light=pale, width=0.0, subpaths=subpaths)
            self.paths.append(filled._replace(cover=cover(thing)))
        if stroke.value:
            pale = light(thing, raw.FPDFPageObj_GetStrokeColor)
            width = ctypes.c_float()
            raw.FPDFPageObj_GetStrokeWidth(thing, width)
            thick = width.value * scale(placed)
            self.paths.append(
                Path(self.drawn, solid=False, light=pale, width=thick, subpaths=subpaths)
            )

    def _subpaths(self, thing: Handle, placed: Matrix) -> list[Subpath]:
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
            points.append(moved(placed, x.value, y.value))
        if len(points) > 1:
            made.append(Subpath(tuple(points), closed, curved))
        return made
