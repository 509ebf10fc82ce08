"""A text as its letters and its numbers: what is compared of a sentence."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?(?:\s*[%‰])?")
_PIECE = re.compile(rf"(?P<number>{_NUMBER.pattern})|(?P<letter>[^\W_])")
_WIDTHS = {0xFF0E: ".", 0xFF05: "%"}
"""The point and the sign of a share in full width; digits of any width are digits."""
_AROUND = re.compile(r"[^，。；：、（）()〔〕\s]*")
_LEAD, _TAIL = 14, 4
"""Characters of what stands before and after a number that tell which it is."""


class Number(NamedTuple):
    """A number as printed, and the characters it takes."""

    text: str
    start: int
    end: int

    @property
    def value(self) -> tuple[Decimal, str]:
        """What it counts: the number, and the sign of a share behind it."""
        sign = self.text[-1] if self.text[-1] in "%‰" else ""
        plain = self.text.removesuffix(sign).replace(",", "").strip()
        return Decimal(plain), sign


class Numbered(NamedTuple):
    """A text with its letters, ``key``, where each stands, and the numbers between.

    ``numbers`` has those in front of a letter by the letter's order; those behind the
    last one stand at the end.
    """

    text: str
    key: str
    letters: tuple[int, ...]
    numbers: Mapping[int, tuple[Number, ...]]

    @property
    def values(self) -> tuple[tuple[Decimal, str], ...]:
        """What all its numbers count, in their order."""
        return tuple(each.value for gap in sorted(self.numbers) for each in self.at(gap))

    def at(self, gap: int) -> tuple[Number, ...]:
        """Return the numbers in front of a letter, none where there are none."""
        return self.numbers.get(gap, ())

    def standing(self, key: str) -> Iterator[int]:
        """Yield at which letters these letters begin, cut off on both sides.

        Cut off is what begins or ends the text, or has a mark or a space beside it: in
        “全县本年新收” there is no “本年新收”.
        """
        first = self.key.find(key)
        while first >= 0:
            if self._is_cut(first) and self._is_cut(first + len(key)):
                yield first
            first = self.key.find(key, first + 1)

    def part(self, letters: range, like: Numbered) -> tuple[int, int, Numbered]:
        """Return a stretch of letters: its start and end in the text, and what it says.

        Numbers at its ends belong to it where ``like``, of the same letters, has some.
        """
        start, end = self.letters[letters.start], self.letters[letters.stop - 1] + 1
        if like.at(0) and self.at(letters.start):
            start = self.at(letters.start)[0].start
        if like.at(len(letters)) and self.at(letters.stop):
            end = self.at(letters.stop)[-1].end
        return start, end, numbered(self.text[start:end])

    def around(self, gap: int) -> str:
        """Return the words in which the numbers in front of a letter stand."""
        held = self.at(gap)
        last = self.letters[gap - 1] + 1 if gap else 0
        start, end = (held[0].start, held[-1].end) if held else (last, last)
        lead = _AROUND.match(self.text[:start][::-1])
        tail = _AROUND.match(self.text, end)
        before = lead.group()[:_LEAD][::-1] if lead else ""
        return f"{before}{self.text[start:end]}{tail.group()[:_TAIL] if tail else ''}"

    def _is_cut(self, gap: int) -> bool:
        if gap in {0, len(self.letters)}:
            return True
        return self.letters[gap - 1] + 1 != self.letters[gap]


def numbered(text: str) -> Numbered:
    """Return a text as letters and numbers; digits of full width are digits.

    >>> numbered("新收３件，占41.2%。").key
    '新收件占'
    >>> numbered("新收３件，占41.2%。").values
    ((Decimal('3'), ''), (Decimal('41.2'), '%'))
    """
    letters: list[int] = []
    key: list[str] = []
    numbers: dict[int, tuple[Number, ...]] = {}
    for piece in _PIECE.finditer(text.translate(_WIDTHS)):
        if piece.lastgroup == "letter":
            letters.append(piece.start())
            key.append(piece.group())
        else:
            one = Number(piece.group(), piece.start(), piece.end())
            numbers[len(key)] = (*numbers.get(len(key), ()), one)
    return Numbered(text, "".join(key), tuple(letters), numbers)


def differing(said: Numbered, drafted: Numbered) -> list[tuple[str, str]]:
    """Return where two texts of the same letters have other numbers: both, with words."""
    assert said.key == drafted.key  # noqa: S101 - the caller looked for it
    return [
        (said.around(gap), drafted.around(gap))
        for gap in sorted({*said.numbers, *drafted.numbers})
        if [each.value for each in said.at(gap)] != [each.value for each in drafted.at(gap)]
    ]
