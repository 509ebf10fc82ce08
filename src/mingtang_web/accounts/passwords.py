"""Passwords that look long and are not: one pattern over and over, keyboard rows, years."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_ROWS = (
    "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
)  # fmt: skip
_RUN = 4
_FEWEST_LEFT = 6


class EasyPatternValidator:
    """Refuses passwords of which little is left once the guessable parts are out."""

    def validate(self, password: str, user: object = None) -> None:  # noqa: ARG002 - Django's signature
        """Accept a password.

        Raises `ValidationError` where repeats, runs and years make up most of it.
        """
        left = re.sub(r"(.+?)\1{2,}", r"\1", password.lower())
        left = re.sub(r"(19|20)\d\d(0[1-9]|1[0-2])?", "", left)
        left = _without_runs(left)
        if len(set(left)) < _FEWEST_LEFT:
            message = _(
                "口令大多是重复、连续的字符或者年份，容易被猜到；请换成几个不相干的词"
            )
            raise ValidationError(message, code="password_easy")

    def get_help_text(self) -> str:
        """Return the rule in plain words."""
        return _("不要用重复、连续的字符或者年份拼凑")


def _without_runs(text: str) -> str:
    """Cut every run of four or more along a keyboard row or the alphabet, either way."""
    for row in (*_ROWS, *(row[::-1] for row in _ROWS)):
        for start in range(len(row) - _RUN + 1):
            text = text.replace(row[start : start + _RUN], "")
    return text
