"""A letter that is composed: what stands in it, and where each passage came from."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from mingtang.drafting.values import spoken_day
from mingtang.manuscript import (
    ADDRESSEE,
    APPENDIX,
    CONTACT,
    DAY,
    ENCLOSED,
    NUMBER,
    SIGNER,
    TEXT,
    TITLE,
    Drawn,
    Manuscript,
    Square,
    Words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mingtang.law.grounds import Remedy
    from mingtang.manuscript import Piece


class Origin(StrEnum):
    """Where the words of a clause come from."""

    LOCKED = "locked"
    TEMPLATE = "template"
    EDITED = "edited"


class Clause(NamedTuple):
    """One paragraph or table of a letter: its passage's id, its words, their origin.

    A table has `rows` instead of a text, with the `shares` of the width that its
    columns take; the first `heads` of them name the columns, none in a form.
    `appendix` is the title of the page that it opens.
    """

    passage: str
    text: str
    origin: Origin
    rows: tuple[tuple[str, ...], ...] = ()
    shares: tuple[float, ...] = ()
    heads: int = 0
    appendix: str | None = None


class Letter(NamedTuple):
    """A letter (文书), whole and not to be changed: a new wording is a new letter.

    `number` is as printed; `internal` holds pairs of label and words that are
    kept with the letter and not written into it; `remedy` is what its reader
    may do, None for kinds that tell no result.
    """

    kind: str
    title: str
    number: str | None
    addressee: str | None
    clauses: tuple[Clause, ...]
    enclosures: tuple[str, ...]
    signer: str
    day: date
    contact: str | None
    remedy: Remedy | None
    internal: tuple[tuple[str, str], ...] = ()

    @property
    def is_sent(self) -> bool:
        """Return whether it goes to somebody and is signed; records are neither."""
        return self.addressee is not None

    def manuscript(self) -> Manuscript:
        """Return the letter as pieces for whoever sets the page."""
        return Manuscript(self.title, self.signer, self.day, tuple(self._pieces()))

    def _pieces(self) -> Iterator[Piece]:
        yield Words(TITLE, self.title)
        if self.number is not None:
            yield Words(NUMBER, self.number)
        if self.is_sent:
            yield Words(ADDRESSEE, f"{self.addressee}：")
        yield from (_piece(clause) for clause in self.clauses if clause.appendix is None)
        yield from _enclosed(self.enclosures)
        yield from self._signed()
        for clause in self.clauses:
            if clause.appendix is not None:
                yield Words(APPENDIX, clause.appendix)
                yield _piece(clause)

    def _signed(self) -> Iterator[Words]:
        if self.is_sent:
            yield Words(SIGNER, self.signer)
            yield Words(DAY, spoken_day(self.day))
        if self.contact is not None:
            yield Words(CONTACT, f"（{self.contact}）")


def _enclosed(names: tuple[str, ...]) -> Iterator[Words]:
    """Yield the list of enclosures; several are numbered (GB/T 9704—2012, 7.3.4)."""
    for number, name in enumerate(names, 1):
        opening = "附件：" if number == 1 else ""
        place = f"{number}. " if len(names) > 1 else ""
        yield Words(ENCLOSED, f"{opening}{place}{name}")


def _piece(clause: Clause) -> Piece:
    if not clause.rows:
        return Words(TEXT, clause.text)
    width = len(clause.shares)
    rows = tuple(
        tuple(_squares(row, width, head=number < clause.heads, plain=clause.heads > 0))
        for number, row in enumerate(clause.rows)
    )
    return Drawn(clause.passage, "", width, rows, clause.heads, clause.shares)


def _squares(
    row: tuple[str, ...], width: int, *, head: bool, plain: bool
) -> Iterator[Square]:
    """Yield the squares of a row; its last one takes what is left of the width.

    In a form every other square asks; a `plain` table only counts.
    """
    for place, text in enumerate(row):
        last = place == len(row) - 1
        asks = not plain and place % 2 == 0
        columns = width - place if last else 1
        kind = "head" if head else "field" if asks else "figure"
        scope = "col" if head else "row" if asks else ""
        yield Square(kind, text, columns=columns, scope=scope)
