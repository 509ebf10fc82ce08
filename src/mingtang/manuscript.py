"""Words and tables in printed order: what is handed to whoever sets a page.

A report and a letter are both such a manuscript, so that one set of writers
serves both. It knows neither law nor form: a piece has a role, and the roles
are those that an official document has (GB/T 9704—2012).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

TITLE, TEXT, HEADING, SIGNER, DAY = "title", "text", "heading", "signer", "day"
NUMBER, ADDRESSEE, ENCLOSED = "number", "addressee", "enclosed"
CONTACT, APPENDIX = "contact", "appendix"
"""Roles of a letter: its number under the title, whom it is for, one enclosure,
whom to ask, and the title of what follows on a page of its own."""


class Words(NamedTuple):
    """A line or paragraph: its role (one of the names above), its text."""

    role: str
    text: str


class Square(NamedTuple):
    """One cell of a drawn table: its text and the squares it covers.

    `kind` is ``corner``, ``head``, ``label``, ``caption`` or ``figure``, in a form
    also ``field``, what is asked there; `cell`
    the id of a figure; `scope` the HTML scope of a head or label; `upright`
    says that the form prints it in a narrow column.
    """

    kind: str
    text: str
    rows: int = 1
    columns: int = 1
    cell: str = ""
    scope: str = ""
    upright: bool = False


class Drawn(NamedTuple):
    """A table as printed: its id, title and width, its rows, how many of them are heads.

    `shares` are the widths of its columns as parts of one; a table that gives
    them is a form with room to write in, any other is fitted to its figures.
    """

    table: str
    title: str
    width: int
    rows: tuple[tuple[Square, ...], ...]
    heads: int = 0
    shares: tuple[float, ...] = ()

    def grid(self) -> list[list[Square | None]]:
        """Return the squares at their upper left places, None where covered."""
        placed: list[list[Square | None]] = [[None] * self.width for _ in self.rows]
        taken: set[tuple[int, int]] = set()
        for number, row in enumerate(self.rows):
            column = 0
            for square in row:
                while (number, column) in taken:
                    column += 1
                placed[number][column] = square
                taken |= {
                    (number + down, column + along)
                    for down in range(square.rows)
                    for along in range(square.columns)
                }
                column += square.columns
        return placed

    def filled(self) -> list[list[str]]:
        """Return the texts with a merged cell's repeated in each of its squares."""
        texts = [[""] * self.width for _ in self.rows]
        for number, row in enumerate(self.grid()):
            for column, square in enumerate(row):
                if square is None:
                    continue
                for down in range(square.rows):
                    for along in range(square.columns):
                        texts[number + down][column + along] = square.text
        return texts


Piece = Words | Drawn


class Manuscript(NamedTuple):
    """What is to be written: its pieces, and the title, body and day it is filed under.

    `day` is the day of signing, None where there is none.
    """

    title: str
    body: str
    day: date | None
    pieces: tuple[Piece, ...]

    def texts(self) -> tuple[str, ...]:
        """Return every text of it in order, those of tables cell by cell."""
        found: list[str] = []
        for piece in self.pieces:
            if isinstance(piece, Words):
                found.append(piece.text)
            else:
                found += [square.text for row in piece.rows for square in row]
        return tuple(found)
