"""A stretch of a paragraph in its runs: found by its words, cut out where that is plain.

A run is cut only between letters of its own text; where anything else stands
in it, or where the words cannot be told from the same words elsewhere in the
paragraph, more than the stretch is meant rather than the wrong one.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from mingtang.reading.word.markup import RUN_PROPERTIES, W, inside
from mingtang.reading.word.sentences import RUN

if TYPE_CHECKING:
    from mingtang.reading.word.markup import Node

_TEXT = f"{W}t"
_PLAIN = frozenset({RUN_PROPERTIES, _TEXT, f"{W}tab", f"{W}lastRenderedPageBreak"})
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class _Piece(NamedTuple):
    """A run and where its words begin and end in those of the paragraph."""

    run: Node
    start: int
    end: int


def bounds(paragraph: Node, printed: str, stretch: slice) -> tuple[Node, Node] | None:
    """Return the first and the last child of a paragraph that hold a stretch of it.

    `printed` is the paragraph as read, and the stretch counts in that. None
    where the stretch is the whole of it or cannot be found.
    """
    words = printed[stretch]
    told = "".join(map(_words, _runs(paragraph)))
    if not words or words == printed:
        return None
    if told.count(words) == 1:
        start = told.index(words)
    elif told.count(printed) == 1:
        start = told.index(printed) + (stretch.start or 0)
    else:
        return None
    end = start + len(words)
    _cut(paragraph, end)
    _cut(paragraph, start)
    pieces = _pieces(paragraph)
    held = [piece for piece in pieces if piece.end > start and piece.start < end]
    return _child(held[0].run, paragraph), _child(held[-1].run, paragraph)


def _runs(paragraph: Node) -> list[Node]:
    return [node for node in inside(paragraph) if node.tag == RUN]


def _words(run: Node) -> str:
    return "".join(node.text or "" for node in run if node.tag == _TEXT)


def _is_plain(run: Node) -> bool:
    """Return whether a run is nothing but words, which read the same in two runs."""
    return all(node.tag in _PLAIN and "\n" not in (node.text or "") for node in run)


def _pieces(paragraph: Node) -> list[_Piece]:
    pieces: list[_Piece] = []
    at = 0
    for run in _runs(paragraph):
        end = at + len(_words(run))
        pieces.append(_Piece(run, at, end))
        at = end
    return pieces


def _child(node: Node, paragraph: Node) -> Node:
    """Return the child of a paragraph that a run is or stands in."""
    for above in (node, *node.iterancestors()):
        if above.getparent() is paragraph:
            return above
    return node


def _cut(paragraph: Node, at: int) -> None:
    """Let a run end at a character of the paragraph, where one can be cut there."""
    for run, start, end in _pieces(paragraph):
        own = run.getparent() is paragraph
        if start < at < end and own and _is_plain(run):
            _part(run, at - start)
            return


def _part(run: Node, at: int) -> None:
    """Cut a plain run in two after so many characters."""
    second = etree.Element(RUN)
    for name, value in run.items():
        second.set(name, value)
    for node in list(run):
        if node.tag == RUN_PROPERTIES:
            second.append(deepcopy(node))
            continue
        length = len(node.text or "") if node.tag == _TEXT else 0
        if at <= 0:
            second.append(node)
        elif length > at:
            second.append(_rest(node, at))
        at -= length
    run.addnext(second)


def _rest(node: Node, at: int) -> Node:
    """Cut a text after so many characters and return what is left of it."""
    text = node.text or ""
    rest = etree.Element(_TEXT, {_SPACE: "preserve"})
    node.text, rest.text = text[:at], text[at:]
    node.set(_SPACE, "preserve")
    return rest
