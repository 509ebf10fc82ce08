"""Named fields in the text of a template, filled once and never looked at again.

A field is a name in braces: ``{received_on}``. Two braces stand for one. What
is put into a field is never searched for fields, so that no applicant writes
our letters.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_MARK = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")


class FieldError(ValueError):
    """A template has a field that nobody knows, or a brace that opens none."""


def names(text: str) -> frozenset[str]:
    """Return the names of a text's fields; raises `FieldError` for a stray brace.

    >>> sorted(names("{body}于{received_on}收到{{原件}}"))
    ['body', 'received_on']
    """
    found = set()
    for mark in _MARK.finditer(text):
        if mark[1] is not None:
            found.add(mark[1])
        elif mark[0] in "{}":
            message = f"“{text}”里有单独的“{mark[0]}”；字段写成{{名称}}，花括号本身须双写"
            raise FieldError(message)
    return frozenset(found)


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return a text with its fields filled; raises `FieldError` for an unknown one.

    >>> fill("本机关于{day}收到", {"day": "{body}"})
    '本机关于{body}收到'
    """
    unknown = sorted(names(text) - set(values))
    if unknown:
        message = f"“{text}”里没有这样的字段：{'、'.join(unknown)}"
        raise FieldError(message)
    return _MARK.sub(lambda mark: _shown(mark, values), text)


def literal(text: str) -> str:
    """Return a text in which braces are braces and no fields.

    >>> fill(literal("附件{1}"), {})
    '附件{1}'
    """
    return text.replace("{", "{{").replace("}", "}}")


def _shown(mark: re.Match[str], values: Mapping[str, str]) -> str:
    return mark[0][0] if mark[1] is None else values[mark[1]]
