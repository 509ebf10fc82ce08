"""Fixed phrases, names of offices and laws: almost as they are written, and not quite.

A phrase is found by one of its halves; then the rest is compared. What differs in one
character, added, left out, other or swapped, is a wrong writing, unless it is itself
a phrase that is known.
"""

from __future__ import annotations

import re
from itertools import permutations
from typing import TYPE_CHECKING, NamedTuple

from mingtang.screening.hits import Hit, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FEWEST = 6
"""Shorter phrases have neighbours that are right; their wrong writings are listed."""


def halves(phrase: str) -> tuple[str, str]:
    """Return the halves of a phrase, one of which stands in whatever differs once."""
    middle = len(phrase) // 2
    return phrase[:middle], phrase[middle:]


def swapped_across(phrase: str) -> str:
    """Return a phrase with the two characters swapped between which its halves meet.

    The one near miss that leaves neither half whole.
    """
    middle = len(phrase) // 2
    pair = phrase[middle - 1 : middle + 1][::-1]
    return phrase[: middle - 1] + pair + phrase[middle + 1 :]


def swapped_at_ends(phrase: str) -> tuple[str, str]:
    """Return a phrase with its first two characters swapped, and with its last two.

    Near misses that `nearly` leaves, for it asks for the first and last sign.
    """
    return phrase[1::-1] + phrase[2:], phrase[:-2] + phrase[:-3:-1]


def within_one(wrong: str, right: str) -> bool:
    """Return whether two texts differ by one character: put in, left out, other, swapped.

    >>> within_one("中华人名共和国", "中华人民共和国"), within_one("甲乙", "丙丁")
    (True, False)
    """
    if wrong == right or abs(len(wrong) - len(right)) > 1:
        return False
    at = next(
        (n for n, (a, b) in enumerate(zip(wrong, right, strict=False)) if a != b),
        min(len(wrong), len(right)),
    )
    if len(wrong) == len(right):
        swapped = wrong[at : at + 2] == right[at : at + 2][::-1]
        return wrong[at + 1 :] == right[at + 1 :] or (
            swapped and wrong[at + 2 :] == right[at + 2 :]
        )
    longer, shorter = (wrong, right) if len(wrong) > len(right) else (right, wrong)
    return longer[at + 1 :] == shorter[at:]


class Half(NamedTuple):
    """A half of a phrase, and how many characters of the phrase stand before it."""

    phrase: str
    before: int


def both(phrase: str) -> tuple[Half, Half]:
    """Return the two halves of a phrase, in the order of `halves`."""
    return Half(phrase, 0), Half(phrase, len(halves(phrase)[0]))


def other_end(half: Half) -> tuple[str, int, int]:
    """Return the sign at a phrase's other end, and between which places it may stand.

    The places are counted from where the half begins; a near miss moves it by one.
    """
    phrase, before = half
    sign, place = (phrase[0], -before) if before else (phrase[-1], len(phrase) - 1)
    return sign, place - 1, place + 2


def nearly(text: str, at: int, half: Half) -> Iterator[Hit]:
    """Yield the wrong writing of a phrase, one of whose halves begins at a place."""
    phrase, before = half
    if at >= before and text.startswith(phrase, at - before):
        return
    for length in (len(phrase), len(phrase) - 1, len(phrase) + 1):
        start = at + len(phrase) - before - length if before else at
        if start < 0 or start + length > len(text):
            continue
        found = text[start : start + length]
        ends = found[0] == phrase[0] and found[-1] == phrase[-1]
        if not ends or _else(found, phrase, text[start + length : start + length + 1]):
            continue
        if _plain(found, phrase) and within_one(found, phrase):
            why = f"应为“{phrase}”"
            yield Hit(Kind.WORDING, start, start + length, found, why, phrase)
            return


def _else(found: str, phrase: str, after: str) -> bool:
    """Return whether a phrase's neighbour is right: departments, measures under a law."""
    if phrase[-1] == "部":
        return after in {"门", "分"}
    if phrase[-1] == "局":
        return found[-2:] == "分局"
    return phrase[-1] == "法" and (
        found[-2] in "办方做违执司守合依" or after in {"院", "人"}
    )


def _plain(found: str, phrase: str) -> bool:
    """Return whether no stop came in that the phrase has not: two clauses meeting."""
    return not any(
        each in "\n。，；：、！？“”《》（）" for each in set(found) - set(phrase)
    )


COUNTRIES = ("等国", "个国家", "多国", "两国", "三国")
_OURS = ("台湾", "香港", "澳门")
_LIST = re.compile(
    r"(?:[\u4e00-\u9fff]{2,8}、)+[\u4e00-\u9fff]{2,8}(?:等)?(?:[0-9]+|[一二三四五六七八九十两多]+)?个?$"
)
_CLOSED = re.compile(
    r"(?:等|个|多|[两三])?国(?:家(?!和地区|或地区|（地区|及地区))?(?![际内有务外和地])"
)


def countries(text: str, at: int) -> Iterator[Hit]:
    """Yield a list closed by a word for countries that names a part of ours (台港澳)."""
    near = text[max(0, at - 60) : at]
    if not any(each in near for each in _OURS):
        return
    closed = _CLOSED.match(text, at)
    before = _LIST.search(text, max(0, at - 60), at)
    if closed is None or before is None:
        return
    start = before.start()
    lead = re.match(
        r".*(?:来自|出口至|出口到|前往|包括|自|与|和|对|至|到|赴|在|有)",
        before[0].split("、")[0],
    )
    start += lead.end() if lead else 0
    names = [name for name in text[start:at].split("、") if name]
    for name in names:
        ours = next((each for each in _OURS if each in name), None)
        if ours and "中国" not in name:
            others = "、".join(each for each in names if each != name)
            right = f"{others}等国家和中国{ours}地区"
            why = f"{ours}不是国家，应写“中国{ours}（地区）”，与国家分开"
            yield Hit(
                Kind.WORDING, start, closed.end(), text[start : closed.end()], why, right
            )
            return


def alike_at_ends(phrase: str, groups: Iterable[str]) -> Iterator[str]:
    """Yield a phrase with its first or last sign another of one group of look-alikes.

    The near misses that `nearly` leaves, for anything may stand beside a phrase.
    """
    for signs in (group.split() for group in groups):
        for other in signs:
            if phrase[0] in signs and other != phrase[0]:
                yield other + phrase[1:]
            if phrase[-1] in signs and other != phrase[-1]:
                yield phrase[:-1] + other


def orders(parts: tuple[str, ...], joint: str = "、") -> Iterator[str]:
    """Yield every wrong order of what has one right order."""
    for wrong in permutations(parts):
        if wrong != parts:
            yield joint.join(wrong)
