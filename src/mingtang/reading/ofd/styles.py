"""Colours and pens: what an object, its layer and the shared parameters say of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mingtang.reading.ofd.markup import (
    OfdError,
    child,
    children,
    local,
    number,
    value,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingtang.reading.ofd.markup import Node

PEN = 0.353
"""The width of a pen, in millimetres, when nothing gives it."""
LONGEST = 12
"""Parameters that build on each other are followed so far."""
FULL = 255.0
_GRAY, _RGB, _CMYK = 1, 3, 4


class Colour(NamedTuple):
    """How light a colour is, and how much of it is seen: both from 0 to 1."""

    light: float = 0.0
    alpha: float = 1.0


class Style(NamedTuple):
    """What things are filled and drawn with; None where nothing says it."""

    fill: Colour | None = None
    stroke: Colour | None = None
    width: float = PEN


class Resources:
    """What objects of a document refer to by number: parameters, colours, drawings."""

    def __init__(self, roots: Sequence[Node]) -> None:
        """Gather the resources; of two with one number the first holds."""
        self._kinds: dict[str, dict[str, Node]] = {}
        for root in roots:
            for group in root:
                for each in group:
                    held = self._kinds.setdefault(local(each), {})
                    held.setdefault(each.get("ID", ""), each)

    def find(self, kind: str, number: str | None) -> Node | None:
        """Return the resource of a kind with that number, None without."""
        return self._kinds.get(kind, {}).get(number or "")

    def styled(self, node: Node, outer: Style) -> Style:
        """Return what a layer or an object is drawn with, inside what holds it."""
        for each in (*reversed([*self._parameters(node.get("DrawParam"))]), node):
            fill, stroke = child(each, "FillColor"), child(each, "StrokeColor")
            outer = Style(
                outer.fill if fill is None else self.colour(fill),
                outer.stroke if stroke is None else self.colour(stroke),
                number(each, "LineWidth", outer.width),
            )
        return outer

    def _parameters(self, name: str | None) -> Iterator[Node]:
        """Yield the parameters of that number, then those they build on."""
        for _ in range(LONGEST):
            found = self.find("DrawParam", name)
            if found is None:
                return
            yield found
            name = found.get("Relative")

    def colour(self, node: Node) -> Colour:
        """Return a colour; patterns and shadings are taken for dark."""
        alpha = min(max(number(node, "Alpha", FULL) / FULL, 0.0), 1.0)
        space = self.find("ColorSpace", node.get("ColorSpace"))
        printed = node.get("Value", "") or _chosen(space, node.get("Index"))
        bits = 8.0 if space is None else number(space, "BitsPerComponent", 8.0)
        most = 2.0 ** min(max(bits, 1.0), 16.0) - 1
        parts = [min(max(_part(each) / most, 0.0), 1.0) for each in printed.split()]
        return Colour(_light(parts), alpha)


def _chosen(space: Node | None, index: str | None) -> str:
    """Return the colour of that number on a colour space's palette."""
    palette = None if space is None else child(space, "Palette")
    if palette is None or not (index or "").isdecimal():
        return ""
    for at, each in enumerate(children(palette, "CV")):
        if at == int(index or ""):
            return words(each)
    return ""


def _part(printed: str) -> float:
    """Return one part of a colour, written in tens or, after #, in sixteens."""
    if not printed.startswith("#"):
        return value(printed)
    try:
        return float(int(printed[1:], 16))
    except ValueError as error:
        message = f"颜色“{printed[:8]}”无效"
        raise OfdError(message) from error


def _light(parts: Sequence[float]) -> float:
    """Return how light gray, red-green-blue or four inks are; anything else is dark."""
    if len(parts) == _GRAY:
        return parts[0]
    if len(parts) == _CMYK:
        *inks, black = parts
        parts = [(1 - ink) * (1 - black) for ink in inks]
    if len(parts) != _RGB:
        return 0.0
    red, green, blue = parts
    return 0.3 * red + 0.59 * green + 0.11 * blue
