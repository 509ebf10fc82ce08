"""A Word document as a neutral document: paragraphs, numbers, tables, in order.

What a person sees on the page is read: results of fields, numbers of lists,
text in boxes, insertions; not what is hidden, deleted or said about the file.
Headers, footers and comments are no part of the body. Macros never run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mingtang.document import Document, Grid, Paragraph
from mingtang.reading.limits import MAX_CELLS, MAX_LINES, MAX_TABLES
from mingtang.reading.signs import PICTURE
from mingtang.reading.word.markup import (
    PROPERTIES,
    W,
    WordError,
    inside,
    properties_of,
)
from mingtang.reading.word.numbering import Numbering
from mingtang.reading.word.package import Package
from mingtang.reading.word.sentences import Scribe, Sentence
from mingtang.reading.word.styles import HIDDEN, Styles, manner_of
from mingtang.reading.word.tables import (
    ROW,
    RawCell,
    RawRow,
    Table,
    Words,
    cells_of,
    made,
    row_before,
    shape,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.reading.word.markup import Node
    from mingtang.reading.word.sentences import Note

MAX_DEPTH = 20
"""Tables and boxes stand inside one another so often at most."""

Block = Words | Table
_PARAGRAPH, _TABLE = f"{W}p", f"{W}tbl"
_CHUNK = f"{W}altChunk"
_EMBEDDED = "文档的正文嵌在里面的另一个文件中，请用 Word 打开后另存一份再试"
_GONE = (f"{W}del", f"{W}moveFrom")


def read(data: bytes) -> Document:
    """Return the file as a document of kind ``docx``.

    Raises a `ValueError` that says why in Chinese when the file is torn, locked,
    not Word's, past the limits, or shows no text.
    """
    walk = _Walk(Package(data))
    return _document(walk, walk.body())


class Trace(NamedTuple):
    """A Word file as read, with the elements that its blocks stand in.

    `paragraphs` holds the elements of every text block and `tables` every table
    with the elements of its cells, both in the order of their numbers.
    """

    package: Package
    document: Document
    paragraphs: tuple[tuple[Node, ...], ...]
    tables: tuple[Table, ...]


def trace(data: bytes) -> Trace:
    """Return the file as `read` does, with the way back from places to elements."""
    package = Package(data)
    walk = _Walk(package)
    found = walk.body()
    words = [block for block in found if isinstance(block, Words)]
    return Trace(
        package,
        _document(walk, found),
        tuple(block.nodes for block in words for _ in _lines(block.text)),
        tuple(block for block in found if isinstance(block, Table)),
    )


def _document(walk: _Walk, found: list[Block]) -> Document:
    blocks = _numbered(found)
    if not blocks:
        message = _EMBEDDED if walk.embedded else "文档里没有文字（可能只有图片）"
        raise WordError(message)
    return Document("docx", blocks, (("embedded", _EMBEDDED),) if walk.embedded else ())


def _numbered(found: list[Block]) -> tuple[Paragraph | Grid, ...]:
    """Return the blocks numbered from 1, texts and tables apart."""
    blocks: list[Paragraph | Grid] = []
    paragraphs = tables = 0
    for block in found:
        if isinstance(block, Table):
            tables += 1
            blocks.append(Grid(block.texts, block.squares, tables, spans=True))
            continue
        for line in _lines(block.text):
            paragraphs += 1
            blocks.append(Paragraph(line, paragraphs))
    _limit(paragraphs, MAX_LINES, "行文字")
    return tuple(blocks)


def _lines(text: str) -> list[str]:
    """Return the lines of a text, each a block of its own."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def _limit(count: int, most: int, what: str) -> None:
    if count > most:
        message = f"文档超过 {most} {what}的上限"
        raise WordError(message)


class _Walk:
    """Walks through the document once, in reading order."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.styles = Styles(package.part("styles"))
        self.numbering = Numbering(package.part("numbering"), self.styles)
        self.scribe = Scribe(self.styles, dressed=package.dressed)
        self.known_notes: dict[str, dict[str, Node]] = {}
        self.waiting: list[Note] = []
        self.depth = self.tables = self.cells = 0
        self.embedded = False
        """Whether part of the body is a file of another format inside this one."""

    def body(self) -> list[Block]:
        """Return the texts and tables of the document's body."""
        body = self.package.document.find(f"{W}body")
        if body is None:
            message = "文件里没有 Word 文档的正文"
            raise WordError(message)
        return self.blocks(body)

    def blocks(self, container: Node) -> list[Block]:
        """Return the texts and tables that stand in a body, cell, box or note."""
        self.depth += 1
        _limit(self.depth, MAX_DEPTH, "层嵌套")
        found: list[Block] = []
        carried: list[Words] = []
        for node in inside(container):
            if node.tag == _PARAGRAPH:
                self._paragraph(node, carried, found)
            elif node.tag == _TABLE:
                found += self._table(node)
            elif node.tag == _CHUNK:
                self.embedded = True
        if carried:
            found.append(_joined("", carried))
        self.depth -= 1
        return found

    def _paragraph(self, node: Node, carried: list[Words], found: list[Block]) -> None:
        """Add a paragraph to what was found, or its text to what is carried.

        A paragraph whose mark is deleted or hidden runs on into the next.
        """
        manner = manner_of(properties_of(node, PROPERTIES))
        look = self.styles.paragraph_look(manner.style)
        ends = self._ends(manner.mark, look)
        sign = self.numbering.printed(manner.place, manner.style) if ends else ""
        sentence = self.scribe.write(node, look)
        if sentence.text:
            carried.append(Words(sentence.text, (node,)))
        if ends and (sign or carried):
            found.append(_joined(sign, carried) if carried else Words(sign, (node,)))
            carried.clear()
        if sentence.boxes or sentence.notes:
            found += self._beside(sentence)

    def _ends(self, mark: Node | None, look: int) -> bool:
        """Return whether a paragraph's mark is there to be seen."""
        if mark is None:
            return not look & HIDDEN
        if any(mark.find(name) is not None for name in _GONE):
            return False
        return not self.styles.run_look(look, mark) & HIDDEN

    def _beside(self, sentence: Sentence) -> Iterator[Block]:
        """Yield the text boxes that hang on a paragraph, and its notes.

        Notes of a table's cells wait for the table's end.
        """
        for box in sentence.boxes:
            yield from self.blocks(box)
        self.waiting += sentence.notes
        if self.waiting and not self.scribe.in_cell:
            notes, self.waiting = self.waiting, []
            for note in notes:
                yield from self._note(note)

    def _note(self, note: Note) -> list[Block]:
        """Return the text of a footnote or endnote, its mark before it."""
        kind = "footnotes" if note.word == "注" else "endnotes"
        if kind not in self.known_notes:
            part = self.package.part(kind)
            self.known_notes[kind] = {
                each.get(f"{W}id", ""): each for each in (part if part is not None else ())
            }
        found = self.known_notes[kind].pop(note.id, None)
        if found is None:
            return []
        texts = self.blocks(found)
        first = texts[0] if texts else None
        if isinstance(first, Words):
            texts[0] = first._replace(text=f"{note.mark}：{first.text.strip()}")
        return texts

    def _table(self, table: Node) -> list[Block]:
        """Return a table, or what stands in it where it only lays text out."""
        self.tables += 1
        _limit(self.tables, MAX_TABLES, "个表")
        rows: list[RawRow] = []
        for row in inside(table):
            before = row_before(row) if row.tag == ROW else None
            if before is not None:
                rows.append(RawRow(before, tuple(self._cells(row))))
        grid = made(rows)
        notes = self._beside(Sentence(""))
        if grid is not None:
            return [grid, *notes]
        parts = [block for row in rows for cell in row.cells for block in cell.blocks]
        return [*(block for block in parts if block[0] != PICTURE), *notes]

    def _cells(self, row: Node) -> Iterator[RawCell]:
        for node in cells_of(row):
            shown = shape(node)
            if shown is not None:
                self.cells += 1
                _limit(self.cells, MAX_CELLS, "格")
                yield RawCell(node, self._cell(node), shown)

    def _cell(self, node: Node) -> tuple[Block, ...]:
        """Return what stands in a cell; a picture alone in it is a sign."""
        outer, self.scribe.in_cell = self.scribe.in_cell, True
        self.scribe.floating = False
        found = [_bare(block) for block in self.blocks(node)]
        # Of a text the words come first, of a table its rows.
        found = [block for block in found if block[0]]
        if not found and self.scribe.floating:
            found = [Words(PICTURE)]
        self.scribe.in_cell = outer
        return tuple(found)


def _joined(sign: str, carried: list[Words]) -> Words:
    """Return what paragraphs say together, after the sign of their list."""
    if len(carried) == 1:
        return carried[0]._replace(text=sign + carried[0].text) if sign else carried[0]
    nodes = tuple(node for words in carried for node in words.nodes)
    return Words(sign + "".join([words.text for words in carried]), nodes)


def _bare(block: Block) -> Block:
    """Return a block of a cell without the space around its words."""
    if isinstance(block, Table):
        return block
    text = block.text.strip()
    return block if text == block.text else block._replace(text=text)
