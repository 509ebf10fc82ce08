"""Parts cut off from an office file, with all that led to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.screening.files.office import RELATIONS, TYPES, local, relations_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml import etree

    from mingtang.screening.files.office import Office, Relation

_REMOVED = frozenset({
    "legacyDrawing", "OLEObject", "oleObject", "control", "altChunk", "sheet", "subDoc",
    "attachedTemplate", "tablePart", "drawing", "webPublishItem",
})  # fmt: skip
"""What stands for a part that is cut off, and goes with it."""


class Cutting:
    """An office file whose relations are cut one after another."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.dropped: set[str] = set()

    def cut(self, chosen: Callable[[Relation], bool]) -> None:
        """Take out relations, and in the text what speaks of them."""
        for relation in [each for each in self.office.relations if chosen(each)]:
            self.office.relations.remove(relation)
            root = self.office.trees[relations_of(relation.source)]
            for node in list(root.iterchildren("*")):
                if node.get("Id") == relation.id:
                    root.remove(node)
            source = self.office.trees.get(relation.source)
            if source is not None:
                _forget(source, relation.id)

    def take_out(self, *names: str) -> None:
        """Take elements out of all parts, with everything in them."""
        for root in self.office.trees.values():
            for node in list(root.iter(*(f"{{*}}{name}" for name in names))):
                out(node)

    def drop_unreached(self) -> None:
        """Leave out the parts that nothing leads to any more."""
        reached = {TYPES}
        waiting = [""]
        while waiting:
            source = waiting.pop()
            reached.add(relations_of(source) if source else f"_rels/{RELATIONS}")
            for relation in self.office.of(source):
                if not relation.external and relation.target not in reached:
                    reached.add(relation.target)
                    waiting.append(relation.target)
        for name in self.office.names:
            if name not in reached:
                self.dropped.add(name)
                self.office.trees.pop(name, None)


def out(node: etree._Element) -> None:
    """Take an element out, and keep what stands behind it."""
    above = node.getparent()
    if above is None:
        return
    if node.tail:
        before = node.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + node.tail
        else:
            above.text = (above.text or "") + node.tail
    above.remove(node)


def unwrap(node: etree._Element) -> None:
    """Put what an element holds in its place."""
    above = node.getparent()
    if above is None:
        return
    at = above.index(node)
    for child in reversed(list(node)):
        above.insert(at, child)
    above.remove(node)


def _forget(root: etree._Element, number: str) -> None:
    """Take out what speaks of a relation by its id."""
    for node in list(root.iter("*")):
        held = [
            str(name)
            for name, value in node.attrib.items()
            if value == number and "relationships" in str(name)
        ]
        if not held:
            continue
        if local(node) in _REMOVED:
            out(node)
        elif local(node) == "hyperlink":
            _unlink(node)
        else:
            for name in held:
                del node.attrib[name]


def _unlink(node: etree._Element) -> None:
    """Keep the words of a link, and not where it led."""
    unwrap(node) if len(node) else out(node)
