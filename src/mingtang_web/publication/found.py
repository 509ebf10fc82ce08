"""Something that screening stopped at, as officers see it: never a number in clear."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from mingtang.screening import NAMES, PRIVATE
from mingtang_web import masking

if TYPE_CHECKING:
    from mingtang.screening import Hit
    from mingtang_web.publication.models import Waiver

SHOWN, BESIDE = 60, 12
"""So many characters of a hit are shown, and so many of the words on either side."""


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
    before = text[max(0, hit.start - BESIDE) : hit.start]
    after = text[hit.end : hit.end + BESIDE]
    beside = masking.masked(f"{before.split(chr(10))[-1]}…{after.split(chr(10))[0]}")
    return Found(
        fingerprint="",
        kind=hit.kind,
        name=_(NAMES[hit.kind]),
        where=where,
        part=part,
        start=hit.start,
        end=hit.end,
        shown=masked_words(hit.kind, hit.text),
        around=beside,
        why=hit.why,
        suggestion=hit.suggestion,
    )
