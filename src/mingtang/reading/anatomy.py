"""Who signed a report and when, and the body's fullest name."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from mingtang.place import Place
from mingtang.reading.titles import BODY_END, LONGEST_BODY, SHORTEST_BODY, ZEROS
from mingtang.report import Section, Signature
from mingtang.text import chinese_number, fold, squeeze

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingtang.document import Paragraph
    from mingtang.reading.titles import Titled

_DATE = re.compile(
    r"(?P<y>20\d{2}|二[〇零○0Oo一二三四五六七八九]{3})(?:年|-|/|\.)"
    r"(?P<m>\d{1,2}|[一二三四五六七八九十]{1,2}|元)(?:月|-|/|\.)"
    r"(?P<d>\d{1,2}|[一二三四五六七八九十]{1,3})[日号]?"
)
_COMPILED = re.compile(r"由([\u4e00-\u9fff]{4,30}?)(?:负责)?(?:编制|编写|发布)")
LONGEST_DATE_LINE = 60
"""A line with the day of signing, and perhaps the body, is no longer."""
LAST_SECTION = 6
"""The section after which the signature stands."""


def read_signature(
    paragraphs: Sequence[Paragraph], sections: Sequence[Section]
) -> Signature:
    """Return the signing body and day after the last section, or under the title."""
    last = next((part for part in reversed(sections) if part.number in (5, 6)), None)
    after = list(last.paragraphs) if last else list(paragraphs[-12:])
    signed = [made for at in range(len(after)) if (made := _signed(after, at)) is not None]
    real = [made for made in signed if made.day is not None]
    for each in (*(made for made in real if made.body), *real):
        return each
    early = [block for block in paragraphs[:12] if block.text.strip()[:1] in "(（[〔"]
    for block in early:
        ending = _ending(block._replace(text=block.text.strip().strip("()（）[]〔〕")))
        if ending is not None and ending.day is not None:
            return Signature(None, None, ending.day, _place(block))
    if signed:
        return signed[0]
    if last and last.number == LAST_SECTION and len(after) > 1 and _is_body(after[-1].text):
        return Signature(squeeze(after[-1].text), _place(after[-1]), None, None)
    return Signature()


class _Ending(NamedTuple):
    """A day that a block ends with: the body before it, the day, its words, its place.

    `day` is None where the words name no day that exists.
    """

    body: str
    day: date | None
    words: str
    place: Place


def _place(block: Paragraph) -> Place:
    return block.place(0, len(block.text))


def _ending(block: Paragraph) -> _Ending | None:
    """Return the day that a block ends with, after a body's name, a sentence or nothing."""
    start = block.text.rstrip(" 。\n").rfind("。") + 1
    tail = block.text[start:]
    if len(tail.strip()) > LONGEST_DATE_LINE:
        return None
    plain = squeeze(tail).strip("()。")
    match = _DATE.search(plain)
    if match is None or match.end() != len(plain):
        return None
    before = plain[: match.start()].strip("([〔【")
    if before and not BODY_END.search(before):
        return None
    start += len(tail) - len(tail.lstrip())
    place = block.place(start, len(block.text))
    return _Ending(before, _day(match), match[0], place)


def _day(match: re.Match[str]) -> date | None:
    try:
        return date(*(_integer(match[name]) for name in "ymd"))
    except ValueError:
        return None


def _integer(text: str) -> int:
    if text.isdecimal():
        return int(text)
    number = 1 if text == "元" else chinese_number(ZEROS.sub("〇", text))
    return 0 if number is None else number


def _signed(after: Sequence[Paragraph], index: int) -> Signature | None:
    """Return the signature that ends with a block, None where no day ends it."""
    ending = _ending(after[index])
    if ending is None:
        return None
    misdated = ending.words if ending.day is None else None
    if ending.body:
        return Signature(ending.body, ending.place, ending.day, ending.place, misdated)
    if index and ending.place.start == 0 and _is_body(after[index - 1].text):
        body, place = squeeze(after[index - 1].text), _place(after[index - 1])
        return Signature(body, place, ending.day, ending.place, misdated)
    return Signature(None, None, ending.day, ending.place, misdated)


def _is_body(text: str) -> bool:
    plain = squeeze(text)
    return (
        SHORTEST_BODY <= len(plain) <= LONGEST_BODY
        and BODY_END.search(plain) is not None
        and "," not in plain
    )


def read_body(
    title: Titled, signature: Signature, paragraphs: Sequence[Paragraph]
) -> str | None:
    """Return the body's fullest name that the document itself prints.

    The title's, unless the signature or a sentence 由…编制 gives a longer name
    that ends with it.
    """
    known = title.body or signature.body
    if known is None:
        return None
    fuller = [signature.body] if signature.body else []
    for block in paragraphs[:12]:
        if "由" in block.text:
            fuller += [match[1] for match in _COMPILED.finditer(fold(block.text[:600]))]
    for name in fuller:
        if name is not None and name.endswith(known) and len(name) > len(known):
            return name
    return known
