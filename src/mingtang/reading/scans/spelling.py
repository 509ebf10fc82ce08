"""Labels that the network all but read: taken for the form's where it was unsure.

Only words of the form are put right, never a figure, and only where the
characters that differ were not read surely, or but one of many differs: the
network too has its favourites. A label plainly printed otherwise stays so.
"""

from __future__ import annotations

from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from rapidfuzz.distance import Levenshtein

from mingtang.form.loading import editions
from mingtang.reading.scans.recognising import FIGURES
from mingtang.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingtang.form.edition import Column, Line
    from mingtang.reading.scans.inking import Strip
    from mingtang.reading.scans.judging import Sign

    Read = tuple[Strip, tuple[Sign, ...]]

ALIKE = 0.75
"""A text is taken for a label that it is at least so alike."""
MARGIN = 0.05
"""And that no other label is nearly as like."""
SURE = 0.97
"""A character read more surely than this is what is printed."""
_NUMERALS = frozenset(FIGURES + "一二三四五六七八九十")
SHORTEST = 3
"""A text of fewer characters tells nothing."""
MANY = 6
"""One character of so many may differ, however surely it was read."""
LOST = 8
"""One character, and one in so many, may have been missed."""


@cache
def labels() -> tuple[str, ...]:
    """Return every label, group and caption of every edition, folded."""
    found: set[str] = set()
    for edition in editions():
        for table in edition.tables:
            found |= {table.lead, *(block.caption or "" for block in table.blocks)}
            for block in table.blocks:
                found |= {part for line in block.lines for part in _parts(line)}
                found |= {part for column in block.columns for part in _parts(column)}
    return tuple(sorted(fold(text) for text in found if len(text) >= SHORTEST))


def _parts(named: Line | Column) -> tuple[str, str]:
    return named.label, named.group or ""


def spelled(lines: Sequence[Read]) -> list[Read]:
    """Return lines in order, those of one cell together, with labels put right.

    Headings and text outside tables stay as they were read: their words are judged.
    """
    made: list[Read] = []
    for cell, group in groupby(lines, key=lambda line: line[0].cell):
        together = list(group)
        made += together if cell is None else _spelled(together)
    return made


def _spelled(lines: list[Read]) -> list[Read]:
    """Return the lines of one cell, their text that of a label where it was unsure."""
    signs = [(row, sign) for row, (_, read) in enumerate(lines) for sign in read]
    text = "".join(fold(sign.text)[:1] or " " for _, sign in signs)
    label = _label(text)
    if label is None:
        return lines
    edits = Levenshtein.opcodes(text, label)
    added = "".join(
        label[edit.dest_start : edit.dest_end] for edit in edits if edit.tag == "insert"
    )
    changed = [
        sign
        for edit in edits
        if edit.tag in ("replace", "delete")
        for _, sign in signs[edit.src_start : edit.src_end]
    ]
    surely = any(sign.trust > SURE for sign in changed)
    slip = len(changed) == 1 and not added and len(text) >= MANY
    if any(sign.text in FIGURES for sign in changed) or _NUMERALS & set(added):
        return lines
    if len(added) > 1 + len(text) // LOST or (surely and not slip):
        return lines
    rows: list[list[Sign]] = [[] for _ in lines]
    for edit in edits:
        wanted = label[edit.dest_start : edit.dest_end]
        for row, sign in _put(signs, (edit.src_start, edit.src_end), wanted):
            rows[row].append(sign)
    return [(line, tuple(row)) for (line, _), row in zip(lines, rows, strict=True)]


def _put(
    signs: Sequence[tuple[int, Sign]], span: tuple[int, int], wanted: str
) -> Iterator[tuple[int, Sign]]:
    """Yield the wanted characters in the places of those read, or beside them."""
    start, end = span
    held = signs[start:end] or signs[max(0, start - 1) : max(1, start)]
    for number, text in enumerate(wanted):
        row, sign = held[min(number, len(held) - 1)]
        same = fold(sign.text)[:1] == text and start < end
        yield row, sign if same else sign._replace(text=text, doubt=False)


def _label(text: str) -> str | None:
    """Return the one label that a text is like and not equal to."""
    if len(text) < SHORTEST or text in labels():
        return None
    ranked = sorted(
        ((Levenshtein.normalized_similarity(text, label), label) for label in labels()),
        reverse=True,
    )
    (best, label), (second, _) = ranked[:2]
    return label if best >= ALIKE and best - second >= MARGIN else None
