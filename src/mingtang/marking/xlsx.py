"""Findings as notes on the cells of a workbook, where Excel shows them by a corner.

A sheet's notes stand in two parts beside it: one of words, one that draws the
boxes they open in. The sheet itself only learns that there is such a drawing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from mingtang.marking.boxes import DRAWING, drawn, reference, without
from mingtang.marking.clearing import without_cells
from mingtang.marking.notes import AUTHOR, pins
from mingtang.marking.sheets import Sheet
from mingtang.marking.threads import Threads
from mingtang.packages.editing import Editing, elements
from mingtang.reading.formats.xlsx import trace
from mingtang.reading.gluing import glued
from mingtang.reading.sheets.origins import Spot

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mingtang.document import Document
    from mingtang.marking.notes import Note
    from mingtang.place import Place

LONGEST = 8_000
"""The note of one cell has at most so many characters; Excel takes some 32,000."""
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_KIND = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def mark(data: bytes, document: Document, notes: Sequence[Note]) -> bytes:
    """Return the workbook with the notes at its cells, and no older ones of ours.

    `document` is what was read of it. Raises `ValueError`, in Chinese, where a
    part is broken.
    """
    places = _Places(data, document)
    texts: dict[str, dict[Spot, list[str]]] = {}
    for pin in pins(notes):
        spot = places.spot(pin.place)
        held = texts.setdefault(spot.part, {}).setdefault(spot, [])
        held.append("\n".join(pin.lines))
    editing = Editing(data)
    for part in places.found.parts:
        if editing.related(part, "comments") in editing:
            _Notes(editing, part).clear()
    for part, found in texts.items():
        _Notes(editing, part).add({spot: _joined(said) for spot, said in found.items()})
    return editing.file()


class _Places:
    """The way from places to the cells of the workbook."""

    def __init__(self, data: bytes, document: Document) -> None:
        self.found = trace(data)
        given = self.found.document
        self.numbers = glued(given)
        blocks = [*enumerate(given.blocks)]
        words = {id(block) for block in given.paragraphs()}
        self.paragraphs = [at for at, block in blocks if id(block) in words]
        self.tables = [at for at, block in blocks if id(block) not in words]
        self.document = document

    def spot(self, place: Place | None) -> Spot:
        """Return the cell of a place, the first one that is filled where it has none."""
        if place is not None and place.table and place.row and place.column:
            at = self.tables[place.table - 1]
            return self.found.spot(at, place.row - 1, place.column - 1)
        if place is not None and place.paragraph:
            return self.found.spot(self.paragraphs[self.numbers[place.paragraph - 1] - 1])
        if self.found.origins:
            return self.found.spot(0)
        if not self.found.parts:
            message = "工作簿里没有看得见的工作表"
            raise ValueError(message)
        return Spot(self.found.parts[0], 0, 0)


class _Notes:
    """The notes of one sheet."""

    def __init__(self, editing: Editing, sheet: str) -> None:
        self.editing = editing
        self.sheet = sheet
        self.stored = Sheet(editing.read(sheet))
        self.threads = Threads(editing, sheet)
        self.home = self.stored.home

    def clear(self) -> None:
        """Take out what an earlier marking wrote."""
        self.threads.clear()
        name = self.editing.related(self.sheet, "comments")
        root = self.editing.tree(name)
        gone = without_cells(root)
        if gone is None:
            return
        self.editing.put(name, root)
        drawing = self.editing.target(self.sheet, self.stored.drawing)
        if drawing in self.editing:
            left = without(self.editing.read(drawing), gone)
            self.editing.put(drawing, left)

    def add(self, texts: Mapping[Spot, str]) -> None:
        """Write notes; words of ours follow those a cell's note has already."""
        editing = self.editing
        name = editing.related(self.sheet, "comments")
        if not name:
            name = editing.free("xl/comments{}.xml")
            editing.relate(self.sheet, "comments", name)
            empty = f'<comments xmlns="{self.home}"><authors/><commentList/></comments>'
            editing.put(name, empty.encode())
        editing.declare(name, _KIND)
        root = editing.tree(name)
        author = self._author(root)
        listed = root.find("{*}commentList")
        if listed is None:
            listed = etree.SubElement(root, f"{{{self.home}}}commentList")
        held = {each.get("ref", ""): each for each in elements(listed)}
        new: list[Spot] = []
        for spot, text in texts.items():
            cell = reference(spot.row, spot.column)
            if cell in held:
                self._follow(held[cell], text)
                continue
            new.append(spot)
            words = {"ref": cell, "authorId": str(author)}
            comment = etree.SubElement(listed, f"{{{self.home}}}comment", words)
            self._write(etree.SubElement(comment, f"{{{self.home}}}text"), text)
        editing.put(name, root)
        self._draw(new)
        said = {reference(spot.row, spot.column): text for spot, text in texts.items()}
        self.threads.answer(said)

    def _author(self, root: etree._Element) -> int:
        """Return our number among those who wrote notes."""
        authors = root.find("{*}authors")
        if authors is None:
            authors = etree.Element(f"{{{self.home}}}authors")
            root.insert(0, authors)
        names = [each.text for each in elements(authors)]
        if AUTHOR not in names:
            etree.SubElement(authors, f"{{{self.home}}}author").text = AUTHOR
        return names.index(AUTHOR) if AUTHOR in names else len(names)

    def _follow(self, comment: etree._Element, text: str) -> None:
        """Add words to a note; a text without runs becomes one run first."""
        held = comment.find("{*}text")
        if held is None:
            held = etree.SubElement(comment, f"{{{self.home}}}text")
        plain = held.find("{*}t")
        if plain is not None:
            run = etree.Element(f"{{{self.home}}}r")
            held.replace(plain, run)
            run.append(plain)
        self._write(held, f"\n\n{text}")

    def _write(self, held: etree._Element, text: str) -> None:
        run = etree.SubElement(held, f"{{{self.home}}}r")
        words = etree.SubElement(run, f"{{{self.home}}}t", {_SPACE: "preserve"})
        words.text = text

    def _draw(self, spots: Sequence[Spot]) -> None:
        """Draw the boxes of new notes, and let the sheet know of them."""
        editing = self.editing
        name = editing.target(self.sheet, self.stored.drawing)
        if not name:
            name = editing.free("xl/drawings/vmlDrawing{}.vml")
            editing.put(name, DRAWING)
            found = editing.relate(self.sheet, "vmlDrawing", name)
            editing.put(self.sheet, self.stored.with_drawing(found))
        editing.declare_ending("vml", _DRAWING_KIND)
        editing.put(name, drawn(editing.read(name), spots))


def _joined(said: Sequence[str]) -> str:
    text = "\n\n".join(said)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}……"
