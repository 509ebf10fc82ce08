"""Whether figures that were read are sure: by two looks, by counting, by likeness.

A figure counts as read where the network sees it whole, where as many
characters stand there as it read, and where none looks like another figure.
Else it is given with a doubt, and is no number to anybody.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mingtang.reading.scans.gathering import FIRST, SECOND, gathered
from mingtang.reading.scans.inking import LOW, around
from mingtang.reading.scans.likeness import Likeness, likenesses
from mingtang.reading.scans.pictures import SCALE
from mingtang.reading.scans.recognising import ALIKE, FIGURES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mingtang.reading.scans.inking import Dots, Strip
    from mingtang.reading.scans.pictures import Picture
    from mingtang.reading.scans.recognising import Character

CLEAR, PLAIN = 0.9, 0.99
"""The network sees a character clearly; no other figure comes into question."""
LIKE, APART = 0.8, 0.05
"""A figure is like the others of its name, and more than so of another name."""
SEVERAL = 2
"""So many others of its name tell a figure's shape."""
WIDEST = 0.85
"""A figure is at most so wide, by its height."""
BROADER = 0.12
"""One wider than most of its name by more of its height is two that touch."""
FLAT = 1.2
"""A lone piece so much wider than high is a dash."""
_MARKS = ".,%-/"
_WIDE = {"(": "（", ")": "）", ",": "，", ":": "：", ";": "；", "!": "！", "?": "？"}
_HAN = re.compile(r"[\u3400-\u9fff]")
_TOLD = frozenset(FIGURES + _MARKS + "".join(ALIKE.values()))
_NAMES = {other: name for name, others in ALIKE.items() for other in others}


class Sign(NamedTuple):
    """A character of a line: where its middle is, how sure, whether in doubt."""

    text: str
    at: float
    trust: float
    doubt: bool = False


def judged(page: Picture, lines: Sequence[Strip]) -> list[tuple[Sign, ...]]:
    """Return the signs of short lines."""
    first = gathered(page, lines, FIRST)
    told = {at: read for at, read in enumerate(first) if _is_figures(read)}
    likeness = _likeness(page, lines, told)
    unsure = [at for at in told if not _is_alike(told[at], likeness.get(at, ()))]
    second = dict(
        zip(unsure, gathered(page, [lines[at] for at in unsure], SECOND), strict=True)
    )
    return [
        _figures(line, first[at], second.get(at, first[at]), likeness.get(at, ()))
        if at in told
        else words(first[at])
        for at, line in enumerate(lines)
    ]


def words(read: Iterable[Character]) -> tuple[Sign, ...]:
    """Return the signs of text that is no figure: a figure in it must be clear.

    A picture does not tell a wide mark from a narrow one: beside a Han
    character it is taken for the wide one that belongs there.
    """
    every = list(read)
    near = ["", *(each.text for each in every), ""]
    return tuple(
        Sign(
            _WIDE.get(each.text, each.text) if _HAN.search(left + right) else each.text,
            each.at,
            each.sure,
            each.text in FIGURES and each.sure < CLEAR,
        )
        for each, left, right in zip(every, near, near[2:], strict=False)
    )


def _is_figures(read: Sequence[Character]) -> bool:
    return all(each.text in _TOLD for each in read)


def _named(character: Character) -> str:
    """Return the figure or mark a character stands for."""
    return _NAMES.get(character.text, character.text)


def _likeness(
    page: Picture, lines: Sequence[Strip], read: dict[int, tuple[Character, ...]]
) -> dict[int, tuple[Likeness, ...]]:
    """Return the likenesses of the figures of each line whose count agrees."""
    boxes = {at: _boxes(lines[at], found) for at, found in read.items()}
    counted = {at: [_named(each) for each in read[at]] for at in boxes if boxes[at]}
    placed = [
        (name, box)
        for at, names in counted.items()
        for name, box in zip(names, boxes[at], strict=True)
        if name in FIGURES
    ]
    if not placed:
        return {}
    found = iter(likenesses(page, placed))
    none = Likeness(-1.0, -1.0, 0)
    return {
        at: tuple(next(found) if name in FIGURES else none for name in names)
        for at, names in counted.items()
    }


def _is_alike(read: Sequence[Character], likeness: Sequence[Likeness]) -> bool:
    """Return whether every figure is plainly what its like on the page are."""
    return bool(likeness) and all(map(_tells, read, likeness))


def _tells(character: Character, likeness: Likeness) -> bool:
    return (
        character.figure == _named(character)
        and character.among > PLAIN
        and likeness.known >= SEVERAL
        and likeness.own > max(LIKE, likeness.other + APART)
        and likeness.broader <= BROADER
    )


def _boxes(line: Strip, read: Sequence[Character]) -> tuple[Dots, ...]:
    """Return where each character stands, nothing where ink and text do not agree.

    A character may have come apart: its pieces are those nearest to it.
    """
    found = line.characters
    if len(found) <= len(read) or not read:
        return found if len(found) == len(read) else ()
    held: list[list[Dots]] = [[] for _ in read]
    for piece in found:
        middle = (piece[0] + piece[2]) / 2
        nearest = min(range(len(read)), key=lambda at: abs(read[at].at - middle))
        held[nearest].append(piece)
    return tuple(map(around, held)) if all(held) else ()


def _figures(
    line: Strip,
    first: tuple[Character, ...],
    second: tuple[Character, ...],
    likeness: tuple[Likeness, ...],
) -> tuple[Sign, ...]:
    x0, _, x1, _ = line.box
    if _is_dash(line, first):
        return (Sign("—", (x0 + x1) / 2, 1.0),)
    if not first:
        return (Sign("", (x0 + x1) / 2, 0.0, doubt=True),)
    names = [_named(each) for each in first]
    agreed = names == [_named(each) for each in second]
    narrow = _are_narrow(line, first)
    whole = narrow and len(line.characters) == len(first)
    made = []
    for at, (name, character) in enumerate(zip(names, first, strict=True)):
        other = second[at] if agreed else character
        likely = likeness[at] if likeness else None
        if whole or (likely is not None and _tells(character, likely)):
            sure = _is_sure(character, other, likely)
        else:
            sure = narrow and _is_sure(character, other, None)
            sure = sure and min(character.sure, other.sure) > PLAIN
        trust = min(_trust(character), _trust(other)) * (1.0 if agreed else 0.5)
        middle = character.at
        if whole:
            box = line.characters[at]
            middle = (box[0] + box[2]) / 2
        made.append(Sign(name, middle, trust, not (sure and agreed)))
    return tuple(made)


def _trust(character: Character) -> float:
    return character.among if _named(character) in FIGURES else character.sure


def _are_narrow(line: Strip, read: Sequence[Character]) -> bool:
    """Return whether the pieces nearest to each character are no wider than one."""
    boxes = _boxes(line, read)
    if not boxes:
        return len(line.characters) < len(read)
    return all(box[2] - box[0] <= WIDEST * line.height for box in boxes)


def _is_dash(line: Strip, read: Sequence[Character]) -> bool:
    """Return whether a line is one flat stroke, and the network sees nothing else."""
    wide = line.box[2] - line.box[0]
    flat = line.height < LOW * SCALE and wide > max(FLAT * line.height, LOW * SCALE)
    return len(line.characters) == 1 and flat and all(_named(each) == "-" for each in read)


def _is_sure(one: Character, other: Character, likeness: Likeness | None) -> bool:
    """Return whether a character that both looks name is what they say."""
    name = _named(one)
    if name not in FIGURES:
        return one.text == other.text and min(one.sure, other.sure) > CLEAR
    if not one.figure == other.figure == name or min(one.among, other.among) <= PLAIN:
        return False
    if likeness is not None and likeness.known >= SEVERAL:
        if likeness.other > max(LIKE, likeness.own + APART):
            return False
        if _tells(one, likeness):
            return True
    return one.text == other.text == name and min(one.sure, other.sure) > CLEAR
