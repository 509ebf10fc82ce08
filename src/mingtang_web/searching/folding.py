"""Text as it is indexed: widths, scripts and cases alike, Han runs by twos.

A run of Chinese characters becomes its overlapping pairs, so that every word of two
or more characters stands in it as a phrase of pairs, whatever a dictionary thinks. At
both ends of a run stands its single character: a phrase that goes on over punctuation
or into figures is one too. Punctuation and line ends part runs; which mark it was does
not count, so a number (文号) is the same in all brackets.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from mingtang.text import simplified

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

VERSION = "1"
"""Of these rules: an index made by others must be made anew."""
LONGEST = 40
"""Longer words of letters and figures are cut into pieces of so many."""
WIDE = (
    "\u3005\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Characters that are written without spaces between words."""
_RUN = re.compile(rf"(?P<wide>[{WIDE}]+)|[^\W_{WIDE}]+")
_GAP = re.compile(rf"(?<=[{WIDE}]) +(?=[{WIDE}])")
_WIDE = re.compile(f"[{WIDE}]")
_UNSEEN = frozenset({"Mn", "Mc", "Me", "Cf"})


class _Table(dict[int, str]):
    """What each character is folded to, found when it is first met."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        unseen = unicodedata.category(sign) in _UNSEEN
        self[code] = folded = "" if unseen else simplified(sign).casefold()
        return folded


_TABLE = _Table()


class Run(NamedTuple):
    """Characters of one sort in a row, folded; ``wide`` are those without spaces."""

    text: str
    wide: bool


class Folded(NamedTuple):
    """A folded text, and for each character of it the place it has in the first one."""

    text: str
    origins: Sequence[int]


def composed(text: str) -> str:
    """Return a text with accents joined to their letters, as entries are stored."""
    return unicodedata.normalize("NFC", text)


def folded(text: str) -> str:
    """Return a text as it is compared; spaces between Chinese characters do not count.

    >>> folded("關於ＰＤＦ的 通 知")
    '关于pdf的通知'
    """
    return _GAP.sub("", text.translate(_TABLE))


def traced(text: str) -> Folded:
    """Return the same with the way back to the text as it is printed."""
    parts = [_TABLE[ord(sign)] for sign in text]
    origins = [place for place, part in enumerate(parts) for _ in part]
    whole = "".join(parts)
    kept, last = [], 0
    for gap in _GAP.finditer(whole):
        kept += origins[last : gap.start()]
        last = gap.end()
    return Folded(_GAP.sub("", whole), kept + origins[last:])


def runs(text: str) -> list[Run]:
    """Return the runs of a text.

    >>> [run.text for run in runs("西政发〔2024〕3号")]
    ['西政发', '2024', '3', '号']
    """
    found = _RUN.finditer(folded(text))
    return [Run(each.group(), each["wide"] is not None) for each in found]


def tokens(text: str) -> Iterator[str]:
    """Yield what of a text goes into an index, in its order.

    >>> " ".join(tokens("公开指南(2024)"))
    '公 公开 开指 指南 南 2024'
    """
    for run in runs(text):
        yield from of_run(run)


def of_run(run: Run) -> Iterator[str]:
    """Yield the tokens of a run."""
    if not run.wide:
        for start in range(0, len(run.text), LONGEST):
            yield run.text[start : start + LONGEST]
        return
    yield run.text[0]
    if len(run.text) > 1:
        yield from pairs(run.text)
        yield run.text[-1]


def pairs(text: str) -> Iterator[str]:
    """Yield the overlapping pairs of characters."""
    for first, second in pairwise(text):
        yield first + second


def singles(*texts: str) -> list[str]:
    """Return every Chinese character that stands in some texts, once, in one order.

    >>> singles("公开", "公示 A")
    ['公', '开', '示']
    """
    found = {sign for text in texts for sign in folded(text)}
    return sorted(_WIDE.findall("".join(found)))


def number_key(text: str) -> str:
    """Return a number (文号、索引号) as numbers are compared: runs, nothing between them.

    >>> number_key("西政发〔2024〕3号") == number_key("西政发 [２０２４] 3 号")
    True
    """
    return " ".join(run.text for run in runs(text))
