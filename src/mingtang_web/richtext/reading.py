"""A document's visible text (纯文本), and places in it marked in the document.

A paragraph is a line, so is a row of a table, its cells parted by tabs. A picture
counts with the words that stand for it: they go out as well.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from mingtang_web.richtext.blocks import BREAK, CELLS, Block, Run, replaced, written
from mingtang_web.richtext.cleaning import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_CELL, _WITHIN = "\t", " "
"""What parts cells, and what parts the lines of one cell."""


def plain(html: str, pictures: str = "") -> str:
    r"""Return the visible text of a document; raises `TooLargeError`.

    >>> plain("<h2>一、范围</h2><table><tr><td>甲<td><p>乙<p>丙</table>")
    '一、范围\n甲\t乙 丙'
    """
    return text_of(read(html, pictures))


def text_of(block: Block) -> str:
    """Return the visible text of blocks."""
    return "".join(said for said, _ in _told(block, BREAK))


def marked(html: str, spans: Sequence[tuple[int, int]], pictures: str = "") -> str:
    """Return the document with spans of its plain text in ``<mark data-hit="N">``.

    N is the span's place in ``spans``. One that reaches over borders of elements has
    several marks of its number. Where spans overlap a mark bears their numbers with
    blanks between: ``[data-hit~="2"]`` finds it. Offsets are Python's into what `plain`
    returns; a line end alone cannot be marked. Raises `TooLargeError`.

    >>> marked("<p>公开<b>指南</b></p>", [(1, 3)])
    '<p>公<mark data-hit="0">开<strong>指</strong></mark><strong>南</strong></p>'
    """
    root = read(html, pictures)
    hits = _Hits(spans)
    offset, parts = 0, []
    for said, run in _told(root, BREAK):
        if run:
            parts.append(hits.parted(run, offset))
        offset += len(said)
    ready = iter(parts)
    return written(replaced(root, lambda _run: next(ready)))


class _Hits:
    """Spans of a text whose runs are gone through from the first to the last."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        told = ((start, end, number) for number, (start, end) in enumerate(spans))
        self.waiting = sorted((each for each in told if each[0] < each[1]), reverse=True)
        self.open: list[tuple[int, int, int]] = []

    def parted(self, run: Run, offset: int) -> tuple[Run, ...]:
        """Return the run at an offset, parted where spans begin or end in it."""
        end = offset + len(run.text)
        while self.waiting and self.waiting[-1][0] < end:
            self.open.append(self.waiting.pop())
        self.open = [each for each in self.open if each[1] > offset]
        if not self.open or run.picture:
            return (self._around(run, offset, end),)
        cuts = {max(offset, each[0]) for each in self.open}
        cuts |= {min(end, each[1]) for each in self.open} | {offset, end}
        ordered = sorted(cuts)
        return tuple(
            self._around(run._replace(text=run.text[a - offset : b - offset]), a, b)
            for a, b in pairwise(ordered)
        )

    def _around(self, run: Run, start: int, end: int) -> Run:
        held = sorted(n for begin, until, n in self.open if begin < end and until > start)
        return run._replace(around=" ".join(map(str, held)))


def _told(block: Block, end: str) -> Iterator[tuple[str, Run | None]]:
    """Yield what is said in order, and the run that says it, none between runs."""
    for run in block.runs:
        yield run.text.replace(BREAK, end), run
    between = ""
    for child in block.children:
        if child.tag == "hr":
            continue
        if between:
            yield between, None
        is_cell = child.tag in CELLS
        between = _CELL if is_cell and end == BREAK else end
        yield from _told(child, _WITHIN if is_cell else end)
