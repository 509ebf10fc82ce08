"""What a box without scripts shows of a document, and what is typed into it."""

from __future__ import annotations

import re
from html import escape

from mingtang_web.richtext.blocks import BREAK, INDENTED, Block, Run, written
from mingtang_web.richtext.cleaning import clean, read
from mingtang_web.richtext.limits import within

_MARKUP = re.compile(r"\s*<(?:p|h[1-6]|ul|ol|table|blockquote|hr|div)(?=[\s>])", re.I)
"""How a document begins that is written as HTML; anything else is plain text."""
_EMPTY_LINE = re.compile(r"\n\s*\n")
_BLANKS = "\u3000\u3000"
"""How a first line is indented where there are only characters."""


def taken(typed: str, pictures: str = "") -> str:
    r"""Return what was typed or came from the editor as a clean document.

    Plain text has its paragraphs parted by empty lines. Raises `TooLargeError`.

    >>> taken("各科室：\n\n1 < 2\n其余照旧")
    '<p>各科室：</p><p>1 &lt; 2<br>其余照旧</p>'
    """
    within(typed)
    if is_markup(typed):
        return clean(typed, pictures)
    parts = _EMPTY_LINE.split(escape("\n".join(typed.splitlines()), quote=False))
    return clean("".join(f"<p>{part.replace(BREAK, '<br>')}</p>" for part in parts))


def is_markup(text: str) -> bool:
    """Return whether a text is a document as HTML, not plain text."""
    return bool(_MARKUP.match(text))


def shown(html: str, pictures: str = "") -> str:
    r"""Return a document as a box without scripts shows it.

    Paragraphs alone are plain text, so that nobody has to know markup; whatever has more
    is shown as it is, a block a line. `taken` makes the same document of either.
    Raises `TooLargeError`.

    >>> shown("<p>甲</p><p>乙<br>丙</p>")
    '甲\n\n乙\n丙'
    """
    root = read(html, pictures)
    if all(map(_is_plain, root.children)):
        text = "\n\n".join(map(_text, root.children))
        if not is_markup(text):
            return text
    return "\n".join(map(written, root.children))


def _is_plain(block: Block) -> bool:
    if block.tag != "p" or block.attribute("class") not in ("", INDENTED):
        return False
    return block.runs == (Run(block.runs[0].text),)


def _text(block: Block) -> str:
    blanks = _BLANKS if block.attributes else ""
    return blanks + block.runs[0].text
