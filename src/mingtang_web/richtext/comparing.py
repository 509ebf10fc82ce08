"""Two versions of a document compared for whoever reviews them (版本对比).

Paragraphs are laid beside paragraphs, rows beside rows, and within a pair the words
that went and those that came are shown, told by hidden words and not by colour alone.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from rapidfuzz.distance import Indel

from mingtang_web.richtext.blocks import (
    Block,
    Run,
    replaced,
    written,
)
from mingtang_web.richtext.cleaning import read
from mingtang_web.richtext.differences import changes
from mingtang_web.richtext.reading import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WORDS = re.compile(
    r"[A-Za-z]+|[0-9]+(?:[.,][0-9]+)*|[ \t\u3000]+|\n|[^A-Za-z0-9 \t\u3000\n]", re.ASCII
)
_SIDE_BY_SIDE = 0.5
"""Paragraphs less alike are not two writings of one."""
_NEAR, _LOOKED_AT = 8, 1000
"""So many paragraphs back are tried for each, by so many of their characters."""
_ISLAND = 2
"""Fewer characters between two changes belong to the change."""
_WORD_BY_WORD = 0.35
"""A pair with less in common is shown whole, the old before the new."""


def compared(old: str, new: str, pictures: str = "") -> str:
    """Return the new version with what is not in the old one, and what went, shown.

    What came stands in ``<ins>``, what went in ``<del>``, each beginning with a word in
    a ``span`` of class ``hidden``. How words look is taken from the version they stand
    in; a change of looks alone is not shown. Raises `TooLargeError`.

    >>> compared("<p>收费标准为十元。</p>", "<p>收费标准为二十元。</p>")
    '<p>收费标准为<ins><span class="hidden">〔新增〕</span>二</ins>十元。</p>'
    """
    was, now = read(old, pictures), read(new, pictures)
    return written(replace(now, children=tuple(_beside(was.children, now.children))), _said)


def _said(kind: str) -> str:
    return _("〔新增〕") if kind == "ins" else _("〔删除〕")


def _beside(old: Sequence[Block], new: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks of both versions, pairs made one."""
    for same, was, now in changes(list(map(_key, old)), list(map(_key, new))):
        if same:
            yield from new[now]
        else:
            yield from _paired(old[was], new[now])


def _key(block: Block) -> tuple[object, ...]:
    """Return what makes a block the same for a reviewer: its words, links and places."""
    return block.tag, block.attributes, tuple(map(_key, block.children)), _tokens(block)


def _paired(old: Sequence[Block], new: Sequence[Block]) -> Iterator[Block]:
    """Yield blocks that differ: pairs as one, before each what went, then what came."""
    gone = 0
    came: list[Block] = []
    texts = [text_of(each)[:_LOOKED_AT] for each in old]
    for block in new:
        text = text_of(block)[:_LOOKED_AT]
        near = range(gone, min(len(old), gone + _NEAR))
        alike = [(_likeness(old[n], block, texts[n], text), -n) for n in near]
        likeness, place = max(alike, default=(0.0, 0))
        if likeness < _SIDE_BY_SIDE:
            came.append(block)
            continue
        yield from _apart(old[gone:-place], came)
        yield from _merged(old[-place], block)
        gone, came = 1 - place, []
    yield from _apart(old[gone:], came)


def _apart(gone: Sequence[Block], came: Sequence[Block]) -> Iterator[Block]:
    yield from (_whole(each, "del") for each in gone)
    yield from (_whole(each, "ins") for each in came)


def _likeness(old: Block, new: Block, was: str, now: str) -> float:
    if old.tag != new.tag and {old.tag, new.tag} & {"table", "ul", "ol", "tr", "hr"}:
        return 0.0
    return Indel.normalized_similarity(was, now)


def _merged(old: Block, new: Block) -> Iterator[Block]:
    """Yield one block for two that are two writings of one."""
    if new.tag == "table":
        yield replace(new, children=tuple(_tables(old, new)))
    elif new.tag == "tr":
        yield from _rows(old, new)
    elif new.runs or old.runs:
        yield from _texts(old, new)
    else:
        yield replace(new, children=tuple(_beside(old.children, new.children)))


def _texts(old: Block, new: Block) -> Iterator[Block]:
    if bool(old.children) or bool(new.children):
        was, now = _opened(old), _opened(new)
        yield replace(now, children=tuple(_beside(was.children, now.children)))
    else:
        yield replace(new, runs=tuple(_worded(old.runs, new.runs)))


def _opened(block: Block) -> Block:
    """Return an item or a cell with its words in a paragraph of their own."""
    if not block.runs:
        return block
    return replace(block, runs=(), children=(Block("p", block.runs),))


def _tables(old: Block, new: Block) -> Iterator[Block]:
    """Yield the parts of a table: the title, and the rows, all in one body."""
    titles = [
        [part for part in each.children if part.tag == "caption"] for each in (old, new)
    ]
    runs = [each[0].runs if each else () for each in titles]
    if any(runs):
        yield Block("caption", tuple(_worded(*runs)))
    was, now = ([row for row in each.rows if row.tag == "tr"] for each in (old, new))
    yield Block("tbody", (), tuple(_beside(was, now)))


def _title(table: Block) -> tuple[Run, ...]:
    first = table.children[0]
    return first.runs if first.tag == "caption" else ()


def _rows(old: Block, new: Block) -> Iterator[Block]:
    """Yield one row of two, cell beside cell, or both where they are not cut alike."""
    cuts = [[each.attributes for each in row.children] for row in (old, new)]
    if cuts[0] != cuts[1]:
        yield from (_whole(old, "del"), _whole(new, "ins"))
        return
    pairs = zip(old.children, new.children, strict=True)
    yield replace(new, children=tuple(each for pair in pairs for each in _merged(*pair)))


def _whole(block: Block, kind: str) -> Block:
    """Return a block all of which came or went."""
    if block.tag == "hr":
        return block
    return replaced(block, lambda run: (run._replace(around=kind),))


def _worded(old: Sequence[Run], new: Sequence[Run]) -> Iterator[Run]:
    """Yield the words of two writings of one paragraph."""
    was, now = list(_cut(old)), list(_cut(new))
    steps = changes([_sense(run) for run in was], [_sense(run) for run in now])
    kept = sum(len(run.text) for step in steps if step.same for run in now[step.new])
    if kept < _WORD_BY_WORD * max(_length(was), _length(now)):
        yield from (run._replace(around="del") for run in old)
        yield from (run._replace(around="ins") for run in new)
        return
    gone: list[Run] = []
    came: list[Run] = []
    for n, step in enumerate(steps):
        inside = 0 < n < len(steps) - 1
        if step.same and not (inside and _length(now[step.new]) < _ISLAND):
            yield from _shown(gone, came)
            gone, came = [], []
            yield from now[step.new]
        else:
            gone += was[step.old]
            came += now[step.new]
    yield from _shown(gone, came)


def _shown(gone: list[Run], came: list[Run]) -> Iterator[Run]:
    yield from (run._replace(around="del") for run in gone)
    yield from (run._replace(around="ins") for run in came)


def _length(runs: Sequence[Run]) -> int:
    return sum(len(run.text) for run in runs)


def _cut(runs: Sequence[Run]) -> Iterator[Run]:
    """Yield runs of a word each; of Han characters each is one."""
    for run in runs:
        if run.picture:
            yield run
        else:
            for word in _WORDS.findall(run.text):
                yield run._replace(text=word)


def _sense(run: Run) -> tuple[str, str, str]:
    return run.text, run.link, run.picture


def _tokens(block: Block) -> tuple[tuple[str, str, str], ...]:
    """Return what is said, in how many runs ever: words joined per link and picture."""
    found: list[tuple[str, str, str]] = []
    for run in block.runs:
        last = found[-1] if found else None
        if last and not run.picture and last[1:] == (run.link, ""):
            found[-1] = (last[0] + run.text, run.link, "")
        else:
            found.append(_sense(run))
    return tuple(found)
