"""The words that are looked for, in one automaton: wrong writings, phrases, triggers.

One pass over a text, whatever the number of words (Aho and Corasick, 1975).
"""

from __future__ import annotations

from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import yaml
from ahocorasick_rs import AhoCorasick

from mingtang.screening import addresses, papers, residue, wording
from mingtang.screening.hits import Hit, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FOLDER = Path(__file__).parent / "words"


class Word(NamedTuple):
    """A wrong writing and the right one.

    `not_before` and `not_after` are the characters beside which it only looks wrong,
    two right words meeting; `label` is the wrong word itself, where more is needed to
    know it. `owner` and `until` say whose list it is of, and till which day (ISO).
    """

    wrong: str
    right: str
    kind: Kind = Kind.WORDING
    not_before: str = ""
    not_after: str = ""
    label: str = ""
    owner: str = ""
    until: str = ""


class WordListError(ValueError):
    """A word list says nothing to look for, or what is wrong as what is right."""


class Lexicon:
    """Words to look for, ready to be looked for in any number of texts."""

    def __init__(self, words: Iterable[Word] = (), phrases: Iterable[str] = ()) -> None:
        """Take wrong writings, and phrases whose near misses are wrong.

        Raises `WordListError`.
        """
        self.phrases = tuple(phrases)
        across = ((wording.swapped_across(each), each) for each in self.phrases)
        self.words = (*words, *(Word(*each) for each in across if each[0] != each[1]))
        for word in self.words:
            if not word.wrong or word.wrong == word.right:
                message = f"词条“{word.wrong}”不能用：错的写法是空的，或者与对的写法相同"
                raise WordListError(message)
        self._right = frozenset(self.phrases) | {word.right for word in self.words}
        self._patterns, self._means = _numbered(self.words, self.phrases)
        self._automaton = AhoCorasick(self._patterns)

    def hits(self, text: str) -> Iterator[Hit]:
        """Yield what the words and triggers lead to, in no order."""
        found = self._automaton.find_matches_as_indexes(text, overlapping=True)
        doors: list[tuple[int, int]] = []
        for index, start, end in found:
            for what, which in self._means[index]:
                if what == "door":
                    doors.append((start, end))
                    continue
                yield from self._one(text, (start, end), what, which)
        for begin, stop in _stretches(doors, len(text)):
            yield from addresses.addresses(text, begin, stop)

    def _one(self, text: str, at: tuple[int, int], what: str, which: int) -> Iterator[Hit]:
        start = at[0]
        if what == "word":
            yield from _wrong(text, at, self.words[which])
        elif what == "half":
            phrase, half = self.phrases[which // 2], which % 2
            hits = wording.nearly(text, start, phrase, half)
            yield from (hit for hit in hits if hit.text not in self._right)
        elif what == "residue":
            yield from residue.residue(text, start, which)
        else:
            yield from _PAPERS[what](text, start)


_PAPERS = {
    "plate": papers.plate,
    "paper": papers.paper,
    "mail": papers.mail,
    "account": papers.account,
    "birth": papers.birth,
    "countries": wording.countries,
}
_TRIGGERS: dict[str, tuple[str, ...]] = {
    "paper": papers.PAPER_TRIGGERS,
    "account": papers.ACCOUNT_TRIGGERS,
    "birth": papers.BIRTH_TRIGGERS,
    "mail": ("@",),
    "countries": wording.COUNTRIES,
    "door": addresses.TRIGGERS,
}


def _numbered(
    words: tuple[Word, ...], phrases: tuple[str, ...]
) -> tuple[list[str], list[list[tuple[str, int]]]]:
    """Return the patterns of an automaton, and what each stands for."""
    means: dict[str, list[tuple[str, int]]] = {}
    for number, word in enumerate(words):
        means.setdefault(word.wrong, []).append(("word", number))
    for number, phrase in enumerate(phrases):
        for half, part in enumerate(wording.halves(phrase)):
            means.setdefault(part, []).append(("half", number * 2 + half))
    for what, triggers in _TRIGGERS.items():
        for trigger in triggers:
            means.setdefault(trigger, []).append((what, 0))
    for trigger, which in residue.TRIGGERS:
        means.setdefault(trigger, []).append(("residue", which))
    for start in papers.plate_starts():
        means.setdefault(start, []).append(("plate", 0))
    return list(means), list(means.values())


def _wrong(text: str, at: tuple[int, int], word: Word) -> Iterator[Hit]:
    start, end = at
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    if (before and before in word.not_before) or (after and after in word.not_after):
        return
    right = word.right
    if word.label:
        start += word.wrong.index(word.label)
        end = start + len(word.label)
        right = right[word.wrong.index(word.label) :][: len(word.label)]
    why = f"应为“{right}”" if right else "词表列为不宜使用"
    if word.owner:
        why += f"（{word.owner}）"
    yield Hit(word.kind, start, end, text[start:end], why, right)


def _stretches(spots: list[tuple[int, int]], length: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a text around spots, merged where they meet."""
    begin = stop = -1
    for start, end in spots:
        first, last = max(0, start - 12), min(length, end + 16)
        if first > stop:
            if stop >= 0:
                yield begin, stop
            begin = first
        stop = max(stop, last)
    if stop >= 0:
        yield begin, stop


def read_words(file: Path, kind: Kind) -> tuple[Word, ...]:
    """Return the words of a list in YAML; raises `WordListError` where it is none."""
    rows = yaml.safe_load(file.read_text(encoding="utf-8"))
    try:
        return tuple(
            Word(**{key: str(value) for key, value in row.items()}, kind=kind)
            for row in rows
        )
    except TypeError as problem:
        message = f"{file.name} 不是词表：{problem}"
        raise WordListError(message) from problem


@cache
def standard() -> Lexicon:
    """Return the lexicon that comes with the project."""
    told = yaml.safe_load((FOLDER / "wording.yaml").read_text(encoding="utf-8"))
    listed = [Word(**row) for row in told["wrong"]]
    ordered = [
        Word(wrong, "、".join(parts))
        for parts in told["orders"]
        for wrong in wording.orders(tuple(parts))
    ]
    typos = read_words(FOLDER / "typos.yaml", Kind.TYPO)
    return Lexicon(chain(listed, ordered, typos), told["phrases"])
