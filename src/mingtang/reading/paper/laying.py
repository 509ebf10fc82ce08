"""Pages as a neutral document: ruled tables as grids, the rest as paragraphs.

For every format whose pages say only what is drawn where.
"""

from __future__ import annotations

from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from mingtang.document import Grid, Paragraph
from mingtang.matrices import turned_back
from mingtang.reading.paper.glyphs import Glyph, lines, printed_once
from mingtang.reading.paper.lattice import Lattice, Table, lattices, lengthened, table
from mingtang.reading.paper.paragraphs import (
    Measure,
    Printed,
    measure,
    runs_on,
    without_furniture,
)
from mingtang.reading.paper.pieces import aligned, alike, offset, rejoined, shifted
from mingtang.reading.paper.tiles import tiles
from mingtang.reading.watching import tell

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mingtang.document import Box
    from mingtang.matrices import Matrix
    from mingtang.reading.paper.frames import Frame
    from mingtang.reading.paper.rulings import Rule
    from mingtang.reading.paper.seeing import Ground

HUGE = 1.5
"""Pale or slanted characters so much larger than the rest are a watermark."""
STRUCK = (0.25, 0.75)
"""A line through this part of a character's height strikes it out."""


class Page(NamedTuple):
    """What one page shows, turned the way its text is read.

    `shown` is the page as people see it, `frame` as its text runs: boxes are
    moved from one to the other. `picture` is how much of it one image covers,
    `grounds` the filled shapes, which may be cells. `back` takes points of a
    page that was made straight back to the sheet.
    """

    number: int
    frame: Frame
    shown: Frame
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...]
    marks: tuple[Box, ...]
    picture: float
    back: Matrix | None = None
    grounds: tuple[Ground, ...] = ()

    def box(self, box: Box) -> Box:
        """Return a box of the text as people see it, in tenths of a point."""
        x0, y0, x1, y1 = self.frame.moved(box, self.shown)
        if self.back is not None:
            x0, y0, x1, y1 = turned_back(self.back, (x0, y0, x1, y1))
        return round(x0, 1), round(y0, 1), round(x1, 1), round(y1, 1)


class _Laid(NamedTuple):
    """One block of a page: a table or a line, and how far down it begins."""

    top: float
    page: Page
    table: Table | None = None
    printed: Printed | None = None


def blocks(pages: Iterable[Page]) -> tuple[Paragraph | Grid, ...]:
    """Return what pages show as blocks in reading order."""
    laid: list[_Laid] = []
    all_pages = tuple(pages)
    for turn, page in enumerate(all_pages, start=1):
        laid += _laid(page)
        tell("laid", turn, len(all_pages))
    every = [each.printed for each in laid if each.printed is not None]
    kept = without_furniture(every)
    held = {id(each) for each in kept}
    laid = [each for each in laid if each.printed is None or id(each.printed) in held]
    return _blocks(_whole(laid), measure(kept) if kept else None)


def _laid(page: Page) -> list[_Laid]:
    """Return the tables and the lines of a page from the top down."""
    seen = page.glyphs if page.back is not None else _without_watermark(page.glyphs)
    glyphs = printed_once(seen)
    found, left = lattices(page.rules)
    found = sorted([*found, *tiles(page.grounds, found)], key=lambda each: each.ys[0])
    glyphs = _struck(glyphs, left)
    if found and found[-1].sunk:
        found[-1] = lengthened(found[-1], _parted(found, glyphs)[1])
    held, outside = _parted(found, glyphs)
    laid = [
        _Laid(lattice.box[1], page, table(lattice, inside, page.marks, outside))
        for lattice, inside in zip(found, held, strict=True)
        if inside
    ]
    upright = [glyph for glyph in outside if glyph.turn == 0]
    for line in lines(upright):
        printed = Printed(line, page.number, page.frame.size[1])
        laid.append(_Laid(line.box[1], page, None, printed))
    return sorted(laid, key=lambda each: each.top)


def _parted(
    found: Sequence[Lattice], glyphs: Iterable[Glyph]
) -> tuple[list[list[Glyph]], list[Glyph]]:
    """Return the characters that each table holds, and those outside of all."""
    held: list[list[Glyph]] = [[] for _ in found]
    outside: list[Glyph] = []
    inner_first = sorted(range(len(found)), key=lambda at: _area(found[at].box))
    boxes = [(*found[at].box, held[at]) for at in inner_first]
    for glyph in glyphs:
        x, y = glyph.middle
        for x0, y0, x1, y1, inside in boxes:
            if x0 <= x < x1 and y0 <= y < y1:
                inside.append(glyph)
                break
        else:
            outside.append(glyph)
    return held, outside


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _without_watermark(glyphs: Sequence[Glyph]) -> list[Glyph]:
    if all(glyph.turn == 0 and not glyph.doubt for glyph in glyphs):
        return list(glyphs)
    usual = median(glyph.size for glyph in glyphs)
    return [
        glyph
        for glyph in glyphs
        if (glyph.turn == 0 and not glyph.doubt) or glyph.size <= usual * HUGE
    ]


def _struck(glyphs: list[Glyph], rules: Sequence[Rule]) -> list[Glyph]:
    """Return the characters, those that a line runs through in doubt."""
    if not rules:
        return glyphs
    low, high = STRUCK
    return [
        glyph._replace(doubt=True)
        if any(
            rule.x0 <= glyph.middle[0] <= rule.x1
            and glyph.base - high * glyph.size < rule.y0 < glyph.base - low * glyph.size / 2
            for rule in rules
        )
        else glyph
        for glyph in glyphs
    ]


def _whole(laid: Sequence[_Laid]) -> list[_Laid]:
    """Return the blocks with tables that run on over pages put together."""
    made = list(laid)
    for run in _runs(laid):
        found = [piece for at in run if (piece := laid[at].table) is not None]
        away = [offset(found[0], piece) for piece in found]
        level = [shifted(piece, -by) for piece, by in zip(found, away, strict=True)]
        pieces = aligned(level)
        for number in range(1, len(pieces)):
            pieces[number - 1 : number + 1] = rejoined(*pieces[number - 1 : number + 1])
        for at, piece, by in zip(run, pieces, away, strict=True):
            made[at] = made[at]._replace(table=shifted(piece, by))
    return made


def _runs(laid: Sequence[_Laid]) -> list[list[int]]:
    """Return which blocks are tables with nothing but a page's end between them."""
    runs: list[list[int]] = []
    for at, (above, below) in enumerate(pairwise(laid)):
        if above.table is None or below.table is None:
            continue
        ends = above.page.number + 1 == below.page.number
        if ends and alike(above.table, below.table):
            if runs and runs[-1][-1] == at:
                runs[-1].append(at + 1)
            else:
                runs.append([at, at + 1])
    return runs


def _blocks(laid: Sequence[_Laid], how: Measure | None) -> tuple[Paragraph | Grid, ...]:
    made: list[Paragraph | Grid] = []
    tables = paragraphs = 0
    before: Printed | None = None
    for each in laid:
        if each.table is not None:
            tables += 1
            made.append(_grid(each.table, tables, each.page))
            before = None
            continue
        printed = each.printed
        if printed is None or how is None:
            continue
        text, box = printed.line.text.strip(), each.page.box(printed.line.box)
        if before is not None and runs_on(before, printed, how):
            made[-1] = _longer(made[-1], text, box, each.page.number)
        else:
            paragraphs += 1
            made.append(Paragraph(text, paragraphs, each.page.number, box))
        before = printed
    return tuple(made)


def _longer(block: Paragraph | Grid, text: str, box: Box, page: int) -> Paragraph | Grid:
    """Return a paragraph with a line more; its box stays on the page it begins on."""
    if not isinstance(block, Paragraph):
        return block
    words = block.text.isascii() or text.isascii()
    joined = f"{block.text}{' ' if words else ''}{text}"
    if block.box is None or block.page != page:
        return block._replace(text=joined)
    a, b, c, d = block.box
    wide = (min(a, box[0]), min(b, box[1]), max(c, box[2]), max(d, box[3]))
    return block._replace(text=joined, box=wide)


def _grid(found: Table, number: int, page: Page) -> Grid:
    boxes = tuple(tuple(page.box(box) for box in row) for row in found.boxes)
    trusts = found.trusts if page.back is not None else ()
    at = page.number
    return Grid(found.texts, found.squares, number, True, False, at, boxes, trusts)  # noqa: FBT003 - spans, no flow
