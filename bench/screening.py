"""How fast a text is screened with 100,000 words, against floors and other ways."""

from __future__ import annotations

import re
from random import Random
from time import process_time
from typing import TYPE_CHECKING

import ahocorasick
from ahocorasick_rs import AhoCorasick

from bench.measuring import race, row
from mingtang.screening import Lexicon, Word, screen, standard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_WORDS = 100_000
_FEW = 400
"""Characters that are enough for the slowest."""
_SENTENCES = (
    "全年主动公开政府信息{a}条，其中通过政府网站公开{b}条，政务新媒体公开{c}条。",
    "本机关收到政府信息公开申请{a}件，予以公开{b}件，按期办结率{c}%。",
    "{y}年{m}月{d}日，区政府第{c}次常务会议审议通过《关于进一步加强政务公开工作的实施意见》。",
    "项目总投资{a}.{c}万元，建设地点在人民路与解放路交叉口，建设工期{b}天。\n",
    "存在的主要问题：一是政策解读形式还不够丰富；二是依申请公开答复的规范性有待提高。\n",
    "咨询电话：0512-8{a}，办公地址：行政中心{m}号楼{b}室。",
)
_WRONG = (
    "申请人身份证号110101191003070135，已核对。",
    "联系人手机13800137502。",
    "请将款项汇至指定帐户。",
    "依照中华人名共和国有关法律。",
    "现住长江小区2幢1单元301室。",
)


def words() -> list[str]:
    """Return so many made-up words of three to six characters, no two the same."""
    chance = Random(1)  # noqa: S311 - words for a bench
    signs = [chr(0x4E00 + place) for place in range(3_000)]
    found: dict[str, None] = {}
    while len(found) < _WORDS:
        found["".join(chance.choices(signs, k=chance.randint(3, 6)))] = None
    return list(found)


def prose(length: int, wrong: int = 0) -> str:
    """Return the prose of a report; of a hundred sentences, so many hold a hit."""
    return "".join(_sentences(length, wrong))[:length]


def _sentences(length: int, wrong: int) -> Iterator[str]:
    chance = Random(2)  # noqa: S311 - a text for a bench
    while length > 0:
        told = chance.choice(_WRONG if chance.randrange(100) < wrong else _SENTENCES)
        made = told.format(
            a=chance.randrange(10_000, 10**6),
            b=chance.randrange(100, 1_000),
            c=chance.randrange(10, 100),
            y=chance.randrange(2008, 2027),
            m=chance.randrange(1, 13),
            d=chance.randrange(1, 29),
        )
        length -= len(made)
        yield made


def table(length: int) -> str:
    """Return a table of figures with a long code in each row."""
    chance = Random(3)  # noqa: S311 - a text for a bench
    lines = ["序号\t单位名称\t金额（万元）\t件数\t占比\t项目代码"]
    while length > 0:
        lines.append(
            f"{len(lines)}\t第{chance.randrange(90)}街道办事处\t"
            f"{chance.randrange(10**7) / 100:.2f}\t{chance.randrange(5_000)}\t"
            f"{chance.randrange(100)}%\t{chance.randrange(10**11, 10**12)}"
        )
        length -= len(lines[-1])
    return "\n".join(lines)


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
    print(row("text", *_NAMES))
    print(row(*("---",) * (len(_NAMES) + 1)))
    for name, text in (
        ("prose", prose(length)),
        ("prose, a hit in 1 of 100 sentences", prose(length, 1)),
        ("prose, a hit in 10 of 100 sentences", prose(length, 10)),
        ("table", table(length)),
    ):
        rates = ways.rates(text, rounds)
        told = (f"{rates[each]:.3g} ({rates['ours'] / rates[each]:.2g})" for each in _NAMES)
        print(row(name, *told))
    print("\ngoal: ours ≥ 20 on prose and tables\n")


_NAMES = (
    "ours", "str.count", "re, 7 digits", "ahocorasick_rs, words alone",
    "pyahocorasick, words alone", "set of windows", "re, all words",
)  # fmt: skip


class _Ways:
    """Ours and other ways, each made once; the slower read less of a text."""

    def __init__(self, listed: list[str], lexicon: Lexicon) -> None:
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
