"""Screening: what must not go out with a text, or is written wrongly in it.

`screen` takes a text and returns its hits, each with its place, in one pass over the
words and one over the digits. It decides nothing: who publishes does, and says why.
"""

from __future__ import annotations

from mingtang.screening.hits import HIDDEN, NAMES, PRIVATE, Hit, Kind, settled
from mingtang.screening.lexicon import Lexicon, Word, WordListError, standard
from mingtang.screening.numbers import RUN, numbers
from mingtang.screening.papers import in_column

__all__ = [
    "HIDDEN",
    "NAMES",
    "PRIVATE",
    "Hit",
    "Kind",
    "Lexicon",
    "Word",
    "WordListError",
    "screen",
    "standard",
]

_WIDE = {0xFF10 + n: 0x30 + n for n in range(10)} | {
    first + n: second + n
    for first, second in ((0xFF21, 0x41), (0xFF41, 0x61))
    for n in range(26)
}
_WIDE_ONES = tuple(map(chr, range(0xFF10, 0xFF1A)))


def screen(text: str, lexicon: Lexicon | None = None) -> tuple[Hit, ...]:
    """Return everything in a text that screening stops at, in the order of the text.

    >>> [hit.text for hit in screen("联系人手机138 0000 7502")]
    ['138 0000 7502']
    """
    words = standard() if lexicon is None else lexicon
    plain = text.translate(_WIDE) if any(each in text for each in _WIDE_ONES) else text
    found = list(words.hits(plain))
    for run in RUN.finditer(plain):
        told = list(numbers(plain, run))
        found += told or in_column(plain, run)
    kept = _without_doubles(settled(found))
    if plain is text:
        return kept
    return tuple(hit._replace(text=text[hit.start : hit.end]) for hit in kept)


def _without_doubles(hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Leave out accounts that are cards or identity numbers: one number is one thing."""
    sure = {Kind.BANK_CARD, Kind.RESIDENT_NUMBER}
    taken = [hit for hit in hits if hit.kind in sure]
    return tuple(
        hit
        for hit in hits
        if hit.kind is not Kind.ACCOUNT
        or not any(hit.start < other.end and other.start < hit.end for other in taken)
    )
