"""What is laid over the pages of an OFD: seals of signatures, stamps and notes.

They are no part of the text; a cell that lies under one is not sure.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from mingtang.reading.ofd.markup import child, children, is_on, local, values, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.document import Box
    from mingtang.reading.ofd.markup import Node
    from mingtang.reading.ofd.package import Package

MANY = 2_000
"""So many notes are looked at, and signatures."""
_UNDER_TEXT = frozenset({"Link", "Highlight", "Watermark"})
"""Kinds of notes through which the text is read."""


def notes(package: Package) -> dict[str, list[Box]]:
    """Return the rectangles of notes by the number of their page, in millimetres."""
    found: dict[str, list[Box]] = defaultdict(list)
    for page, box in (*_stamps(package), *_annotations(package)):
        found[page].append(box)
    return found


def _stamps(package: Package) -> Iterator[tuple[str, Box]]:
    """Yield page and rectangle of the seals that signatures show."""
    listed = package.signatures
    if listed is None:
        return
    for each in [*children(listed.root, "Signature")][:MANY]:
        signature = package.maybe(each.get("BaseLoc", ""), listed)
        if signature is not None:
            for stamp in signature.root.iter():
                if local(stamp) == "StampAnnot":
                    yield from _on(stamp.get("PageRef", ""), stamp)


def _annotations(package: Package) -> Iterator[tuple[str, Box]]:
    """Yield page and rectangle of the notes that hide what they are laid over."""
    document = package.document
    listed = package.maybe(words(child(document.root, "Annotations")), document)
    if listed is None:
        return
    for each in [*children(listed.root, "Page")][:MANY]:
        held = package.maybe(words(child(each, "FileLoc")), listed, document)
        for note in () if held is None else children(held.root, "Annot"):
            shown = is_on(note, "Visible", default=True)
            look = child(note, "Appearance")
            if shown and look is not None and note.get("Type") not in _UNDER_TEXT:
                yield from _on(each.get("PageID", ""), look)


def _on(page: str, node: Node) -> Iterator[tuple[str, Box]]:
    boundary = values(node.get("Boundary"), 4)
    if boundary is not None:
        x, y, wide, high = boundary
        yield page, (x, y, x + wide, y + high)
