"""Text of strangers made safe to show: what steers a screen becomes visible.

A report may carry characters that move a cursor, ring a bell or turn the
direction of writing. They are shown as signs, never obeyed.
"""

from __future__ import annotations

_TAB, _LINE = 0x09, 0x0A
_PICTURES = 0x2400
_STEERING = (
    *range(0x80, 0xA0),
    *(0x061C, 0x200E, 0x200F, 0x2028, 0x2029),
    *range(0x202A, 0x202F),
    *range(0x2066, 0x206A),
    *range(0xD800, 0xE000),
    *(0xFFFE, 0xFFFF),
)
_TABLE: dict[int, int | str] = {
    **{code: _PICTURES + code for code in range(0x20) if code not in {_TAB, _LINE}},
    0x7F: _PICTURES + 0x21,
    **dict.fromkeys(_STEERING, "\ufffd"),
}


def printable(text: str) -> str:
    r"""Return text without a character that would steer a screen.

    Line breaks and tabs stay; control characters become their pictures, turns
    of direction and lone surrogates the replacement sign.

    >>> printable("10\x1b[2J件\u202e")
    '10␛[2J件�'
    """
    return text.translate(_TABLE)


def one_line(text: str) -> str:
    r"""Return text on one line, safe to show.

    >>> one_line("商业\n企业")
    '商业 企业'
    """
    return printable(" ".join(text.split()))
