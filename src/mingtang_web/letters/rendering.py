"""Letters as paper, out of what was kept: on screen, as Word, as PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mingtang.manuscript import NUMBER, TITLE, Drawn, Words
from mingtang.writing.letters import write
from mingtang_web.letters.models import Letter
from mingtang_web.letters.seals import seal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.drafting.letter import Letter as Composed
    from mingtang.manuscript import Manuscript, Piece, Square

# A paper is Chinese whatever language its screen has.
VOID, DRAFT = "（本文书已作废，不再使用）", "（待审批的文稿，不得外发）"


class Cell(NamedTuple):
    """One square of a table on screen."""

    text: str
    is_head: bool
    columns: int


class Line(NamedTuple):
    """One piece of paper on screen: words with their role, or a table with its widths."""

    role: str
    text: str = ""
    widths: tuple[int, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()


def file(row: Letter, made: Composed, to: str) -> bytes:
    """Return an opened letter as a file of a format, sealed; the same each time.

    Raises what `mingtang.writing.letters.write` raises.
    """
    return seal().seal(write(manuscript(row, made), to), to, row)


def paper(made: Composed) -> tuple[Line, ...]:
    """Return a composed letter as the lines of its paper, for a page."""
    return tuple(map(_line, made.manuscript().pieces))


def manuscript(row: Letter, made: Composed) -> Manuscript:
    """Return an opened letter as it is to be set: where it is void, it says so."""
    text = made.manuscript()
    if made.is_sent and row.stands:
        return seal().mark(text, row)
    return text._replace(pieces=tuple(_void(text.pieces, row)))


def _void(pieces: tuple[Piece, ...], row: Letter) -> Iterator[Piece]:
    for piece in pieces:
        yield piece
        is_title = isinstance(piece, Words) and piece.role == TITLE
        if is_title and row.status == Letter.Status.VOID:
            yield Words(NUMBER, VOID)
        elif is_title and row.status == Letter.Status.DRAFT:
            yield Words(NUMBER, DRAFT)


def _line(piece: Piece) -> Line:
    if isinstance(piece, Words):
        return Line(piece.role, piece.text)
    rows = tuple(tuple(map(_cell, row)) for row in piece.rows)
    return Line("table", widths=_percent(piece), rows=rows)


def _percent(table: Drawn) -> tuple[int, ...]:
    return tuple(round(share * 100) for share in table.shares)


def _cell(square: Square) -> Cell:
    return Cell(square.text, square.kind in {"head", "field"}, square.columns)
