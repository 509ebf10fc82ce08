"""Texts to be masked, found again however they are spaced, wide or narrow."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

MARK = "■"
LONG = 6
"""A text of so many characters is looked for across cells and runs as well."""
_GAP = r"[\s\-\u200b\u200d\ufeff\u2060]*"
_GAPS = re.compile(_GAP)
_WIDER = 0xFEE0
"""So far behind a character of ASCII its wide form stands."""
_NARROW = {chr(n + _WIDER): chr(n) for n in range(0x21, 0x7F)}
_KEPT = frozenset("\n\t")
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")


class Needles:
    """Texts to look for: gaps within them are looked through."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Take the texts; what is empty but for gaps is left out."""
        plain = {compact(text) for text in texts} - {""}
        self.plain = tuple(sorted(plain, key=lambda each: (-len(each), each)))
        self._all = _pattern(self.plain)
        self._long = _pattern(tuple(each for each in self.plain if len(each) >= LONG))

    def __bool__(self) -> bool:
        """Return whether there is any text to look for."""
        return bool(self.plain)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return where the texts stand in a text."""
        return [] if self._all is None else [m.span() for m in self._all.finditer(text)]

    def in_string(self, text: str) -> bool:
        """Return whether any of them stands in a text of one place."""
        return self._all is not None and self._all.search(text) is not None

    def in_joined(self, text: str) -> bool:
        """Return whether a long one stands in text whose places are joined."""
        return self._long is not None and self._long.search(text) is not None

    def in_bytes(self, data: bytes) -> bool:
        """Return whether a long one stands in bytes that nothing here understands."""
        long = [each for each in self.plain if len(each) >= LONG]
        return any(
            spelled in data
            for each in long
            for encoding in _ENCODINGS
            if (spelled := each.encode(encoding, "ignore"))
        )


class Masked(NamedTuple):
    """A text with marks in place of what was looked for, and how often that was."""

    text: str
    places: int


def compact(text: str) -> str:
    """Return a text without gaps, wide digits and letters narrow.

    >>> compact("138 0000-7502")
    '13800007502'
    """
    narrow = "".join(_NARROW.get(c, c) for c in text)
    return _GAPS.sub("", narrow)


def masked(text: str, needles: Needles) -> Masked:
    """Return a text with a mark for each character of what was looked for.

    >>> masked("手机138 0000 7502。", Needles(["13800007502"])).text
    '手机■■■■■■■■■■■■■。'
    """
    spans = needles.spans(text)
    made = list(text)
    for start, end in spans:
        made[start:end] = [c if c in _KEPT else MARK for c in made[start:end]]
    return Masked("".join(made), len(spans))


def _pattern(texts: tuple[str, ...]) -> re.Pattern[str] | None:
    if not texts:
        return None
    return re.compile("|".join(_GAP.join(map(_either, text)) for text in texts), re.I)


def _either(sign: str) -> str:
    """Return what matches a character, narrow or wide."""
    if "!" <= sign <= "~":
        return f"[{re.escape(sign)}{chr(ord(sign) + _WIDER)}]"
    return re.escape(sign)
