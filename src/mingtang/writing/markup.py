"""HTML that cannot be broken by what it shows: every value is escaped once."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from mingtang.writing.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterable

_VOID = frozenset({"col", "meta", "br", "hr"})


class Html(str):
    """Text that is markup already; any other string is escaped when placed."""

    __slots__ = ()


def safe(text: str) -> Html:
    """Return text as markup, escaped and without steering characters.

    >>> safe('<b class="x">')
    '&lt;b class=&quot;x&quot;&gt;'
    >>> safe(safe("&"))
    '&amp;'
    """
    return text if isinstance(text, Html) else Html(escape(printable(text)))


def joined(parts: Iterable[str], between: str = "") -> Html:
    """Return the parts as markup, one after the other, each escaped."""
    return Html(safe(between).join(safe(part) for part in parts))


def element(tag: str, /, *children: str, **attributes: str | int | None) -> Html:
    """Return an element; None leaves an attribute out, ``class_`` is ``class``.

    >>> element("a", "3 < 4", href="#x", class_="mark", title=None)
    '<a href="#x" class="mark">3 &lt; 4</a>'
    >>> element("td", "", data_f="f1")
    '<td data-f="f1"></td>'
    """
    opening = [tag]
    for name, value in attributes.items():
        if value is not None:
            key = name.rstrip("_").replace("_", "-")
            opening.append(f'{key}="{safe(str(value))}"')
    start = f"<{' '.join(opening)}>"
    if tag in _VOID:
        return Html(start)
    return Html(f"{start}{joined(children)}</{tag}>")
