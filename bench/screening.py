"""How fast a text is screened with 100,000 words, against floors and other ways."""

from __future__ import annotations

import re
from random import Random
from time import process_time
from typing import TYPE_CHECKING

import ahocorasick
from ahocorasick_rs import AhoCorasick

from bench.measuring import race, row
from bench.texts import KINDS
from mingtang.screening import Lexicon, Word, screen, standard

if TYPE_CHECKING:
    from collections.abc import Callable

_WORDS = 100_000
_FEW = 400
"""Characters that are enough for the slowest."""


def words() -> list[str]:
    """Return so many made-up words of three to six characters, no two the same."""
    chance = Random(1)  # noqa: S311 - words for a bench
    signs = [chr(0x4E00 + place) for place in range(3_000)]
    found: dict[str, None] = {}
    while len(found) < _WORDS:
        found["".join(chance.choices(signs, k=chance.randint(3, 6)))] = None
    return list(found)


def _other(listed: list[str]) -> ahocorasick.Automaton:
    made = ahocorasick.Automaton()
    for each in listed:
        made.add_word(each, each)
    made.make_automaton()
    return made


def _windows(listed: list[str]) -> Callable[[str], int]:
    """Return what looks each stretch of a text up in a set, in Python alone."""
    known, lengths = frozenset(listed), sorted({len(each) for each in listed})

    def look(text: str) -> int:
        return sum(
            text[start : start + length] in known
            for start in range(len(text))
            for length in lengths
        )

    return look


def screenings(rounds: int, length: int = 400_000) -> None:
    """Print characters a second, ours and others', on the same texts in one run."""
    listed = words()
    base = standard()
    own = (Word(each, each + "甲") for each in listed)
    ways = _Ways(listed, Lexicon((*base.listed, *own), base.phrases))
    print(f"## A text screened with {_WORDS:,} words\n")
    print("million characters a second of one processor; in brackets, ours ÷ theirs\n")
    print(row("text", "in hits", *_NAMES))
    print(row(*("---",) * (len(_NAMES) + 2)))
    for kind, make in KINDS.items():
        text = make(length)
        rates = ways.rates(text, rounds)
        told = (f"{rates[each]:.3g} ({rates['ours'] / rates[each]:.2g})" for each in _NAMES)
        print(row(kind, f"{_in_hits(text, ways.lexicon):.1%}", *told))
    print("\ngoal: ours ≥ 20 on every kind\n")


def _in_hits(text: str, lexicon: Lexicon) -> float:
    """Return which part of a text's characters stands in what is found."""
    return sum(hit.end - hit.start for hit in screen(text, lexicon)) / len(text)


_NAMES = (
    "ours", "str.count", "re, 7 digits", "ahocorasick_rs, words alone",
    "pyahocorasick, words alone", "set of windows", "re, all words",
)  # fmt: skip


class _Ways:
    """Ours and other ways, each made once; the slower read less of a text."""

    def __init__(self, listed: list[str], lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        bare, other, windows = AhoCorasick(listed), _other(listed), _windows(listed)
        branches = re.compile("|".join(map(re.escape, listed)))
        digits = re.compile("[0-9]{7}")
        self.looks: dict[str, Callable[[str], object]] = {
            "ours": lambda text: screen(text, lexicon),
            "str.count": lambda text: text.count("政府信息"),
            "re, 7 digits": digits.findall,
            "ahocorasick_rs, words alone": lambda text: bare.find_matches_as_indexes(
                text, overlapping=True
            ),
            "pyahocorasick, words alone": lambda text: sum(1 for _ in other.iter(text)),
            "set of windows": windows,
            "re, all words": branches.findall,
        }

    def rates(self, text: str, rounds: int) -> dict[str, float]:
        """Return how many million characters a second each way reads."""
        part, few = text[: len(text) // 20], text[:_FEW]
        slow = dict.fromkeys(_NAMES[4:6], part) | {_NAMES[6]: few}
        given = {name: slow.get(name, text) for name in _NAMES}
        taken = race(
            {
                name: lambda look=self.looks[name], text=given[name]: look(text)
                for name in _NAMES
            },
            rounds,
            process_time,
        )
        return {name: len(given[name]) / taken[name].best / 1000 for name in _NAMES}
