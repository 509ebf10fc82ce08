"""A public document as paper (下载): its words and tables set as Word and as PDF.

The text is that of the public revision, in its order. What plain paper cannot carry is
written out rather than lost, for it may change a meaning: what is struck out, raised or
lowered. A document that no longer holds says so under its title.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from mingtang.manuscript import (
    HEADING,
    NUMBER,
    TEXT,
    TITLE,
    Drawn,
    Manuscript,
    Square,
    Words,
)
from mingtang.writing.letters import write
from mingtang_web.publication.captions import captions
from mingtang_web.publication.norms import Validity
from mingtang_web.richtext.blocks import BREAK, CELLS
from mingtang_web.richtext.cleaning import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingtang.manuscript import Piece
    from mingtang_web.publication.models import Document, Revision
    from mingtang_web.richtext.blocks import Block, Run

MOST = 32
"""So many papers are kept at hand by a process."""
NARROWEST, WIDEST = 4, 24
"""Characters by which the columns of a table share its width, at least and at most."""
SHORT = 12
"""Characters of a cell that stands in its middle; longer ones are read from the left."""
_RAISED = str.maketrans("0123456789+-()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾")
_LOWERED = str.maketrans("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎")
# A paper is Chinese whatever language its screen has.
_STRUCK, _RAISED_AS, _LOWERED_AS = "〔划去：{}〕", "〔上标：{}〕", "〔下标：{}〕"
_OVER = {
    Validity.NOT_YET: "（尚未施行）",
    Validity.AMENDED: "（已经修改）",
    Validity.REPEALED: "（已经废止）",
    Validity.LAPSED: "（已经失效）",
}
"""What a paper says of its force, where it is not simply in force."""


def paper(document: Document, to: str) -> bytes:
    """Return a public document as a file of a format of `mingtang.writing.letters`.

    Raises `UnknownFormatError` and, where this machine cannot set it whole,
    `UnwritableError`.
    """
    revision = document.published
    assert revision is not None  # noqa: S101 - it is public
    validity = document.validity if document.norm else ""
    said = captions([document]).get(document.pk, "")
    return _written(_Key(revision, validity, said), to)


def manuscript(revision: Revision, validity: str = "", caption: str = "") -> Manuscript:
    """Return a revision as words and tables in printed order.

    A regulation has its ``caption`` in place of its number, which that names.
    """
    pieces: list[Piece] = [Words(TITLE, revision.title)]
    if caption or revision.document_number:
        pieces.append(Words(NUMBER, caption or revision.document_number))
    if validity in _OVER:
        pieces.append(Words(NUMBER, _OVER[Validity(validity)]))
    pieces += _pieces(read(revision.html).children)
    return Manuscript(revision.title, revision.issuer, revision.formed_on, tuple(pieces))


class _Key:
    """A revision by what it says and whether that holds: by which a paper is kept."""

    def __init__(self, revision: Revision, validity: str, caption: str) -> None:
        self.revision, self.validity, self.caption = revision, validity, caption
        self._known = (revision.pk, revision.content, validity, caption)

    def __hash__(self) -> int:
        return hash(self._known)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self._known == other._known


@lru_cache(maxsize=MOST)
def _written(key: _Key, to: str) -> bytes:
    return write(manuscript(key.revision, key.validity, key.caption), to)


def _pieces(blocks: Sequence[Block], inside: str = "") -> Iterator[Piece]:
    """Yield what blocks say; ``inside`` indents what stands in a list."""
    for block in blocks:
        if block.tag == "table":
            drawn = _table(block)
            if drawn:
                yield drawn
        elif block.tag in {"ul", "ol"}:
            yield from _list(block, inside)
        elif block.children:
            yield from _pieces(block.children, inside)
        elif block.runs:
            role = HEADING if block.tag in {"h2", "h3", "h4"} else TEXT
            yield Words(role, inside + _said(block.runs))


def _list(block: Block, inside: str) -> Iterator[Piece]:
    number = int(block.attribute("start") or 1)
    for item in block.children:
        mark = f"{number}．" if block.tag == "ol" else "· "
        number += 1
        lines = [Words(TEXT, _said(item.runs))] if item.runs else []
        inner = [*lines, *_pieces(item.children, inside + "　")]
        if inner and isinstance(inner[0], Words):
            first = inner[0].text.removeprefix(inside + "　")
            inner[0] = Words(TEXT, f"{inside}{mark}{first}")
        yield from inner


def _said(runs: Sequence[Run]) -> str:
    return "".join(map(_run, runs))


def _run(run: Run) -> str:
    if run.picture:
        return f"〔图：{run.text}〕"
    text = run.text.replace(BREAK, "\n")
    if not text.strip():
        return text
    for mark, small, words in (
        ("sup", _RAISED, _RAISED_AS),
        ("sub", _LOWERED, _LOWERED_AS),
    ):
        if mark in run.marks:
            known = all(ord(each) in small for each in text)
            text = text.translate(small) if known else words.format(text)
    return _STRUCK.format(text) if "s" in run.marks else text


def _table(block: Block) -> Drawn | None:
    """Return a table with its merged cells; None for one without any."""
    rows = [row for row in block.rows if any(c.tag in CELLS for c in row.children)]
    if not rows:
        return None
    heads = sum(len(part.children) for part in block.children if part.tag == "thead")
    squares = tuple(tuple(_square(cell) for cell in row.children) for row in rows)
    width = _width(squares)
    drawn = Drawn("", "", width, squares, min(heads, len(rows) - 1))
    return drawn._replace(shares=_shares(drawn))


def _square(cell: Block) -> Square:
    inner = _pieces(cell.children) if cell.children else (Words(TEXT, _said(cell.runs)),)
    text = "\n".join(_line(each) for each in inner)
    rows, columns = (int(cell.attribute(each) or 1) for each in ("rowspan", "colspan"))
    long = max(map(len, text.split("\n"))) > SHORT
    kind = "head" if cell.tag == "th" else "label" if long else "field"
    return Square(kind, text, rows, columns)


def _line(piece: Piece) -> str:
    """Return a piece as words; a table within a cell as its rows, row by row."""
    if isinstance(piece, Words):
        return piece.text
    return "\n".join("　".join(square.text for square in row) for row in piece.rows)


def _width(rows: tuple[tuple[Square, ...], ...]) -> int:
    """Return how many columns rows need, those counted that reach down from above."""
    reach: list[int] = [0] * len(rows)
    for number, row in enumerate(rows):
        for square in row:
            for down in range(min(square.rows, len(rows) - number)):
                reach[number + down] += square.columns
    return max(reach)


def _shares(table: Drawn) -> tuple[float, ...]:
    """Return the widths of columns as parts of one, by the longest line in each."""
    longest = [NARROWEST] * table.width
    for row in table.grid():
        for column, square in enumerate(row):
            if square is not None and square.columns == 1:
                line = max(map(len, square.text.split("\n")))
                longest[column] = max(longest[column], min(line, WIDEST))
    return tuple(each / sum(longest) for each in longest)
