"""What somebody typed into the search, taken apart: words, and phrases in quotes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mingtang_web.searching.folding import composed, of_run, pairs, runs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang_web.searching.folding import Run

MOST_SIGNS, MOST_TERMS = 200, 16
"""So many characters and words of what is typed are read."""
_QUOTED = re.compile(
    r'"([^"]+)"|“([^”]+)”|「([^」]+)」|『([^』]+)』|\uff02([^\uff02]+)\uff02'
)
_NUMBER = re.compile(r"\w[〔\uff3b\[【（(﹝{]\s*\d{4}\s*[〕\uff3d\]】）)﹞}]\s*第?\d")


class Term(NamedTuple):
    """A word or a phrase that must stand in an entry.

    ``phrase`` are its tokens one behind the other; ``loose`` those that must stand
    somewhere. ``singles`` are one-character words, of which every character of an
    entry is known. ``exact`` says that only the phrase will do. ``runs`` is for marking.
    """

    phrase: tuple[str, ...]
    loose: tuple[str, ...]
    singles: tuple[str, ...]
    exact: bool
    runs: tuple[str, ...]


class Wanted(NamedTuple):
    """All terms of what was typed; ``cut`` where more was typed than is read."""

    terms: tuple[Term, ...] = ()
    cut: bool = False
    typed: str = ""


def wanted(typed: str) -> Wanted:
    """Take apart what was typed.

    What stands in quotation marks, and what looks like a number (文号), is a phrase.

    >>> [term.phrase for term in wanted('住房补贴 “三项制度”').terms]
    [('三项', '项制', '制度'), ('住房', '房补', '补贴')]
    """
    text = composed(typed)
    read = text[:MOST_SIGNS]
    found = list(_terms(read))
    cut = len(text) > MOST_SIGNS or len(found) > MOST_TERMS
    return Wanted(tuple(found[:MOST_TERMS]), cut, read)


def _terms(typed: str) -> Iterator[Term]:
    for quoted in _QUOTED.finditer(typed):
        yield from _term(next(filter(None, quoted.groups())), exact=True)
    for chunk in _QUOTED.sub(" ", typed).split():
        yield from _term(chunk, exact=_NUMBER.search(chunk) is not None)


def _term(chunk: str, *, exact: bool) -> Iterator[Term]:
    found = runs(chunk)
    if not found:
        return
    phrase = _phrase(found)
    alone = tuple(run.text for run in found if run.wide and len(run.text) == 1)
    if len(found) == 1 and alone:
        phrase = ()
    loose = tuple(dict.fromkeys(token for run in found for token in _loose(run)))
    yield Term(phrase, loose, alone, exact and bool(phrase), tuple(r.text for r in found))


def _phrase(found: list[Run]) -> tuple[str, ...]:
    """Return a chunk as it stands in an index, where its ends may be inside of a run."""
    made: list[str] = []
    for place, run in enumerate(found):
        own = list(of_run(run))
        if run.wide and len(run.text) > 1:
            first, last = place == 0, place == len(found) - 1
            own = own[first : len(own) - last]
        made += own
    return tuple(made)


def _loose(run: Run) -> Iterator[str]:
    if not run.wide:
        yield from of_run(run)
    elif len(run.text) > 1:
        yield from pairs(run.text)
