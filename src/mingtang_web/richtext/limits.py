"""How much of somebody else's text is read."""

from __future__ import annotations

from django.utils.translation import gettext as _

LARGEST = 5_000_000
"""Characters of one text, markup included."""
DEEPEST = 6
"""Lists, tables and quotations within one another; what lies deeper is paragraphs."""
MOST_BLOCKS = 100_000
WIDEST, TALLEST = 100, 1000
"""Columns and rows that one cell may span."""


class TooLargeError(ValueError):
    """More text than is read; says how much there is, and what to do."""


def within(html: str) -> str:
    """Return the text itself; raises `TooLargeError`."""
    if len(html) > LARGEST:
        raise TooLargeError(
            _(
                "正文连同格式有%(n)s个字符，超过%(most)s个的上限，没有读取；请分成几件，或者把长表作为附件"
            )
            % {"n": len(html), "most": LARGEST}
        )
    return html


def few_enough(blocks: int) -> None:
    """Raise `TooLargeError` where a text has more paragraphs than are read."""
    if blocks > MOST_BLOCKS:
        raise TooLargeError(
            _(
                "正文的段落和表格单元超过%(most)s个的上限，没有读取；请分成几件，或者把长表作为附件"
            )
            % {"most": MOST_BLOCKS}
        )
