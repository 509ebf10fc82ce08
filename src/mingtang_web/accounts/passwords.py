"""Which passwords are refused, and why, in plain words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.contrib.auth import password_validation as django
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from mingtang_web.accounts.models import User

_ROWS = (
    "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
)  # fmt: skip
_RUN = 4
_FEWEST_LEFT = 7
_LONGEST = 128
"""So much of a password is looked at: repeats cost the square of its length."""


class LengthValidator(django.MinimumLengthValidator):
    """Refuses short passwords."""

    def get_error_message(self) -> str:
        """Return what is wrong."""
        return _("口令太短：至少要 %(length)d 个字") % {"length": self.min_length}

    def get_help_text(self) -> str:
        """Return the rule."""
        return _("至少 %(length)d 个字，可以用汉字") % {"length": self.min_length}


class CommonValidator(django.CommonPasswordValidator):
    """Refuses the twenty thousand passwords that are tried first."""

    def get_error_message(self) -> str:
        """Return what is wrong."""
        return _("这个口令很多人在用，最先被猜；请换一个")

    def get_help_text(self) -> str:
        """Return the rule."""
        return _("不要用常见的口令")


class SimilarityValidator(django.UserAttributeSimilarityValidator):
    """Refuses passwords made of the person's own name, e-mail or phone."""

    def get_error_message(self) -> str:
        """Return what is wrong."""
        return _("口令与您的%(verbose_name)s太像，容易被猜到；请换一个")

    def get_help_text(self) -> str:
        """Return the rule."""
        return _("不要用自己的姓名、用户名、邮箱或者电话")


class EasyPatternValidator:
    """Refuses passwords of which little is left once the guessable parts are out."""

    def validate(self, password: str, user: User | None = None) -> None:  # noqa: ARG002 - Django's signature
        """Accept a password.

        Raises `ValidationError` where repeats, runs and years make up most of it.
        """
        left = re.sub(r"(.+?)\1{2,}", r"\1", password[:_LONGEST].lower())
        left = re.sub(r"(19|20)\d\d(0[1-9]|1[0-2])?", "", left)
        if len(set(_without_runs(left))) < _FEWEST_LEFT:
            message = _(
                "口令大多是重复、连续的字符或者年份，容易被猜到；请换成几个不相干的词"
            )
            raise ValidationError(message, code="password_easy")

    def get_help_text(self) -> str:
        """Return the rule."""
        return _("不要用重复、连续的字符或者年份拼凑")


def _without_runs(text: str) -> str:
    """Cut every run of four or more along a keyboard row or the alphabet, either way."""
    for row in (*_ROWS, *(row[::-1] for row in _ROWS)):
        for start in range(len(row) - _RUN + 1):
            text = text.replace(row[start : start + _RUN], "")
    return text
