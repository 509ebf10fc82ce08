"""How results are found and ranked, by any engine: one step after the other.

Whoever types a number gets what has it first; then come titles in which the words
stand as they were typed, titles with all words, texts with the words as typed, texts
with all of them; the newest first in each. Every step asks for the newest few only,
so a word that stands everywhere costs no more than a rare one.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from mingtang_web.searching.entries import (
    ANYWHERE,
    CAP,
    FACETS,
    NUMBERS,
    Found,
    Need,
    Sought,
    mark,
)
from mingtang_web.searching.folding import number_key
from mingtang_web.searching.wanted import wanted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from mingtang_web.searching.entries import Asked, Engine, Entry, Key
    from mingtang_web.searching.wanted import Term

SUGGESTED = 8


def find(engine: Engine, asked: Asked) -> Found:
    """Return what fits, counted up to `CAP`."""
    hidden = engine.places_of(asked.without)
    ranked = _ranked(engine, asked, hidden)
    more, counted = len(ranked) > CAP, ranked[:CAP]
    facets: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
    for row in engine.facets_of(counted):
        for name, value in zip(FACETS, row, strict=True):
            if value:
                facets[name][value] += 1
    page = counted[asked.first : asked.first + asked.most]
    return Found(engine.entries(page), len(counted), more, facets)


def suggested(engine: Engine, typed: str, without: Collection[Key] = ()) -> list[Entry]:
    """Return entries whose titles have all words typed, the newest first."""
    terms = wanted(typed).terms
    if not terms:
        return []
    sought = Sought("heads", _needs(terms, "title", strict=False))
    places = engine.places(sought, SUGGESTED * 4 + len(without))
    hidden = engine.places_of(without)
    return engine.entries([each for each in places if each not in hidden])


def titles(entries: Iterable[Entry]) -> list[str]:
    """Return the first titles, each once."""
    return list(dict.fromkeys(entry.title for entry in entries))[:SUGGESTED]


def _ranked(engine: Engine, asked: Asked, hidden: set[int]) -> list[int]:
    """Return the places of results, the best first; one more than is counted."""
    most = CAP + 1 + len(hidden)
    found: dict[int, None] = {}
    for sought in _steps(engine, asked):
        places = sought if isinstance(sought, list) else engine.places(sought, most)
        found.update((each, None) for each in places if each not in hidden)
        if len(found) > CAP:
            break
    ranked = list(found)[: CAP + 1]
    return sorted(ranked, reverse=True) if asked.newest else ranked


def _steps(engine: Engine, asked: Asked) -> Iterator[Sought | list[int]]:
    marks = tuple(mark(*each) for each in asked.narrowed.items() if each[1])
    terms = asked.wanted.terms
    if not terms:
        if marks:
            yield Sought("heads", (), marks)
        return
    if asked.newest:
        yield _everything(asked, marks)
        return
    if asked.where in {ANYWHERE, NUMBERS}:
        yield from _by_number(engine, asked, marks)
    for field in ("number", "title"):
        if asked.where in {ANYWHERE, field}:
            yield Sought("heads", _needs(terms, field, strict=True), marks)
            yield Sought("heads", _needs(terms, field, strict=False), marks)
    if asked.where == ANYWHERE:
        yield Sought("texts", _needs(terms, "words", strict=True), marks)
        yield Sought("texts", _needs(terms, "words", strict=False), marks)


def _everything(asked: Asked, marks: tuple[str, ...]) -> Sought:
    """Return the one step that finds all, for whoever wants the newest first."""
    table = "texts" if asked.where == ANYWHERE else "heads"
    field = "words" if asked.where == ANYWHERE else asked.where
    return Sought(table, _needs(asked.wanted.terms, field, strict=False), marks)


def _by_number(engine: Engine, asked: Asked, marks: tuple[str, ...]) -> Iterator[list[int]]:
    """Yield what has the number that was typed, of what fits the marks."""
    exact = engine.numbered(number_key(asked.wanted.typed))
    if exact and marks:
        needs = _needs(asked.wanted.terms, "number", strict=False)
        fitting = set(engine.places(Sought("heads", needs, marks), CAP))
        exact = [each for each in exact if each in fitting]
    yield exact


def _needs(terms: tuple[Term, ...], field: str, *, strict: bool) -> tuple[Need, ...]:
    """Return what must stand in a field; ``strict`` wants the words as they were typed."""
    found: dict[Need, None] = {}
    for term in terms:
        if term.phrase and (strict or term.exact):
            found[Need(field, term.phrase)] = None
            continue
        found.update((Need(field, (token,)), None) for token in term.loose)
        found.update((Need("chars", (sign,)), None) for sign in term.singles)
    return tuple(found)
