"""Findings as comments in a Word document, at the cells and sentences they mean.

Comments stand in a part of their own; in the text only the ends of what they
speak of are marked. The places are found by the walk that reads the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from mingtang.marking.clearing import without_comments
from mingtang.marking.notes import AUTHOR, pins
from mingtang.marking.stretches import bounds
from mingtang.packages.editing import Editing
from mingtang.reading.formats.docx import trace
from mingtang.reading.gluing import glued
from mingtang.reading.word.markup import (
    PROPERTIES,
    VAL,
    W,
    inside,
    is_strict,
    properties_of,
    serialised,
)
from mingtang.reading.word.sentences import BOX, RUN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingtang.document import Document
    from mingtang.marking.notes import Note, Pin
    from mingtang.place import Place
    from mingtang.reading.word.markup import Node

_PARAGRAPH, _ID = f"{W}p", f"{W}id"
_START, _END, _REFERENCE = (
    f"{W}comment{name}" for name in ("RangeStart", "RangeEnd", "Reference")
)
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_SIZE = "18"
"""Half points: a note is small, whatever the document's own text is."""

Range = tuple["Node", "Node"]
"""The first and the last element that a comment speaks of."""


def mark(data: bytes, document: Document, notes: Sequence[Note]) -> bytes:
    """Return the file with the notes as comments, and no older ones of ours.

    `document` is what was read of it. Raises `ValueError`, in Chinese, where a
    part is broken.
    """
    data = without_comments(data)
    if not notes:
        return data
    comments = _Comments(data)
    places = _Places(comments, document)
    for pin in pins(notes):
        comments.add(pin, *places.range(pin.place))
    return comments.file()


class _Places:
    """The way from places to the elements of the document."""

    def __init__(self, comments: _Comments, document: Document) -> None:
        self.found = comments.found
        self.texts = [block.text for block in document.paragraphs()]
        self.numbers = glued(self.found.document)
        self.root = self.found.package.document

    def range(self, place: Place | None) -> Range:
        """Return the elements a place means: a stretch, paragraphs, a cell.

        What speaks of the whole report, or of what Word lets nobody comment
        on, is said at the first paragraph.
        """
        nodes = self._nodes(place)
        homes = [home for node in nodes if (home := self._home(node)) is not None]
        if not homes:
            first = self._first()
            return first, first
        if place and place.paragraph and place.end and homes == list(nodes)[:1]:
            text = self.texts[place.paragraph - 1]
            held = bounds(homes[0], text, slice(place.start, place.end))
            if held is not None:
                return held
        return homes[0], homes[-1]

    def _nodes(self, place: Place | None) -> Sequence[Node]:
        """Return the paragraphs a place stands in, nothing where it has none."""
        if place is None:
            return ()
        if place.table and place.row and place.column:
            return self._cell(place.table, place.row, place.column)
        if place.paragraph is None:
            return ()
        return self.found.paragraphs[self.numbers[place.paragraph - 1] - 1]

    def _cell(self, number: int, row: int, column: int) -> Sequence[Node]:
        table = self.found.tables[number - 1]
        spots = zip(table.squares[row - 1], table.nodes[row - 1], strict=True)
        cell = next((node for square, node in spots if square.column + 1 == column), None)
        if cell is None:
            return ()
        own = [node for node in inside(cell) if node.tag == _PARAGRAPH]
        return own or list(cell.iter(_PARAGRAPH))[:1]

    def _home(self, node: Node) -> Node | None:
        """Return the paragraph itself, or the one its text box hangs on.

        None for what stands in another part, such as a footnote.
        """
        home: Node | None = node
        for above in node.iterancestors():
            if above.tag == BOX:
                home = None
            elif home is None and above.tag == _PARAGRAPH:
                home = above
        return home if node.getroottree().getroot() is self.root else None

    def _first(self) -> Node:
        homes = (self._home(node) for nodes in self.found.paragraphs for node in nodes)
        found = next((home for home in homes if home is not None), None)
        return next(self.root.iter(_PARAGRAPH)) if found is None else found


class _Comments:
    """The comments of a document, and the marks that they leave in its text."""

    def __init__(self, data: bytes) -> None:
        self.found = trace(data)
        self.editing = Editing(data)
        package = self.found.package
        self.main = package.name
        self.strict = is_strict(self.editing.read(self.main))
        root = package.part("comments")
        self.root = etree.Element(f"{W}comments", nsmap={"w": W[1:-1]})
        if root is not None:
            self.root = root
        used = [*self.root, *package.document.iter(_START, _REFERENCE)]
        ids = [each.get(_ID, "") for each in used]
        self.next = max((int(each) for each in ids if each.isdecimal()), default=-1) + 1

    def add(self, pin: Pin, first: Node, last: Node) -> None:
        """Write a comment, and mark from the first element to the last."""
        spot = {_ID: str(self.next)}
        self.next += 1
        words = {**spot, f"{W}author": AUTHOR, f"{W}initials": AUTHOR}
        comment = etree.SubElement(self.root, f"{W}comment", words)
        comment.extend([_line(line) for line in pin.lines])
        run = etree.Element(RUN)
        etree.SubElement(run, _REFERENCE, spot)
        start, end = etree.Element(_START, spot), etree.Element(_END, spot)
        if first.tag == _PARAGRAPH:
            first.insert(int(properties_of(first, PROPERTIES) is not None), start)
            last.extend((end, run))
        else:
            first.addprevious(start)
            last.addnext(end)
            end.addnext(run)

    def file(self) -> bytes:
        """Return the file with its comments."""
        name = self.editing.related(self.main, "comments")
        if not name:
            name = self.editing.free("word/comments{}.xml")
            self.editing.relate(self.main, "comments", name)
        self.editing.declare(name, _KIND)
        self.editing.put(name, serialised(self.root, strict=self.strict))
        document = serialised(self.found.package.document, strict=self.strict)
        self.editing.put(self.main, document)
        return self.editing.file()


def _line(text: str) -> Node:
    """Return a line of a comment: plain and small in any document's own style."""
    line = etree.Element(_PARAGRAPH)
    manner = etree.SubElement(line, PROPERTIES)
    spacing = {"before": "0", "after": "0", "line": "240", "lineRule": "auto"}
    etree.SubElement(manner, f"{W}spacing", {f"{W}{key}": spacing[key] for key in spacing})
    etree.SubElement(manner, f"{W}ind", {f"{W}left": "0", f"{W}firstLine": "0"})
    etree.SubElement(manner, f"{W}jc", {VAL: "left"})
    run = etree.SubElement(line, RUN)
    look = etree.SubElement(run, f"{W}rPr")
    etree.SubElement(look, f"{W}sz", {VAL: _SIZE})
    words = etree.SubElement(run, f"{W}t", {_SPACE: "preserve"})
    words.text = text
    return line
