"""Where the words of a stretch are printed on a page, line by line."""

from __future__ import annotations

import ctypes
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from pypdfium2 import raw  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mingtang.document import Box
    from mingtang.pdfium.calls import Handle

_SLACK = 2.0
"""A character belongs to a box that its middle leaves by no more than so many points."""


class _Letter(NamedTuple):
    """One printed character: the box it is set in, and that of its ink, as stored.

    The first is as high as its font, some fonts' several lines; the second may
    be next to nothing.
    """

    text: str
    box: Box
    ink: Box

    @property
    def middle(self) -> tuple[float, float]:
        x0, y0, x1, y1 = self.box
        return (x0 + x1) / 2, (y0 + y1) / 2

    def follows(self, other: _Letter) -> bool:
        """Return whether this stands on one line with another, however that runs."""
        (x, y), (was_x, was_y) = self.middle, other.middle
        x0, y0, x1, y1 = self.box
        return abs(y - was_y) < (y1 - y0) / 2 or abs(x - was_x) < (x1 - x0) / 2


class Printed:
    """The characters of one page, looked through when first asked for."""

    def __init__(self, page: Handle) -> None:
        """Keep the page, which must stay open."""
        self._page = page

    def lines(self, words: str, box: Box) -> tuple[Box, ...]:
        """Return the lines that the words stand in within a box, in the file's measure.

        Nothing where they do not stand there exactly once, letter by letter.
        """
        wanted = "".join(words.split())
        x0, y0, x1, y1 = box
        inside = [
            each
            for each in self._letters
            if x0 - _SLACK <= each.middle[0] <= x1 + _SLACK
            and y0 - _SLACK <= each.middle[1] <= y1 + _SLACK
        ]
        told = "".join([each.text for each in inside])
        if not wanted or told.count(wanted) != 1:
            return ()
        at = told.index(wanted)
        return tuple(_lines(inside[at : at + len(wanted)]))

    @cached_property
    def _letters(self) -> list[_Letter]:
        text = raw.FPDFText_LoadPage(self._page)
        try:
            return list(_letters(text)) if text else []
        finally:
            raw.FPDFText_ClosePage(text)


def _letters(text: Handle) -> Iterator[_Letter]:
    edges, ink = raw.FS_RECTF(), tuple(ctypes.c_double() for _ in range(4))
    at_edges, at_ink = ctypes.byref(edges), tuple(map(ctypes.byref, ink))
    for index in range(raw.FPDFText_CountChars(text)):
        letter = chr(raw.FPDFText_GetUnicode(text, index))
        if letter.isprintable() and not letter.isspace():
            raw.FPDFText_GetLooseCharBox(text, index, at_edges)
            raw.FPDFText_GetCharBox(text, index, *at_ink)
            left, right, bottom, top = (each.value for each in ink)
            set_in = (edges.left, edges.bottom, edges.right, edges.top)
            yield _Letter(letter, set_in, (left, bottom, right, top))


def _lines(letters: Iterable[_Letter]) -> Iterator[Box]:
    """Yield one box for every line that letters in a row stand on."""
    before: _Letter | None = None
    held: list[Box] = []
    for each in letters:
        if before is not None and not each.follows(before):
            yield around(held)
            held = []
        held.append(each.ink)
        before = each
    if held:
        yield around(held)


def around(boxes: Iterable[Box]) -> Box:
    """Return the box around boxes."""
    lefts, lows, rights, highs = zip(*boxes, strict=True)
    return min(lefts), min(lows), max(rights), max(highs)
