"""The words that are looked for, in one automaton: wrong writings, phrases, triggers.

One pass over a text, whatever the number of words (Aho and Corasick, 1975).
"""

from __future__ import annotations

from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml
from ahocorasick_rs import AhoCorasick

from mingtang.screening import addresses, numbers, papers, residue, wording
from mingtang.screening.context import narrow
from mingtang.screening.hits import Hit, Kind
from mingtang.screening.meeting import LONGEST, meets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from mingtang.screening.context import Page

    _Look = Callable[[Page, int, int, Any], Iterable[Hit]]

FOLDER = Path(__file__).parent / "words"


class Word(NamedTuple):
    """A wrong writing and the right one.

    `not_before` and `not_after` are the characters beside which it only looks wrong,
    two right words meeting; `label` is the wrong word itself, where more is needed to
    know it. `owner` says whose list it is of; `since` and `until` are its first and its
    last day, where it has any (`lists.in_force`).
    """

    wrong: str
    right: str
    kind: Kind = Kind.WORDING
    not_before: str = ""
    not_after: str = ""
    label: str = ""
    owner: str = ""
    since: date | None = None
    until: date | None = None


class WordListError(ValueError):
    """A word list says nothing to look for, or what is wrong as what is right."""


class Lexicon:
    """Words to look for, ready to be looked for in any number of texts."""

    def __init__(self, words: Iterable[Word] = (), phrases: Iterable[str] = ()) -> None:
        """Take wrong writings, and phrases whose near misses are wrong.

        Raises `WordListError`.
        """
        self.phrases = tuple(phrases)
        across = (
            (swapped, each)
            for each in self.phrases
            for swapped in (wording.swapped_across(each), *wording.swapped_at_ends(each))
        )
        self.listed = tuple(words)
        self.words = (*self.listed, *(Word(*each) for each in across if each[0] != each[1]))
        for word in self.words:
            if not word.wrong or word.wrong == word.right:
                message = f"词条“{word.wrong}”不能用：错的写法是空的，或者与对的写法相同"
                raise WordListError(message)
        self._right = frozenset(self.phrases) | {word.right for word in self.words}
        self._rightly = AhoCorasick(list(self.phrases))
        self._longest = max(map(len, self.phrases), default=0)
        patterns = self._patterns()
        self._means = [
            tuple((look, which, _other_end(which)) for look, which in each)
            for each in patterns.values()
        ]
        self._doors = {
            at for at, each in enumerate(self._means) if each == ((_door, 0, None),)
        }
        self._automaton = AhoCorasick(list(patterns))

    def hits(self, page: Page) -> list[Hit]:
        """Return what the words and triggers lead to, in no order.

        Where words stand that may name a column of accounts is left on the page.
        """
        means, doors, text = self._means, self._doors, page.text
        found: list[Hit] = []
        stand = page.doors.append
        for index, start, end in self._automaton.find_matches_as_indexes(
            text, overlapping=True
        ):
            if index in doors:
                stand((start, end))
                continue
            for look, which, other in means[index]:
                if other:
                    sign, first, last, phrase, before = other
                    begin = start + first
                    if begin >= 0 and sign not in text[begin : start + last]:
                        continue
                    if start >= before and text.startswith(phrase, start - before):
                        continue
                found += look(page, start, end, which)
        for begin, stop in addresses.stretches(page.text, page.doors):
            found += addresses.addresses(page.text, begin, stop)
        return found

    def _patterns(self) -> dict[str, list[tuple[_Look, Any]]]:
        """Return what the automaton looks for, and what each leads to."""
        means: dict[str, list[tuple[_Look, Any]]] = {}
        for word in self.words:
            means.setdefault(narrow(word.wrong), []).append((wrong, word))
        for phrase in self.phrases:
            for part, half in zip(
                wording.halves(phrase), wording.both(phrase), strict=True
            ):
                means.setdefault(part, []).append((self._near, half))
        for look, triggers in _TRIGGERS:
            for trigger in triggers:
                means.setdefault(trigger, []).append((look, 0))
        for trigger, which in residue.TRIGGERS:
            means.setdefault(trigger, []).append((_residue, which))
        return means

    def _near(self, page: Page, start: int, _end: int, half: wording.Half) -> Iterable[Hit]:
        hits = wording.nearly(page.text, start, half)
        return [hit for hit in hits if not self._is_right(page.text, hit)]

    def _is_right(self, text: str, hit: Hit) -> bool:
        """Return whether what seems a near miss is right, or part of what is right."""
        if hit.text in self._right:
            return True
        begin = max(0, hit.start - self._longest)
        around = text[begin : hit.end + self._longest]
        first, last = hit.start - begin, hit.end - begin
        return any(
            start <= first and last <= end and end - start > last - first
            for _phrase, start, end in self._rightly.find_matches_as_indexes(
                around, overlapping=True
            )
        )


def _other_end(which: object) -> tuple[str, int, int, str, int] | None:
    """Return what must stand at a phrase's other end, and the half: what costs least."""
    if not isinstance(which, wording.Half):
        return None
    return (*wording.other_end(which), *which)


def wrong(page: Page, start: int, end: int, word: Word) -> tuple[Hit, ...]:
    """Return the hit of a word at a place, unless two right words only meet there."""
    text = page.text
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    if (before and before in word.not_before) or (after and after in word.not_after):
        return ()
    if word.kind is Kind.TYPO and end - start <= LONGEST and meets(text, start, end):
        return ()
    right = word.right
    if word.label:
        start += word.wrong.index(word.label)
        end = start + len(word.label)
        right = right[word.wrong.index(word.label) :][: len(word.label)]
    why = f"应为“{right}”" if right else "词表列为不宜使用"
    if word.owner:
        why += f"（{word.owner}）"
    return (Hit(word.kind, start, end, text[start:end], why, right),)


def _residue(page: Page, start: int, _end: int, which: int) -> Iterable[Hit]:
    return residue.residue(page, start, which)


def _door(page: Page, start: int, end: int, _which: int) -> Iterable[Hit]:
    page.doors.append((start, end))
    return ()


def _name(page: Page, _start: int, end: int, _which: int) -> Iterable[Hit]:
    page.names.append(end)
    return ()


def _home(page: Page, _start: int, end: int, _which: int) -> Iterable[Hit]:
    page.homes.append(end)
    page.names.append(end)
    return ()


def _account(page: Page, _start: int, end: int, _which: int) -> Iterable[Hit]:
    page.accounts.append(end)
    page.names.append(end)
    return ()


def _birth(page: Page, start: int, _end: int, _which: int) -> Iterable[Hit]:
    return papers.birth(page, start)


def _paper(page: Page, start: int, _end: int, _which: int) -> Iterable[Hit]:
    return papers.paper(page, start)


def _beginning(look: Callable[[str, int], Iterable[Hit]]) -> _Look:
    """Return what looks at a place of a page, of what looks at a place of a text."""
    return lambda page, start, _end, _which: look(page.text, start)


_TRIGGERS: tuple[tuple[_Look, Iterable[str]], ...] = (
    (_beginning(papers.plate), tuple(papers.plate_starts())),
    (_paper, papers.PAPER_TRIGGERS),
    (_beginning(papers.mail), papers.MAIL_TRIGGERS),
    (_beginning(papers.account), papers.ACCOUNT_TRIGGERS),
    (_beginning(wording.countries), wording.COUNTRIES),
    (_birth, papers.BIRTH_TRIGGERS),
    (_name, numbers.NAME_TRIGGERS),
    (_home, numbers.HOME_TRIGGERS),
    (_account, papers.HEAD_TRIGGERS),
    (_door, addresses.TRIGGERS),
)


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
    phrases = (*told["phrases"], *map("、".join, told["orders"]))
    right = {*phrases, *(word.right for word in listed)}
    known = {word.wrong for word in listed}
    alike = yaml.safe_load((FOLDER / "alike.yaml").read_text(encoding="utf-8"))
    ends = {
        wrong: Word(wrong, phrase)
        for phrase in phrases
        for wrong in wording.alike_at_ends(phrase, alike)
        if wrong not in known | right
    }
    cut = [Word(each[:-1], each, not_after=each[-1]) for each in told["cut"]]
    rows = yaml.safe_load((FOLDER / "typos.yaml").read_text(encoding="utf-8"))
    typos = [Word(**row, kind=Kind.TYPO) for row in rows]
    return Lexicon(chain(listed, ordered, ends.values(), cut, typos), phrases)
