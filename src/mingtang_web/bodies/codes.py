"""The unified social credit code: what it may look like, and its check character."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_FORM = re.compile(rf"[{_CHARACTERS}]{{18}}")


def check_character(first: str) -> str:
    """Return the last character of a unified code whose first seventeen are ``first``.

    GB 32100—2015: weights are powers of three, the remainder is taken by 31.

    >>> check_character("91350100M000100Y4")  # the standard's own example
    '3'
    """
    values = (_CHARACTERS.index(character) for character in first)
    total = sum(value * 3**place for place, value in enumerate(values))
    return _CHARACTERS[-total % len(_CHARACTERS)]


def validate_unified_code(code: str) -> None:
    """Accept a unified social credit code (统一社会信用代码).

    Raises `ValidationError` where its form or check character is wrong.
    """
    if not _FORM.fullmatch(code):
        message = _("统一社会信用代码应为18位数字和大写字母（不含 I、O、S、V、Z），请核对")
        raise ValidationError(message, code="form")
    if check_character(code[:-1]) != code[-1]:
        message = _("统一社会信用代码的末位校验码与前17位不符，请核对是否抄错")
        raise ValidationError(message, code="check")
