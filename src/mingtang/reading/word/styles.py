"""How text looks, as far as it changes what is read: hidden, struck out, raised.

A look is a set of bits. Styles inherit from one another; hiding and striking
out by a paragraph's style and again by a run's style cancel out, as Word has it.
"""

from __future__ import annotations

from typing import NamedTuple

from mingtang.reading.word.markup import (
    PROPERTIES,
    RUN_PROPERTIES,
    VAL,
    Node,
    W,
    is_on,
    value,
)

HIDDEN, STRUCK, STRUCK_TWICE, RAISED, SYMBOL = 1, 2, 4, 8, 16
_TOGGLES = HIDDEN | STRUCK | STRUCK_TWICE
_SWITCHES = {
    f"{W}vanish": HIDDEN,
    f"{W}specVanish": HIDDEN,
    f"{W}strike": STRUCK,
    f"{W}dstrike": STRUCK_TWICE,
}
_RAISING = f"{W}vertAlign"
_FONTS = f"{W}rFonts"
_ASCII, _OTHER = f"{W}ascii", f"{W}hAnsi"
_SYMBOLS = ("wingdings", "webdings", "marlett")
_RUN_STYLE = f"{W}rStyle"
_STYLE, _NUMBER, _LIST, _LEVEL = (
    f"{W}{name}" for name in ("pStyle", "numPr", "numId", "ilvl")
)
DRESSING = (
    *(b"vanish", b"specvanish", b"strike", b"vertalign", b"rstyle"),
    *map(str.encode, _SYMBOLS),
)
"""What stands in a document, in small letters, wherever a run has a look of its own."""
LONGEST_CHAIN = 20
"""Word lets styles inherit from one another so often at most."""


class Change(NamedTuple):
    """What some properties say of a look: the bits they set, and to what."""

    mask: int = 0
    bits: int = 0

    def after(self, look: int) -> int:
        """Return a look with this change made to it."""
        return (look & ~self.mask) | self.bits


class ListPlace(NamedTuple):
    """Which list a paragraph belongs to and on which level; empty where not said."""

    number: str = ""
    level: str = ""


NOWHERE = ListPlace()


class Manner(NamedTuple):
    """How a paragraph is set: its style, the properties of its end, its list."""

    style: str = ""
    mark: Node | None = None
    place: ListPlace = NOWHERE


PLAIN = Manner()


class Style(NamedTuple):
    """One style: what it inherits from, changes, and which list it is part of."""

    parent: str
    change: Change
    place: ListPlace


def change_of(properties: Node | None) -> tuple[Change, str]:
    """Return the change that run properties make themselves, and their style."""
    mask = bits = 0
    style = ""
    for each in properties if properties is not None else ():
        tag = str(each.tag)
        bit = _SWITCHES.get(tag)
        if bit is not None:
            mask |= bit
            bits |= bit if is_on(each) else 0
        elif tag == _RAISING:
            mask |= RAISED
            bits |= RAISED if each.get(VAL) in ("superscript", "subscript") else 0
        elif tag == _FONTS:
            face = each.get(_ASCII, "") or each.get(_OTHER, "")
            if face:
                mask |= SYMBOL
                bits |= SYMBOL if face.lower().startswith(_SYMBOLS) else 0
        elif tag == _RUN_STYLE:
            style = each.get(VAL, "")
    return Change(mask, bits), style


def manner_of(properties: Node | None) -> Manner:
    """Return what paragraph properties say of style, list and end."""
    if properties is None:
        return PLAIN
    style, mark, place = "", None, NOWHERE
    for each in properties:
        tag = each.tag
        if tag == _STYLE:
            style = each.get(VAL, "")
        elif tag == RUN_PROPERTIES:
            mark = each
        elif tag == _NUMBER:
            place = ListPlace(value(each.find(_LIST)), value(each.find(_LEVEL)))
    return Manner(style, mark, place)


class Styles:
    """The styles of a document."""

    def __init__(self, part: Node | None) -> None:
        self._styles: dict[str, Style] = {}
        self._changes: dict[str, Change] = {}
        self._looks: dict[str, int] = {}
        self._places: dict[str, tuple[ListPlace, str]] = {}
        self._defaults = 0
        self._usual = ""
        if part is None:
            return
        defaults = part.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._defaults = change_of(defaults)[0].bits
        for each in part.iterchildren(f"{W}style"):
            self._add(each)

    def _add(self, style: Node) -> None:
        name = style.get(f"{W}styleId", "")
        change, _ = change_of(style.find(RUN_PROPERTIES))
        place = manner_of(style.find(PROPERTIES)).place
        self._styles[name] = Style(value(style.find(f"{W}basedOn")), change, place)
        usual = style.get(f"{W}default", "0") not in ("0", "false", "off")
        if usual and style.get(f"{W}type") == "paragraph":
            self._usual = name

    def chain(self, name: str) -> list[str]:
        """Return a style's name (the default's without one) and those it inherits from."""
        names: list[str] = []
        name = name or self._usual
        while name in self._styles and name not in names and len(names) < LONGEST_CHAIN:
            names.append(name)
            name = self._styles[name].parent
        return names

    def _change(self, name: str) -> Change:
        """Return what a style changes, with all that it inherits."""
        known = self._changes.get(name)
        if known is None:
            mask = bits = 0
            for each in self.chain(name):
                change = self._styles[each].change
                bits |= change.bits & ~mask
                mask |= change.mask
            known = self._changes[name] = Change(mask, bits)
        return known

    def paragraph_look(self, style: str) -> int:
        """Return how the text of a paragraph in that style looks."""
        look = self._looks.get(style)
        if look is None:
            look = self._looks[style] = self._change(style).after(self._defaults)
        return look

    def run_look(self, look: int, properties: Node | None) -> int:
        """Return how a run looks in a paragraph of that look."""
        if properties is None:
            return look
        change, style = change_of(properties)
        if style:
            of_style = self._change(style)
            others = Change(of_style.mask & ~_TOGGLES, of_style.bits & ~_TOGGLES)
            look = others.after(look) ^ (of_style.bits & _TOGGLES)
        return change.after(look)

    def place(self, style: str) -> tuple[ListPlace, str]:
        """Return the list a style is part of, and the style that says so."""
        found = self._places.get(style)
        if found is None:
            found = self._places[style] = self._place(style)
        return found

    def _place(self, style: str) -> tuple[ListPlace, str]:
        level = ""
        for name in self.chain(style):
            place = self._styles[name].place
            level = level or place.level
            if place.number:
                return ListPlace(place.number, level), name
        return ListPlace("", level), ""
