"""Something that screening stopped at, as officers see it: never a number in clear."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from mingtang.screening import NAMES, PRIVATE
from mingtang_web import masking

if TYPE_CHECKING:
    from mingtang.screening import Hit
    from mingtang_web.publication.models import Waiver

SHOWN, BESIDE = 60, 12
"""So many characters of a hit are shown, and so many of the words on either side."""
_WIDEST = 40
"""So many more are looked at, for a number that the cut would halve."""
_NUMBER = re.compile(r"\d(?:[ \t-]{0,2}[\dXx]){4,}")
_DIGIT = re.compile(r"[\dXx]")


class Found(NamedTuple):
    """Something that screening stopped at.

    ``where`` says the place in words; ``part`` is the field or ``html``, ``start`` and
    ``end`` characters of its plain text. ``shown`` is what stands there, personal data
    masked, ``around`` the words beside it. ``waiver`` is why it may stay, if it may.
    """

    fingerprint: str
    kind: str
    name: str
    where: str
    part: str
    start: int
    end: int
    shown: str
    around: str
    why: str
    suggestion: str
    waiver: Waiver | None = None

    @property
    def is_private(self) -> bool:
        """Whether it tells of a person."""
        return self.kind in PRIVATE


def known_by(kind: str, words: str, part: str, count: int) -> str:
    """Return by what a hit is known again: its kind, words, part, and how many before."""
    said = "\0".join((kind, words, part, str(count)))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def masked_words(kind: str, words: str) -> str:
    """Return what of a hit may be seen."""
    shown = masking.masked_number(words) if kind in PRIVATE else masking.masked(words)
    return shown[:SHOWN]


def told(hit: Hit, part: str, where: str, text: str) -> Found:
    """Return a hit in a text as it is shown; its fingerprint is still to come."""
    return Found(
        fingerprint="",
        kind=hit.kind,
        name=_(NAMES[hit.kind]),
        where=where,
        part=part,
        start=hit.start,
        end=hit.end,
        shown=masked_words(hit.kind, hit.text),
        around=_beside(hit, text),
        why=hit.why,
        suggestion=hit.suggestion,
    )


def _beside(hit: Hit, text: str) -> str:
    """Return the words on either side of a hit, nothing of another's number among them.

    A number is starred before the words are cut, because half of one matches no pattern;
    so is every long run of digits, which may be a card's or a birth date's.
    """
    begins = max(0, hit.start - BESIDE - _WIDEST)
    before = _starred(text[begins : hit.start])[-BESIDE:] if hit.start else ""
    after = _starred(text[hit.end : hit.end + BESIDE + _WIDEST])[:BESIDE]
    return f"{before.split(chr(10))[-1]}…{after.split(chr(10))[0]}"


def _starred(words: str) -> str:
    """Return words as long as they were, with the long runs of digits in them starred."""
    return _NUMBER.sub(lambda run: _DIGIT.sub("*", run[0]), words)
