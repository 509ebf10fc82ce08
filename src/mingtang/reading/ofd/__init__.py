"""The pages of an OFD (GB/T 33190) as characters, ruled lines and marks.

An OFD is a zip of XML that says where each character and line of a page
stands. Scripts and signatures are never run or checked, attachments never
opened, and what a person does not see of the text is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.matrices import Matrix, bounds
from mingtang.packages.archives import ArchiveError
from mingtang.reading.ofd.drawing import Drawing
from mingtang.reading.ofd.markup import (
    OfdError,
    child,
    children,
    local,
    values,
    words,
)
from mingtang.reading.ofd.notes import notes
from mingtang.reading.ofd.package import Package, Part
from mingtang.reading.ofd.styles import Resources
from mingtang.reading.paper.drawn import page
from mingtang.reading.paper.frames import Frame

__all__ = ["OfdError", "pages"]

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.reading.ofd.markup import Node
    from mingtang.reading.paper.laying import Page

POINTS = 72 / 25.4
"""So many points are a millimetre, in which an OFD measures."""
LARGEST = 5_000.0
"""No page is longer or wider than so many millimetres."""
_A4 = (210.0, 297.0)
_ORDER = ("Background", "Body", "Foreground")
_RESOURCES = frozenset({"PublicRes", "DocumentRes", "PageRes"})


def pages(data: bytes, most: int) -> Iterator[Page]:
    """Yield the pages of an OFD.

    Raises `ValueError` for a file that is damaged, locked, or past the limits.
    """
    try:
        book = _Book(Package(data))
        listed = book.listed()
    except OfdError as error:
        told = str(error)
        advice = "" if "；请" in told else "；请重新下载或重新导出"
        message = f"这个 OFD 打不开：{told}{advice}"
        raise OfdError(message) from error
    if len(listed) > most:
        message = f"这个 OFD 有 {len(listed)} 页，超过 {most} 页的上限；请只给出年报正文"
        raise OfdError(message)
    for at, node in enumerate(listed, 1):
        try:
            yield book.page(at, node)
        except (OfdError, ArchiveError) as error:
            message = f"这个 OFD 的第 {at} 页读不出：{error}；请重新导出"
            raise OfdError(message) from error


class _Book:
    """A document, with what its pages have in common."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._document = package.document
        root = self._document.root
        common = child(root, "CommonData")
        self._common = root if common is None else common
        self._resources = self._named(self._common, self._document)
        self._notes = notes(package)
        listed = children(self._common, "TemplatePage")
        self._templates = {each.get("ID", ""): each for each in listed}
        self._layers_of: dict[str, list[Node]] = {}

    def listed(self) -> list[Node]:
        """Return the pages as the document lists them."""
        listed = child(self._document.root, "Pages")
        found = [] if listed is None else list(children(listed, "Page"))
        if not found:
            message = "文件不完整，这个 OFD 里没有列出页面"
            raise OfdError(message)
        return found

    def page(self, at: int, node: Node) -> Page:
        """Return one page. Raises `ValueError` where a part of it cannot be read."""
        part = self._package.part(node.get("BaseLoc", ""), self._document)
        wide, high = self._size(part.root)
        sheet: Matrix = (POINTS, 0.0, 0.0, -POINTS, 0.0, high * POINTS)
        own = self._named(part.root, part)
        drawing = Drawing(Resources([*own, *self._resources]))
        for layer in self._layers(part):
            drawing.layer(layer, sheet)
        laid = [bounds(sheet, box) for box in self._notes[node.get("ID", "")]]
        shown = Frame(0, 0, wide * POINTS, high * POINTS)
        return page(at, shown, drawing.with_notes(laid))

    def _named(self, node: Node, part: Part) -> list[Node]:
        """Return the resources a part names; what is not there is done without."""
        places = [words(each) for each in node if local(each) in _RESOURCES]
        found = (self._package.maybe(place, part, self._document) for place in places)
        return [held.root for held in found if held is not None]

    def _size(self, root: Node) -> tuple[float, float]:
        """Return how wide and high a page is, in millimetres."""
        for area in (child(root, "Area"), child(self._common, "PageArea")):
            printed = None if area is None else words(child(area, "PhysicalBox"))
            box = values(printed, 4)
            if box is not None:
                break
        else:
            return _A4
        _, _, wide, high = box
        if not (0 < wide <= LARGEST and 0 < high <= LARGEST):
            message = f"页面大小 {wide:g}×{high:g} 毫米无效"
            raise OfdError(message)
        return wide, high

    def _layers(self, part: Part) -> list[Node]:
        """Return the layers of a page and its templates in the order of drawing."""
        found: list[tuple[int, Node]] = []
        for use in children(part.root, "Template"):
            template = self._templates.get(use.get("TemplateID", ""))
            if template is not None:
                depth = use.get("ZOrder") or template.get("ZOrder") or "Background"
                found += [(_depth(depth), layer) for layer in self._drawn_by(template)]
        found += [
            (_depth(layer.get("Type", "Body")), layer) for layer in _content(part.root)
        ]
        return [layer for _, layer in sorted(found, key=lambda each: each[0])]

    def _drawn_by(self, template: Node) -> list[Node]:
        """Return the layers of a template, which is read once for all its pages."""
        place = template.get("BaseLoc", "")
        if place not in self._layers_of:
            held = self._package.part(place, self._document)
            self._layers_of[place] = list(_content(held.root))
        return self._layers_of[place]


def _depth(name: str) -> int:
    return _ORDER.index(name) if name in _ORDER else _ORDER.index("Body")


def _content(root: Node) -> Iterator[Node]:
    content = child(root, "Content")
    return iter(()) if content is None else children(content, "Layer")
