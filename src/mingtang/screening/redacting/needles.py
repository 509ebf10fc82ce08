"""Texts to be masked, found again however they are spaced, wide or narrow.

One pass over a text whatever the number of texts to look for (Aho and Corasick, 1975).
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

from ahocorasick_rs import AhoCorasick, BytesAhoCorasick, MatchKind

if TYPE_CHECKING:
    from collections.abc import Iterable

MARK = "■"
LONG = 6
"""A text of so many characters is looked for across cells and runs as well."""
_WIDER = 0xFEE0
"""So far behind a character of ASCII its wide form stands."""
_KEPT = frozenset("\n\t")
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
_GAPS = "-\u200b\u200d\ufeff\u2060"
_PLAIN: dict[int, str | None] = {
    **{n + _WIDER: chr(n).lower() for n in range(0x21, 0x7F)},
    **{n: chr(n).lower() for n in range(0x41, 0x5B)},
    **dict.fromkeys(n for n in range(sys.maxunicode) if chr(n).isspace()),
    **dict.fromkeys(map(ord, _GAPS)),
    0x2D + _WIDER: None,
}


class Needles:
    """Texts to look for: gaps within them are looked through."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Take the texts; what is empty but for gaps is left out."""
        plain = {compact(text) for text in texts} - {""}
        self.plain = tuple(sorted(plain))
        long = tuple(each for each in self.plain if len(each) >= LONG)
        self._all = _automaton(self.plain)
        self._long = _automaton(long)
        spelled = {each.encode(name, "ignore") for each in long for name in _ENCODINGS}
        self._bytes = BytesAhoCorasick(sorted(spelled - {b""}))

    def __bool__(self) -> bool:
        """Return whether there is any text to look for."""
        return bool(self.plain)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return where the texts stand in a text; of two that overlap the first."""
        found = self._all.find_matches_as_indexes(compact(text))
        if not found:
            return []
        places = [at for at, c in enumerate(text) if _PLAIN.get(ord(c), c) is not None]
        return [(places[start], places[end - 1] + 1) for _, start, end in found]

    def in_string(self, text: str) -> bool:
        """Return whether any of them stands in a text of one place."""
        return bool(self._all.find_matches_as_indexes(compact(text)))

    def in_joined(self, text: str) -> bool:
        """Return whether a long one stands in text whose places are joined."""
        return bool(self._long.find_matches_as_indexes(compact(text)))

    def in_bytes(self, data: bytes) -> bool:
        """Return whether a long one stands in bytes that nothing here understands."""
        return bool(self._bytes.find_matches_as_indexes(data))


class Masked(NamedTuple):
    """A text with marks in place of what was looked for, and how often that was."""

    text: str
    places: int


def compact(text: str) -> str:
    """Return a text without gaps, wide signs narrow, capitals small.

    >>> compact("138 0000-7502")
    '13800007502'
    """
    return text.translate(_PLAIN)


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


def _automaton(texts: Iterable[str]) -> AhoCorasick:
    return AhoCorasick(list(texts), matchkind=MatchKind.LeftmostLongest)
