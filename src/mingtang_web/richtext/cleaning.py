"""Somebody's HTML made into the small vocabulary of documents (正文净化).

A page is parsed as browsers do, and written anew from what was understood: whatever
has no name here cannot come out. Visible words stay, in their order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import turbohtml
from turbohtml import Element, Text

from mingtang_web.richtext import limits, nesting, paragraphs, styles
from mingtang_web.richtext.blocks import BREAK, CELLS, Block, Run, written
from mingtang_web.richtext.styles import Style

if TYPE_CHECKING:
    from collections.abc import Iterator

    from turbohtml import Node

_GONE = frozenset({
    "script", "style", "template", "title", "noscript", "iframe", "object", "embed",
    "audio", "video", "canvas", "map", "datalist", "noframes", "noembed", "frameset",
    "desc", "metadata", "annotation", "annotation-xml", "head", "meta", "link", "base",
    "select", "progress", "meter", "rp",
})  # fmt: skip
"""What nobody reads, with all that is in it."""
_LINES = frozenset({
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "header",
    "footer", "main", "nav", "aside", "address", "center", "pre", "xmp", "listing",
    "plaintext", "dl", "dt", "dd", "figure", "figcaption", "form", "fieldset", "legend",
    "details", "summary", "dialog", "hgroup", "search", "menu", "dir", "optgroup",
    "option", "marquee",
})  # fmt: skip
"""What begins and ends a line of its own, and is nothing more here."""


def clean(html: str, pictures: str = "") -> str:
    """Return untrusted HTML in the vocabulary of documents; cleaning again changes nothing.

    Pictures stay where they lie under the address ``pictures``. Raises `TooLargeError`.

    >>> clean('<p style="text-indent:2em" onclick="x()">各<b>科室</b>：<script>1</script>')
    '<p class="indent">各<strong>科室</strong>：</p>'
    """
    return written(read(html, pictures))


def read(html: str, pictures: str = "") -> Block:
    """Return untrusted HTML as blocks; raises `TooLargeError`."""
    html = limits.within(html).encode("utf-8", "ignore").decode()
    page = turbohtml.parse_fragment(html)
    reader = _Reader(pictures, above=1 if page.find("h1") else 0)
    for entered, node in _walk(page):
        if isinstance(node, Text):
            reader.words(node.text)
        elif isinstance(node, Element) and node is not page:
            (reader.enter if entered else reader.leave)(node)
    reader.flush()
    return nesting.finished(reader.open[0])


def _walk(page: Node) -> Iterator[tuple[bool, Node]]:
    """Yield each node that somebody sees when it is entered and when it is left."""
    waiting: list[tuple[bool, Node]] = [(True, page)]
    while waiting:
        entered, node = waiting.pop()
        element = node if isinstance(node, Element) else None
        if element and entered:
            if element.tag in _GONE or styles.hidden(element):
                continue
            waiting.append((False, element))
            waiting.extend((True, child) for child in reversed(element.children))
        yield entered, node


class _Reader:
    """Where a page has been read to: what is open, and the words of the present line."""

    def __init__(self, pictures: str, above: int) -> None:
        self.pictures, self.above = pictures, above
        self.styles = [Style()]
        self.open = [nesting.Open("")]
        self.runs: list[Run] = []
        self.blocks = 0

    def words(self, text: str) -> None:
        """Take up words as they stand."""
        self.runs += paragraphs.seen(text, self.styles[-1])

    def enter(self, element: Element) -> None:
        """Begin an element."""
        tag = element.tag
        if tag in _LINES or tag in nesting.HOLDERS or tag == "hr":
            self.flush()
        self.styles.append(self.styles[-1].within(element, self.above))
        if tag in nesting.HOLDERS:
            self._count(1 if tag in CELLS else 0)
            self.open.append(nesting.opened(self.open, element))
        elif tag == "br":
            self.runs.append(Run(BREAK))
        elif tag == "hr":
            self.open[-1].children.append(Block("hr"))
        elif tag == "img":
            self._picture(element)

    def leave(self, element: Element) -> None:
        """End an element."""
        tag = element.tag
        if tag in _LINES or tag in nesting.HOLDERS:
            self.flush()
        self.styles.pop()
        if tag in nesting.HOLDERS:
            done = self.open.pop()
            self.open[-1].children += nesting.closed(done)

    def flush(self) -> None:
        """End the line, and make paragraphs of what stands in it."""
        if self.runs:
            found = paragraphs.paragraphs(self.runs, self.styles[-1])
            self.runs = []
            self._count(len(found))
            self.open[-1].children += found

    def _count(self, more: int) -> None:
        self.blocks += more
        limits.few_enough(self.blocks)

    def _picture(self, element: Element) -> None:
        address = styles.picture(element.attr("src") or "", self.pictures)
        if address:
            said = " ".join((element.attr("alt") or "").split())
            style = self.styles[-1]
            self.runs.append(Run(said, style.marks, style.link, address))
