"""Where two right words meet, and a wrong one only seems to stand: 取水|份额 is no 水份.

The right words are data: ``words/meeting.yaml``.
"""

from __future__ import annotations

from pathlib import Path

import yaml

FILE = Path(__file__).parent / "words" / "meeting.yaml"
LONGEST = 3
"""Characters of a wrong word that two right ones may make by meeting."""


def _words() -> tuple[str, ...]:
    told = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return tuple(word for line in told for word in line.split())


WORDS = _words()
_BY_FIRST: dict[str, list[str]] = {}
_BY_LAST: dict[str, list[str]] = {}
for _word in WORDS:
    _BY_FIRST.setdefault(_word[0], []).append(_word)
    _BY_LAST.setdefault(_word[-1], []).append(_word)


def meets(text: str, start: int, end: int) -> bool:
    """Return whether a right word begins or ends between two places and goes beyond.

    >>> meets("取水份额由机构核定", 1, 3), meets("水份过多", 0, 2)
    (True, False)
    """
    for at in range(start + 1, end):
        behind = _BY_FIRST.get(text[at], ())
        if any(at + len(word) > end and text.startswith(word, at) for word in behind):
            return True
        before = _BY_LAST.get(text[at - 1], ())
        if any(
            0 <= at - len(word) < start and text.startswith(word, at - len(word))
            for word in before
        ):
            return True
    return False
