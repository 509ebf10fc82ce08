"""Sentences that were drafted, kept as they were but for their numbers: do these hold?

An officer goes on from the draft. Where a sentence of theirs has the letters of a
drafted one, whatever its digits, punctuation and spaces, it says what the draft says,
and its numbers are held against those the figures give now. What was said in other
words is nobody's draft any more: it is not judged here.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from mingtang.compiling.numbered import Numbered, differing, numbered
from mingtang.compiling.prose import without_gaps
from mingtang.compiling.rules import SENTENCE_DIFFERS
from mingtang.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mingtang.document import Paragraph
    from mingtang.report import Report

_ENDS = re.compile(r"[。！？!?\n]")
_ALIKE = 0.5
"""How much of their letters two sentences share that tell of the same."""


class Compared(NamedTuple):
    """What holding a text against its draft gave.

    ``sentences`` is how many drafted sentences with numbers stand in the text; the rest
    of the text was not compared. ``findings`` are those whose numbers are others.
    """

    findings: tuple[Finding, ...] = ()
    sentences: int = 0


def compared(
    report: Report,
    drafted: Mapping[int, Iterable[str]],
    earlier: Iterable[str] = (),
) -> Compared:
    """Hold the sentences of a report against what its figures draft now.

    ``drafted`` are the paragraphs of the draft by section, ``earlier`` drafts of before:
    a sentence of theirs that the figures do not draft any more, but tell otherwise, is
    found as well. The report is one that `reworded` gave.
    """
    now = _sentences(text for texts in drafted.values() for text in texts)
    gone = {key: each for key, each in _sentences(earlier).items() if key not in now}
    known = now | gone
    parts = [report.preface, *(part.paragraphs for part in report.sections)]
    found = [each for part in parts for each in _matches(part, known)]
    said = {each.key for each in found}
    left = [each for key, each in now.items() if key not in said]
    findings = (
        _moved(each, now[each.key]) if each.key in now else _gone(each, left)
        for each in found
    )
    told = sum(bool(each.numbers) for key, each in now.items() if key in said)
    return Compared(tuple(each for each in findings if each is not None), told)


class _Match(NamedTuple):
    """A sentence of the text with the letters of a drafted one, and where it stands."""

    key: str
    said: Numbered
    paragraph: Paragraph
    start: int
    end: int

    def finding(self, told: str, subject: str) -> Finding:
        """Return that it says something else than the figures."""
        quote = self.said.text
        return Finding(
            SENTENCE_DIFFERS,
            SENTENCE_DIFFERS.message.format(quote=quote, told=told),
            (),
            (self.paragraph.place(self.start, self.end),),
            quote=quote,
            subject=subject,
        )


def _sentences(texts: Iterable[str]) -> dict[str, Numbered]:
    """Return the sentences of drafts by their letters; of two alike the first."""
    found: dict[str, Numbered] = {}
    for text in texts:
        for each in _ENDS.split(without_gaps(text)):
            sentence = numbered(each.strip())
            if sentence.key:
                found.setdefault(sentence.key, sentence)
    return found


def _matches(
    paragraphs: Sequence[Paragraph], known: Mapping[str, Numbered]
) -> Iterator[_Match]:
    """Yield where drafted sentences stand, the longest first, none within another."""
    whole = numbered("\n".join(each.text for each in paragraphs))
    taken: set[int] = set()
    for key in sorted(known, key=len, reverse=True):
        for first in whole.standing(key):
            letters = range(first, first + len(key))
            if taken.isdisjoint(letters):
                taken.update(letters)
                yield _match(key, whole.part(letters, known[key]), paragraphs)


def _match(
    key: str, stretch: tuple[int, int, Numbered], paragraphs: Sequence[Paragraph]
) -> _Match:
    start, end, said = stretch
    for each in paragraphs:
        if start <= len(each.text):
            break
        start, end = start - len(each.text) - 1, end - len(each.text) - 1
    return _Match(key, said, each, start, min(end, len(each.text)))


def _moved(match: _Match, drafted: Numbered) -> Finding | None:
    """Return in which numbers a sentence differs from its draft, None where in none."""
    places = differing(match.said, drafted)
    told = "；".join(
        f"文字写“{said}”，按现在的数字起草是“{instead}”" for said, instead in places
    )
    return match.finding(told, drafted.text) if places else None


def _gone(match: _Match, left: Iterable[Numbered]) -> Finding | None:
    """Return that the figures tell a sentence of an earlier draft otherwise now."""
    likeness = SequenceMatcher(b=match.key, autojunk=False)
    best, instead = _ALIKE, None
    for each in left:
        likeness.set_seq1(each.key)
        if likeness.ratio() > best:
            best, instead = likeness.ratio(), each
    if instead is None:
        told = "这是按以前的数字起草的，现在的数字起草不出这一句"
        return match.finding(told, "") if match.said.numbers else None
    if match.said.values == instead.values:
        return None
    told = f"这是按以前的数字起草的，按现在的数字起草是“{instead.text}”"
    return match.finding(told, instead.text)
