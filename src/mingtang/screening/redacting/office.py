"""Office files masked: texts written over in every part, hidden content left out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from lxml import etree

from mingtang.packages.editing import Editing
from mingtang.screening.files import docx, xlsx
from mingtang.screening.files.found import Roll, rolls
from mingtang.screening.files.office import BLANK, RELATIONS, TYPES, Office, local
from mingtang.screening.hits import NAMES
from mingtang.screening.redacting import Redacted
from mingtang.screening.redacting.back import still_there
from mingtang.screening.redacting.cutting import Cutting
from mingtang.screening.redacting.needles import MARK, Needles, masked
from mingtang.screening.redacting.removing import remove

if TYPE_CHECKING:
    from mingtang.screening.files.found import Piece
    from mingtang.screening.hits import Kind

_KEPT = frozenset("\n\t")


def redacted(data: bytes, needles: Needles, kinds: frozenset[Kind]) -> Redacted:
    """Return an office file without what was chosen. Raises `ValueError` as `Office`."""
    office = Office(data)
    before = {name: etree.tostring(root) for name, root in office.trees.items()}
    counts = Counter(piece.kind for piece in _pieces(office) if piece.kind in kinds)
    cutting = Cutting(office)
    remove(cutting, kinds)
    told = [f"{NAMES[kind]} {counts[kind]} 处" for kind in sorted(kinds) if counts[kind]]
    cutting.drop_unreached()
    told += _embedded(cutting, needles)
    cutting.drop_unreached()
    replaced = _Masking(needles).office(office)
    made = Editing(data)
    for name, root in office.trees.items():
        if name in made and etree.tostring(root) != before[name]:
            made.put(name, root)
    for name in cutting.dropped:
        made.drop(name)
    return Redacted(made.file(), replaced, tuple(told))


def _pieces(office: Office) -> list[Piece]:
    is_book = office.main().startswith("xl/")
    return list((xlsx if is_book else docx).pieces(office))


def _embedded(cutting: Cutting, needles: Needles) -> list[str]:
    """Take out the parts that are no text and hold what was chosen."""
    told = []
    office = cutting.office
    for name in office.names:
        if name in office.trees or name in cutting.dropped:
            continue
        if still_there(office.parts[name], needles):
            cutting.cut(lambda each, name=name: each.target == name)  # type: ignore[misc]
            told.append(f"{name}（里面有要遮盖的内容）")
    return told


class _Masking:
    """One pass of marks over the parts of a file."""

    def __init__(self, needles: Needles) -> None:
        self.needles = needles
        self.count = 0

    def office(self, office: Office) -> int:
        """Mask a file, and return in how many places."""
        pieces = _pieces(office)
        for roll in rolls(pieces):
            self._roll(roll)
        for piece in pieces:
            if piece.silent:
                self._roll(Roll([piece]))
        for name, root in office.trees.items():
            if name != TYPES:
                for node in root.iter("*"):
                    self._strings(node, links=name.endswith(RELATIONS))
        return self.count

    def _roll(self, roll: Roll) -> None:
        """Mask what stands in one place, across its runs."""
        edits: dict[tuple[etree._Element, str], tuple[str, set[int]]] = {}
        spans = self.needles.spans(roll.text)
        for start, end in spans:
            for _piece, bit, low, high in roll.between(start, end):
                if bit.node is not None:
                    held = edits.setdefault((bit.node, bit.name), (bit.text, set()))
                    held[1].update(range(low, high))
        written = False
        for (node, name), (text, places) in edits.items():
            marked = "".join(
                MARK if at in places and sign not in _KEPT else sign
                for at, sign in enumerate(text)
            )
            written |= _write(node, name, text, marked)
        self.count += len(spans) if written else 0

    def _strings(self, node: etree._Element, *, links: bool) -> None:
        """Mask what stands in single strings that no walk has told of."""
        if node.text and self.needles.in_string(node.text):
            made = masked(node.text, self.needles)
            self.count += made.places
            _write(node, "", node.text, made.text)
        if node.tail and self.needles.in_string(node.tail):
            made = masked(node.tail, self.needles)
            self.count += made.places
            node.tail = made.text
        for name, value in node.attrib.items():
            if self.needles.in_string(str(value)):
                made = masked(str(value), self.needles)
                self.count += made.places
                node.set(str(name), BLANK if links and name == "Target" else made.text)


def _write(node: etree._Element, name: str, text: str, marked: str) -> bool:
    """Put marks into an element's text or attribute; a number becomes words.

    Returns whether it still said what was to be masked.
    """
    if name:
        held = node.get(name) == text
        if held:
            node.set(name, marked)
        return held
    cell = node.getparent()
    stored = cell is not None and local(node) == "v" and local(cell) == "c"
    if stored and cell is not None and cell.get("t", "n") != "str":
        _into_words(cell, marked)
        return True
    held = node.text == text
    if held:
        node.text = marked
    return held


def _into_words(cell: etree._Element, marked: str) -> None:
    """Make a cell hold words in place of a number, without the formula it came of."""
    home = str(cell.tag).removesuffix("c")
    for child in list(cell):
        cell.remove(child)
    cell.set("t", "inlineStr")
    words = etree.SubElement(etree.SubElement(cell, f"{home}is"), f"{home}t")
    words.text = marked
