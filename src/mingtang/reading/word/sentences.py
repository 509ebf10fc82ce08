"""The text of one paragraph as a person sees it, sign by sign.

Hidden and deleted text is not there; of a field its result is. What stands
raised, lowered or struck out beside a figure is given signs that parsing
meets, so that no digits run together.
"""

from __future__ import annotations

import re
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from mingtang.reading.signs import PICTURE, struck
from mingtang.reading.word.markup import (
    RUN_PROPERTIES,
    Node,
    W,
    inside,
    is_on,
    number,
    properties_of,
    value,
)
from mingtang.reading.word.styles import HIDDEN, RAISED, STRUCK, STRUCK_TWICE, SYMBOL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingtang.reading.word.styles import Styles

SIGN = "※"
"""What stands for a sign of a symbol font, whose letters and digits are pictures."""
MAX_FIELDS = 20
"""Fields stand inside one another so often at most; older ones were never closed."""
TICKED, UNTICKED = "☑", "☐"

RUN = f"{W}r"
BOX = f"{W}txbxContent"
_TEXT = f"{W}t"
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_INLINE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}inline"
_PICTURES = frozenset(
    {
        "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic",
        "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart",
        "{urn:schemas-microsoft-com:vml}imagedata",
    }
)
_DRAWN = frozenset(f"{W}{name}" for name in ("drawing", "pict", "object"))
_FIELD = f"{W}fldChar"
_SIGNS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
    f"{W}sym": SIGN,
    "{http://schemas.microsoft.com/office/word/2015/wordml/symex}symEx": SIGN,
}
_MARKS = {f"{W}footnoteReference": "注", f"{W}endnoteReference": "尾注"}
_LETTERS = re.compile(r"[0-9A-Za-z]")
_BREAKS = str.maketrans("\n\r\t", "   ")


class Note(NamedTuple):
    """A footnote or endnote that a text refers to: the word for it, its id, its mark."""

    word: str
    id: str
    mark: str


class Sentence(NamedTuple):
    """What a paragraph shows: its text, what floats beside it, its notes."""

    text: str
    boxes: Sequence[Node] = ()
    notes: Sequence[Note] = ()


class Scribe:
    """Writes down paragraph after paragraph; fields and notes run on between them."""

    def __init__(self, styles: Styles, *, dressed: bool = True) -> None:
        """Begin; `dressed` says that runs may look other than their paragraph."""
        self._styles = styles
        self._dressed = dressed
        self._fields: list[bool] = []
        self._counts = dict.fromkeys(_MARKS.values(), 0)
        self._pieces: list[tuple[int, str]] = []
        self._boxes: list[Node] = []
        self._notes: list[Note] = []
        self.in_cell = False
        self.floating = False
        """Whether a picture floats over what was last read."""

    def write(self, paragraph: Node, look: int) -> Sentence:
        """Return what a paragraph shows whose plain text has that look."""
        self._pieces, self._boxes, self._notes = [], [], []
        for node in inside(paragraph):
            if node.tag == RUN:
                self._run(node, look)
            elif str(node.tag).startswith(_MATHS):
                self._maths(node, look)
        if self._fields:
            # The instruction of a field never runs on into the next paragraph.
            self._fields = [False] * len(self._fields)
        return Sentence(_joined(self._pieces), self._boxes, self._notes)

    def _run(self, run: Node, look: int) -> None:
        if self._dressed:
            look = self._styles.run_look(look, properties_of(run, RUN_PROPERTIES))
        for node in inside(run):
            if node.tag == _TEXT:
                if not look & HIDDEN and True not in self._fields:
                    self._pieces.append((look, _words(node)))
            elif node.tag == _FIELD:
                self._field(node, look)
            elif not look & HIDDEN and True not in self._fields:
                look = self._other(node, look)

    def _field(self, node: Node, look: int) -> None:
        """Enter a field's instruction, its result, or leave it."""
        kind = node.get(f"{W}fldCharType")
        if kind == "begin":
            shown = not look & HIDDEN and True not in self._fields
            if shown:
                self._pieces.append((look, _control(node)))
            self._fields = [*self._fields[-MAX_FIELDS:], True]
        elif kind == "separate" and self._fields:
            self._fields[-1] = False
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _other(self, node: Node, look: int) -> int:
        """Write down what is no plain text: a sign, a note's mark, a drawing.

        Return how the rest of the run looks.
        """
        tag = str(node.tag)
        if tag in _SIGNS:
            self._pieces.append((look, _SIGNS[tag]))
        elif tag in _MARKS:
            return self._mark(node, _MARKS[tag], look)
        elif tag in _DRAWN:
            self._drawing(node, look)
        elif tag == RUN:
            self._run(node, look)
        return look

    def _mark(self, node: Node, word: str, look: int) -> int:
        """Write down the mark of a note; one of the author's own follows, raised."""
        following = node.getnext()
        custom = node.get(f"{W}customMarkFollows", "0") not in ("0", "false", "off")
        if custom and following is not None and following.tag == _TEXT:
            mark = _words(following)
            look |= RAISED
        else:
            self._counts[word] += 1
            mark = f"{word}{self._counts[word]}"
            self._pieces.append((look & ~RAISED, f"({mark})"))
        self._notes.append(Note(word, node.get(f"{W}id", ""), mark))
        return look

    def _drawing(self, drawing: Node, look: int) -> None:
        """Keep the text boxes of a drawing; in a cell its picture is a sign."""
        waiting = [drawing]
        pictured = False
        while waiting:
            node = waiting.pop()
            if node.tag == BOX:
                self._boxes.append(node)
                continue
            pictured = pictured or node.tag in _PICTURES
            waiting += reversed(list(inside(node)))
        if pictured and self.in_cell:
            if drawing.find(_INLINE) is not None or drawing.tag == f"{W}object":
                self._pieces.append((look & ~RAISED, PICTURE))
            else:
                self.floating = True

    def _maths(self, node: Node, look: int) -> None:
        """Write down a formula, its parts apart: a power is no digit more."""
        if look & HIDDEN or True in self._fields:
            return
        parts = [each.text or "" for each in node.iter(f"{_MATHS}t")]
        self._pieces.append((look, " ".join(parts)))


def _words(node: Node) -> str:
    """Return the characters of a text, its line ends as the spaces they show as."""
    text = node.text or ""
    if "\n" in text:
        return text.strip().translate(_BREAKS)
    return text.replace("\t", " ") if "\t" in text else text


def _control(node: Node) -> str:
    """Return what a form's control shows: the chosen entry of a list, a box to tick."""
    chosen = node.find(f"{W}ffData/{W}ddList")
    if chosen is not None:
        entries = [value(each) for each in chosen.iterchildren(f"{W}listEntry")]
        said = chosen.find(f"{W}result")
        said = chosen.find(f"{W}default") if said is None else said
        at = number(value(said), 0, len(entries))
        return entries[at] if at < len(entries) else ""
    tick = node.find(f"{W}ffData/{W}checkBox")
    if tick is None:
        return ""
    said = tick.find(f"{W}checked")
    said = tick.find(f"{W}default") if said is None else said
    return TICKED if said is not None and is_on(said) else UNTICKED


def _joined(pieces: list[tuple[int, str]]) -> str:
    """Return the pieces as one text, what is raised or struck out marked as such."""
    if not any(look for look, _ in pieces):
        return "".join([text for _, text in pieces])
    return "".join(
        _dressed(look, "".join(text for _, text in group))
        for look, group in groupby(pieces, key=itemgetter(0))
    )


def _dressed(look: int, text: str) -> str:
    if look & SYMBOL:
        text = _LETTERS.sub(SIGN, text)
    if look & RAISED and text.strip():
        text = f"({text.strip()})"
    if look & (STRUCK | STRUCK_TWICE) and text.strip():
        text = struck(text)
    return text
