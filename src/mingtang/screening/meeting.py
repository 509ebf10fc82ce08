"""Where two right words meet, and a wrong one only seems to stand: 取水|份额 is no 水份.

The right words are data: ``words/meeting.yaml`` holds those of which one is enough,
``words/everyday.yaml`` those of which there must be two, one ending where the other begins.
"""

from __future__ import annotations

from pathlib import Path

import yaml

FOLDER = Path(__file__).parent / "words"
LONGEST = 3
"""Characters of a wrong word that two right ones may make by meeting."""


def _words(file: str) -> frozenset[str]:
    told = yaml.safe_load((FOLDER / file).read_text(encoding="utf-8"))
    return frozenset(word for line in told for word in line.split())


WORDS = _words("meeting.yaml")
_EVERYDAY = WORDS | _words("everyday.yaml")
_LENGTHS = sorted({len(word) for word in _EVERYDAY})


def is_word(word: str) -> bool:
    """Return whether something is a word of every day, and so no one's name."""
    return word in _EVERYDAY


def meets(text: str, start: int, end: int) -> bool:
    """Return whether right words, and no wrong one, stand between two places.

    A word of `WORDS` begins or ends between them and goes beyond, or an everyday word
    ends where another begins, and both go beyond.

    >>> meets("取水份额由机构核定", 1, 3), meets("水份过多", 0, 2)
    (True, False)
    >>> meets("乘轮渡假日加班", 2, 4), meets("外出渡假期间", 2, 4)
    (True, False)
    """
    for at in range(start + 1, end):
        behind = {
            text[at : at + length] for length in _LENGTHS if end < at + length <= len(text)
        }
        before = {text[at - length : at] for length in _LENGTHS if 0 <= at - length < start}
        if not (WORDS.isdisjoint(behind) and WORDS.isdisjoint(before)):
            return True
        if not (_EVERYDAY.isdisjoint(behind) or _EVERYDAY.isdisjoint(before)):
            return True
    return False
