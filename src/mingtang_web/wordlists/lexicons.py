"""The words that a body's texts are screened for: the standard ones, those above, its own.

Ready lexicons are kept by each process and known again by which lists there are and what
each was stamped with when it was last changed. Building one of 100,000 words takes about
a second.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from mingtang.screening import Kind, Word, WordList, lexicon_on, standard
from mingtang_web.wordlists.actions import SAID
from mingtang_web.wordlists.models import Listed, ListOfWords

if TYPE_CHECKING:
    from datetime import date

    from mingtang.screening import Lexicon
    from mingtang_web.bodies.models import Body

KEPT = 8
"""So many lexicons a process keeps; bodies without lists of their own share one."""
Stamp = tuple[tuple[int, str], ...]


def lexicon_of(body: Body, on: date) -> Lexicon:
    """Return the lexicon of a body on a day: one query where nothing has changed.

    Where several lists have a word, the body's own comes before one from above it.
    """
    stamp = stamp_of(body)
    return _built(on, stamp) if stamp else standard()


def stamp_of(body: Body) -> Stamp:
    """Return which lists hold for a body and their stamps, the most general first."""
    way = [int(part) for part in body.path.split("/") if part]
    rows = ListOfWords.objects.filter(body__in=way, retired_on__isnull=True)
    found = rows.values_list("body", "pk", "stamp")
    ordered = sorted(found, key=lambda each: (way.index(each[0]), each[1]))
    return tuple((pk, stamp) for _body, pk, stamp in ordered)


@lru_cache(maxsize=KEPT)
def _built(on: date, stamp: Stamp) -> Lexicon:
    numbers = [pk for pk, _stamp in stamp]
    lists = {row.pk: row for row in ListOfWords.objects.filter(pk__in=numbers)}
    words: dict[int, list[Word]] = {pk: [] for pk in numbers}
    rows = Listed.objects.filter(words__in=numbers, retired_on__isnull=True)
    for pk, *said in rows.values_list("words", *SAID).iterator(chunk_size=5_000):
        told = dict(zip(SAID, said, strict=True))
        told["kind"] = Kind(told["kind"])
        words[pk].append(Word(**told, owner=lists[pk].owner))
    told_of = [
        WordList(lists[pk].name, lists[pk].owner, tuple(words[pk])) for pk in numbers
    ]
    return lexicon_on(on, told_of)
