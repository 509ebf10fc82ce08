"""The automatic numbers of paragraphs, which a person sees and no text holds.

A list is a scheme of nine levels; lists made from one scheme count on from one
another unless they say where they start. A higher level's number begins the
lower ones anew.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mingtang.reading.word.markup import CHOOSER, VAL, Node, W, is_on, number, value
from mingtang.reading.word.numerals import MOST, numeral

if TYPE_CHECKING:
    from mingtang.reading.word.styles import ListPlace, Styles

LEVELS = 9
_SLOT = re.compile(r"%([1-9])")
_ORNAMENT = re.compile(r"[^\w+\-−–—]*|[ln¡qsuvxoØ§ü]")
"""A bullet that says nothing: any sign but a dash, or a letter of a symbol font."""
_CLOSED = "、）】》〉」』：，。）"


class Level(NamedTuple):
    """One level of a list: where it starts, how its number is printed."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    digits: bool = False
    style: str = ""
    hidden: bool = False


class Scheme(NamedTuple):
    """The levels of the lists made from it, or the style that has them instead."""

    levels: dict[int, Level]
    link: str = ""


class _List(NamedTuple):
    """One list: its scheme, the levels it has of its own, and where it starts anew."""

    scheme: str
    levels: dict[int, Level]
    starts: dict[int, int]


def _level(node: Node) -> Level:
    def said(name: str) -> str:
        return value(node.find(f"{W}{name}"))

    restart = said("lvlRestart")
    form = node.find(f"{W}numFmt")
    if form is None:
        form = next(
            (
                each
                for each in node.iterfind(f"{CHOOSER}//{W}numFmt")
                if value(each) != "custom"
            ),
            None,
        )
    legal = node.find(f"{W}isLgl")
    vanish = node.find(f"{W}rPr/{W}vanish")
    return Level(
        number(said("start") or "0", 0, MOST),
        "decimal" if form is None else form.get(VAL, "decimal"),
        said("lvlText"),
        said("suff") or "tab",
        number(restart, LEVELS, LEVELS) if restart else None,
        legal is not None and is_on(legal),
        said("pStyle"),
        vanish is not None and is_on(vanish),
    )


def _levels(parent: Node) -> dict[int, Level]:
    return {
        number(node.get(f"{W}ilvl"), 0, LEVELS): _level(node)
        for node in parent.iterchildren(f"{W}lvl")
    }


class Numbering:
    """The lists of a document, and how far each has counted."""

    def __init__(self, part: Node | None, styles: Styles) -> None:
        self._styles = styles
        self._schemes: dict[str, Scheme] = {}
        self._homes: dict[str, str] = {}
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        if part is None:
            return
        for node in part.iterchildren(f"{W}abstractNum"):
            name = node.get(f"{W}abstractNumId", "")
            link = value(node.find(f"{W}numStyleLink"))
            self._schemes[name] = Scheme(_levels(node), link)
            home = value(node.find(f"{W}styleLink"))
            if home:
                self._homes[home] = name
        for node in part.iterchildren(f"{W}num"):
            self._lists[node.get(f"{W}numId", "")] = self._list(node)

    @staticmethod
    def _list(node: Node) -> _List:
        levels: dict[int, Level] = {}
        starts: dict[int, int] = {}
        for each in node.iterchildren(f"{W}lvlOverride"):
            at = number(each.get(f"{W}ilvl"), 0, LEVELS)
            own = each.find(f"{W}lvl")
            if own is not None:
                levels[at] = _level(own)
            start = each.find(f"{W}startOverride")
            if start is not None:
                starts[at] = number(value(start), 1, MOST)
        return _List(value(node.find(f"{W}abstractNumId")), levels, starts)

    def printed(self, place: ListPlace, style: str) -> str:
        """Return the number before a paragraph, counting it; empty without one."""
        if not self._lists:
            return ""
        of_style, home = self._styles.place(style)
        name = place.number or of_style.number
        found = self._lists.get(name)
        if found is None:
            return ""
        scheme = self._scheme(found)
        levels = self._schemes[scheme].levels | found.levels if scheme else found.levels
        at = self._at(place, of_style, (levels, home or style))
        level = levels.get(at)
        if level is None:
            return ""
        self._count(name, scheme, at, levels)
        return "" if level.hidden else self._text(self._counts[scheme], at, levels)

    def _scheme(self, found: _List) -> str:
        """Return the name of the scheme that has a list's levels."""
        scheme = self._schemes.get(found.scheme)
        if scheme is None:
            return ""
        if scheme.link and not scheme.levels:
            return self._homes.get(scheme.link, found.scheme)
        return found.scheme

    @staticmethod
    def _at(
        place: ListPlace, of_style: ListPlace, linked: tuple[dict[int, Level], str]
    ) -> int:
        """Return a paragraph's level: as it says, as its style says, as the list says."""
        said = place.level or ("" if place.number else of_style.level)
        if said:
            return number(said, 0, LEVELS - 1)
        levels, style = linked
        if place.number:
            return 0
        return next((at for at, level in levels.items() if level.style == style), 0)

    def _count(self, name: str, scheme: str, at: int, levels: dict[int, Level]) -> None:
        counts = self._counts.setdefault(scheme, {})
        starts = self._lists[name].starts
        if at in starts and (name, at) not in self._begun:
            counts[at] = starts[at]
        elif at in counts:
            counts[at] += 1
        else:
            counts[at] = levels[at].start
        self._begun.add((name, at))
        for lower in [each for each in counts if each > at]:
            restart = levels[lower].restart if lower in levels else None
            if restart is None or at < restart:
                del counts[lower]

    @staticmethod
    def _text(counts: dict[int, int], at: int, levels: dict[int, Level]) -> str:
        level = levels[at]
        if level.form == "bullet":
            printed = "" if _ORNAMENT.fullmatch(level.text) else level.text
        else:

            def slot(match: re.Match[str]) -> str:
                each = int(match[1]) - 1
                of_slot = levels.get(each, Level())
                form = "decimal" if level.digits else of_slot.form
                return numeral(counts.get(each, of_slot.start), form)

            printed = _SLOT.sub(slot, level.text)
        apart = level.suffix != "nothing" and printed and printed[-1] not in _CLOSED
        return f"{printed} " if apart else printed
