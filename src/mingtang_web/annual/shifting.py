"""Which figures of a section's draft became others since its words were written.

What somebody wrote is not compared with the tables word by word: whoever says that it
still holds is shown what moved, so that a tick is not all that stands between.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TOKEN = re.compile(r"\d+(?:\.\d+)?%?|\D")
_END = "，。；：、（）〔〕\n"
MOST = 24
"""Characters of what stands before and after a figure."""


class Shift(NamedTuple):
    """A place of the draft that says something else now, with the words around it."""

    lead: str
    old: str
    new: str
    tail: str


def shifted(before: str, after: str) -> tuple[Shift, ...]:
    """Return what a draft says otherwise than the one before it, place by place.

    >>> shifted("收到申请3件，结转1件。", "收到申请4件，结转1件。")
    (Shift(lead='收到申请', old='3', new='4', tail='件'),)
    >>> shifted("予以公开2件。", "予以公开2件。")
    ()
    """
    return tuple(_shifts(_TOKEN.findall(before), _TOKEN.findall(after)))


def _shifts(old: Sequence[str], new: Sequence[str]) -> Iterator[Shift]:
    found = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for tag, start, end, first, last in found:
        if tag != "equal":
            lead, tail = "".join(new[:first]), "".join(new[last:])
            gone, come = "".join(old[start:end]), "".join(new[first:last])
            yield Shift(_last(lead), gone.strip(), come.strip(), _first(tail))


def _first(text: str) -> str:
    """Return what follows up to the next mark."""
    ends = (place for place, each in enumerate(text[:MOST]) if each in _END)
    return text[: next(ends, MOST)]


def _last(text: str) -> str:
    """Return what stands before since the last mark."""
    return _first(text[::-1])[::-1]
