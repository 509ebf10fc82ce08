"""What a reason is that stays with a report: some words, and not what is known already."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mingtang_web import masking

LEAST, DIFFERENT = 8, 4
"""So many characters at least, and so many different ones; punctuation not counted."""


def to_stay(text: str, known: str = "") -> str:
    """Return a reason, tidied, that says more than ``known``.

    Raises `ValidationError`, which names the field ``reason``.
    """
    masking.to_keep(text, "reason")
    said, before = _letters(text), _letters(known)
    if before and said in before:
        raise ValidationError(
            {"reason": _("这是照抄原话，不是理由；请写明为什么、依据什么")}
        )
    own = said.replace(before, "") if before else said
    if len(own) < LEAST or len(set(own)) < DIFFERENT:
        told = _("理由太短，日后看不懂；请写明为什么、依据什么，不少于%(least)s个字")
        raise ValidationError({"reason": told % {"least": LEAST}})
    return text.strip()


def _letters(text: str) -> str:
    return "".join(each for each in text if each.isalnum())
