"""Personal data in text: found, and shown only in part."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mingtang.identity import checks_out

# A digit or letter on either side makes it part of a longer code, such as a hash.
_EDGE = r"(?<![0-9A-Za-z]){}(?![0-9A-Za-z])"
IDENTITY_NUMBER = re.compile(_EDGE.format(r"(?:[1-9]\d{16}[\dXx]|[1-9]\d{14})"))
PHONE = re.compile(_EDGE.format(r"(?:\+?86[- ]?)?(1[3-9]\d[- ]?\d{4}[- ]?\d{4})"))
_SHOWN = 4


def masked_name(name: str) -> str:
    """Return the first character of a name and a star.

    >>> masked_name("张三丰")
    '张*'
    """
    return f"{name[:1]}*" if name else ""


def masked_number(number: str) -> str:
    """Return a number, its spaces left out, with all but its two ends starred.

    >>> masked_number("110101199003071234")
    '1101**********1234'
    >>> masked_number("13800138000")
    '138****8000'
    """
    number = re.sub(r"[- ]", "", number)
    ends = _SHOWN if len(number) > 2 * _SHOWN + _SHOWN else _SHOWN - 1
    if len(number) <= ends + _SHOWN:
        return "*" * len(number)
    return number[:ends] + "*" * (len(number) - ends - _SHOWN) + number[-_SHOWN:]


def masked(text: str) -> str:
    """Return a text with every identity number and mobile number in it masked.

    For logs, where hiding too much is better than showing one.

    >>> masked("申请人 110101199003071234，电话 138-0013-8000")
    '申请人 1101**********1234，电话 138****8000'
    """
    for pattern in (IDENTITY_NUMBER, PHONE):
        text = pattern.sub(lambda found: masked_number(found[found.lastindex or 0]), text)
    return text


def personal_data(text: str) -> str | None:
    """Return the first identity or mobile number in a text, masked, or nothing.

    An eighteen-digit number counts only when its check digit is right, so that
    a document's number is not taken for a person's.
    """
    for found in IDENTITY_NUMBER.finditer(text):
        if checks_out(found[0]):
            return masked_number(found[0])
    phone = PHONE.search(text)
    return masked_number(phone[1]) if phone else None


def no_personal_data(text: str) -> None:
    """Refuse a person's number in words that are kept for ever: `ValidationError`."""
    found = personal_data(text)
    if found:
        said = _("这里写的会长期留存，不能写身份证号、手机号（%(found)s），请删去")
        raise ValidationError(said % {"found": found})


def to_keep(text: str, field: str) -> None:
    """Refuse words of a field that are missing or hold a person's number.

    Raises `ValidationError`, which names the field.
    """
    try:
        no_personal_data(text)
    except ValidationError as problem:
        raise ValidationError({field: problem.messages}) from problem
    if not text.strip():
        raise ValidationError({field: _("请填写这一项")})
