"""Screening: what must not go out with a text, or is written wrongly in it.

`screen` takes a text and returns its hits, each with its place, in one pass over the
words and one over the digits. It decides nothing: who publishes does, and says why.
"""

from __future__ import annotations

from bisect import bisect_right

from mingtang.screening.context import Page, narrow
from mingtang.screening.hits import HIDDEN, NAMES, PRIVATE, Hit, Kind, settled
from mingtang.screening.lexicon import Lexicon, Word, WordListError, standard
from mingtang.screening.lists import WordList, WordListProblems, lexicon_on, read_list
from mingtang.screening.numbers import every_number

__all__ = [
    "HIDDEN",
    "NAMES",
    "PRIVATE",
    "Hit",
    "Kind",
    "Lexicon",
    "Word",
    "WordList",
    "WordListError",
    "WordListProblems",
    "lexicon_on",
    "read_list",
    "screen",
    "standard",
]


def screen(text: str, lexicon: Lexicon | None = None) -> tuple[Hit, ...]:
    """Return everything in a text that screening stops at, in the order of the text.

    >>> [hit.text for hit in screen("联系人手机138 0000 7502")]
    ['138 0000 7502']
    """
    words = standard() if lexicon is None else lexicon
    page = Page(narrow(text))
    kept = _without_doubles(settled([*words.hits(page), *every_number(page)]))
    if page.text is text:
        return kept
    return tuple(hit._replace(text=text[hit.start : hit.end]) for hit in kept)


def _without_doubles(hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Leave out accounts that are cards or identity numbers: one number is one thing."""
    sure = [hit for hit in hits if hit.kind in {Kind.BANK_CARD, Kind.RESIDENT_NUMBER}]
    ends = [hit.end for hit in sure]

    def taken(hit: Hit) -> bool:
        place = bisect_right(ends, hit.start)
        return place < len(sure) and sure[place].start < hit.end

    return tuple(hit for hit in hits if hit.kind is not Kind.ACCOUNT or not taken(hit))
