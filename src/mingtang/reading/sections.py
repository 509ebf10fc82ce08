"""The six sections, found by their headings, numbered or not, in any wording."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache, lru_cache
from itertools import zip_longest
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.distance import Levenshtein

from mingtang.document import Paragraph
from mingtang.form.loading import editions
from mingtang.reading.headings import ODD_ORDINAL, ODD_SIGNS, WORDS
from mingtang.reading.vocabulary import Kind, sense, vocabulary
from mingtang.report import Section
from mingtang.text import chinese_number, fold, label_key, simplified

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST = 45
"""A heading has at most this many characters."""

LONGEST_OTHER = 24
"""A heading of a part that the form does not know is at most this long."""

_ORDINAL = re.compile(
    r"^[a-zA-Z]?\s*第?([一二三四五六七八九十]{1,3})\s*(?:部分|章)?\s*[、.．,，:：]\s*|^第([一二三四五六七八九十]{1,3})(?:部分|章)\s*"
)
_LIKENESS = 0.62
_EXACT = {label_key(wording): number for number, wordings in WORDS for wording in wordings}


_number = attrgetter("number")


class _Heading(NamedTuple):
    number: int | None
    ordinal: int | None
    likeness: float
    block: Paragraph
    heading: str
    rest: str


def find_sections(paragraphs: Sequence[Paragraph]) -> tuple[Section, ...]:
    """Return the sections in reading order, each with its text blocks.

    A heading without its numeral counts when its words are the form's; a
    numbered heading that is none of the six is a section without number.
    """
    headings = _chosen([found for block in paragraphs for found in _headings(block)])
    return tuple(
        _section(heading, following, paragraphs)
        for heading, following in zip_longest(headings, headings[1:])
    )


def first_heading(paragraphs: Sequence[Paragraph]) -> int | None:
    """Return the number of the first block that is a heading of the form, or None."""
    for block in paragraphs:
        if any(heading.number is not None for heading in _headings(block)):
            return block.number
    return None


def _headings(block: Paragraph) -> list[_Heading]:
    """Return the heading a block is, or opens with, or none."""
    text = block.text
    if len(text) <= LONGEST:
        found = _whole(block)
        if found is not None:
            return [found]
    return _opening(block)


def _whole(block: Paragraph) -> _Heading | None:
    parsed = _parsed(block.text)
    if parsed is None:
        return None
    number, ordinal, likeness = parsed
    return _Heading(number, ordinal, likeness, block, block.text, "")


@lru_cache(maxsize=8192)
def _parsed(text: str) -> tuple[int | None, int | None, float] | None:
    """Return section, numeral and likeness of a line that is a heading, else None."""
    folded = fold(text).strip()
    match = _ORDINAL.match(folded)
    key = label_key(folded[match.end() :] if match else folded)
    if not key:
        return None
    if match is None:
        return _oddly_numbered(folded, key)
    ordinal = chinese_number(match[1] or match[2])
    number, likeness = _best(key)
    if folded[-1] in "。;," and likeness < 1.0:
        return None
    if likeness < _LIKENESS:
        return (
            None
            if _is_label(text) or len(key) > LONGEST_OTHER
            else (None, ordinal, likeness)
        )
    return number, ordinal, likeness


def _oddly_numbered(folded: str, key: str) -> tuple[int | None, int | None, float] | None:
    """Return the section of a line in the form's own words, numbered otherwise or not."""
    number = _EXACT.get(key)
    if number is not None:
        return None if folded[-1] in "。;," else (number, None, 1.0)
    match = ODD_ORDINAL.match(folded)
    if match is None:
        return None
    number = _EXACT.get(label_key(folded[match.end() :]))
    ordinal = next((at for at, signs in ODD_SIGNS if match[1] in signs), None)
    return (number, ordinal, 1.0) if number is not None and number == ordinal else None


def _is_label(text: str) -> bool:
    """Return whether a line is a line label of a table, or one that was cut short."""
    if sense(text).kind in (Kind.LINE, Kind.GROUP):
        return True
    key = label_key(text)
    return any(label.startswith(key) for label in vocabulary().lines)


@lru_cache(maxsize=4096)
def _best(key: str) -> tuple[int | None, float]:
    best, score = None, 0.0
    for number, wordings in WORDS:
        for wording in wordings:
            likeness = Levenshtein.normalized_similarity(key, wording)
            if likeness > score:
                best, score = number, likeness
    return best, score


_OPENING = re.compile(
    r"(?:第?[一二三四五六](?:部分)?[、.．:：]\s*)(?:"
    + "|".join(r"\s*[、,，]?\s*".join(wording) for _, all_ in WORDS for wording in all_)
    + r")[。:：\s]*"
)


_HINTS = (
    "总体情况",
    "概述",
    "主动公开",
    "依申请",
    "行政复议",
    "问题",
    "报告的",
    "需要报告",
)


def _opening(block: Paragraph) -> list[_Heading]:
    """Return the headings that stand inside a block run together with its text."""
    text = block.text
    if not any(hint in text for hint in _HINTS):
        return []
    matches = list(_OPENING.finditer(text))
    if not matches or (matches[0].start() > 0 and len(matches) == 1):
        return []
    found = []
    for match, after in zip(matches, [*matches[1:], None], strict=True):
        rest = block.text[match.end() : after.start() if after else None]
        ordinal = _ORDINAL.match(match[0])
        number, likeness = _best(
            label_key(match[0][ordinal.end() :] if ordinal else match[0])
        )
        numeral = chinese_number(ordinal[1] or ordinal[2]) if ordinal else None
        printed = block.text[match.start() : match.end()].strip()
        found.append(_Heading(number, numeral, likeness, block, printed, rest.strip()))
    return found


def _chosen(headings: Sequence[_Heading]) -> list[_Heading]:
    """Return the headings with one best for every section of the form.

    A table of contents repeats them: the one with text after it wins, then the
    one most like the form; the rest keep no number.
    """
    best: dict[int, int] = {}
    for index, heading in enumerate(headings):
        if heading.number is not None:
            rival = best.get(heading.number)
            if rival is None or _beats(headings, index, rival):
                best[heading.number] = index
    chosen = []
    for index, heading in enumerate(headings):
        if heading.number is None or best[heading.number] == index:
            chosen.append(heading)
        elif (
            not _listed(headings, index)
            and heading.heading != headings[best[heading.number]].heading
        ):
            chosen.append(heading._replace(number=None))
    return chosen


def _listed(headings: Sequence[_Heading], index: int) -> bool:
    """Return whether a heading stands in a list of headings, with no text after it."""
    heading = headings[index]
    following = headings[index + 1].block.number if index + 1 < len(headings) else 0
    return following == heading.block.number + 1 and not heading.rest


def _beats(headings: Sequence[_Heading], index: int, other: int) -> bool:
    """Return whether a heading is a better one for its section than one before it."""
    heading, rival = headings[index], headings[other]
    if heading.likeness == rival.likeness:
        return _listed(headings, other) and heading.ordinal == rival.ordinal
    numbered = heading.ordinal == heading.number
    return (numbered, heading.likeness) > (rival.ordinal == rival.number, rival.likeness)


@cache
def _form() -> dict[int, str]:
    return {part.number: part.heading for part in editions()[0].sections}


def _section(
    heading: _Heading, following: _Heading | None, paragraphs: Sequence[Paragraph]
) -> Section:
    start = heading.block.number
    end = following.block.number if following else paragraphs[-1].number + 1
    first = bisect_right(paragraphs, start, key=_number)
    inside = list(paragraphs[first : bisect_left(paragraphs, end, key=_number)])
    if heading.rest:
        inside.insert(0, heading.block._replace(text=heading.rest))
    place = heading.block.place(0, len(heading.heading))
    form = _form()
    standard = heading.number is not None and _standard(
        heading.heading, form[heading.number]
    )
    return Section(
        heading.number, heading.heading, heading.ordinal, standard, place, tuple(inside)
    )


@lru_cache(maxsize=4096)
def _standard(heading: str, form: str) -> bool:
    """Return whether the words after the numeral are the form's, sign for sign."""
    printed = fold(heading).replace(" ", "").rstrip(":。")
    match = _ORDINAL.match(printed)
    words = printed[match.end() :] if match else printed
    return fold(form).split("、", 1)[1] in (words, simplified(words))
