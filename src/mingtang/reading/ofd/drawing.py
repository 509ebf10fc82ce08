"""What the layers of an OFD page draw, in their order: text, paths, pictures."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from mingtang.matrices import Matrix, bounds, scale
from mingtang.reading.ofd.markup import (
    OfdError,
    child,
    is_on,
    local,
    number,
    words,
)
from mingtang.reading.ofd.paths import subpaths
from mingtang.reading.ofd.placing import common, inside, window
from mingtang.reading.ofd.styles import FULL, Colour, Resources, Style
from mingtang.reading.ofd.writing import signs
from mingtang.reading.paper.drawn import (
    MAX_GLYPHS,
    MAX_OBJECTS,
    MAX_SEGMENTS,
    Drawn,
    Path,
    Sign,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mingtang.document import Box
    from mingtang.reading.ofd.markup import Node

DEPTH = 40
"""Blocks within blocks and drawings within drawings are followed so deep."""
SLACK = 1.5
"""So many points past its window a thing is still seen: writers round it off."""
_BLACK = Colour()


class Placed(NamedTuple):
    """How what stands in something is drawn: where, through what window, with what."""

    matrix: Matrix
    style: Style
    clip: Box | None = None
    alpha: float = 1.0
    depth: int = 0


class Drawing:
    """Everything one page draws, gathered layer by layer."""

    def __init__(self, resources: Resources) -> None:
        self._resources = resources
        self._signs: list[Sign] = []
        self._paths: list[Path] = []
        self._images: list[tuple[int, Box]] = []
        self._notes: list[Box] = []
        self._count = self._corners = 0

    def with_notes(self, notes: Iterable[Box]) -> Drawn:
        """Return what is drawn, and what is laid over it."""
        return Drawn(self._signs, self._paths, self._images, [*self._notes, *notes])

    def layer(self, layer: Node, page: Matrix) -> None:
        """Draw one layer. Raises `OfdError` past the limits and for broken numbers."""
        style = self._resources.styled(layer, Style())
        self._objects(layer, Placed(page, style))

    def _objects(self, holder: Node, within: Placed) -> None:
        """Draw what stands in a layer, a block or a composite, in its order."""
        if within.depth > DEPTH:
            message = f"图形一层套一层超过 {DEPTH} 层，或互相引用"
            raise OfdError(message)
        for node in holder:
            self._count += 1
            _limit("画的东西", self._count, MAX_OBJECTS)
            if is_on(node, "Visible", default=True):
                self._object(node, self._placed(node, within))

    def _object(self, node: Node, placed: Placed) -> None:
        match local(node):
            case "TextObject":
                self._text(node, placed)
            case "PathObject":
                self._path(node, placed)
            case "ImageObject" if placed.alpha > 0:
                whole = bounds(placed.matrix, (0, 0, 1, 1))
                self._images.append((self._count, placed.clip or whole))
            case "CompositeObject":
                self._composite(node, placed)
            case "PageBlock":
                self._objects(node, placed)

    def _placed(self, node: Node, outer: Placed) -> Placed:
        """Return how the inside of an object is drawn: moved, turned, cut off."""
        windows = (outer.clip, window(node, outer.matrix))
        clip = common(each for each in windows if each is not None)
        alpha = outer.alpha * min(max(number(node, "Alpha", FULL) / FULL, 0.0), 1.0)
        style = self._resources.styled(node, outer.style)
        return Placed(inside(node, outer.matrix), style, clip, alpha, outer.depth + 1)

    def _text(self, node: Node, placed: Placed) -> None:
        fill, stroke = placed.style.fill or _BLACK, placed.style.stroke or _BLACK
        filled = is_on(node, "Fill", default=True)
        drawn = filled or is_on(node, "Stroke", default=False)
        light = _on_paper(fill if filled else stroke, placed.alpha)
        order = self._count if drawn else 0
        found = signs(node, placed.matrix, (order, light), placed.clip)
        self._signs += islice(found, MAX_GLYPHS + 1)
        _limit("的字数", len(self._signs), MAX_GLYPHS)

    def _path(self, node: Node, placed: Placed) -> None:
        runs = subpaths(words(child(node, "AbbreviatedData")), placed.matrix)
        self._corners += sum(len(run.points) for run in runs)
        _limit("画的线", self._corners, MAX_SEGMENTS)
        fill, stroke = placed.style.fill, placed.style.stroke or _BLACK
        width = placed.style.width * scale(placed.matrix)
        clip = None if placed.clip is None else _wider(placed.clip, width + SLACK)
        for colour, solid in ((fill, True), (stroke, False)):
            wanted = is_on(node, "Fill" if solid else "Stroke", default=not solid)
            if runs and wanted and colour is not None:
                light = _on_paper(colour, placed.alpha)
                cover = colour.alpha * placed.alpha
                self._paths.append(
                    Path(self._count, solid, light, width, runs, clip, cover)
                )

    def _composite(self, node: Node, placed: Placed) -> None:
        """Draw what a composite refers to; one that is missing hides what it is."""
        unit = self._resources.find("CompositeGraphicUnit", node.get("ResourceID"))
        content = None if unit is None else child(unit, "Content")
        if content is not None:
            self._objects(content, placed)
        elif placed.clip is not None:
            self._notes.append(placed.clip)


def _on_paper(colour: Colour, alpha: float) -> float:
    """Return how light a colour is on white paper."""
    return 1 - (1 - colour.light) * colour.alpha * alpha


def _wider(box: Box, by: float) -> Box:
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def _limit(what: str, count: int, most: int) -> None:
    if count > most:
        message = f"{what}超过 {most} 的上限"
        raise OfdError(message)
