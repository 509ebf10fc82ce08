"""The text of a part of an office file: paragraphs, their places, hidden runs, the rest.

The same walk goes through Word's text and the drawings, charts and notes of any office
file: paragraphs and runs are called alike in all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from mingtang.screening.files.found import Bit, Piece, Where
from mingtang.screening.files.office import local
from mingtang.screening.hits import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SHOWN = frozenset({"t"})
DELETED = frozenset({"delText", "delInstrText"})
CODE = frozenset({"instrText"})
BREAKS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": " "}
GONE = frozenset({"del", "moveFrom"})
CAME = frozenset({"ins", "moveTo"})
TELLING = frozenset({
    "descr", "title", "alt", "tooltip", "string", "author", "displayName", "displayText",
    "prompt", "promptTitle", "error", "errorTitle", "instr", "v", "userId", "initials",
})  # fmt: skip
"""The attributes that hold words of people."""
_NOTES = {"footnote": "脚注", "endnote": "尾注"}
_REVISED = {
    "已删除": "修订中已删除的文字还在文件里，接收者能够恢复",
    "新增": "修订没有接受，接收者看得见改了什么、是谁改的",
}
_NEAR = 200
"""What a drawing says twice, for old readers too, it says within so many pieces."""
_HIDDEN = "文件里有，页面上看不见"


class Spot(NamedTuple):
    """Where in tables the walk is: the words, and the row and the cell it is in."""

    words: str
    row: object
    cell: object


class Open:
    """A paragraph that is being walked through."""

    def __init__(self, node: etree._Element, words: str, joint: str) -> None:
        self.node = node
        self.words = words
        self.joint = joint
        self.bits: list[Bit] = []
        self.deleted: list[Bit] = []
        self.inserted: list[Bit] = []
        self.codes: list[Bit] = []


class Table:
    """A table that is being walked through, and how far."""

    def __init__(self, words: str) -> None:
        self.words = words
        self.row = self.column = 0
        self.cells: list[etree._Element] = []
        self.rows: list[etree._Element] = []


class Story:
    """One walk through one part."""

    def __init__(
        self, part: str, words: str, veil: Callable[[etree._Element], str]
    ) -> None:
        """Take the name of the part, what to call it, and what says why a run is unseen."""
        self.part = part
        self.words = words
        self.veil_of = veil
        self.open: list[Open] = []
        self.tables: list[Table] = []
        self.gone = self.came = self.echoes = self.boxes = 0
        self.paragraphs = self.table_count = self.notes = 0
        self.veil = self.note = ""
        self.last: Spot | None = None
        self.pieces: list[Piece] = []
        self.taken: set[etree._Element] = set()

    def walk(self, root: etree._Element) -> list[Piece]:
        """Return the pieces of the part, and what is left of words outside paragraphs."""
        for event, node in etree.iterwalk(root, events=("start", "end")):
            (self._start if event == "start" else self._end)(node, local(node))
        self.pieces += self._rest(root)
        return self.pieces

    def _start(self, node: etree._Element, name: str) -> None:
        if name in _OPENING:
            _OPENING[name](self, node)
        elif name in _DEPTHS:
            self._deeper(name, 1)
        elif name in SHOWN | DELETED | CODE or name in BREAKS:
            self._text(node, name)
        elif name in _NOTES:
            self.note = f"{_NOTES[name]}{_value(node, 'id')}"

    def _end(self, node: etree._Element, name: str) -> None:
        if name == "p" and self.open and self.open[-1].node is node:
            self._close(self.open.pop())
        elif name in _CLOSING:
            _CLOSING[name](self)
        elif name in _DEPTHS:
            self._deeper(name, -1)
        elif name == "r":
            self.veil = ""
        elif name in _NOTES or name == "comment":
            self.note = ""

    def _deeper(self, name: str, step: int) -> None:
        depth = _DEPTHS[name]
        setattr(self, depth, getattr(self, depth) + step)

    def _text(self, node: etree._Element, name: str) -> None:
        if not self.open:
            return
        text = BREAKS.get(name) or node.text or ""
        self.taken.add(node)
        held = None if name in BREAKS else node
        bit = Bit(text, held, veil=self.veil)
        if self.gone or name in DELETED:
            self.open[-1].deleted.append(bit)
        elif name in CODE:
            self.open[-1].codes.append(bit)
        else:
            self.open[-1].bits.append(bit)
            if self.came:
                self.open[-1].inserted.append(bit)

    def paragraph(self, node: etree._Element) -> None:
        """Begin a paragraph, and know where it is."""
        table = self.tables[-1] if self.tables and not self.boxes else None
        spot = Spot(self.words, None, None)
        if table and table.cells:
            words = f"{table.words}第{table.row}行第{table.column}列"
            spot = Spot(words, table.rows[-1], table.cells[-1])
        elif self.boxes:
            spot = Spot("文本框", None, None)
        elif self.note:
            spot = Spot(self.note, None, None)
        elif not self.words:
            self.paragraphs += bool("".join(map(str, node.itertext())).strip())
            spot = Spot(f"第{self.paragraphs}段", None, None)
        joint = "\n"
        if self.last and spot.cell is not None and self.last.row is spot.row:
            joint = " " if self.last.cell is spot.cell else "\t"
        self.last = spot
        before = "" if self.note or spot.words == self.words else self.words
        self.open.append(Open(node, f"{before}{spot.words}", joint))

    def _close(self, done: Open) -> None:
        where = Where(done.words, self.part)
        text = "".join(bit.text for bit in done.bits)
        echo = bool(self.echoes) and any(text == each.text for each in self.pieces[-_NEAR:])
        self.pieces.append(Piece(where, done.bits, done.joint, silent=echo))
        for called, bits in (("已删除", done.deleted), ("新增", done.inserted)):
            if "".join(bit.text for bit in bits).strip():
                seen = where._replace(words=f"{done.words}的修订（{called}的文字）")
                kind, why = Kind.REVISION, _REVISED[called]
                silent = called == "新增"
                self.pieces.append(Piece(seen, bits, kind=kind, why=why, silent=silent))
        if done.codes:
            where = where._replace(words=f"{done.words}的域代码")
            self.pieces.append(Piece(where, done.codes))
        for run in _veiled(done.bits):
            where = Where(f"{done.words}（{run[0].veil}）", self.part)
            kind = Kind.HIDDEN_TEXT
            self.pieces.append(Piece(where, run, kind=kind, why=_HIDDEN, silent=True))

    def table(self, _node: etree._Element) -> None:
        """Begin a table; one within a cell is called by the cell."""
        if self.tables and self.tables[-1].cells:
            outer = self.tables[-1]
            words = f"{outer.words}第{outer.row}行第{outer.column}列里的表"
        else:
            self.table_count += 1
            words = f"表{self.table_count}"
        self.tables.append(Table(words))

    def row(self, node: etree._Element) -> None:
        """Begin a row."""
        if self.tables:
            self.tables[-1].row += 1
            self.tables[-1].column = 0
            self.tables[-1].rows.append(node)

    def cell(self, node: etree._Element) -> None:
        """Begin a cell."""
        if self.tables:
            self.tables[-1].column += 1
            self.tables[-1].cells.append(node)

    def run(self, node: etree._Element) -> None:
        """Begin a run, and know whether it is seen."""
        self.veil = self.veil_of(node)

    def box(self, _node: etree._Element) -> None:
        """Begin a text box."""
        self.boxes += 1

    def comment(self, node: etree._Element) -> None:
        """Begin a comment of Word's, which is hidden content whatever it says."""
        if node.find(".//{*}t") is None:
            return
        self.notes += 1
        author = _value(node, "author")
        self.note = f"批注{self.notes}" + (f"（{author}）" if author else "")
        bits = [Bit(each.text or "", each) for each in node.iterfind(".//{*}t")]
        where = Where(self.note, self.part)
        why = "审改时写的批注，不应当公开"
        kind = Kind.COMMENT
        self.pieces.append(Piece(where, bits, kind=kind, why=why, silent=True))

    def leave_table(self) -> None:
        """End a table."""
        if self.tables:
            self.tables.pop()

    def leave_cell(self) -> None:
        """End a cell."""
        if self.tables and self.tables[-1].cells:
            self.tables[-1].cells.pop()

    def leave_row(self) -> None:
        """End a row."""
        if self.tables and self.tables[-1].rows:
            self.tables[-1].rows.pop()

    def leave_box(self) -> None:
        """End a text box."""
        self.boxes -= 1

    def _rest(self, root: etree._Element) -> Iterator[Piece]:
        """Yield words that stand in no paragraph: of attributes, charts, settings."""
        called = self.words or "正文"
        for node in root.iter("*"):
            if node not in self.taken and (node.text or "").strip():
                where = Where(f"{called}（{local(node)}）", self.part)
                yield Piece(where, (Bit(node.text or "", node),), "\n\n")
            for name, value in node.attrib.items():
                plain = str(name).rpartition("}")[2]
                if plain in TELLING and str(value).strip():
                    where = Where(f"{called}里看不见的说明（{plain}）", self.part)
                    yield Piece(where, (Bit(str(value), node, str(name)),), "\n\n")


_DEPTHS = {
    **dict.fromkeys(GONE, "gone"),
    **dict.fromkeys(CAME, "came"),
    "Fallback": "echoes",
}
_OPENING = {
    "p": Story.paragraph,
    "tbl": Story.table,
    "tr": Story.row,
    "tc": Story.cell,
    "r": Story.run,
    "txbxContent": Story.box,
    "comment": Story.comment,
}
_CLOSING = {
    "tbl": Story.leave_table,
    "tr": Story.leave_row,
    "tc": Story.leave_cell,
    "txbxContent": Story.leave_box,
}


def _veiled(bits: list[Bit]) -> Iterator[list[Bit]]:
    """Yield the bits that nobody sees, those of one reason in a row together."""
    run: list[Bit] = []
    for bit in bits:
        if run and run[-1].veil != bit.veil:
            yield run
            run = []
        if bit.veil and (bit.text.strip() or run):
            run.append(bit)
    if run:
        yield run


def _value(node: etree._Element, name: str) -> str:
    """Return an attribute of whatever namespace, empty without."""
    found = (str(v) for k, v in node.attrib.items() if str(k).rpartition("}")[2] == name)
    return next(found, "")
