"""Where what was sought stands in a text: spans of it, for a page to mark.

The text is that of the entry, as it was printed; nothing of it is markup.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from mingtang_web.searching.folding import WIDE, folded, traced

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang_web.searching.entries import Entry
    from mingtang_web.searching.wanted import Term, Wanted

BEFORE, LONGEST = 24, 120
"""An excerpt has so many characters before the first mark, and in all."""
_BETWEEN = r"[\W_]{0,8}"
_ENDS = "。！？!?\n"


class Marked(NamedTuple):
    """A text with the spans that are to be marked; ``cut`` before it, behind it."""

    text: str
    spans: tuple[tuple[int, int], ...] = ()
    before: bool = False
    behind: bool = False

    def pieces(self) -> Iterator[tuple[str, bool]]:
        """Yield the text piece by piece, with whether each is marked."""
        ends = [0, *(end for span in self.spans for end in span), len(self.text)]
        for place, (first, last) in enumerate(pairwise(ends)):
            if first < last:
                yield self.text[first:last], place % 2 == 1


def marked(text: str, wanted: Wanted) -> Marked:
    """Return a text with everything sought in it marked."""
    return Marked(text, tuple(_spans(text, wanted)))


def excerpt(entry: Entry, wanted: Wanted) -> Marked:
    """Return what stands around the first place of an entry's text, or its beginning.

    Where only an attachment holds it, it is taken from that.
    """
    pattern = re.compile(_pattern(wanted) or r"(?!)")
    files = (f"{name}：{text}" for name, text in entry.attachments)
    for text in (entry.text, *files):
        start = _first(text, pattern)
        if start is not None:
            line = text[start:].partition("\n")[0]
            return _around(text, start, list(_spans(line, wanted)))
    return _around(entry.text, 0, [])


def _first(text: str, pattern: re.Pattern[str]) -> int | None:
    """Return where the first line begins in which something stands.

    To fold a line is quick; the way back from it is asked for that one only.
    """
    start = 0
    for line in text.split("\n"):
        if pattern.search(folded(line)):
            return start
        start += len(line) + 1
    return None


def _around(text: str, start: int, spans: list[tuple[int, int]]) -> Marked:
    """Return what stands around the first span; spans count from ``start``."""
    spans = [(a + start, b + start) for a, b in spans]
    found = spans[0][0] if spans else start
    first = max(found - BEFORE, 0)
    # A sentence that begins in between is where to begin.
    end = max(text.rfind(sign, first, found) for sign in _ENDS)
    first = end + 1 if end >= 0 else first
    last = min(first + LONGEST, len(text))
    shown = text[first:last].replace("\n", " ").replace("\t", " ")
    inside = [(max(a, first) - first, min(b, last) - first) for a, b in spans if a < last]
    return Marked(shown, tuple(inside), before=first > 0, behind=last < len(text))


def _spans(text: str, wanted: Wanted) -> Iterator[tuple[int, int]]:
    """Yield the spans of what is sought, in their order, none upon another."""
    pattern = _pattern(wanted)
    if not pattern:
        return
    there = traced(text)
    for found in re.finditer(pattern, there.text):
        first, last = there.origins[found.start()], there.origins[found.end() - 1]
        yield first, last + 1


def _pattern(wanted: Wanted) -> str:
    """Return what a page marks: the words as typed, else their parts."""
    whole = [_BETWEEN.join(map(_run, term.runs)) for term in wanted.terms]
    parts = [_run(run) for term in wanted.terms if not term.exact for run in term.runs]
    pairs = [token for term in wanted.terms if not term.exact for token in _pairs(term)]
    return "|".join(dict.fromkeys([*whole, *parts, *pairs]))


def _run(run: str) -> str:
    if re.match(f"[{WIDE}]", run):
        return re.escape(run)
    return rf"(?<![0-9a-z]){re.escape(run)}(?![0-9a-z])"


def _pairs(term: Term) -> Iterator[str]:
    for token in term.loose:
        if re.match(f"[{WIDE}]", token):
            yield re.escape(token)
