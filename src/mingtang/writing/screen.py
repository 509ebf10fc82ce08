"""A manuscript for a person at a terminal: its words wrapped, its tables drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from mingtang.manuscript import HEADING, TITLE, Words
from mingtang.writing.printable import one_line
from mingtang.writing.terminal import console_of, plain_ends, put

if TYPE_CHECKING:
    from mingtang.manuscript import Drawn, Manuscript
    from mingtang.writing.terminal import Look

_NARROWEST = 4
"""A column is so wide at least, in characters of the terminal: two Chinese ones."""
_LABEL = 16
"""The words of a line have so much room at least."""
_STYLES = {TITLE: "bold", HEADING: "bold"}


def manuscript_text(text: Manuscript, look: Look) -> str:
    """Return the words and tables of a manuscript, as wide as the terminal."""
    console, out = console_of(look)
    for piece in text.pieces:
        if isinstance(piece, Words):
            put(console, 0, Text(one_line(piece.text), style=_STYLES.get(piece.role, "")))
        else:
            put(console, 0, Text(one_line(piece.title), style="dim"))
            console.print(_drawn(piece))
    return plain_ends(out.getvalue())


def _drawn(table: Drawn) -> Table:
    """Return a table in which a merged cell is written in each of its squares.

    Columns of figures are as wide as their figures, so that none breaks and the
    words have the rest of the line.
    """
    made = Table(box=SIMPLE_HEAD, pad_edge=False)
    rows = [[one_line(cell) for cell in row] for row in table.filled()]
    heads, body = rows[: table.heads], rows[table.heads :]
    for number, column in enumerate(zip(*body, strict=True)):
        head = "\n".join(dict.fromkeys(row[number] for row in heads))
        if number:
            wide = max(_NARROWEST, *map(cell_len, column))
            made.add_column(Text(head), justify="right", width=wide, overflow="fold")
        else:
            made.add_column(Text(head), min_width=_LABEL, overflow="fold")
    for row in body:
        made.add_row(*map(Text, row))
    return made
