"""A report as read: facts with their states and places, sections and words.

Blank and unreadable are states, neither is 0: asking such a fact for its
number is a type error by design.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from mingtang.document import Paragraph
    from mingtang.form.edition import Edition
    from mingtang.place import Place

Count = int | Decimal
"""An exact figure: an integer, or a decimal as printed."""


class State(StrEnum):
    """What stands in a cell (单元格状态)."""

    NUMBER = "number"
    BLANK = "blank"
    NOT_APPLICABLE = "not_applicable"
    UNREADABLE = "unreadable"
    ABSENT = "absent"


class Fact(NamedTuple):
    """One cell of the form as the document prints it.

    `value` is given with the state ``number`` and only then; `unit` is the
    unit printed in the cell, never converted; `raw` is the text as printed;
    `trouble` says in Chinese why the cell is unreadable; `confidence` how sure
    the text is, from 0 to 1, where it was recognised in a picture.
    """

    cell: str
    state: State
    value: Count | None = None
    raw: str = ""
    place: Place | None = None
    unit: str | None = None
    trouble: str = ""
    confidence: float | None = None

    @property
    def number(self) -> Count:
        """Return the figure.

        Raises `TypeError` for every state but ``number``: a blank is not 0.
        """
        if self.value is None:
            message = f"{self.cell} is {self.state}, not a number"
            raise TypeError(message)
        return self.value


class Section(NamedTuple):
    """One of the parts (部分) of the report, with its heading as printed.

    `number` is which of the form's six sections it is, None for a part the
    form does not know; `ordinal` is the numeral printed before the heading
    (``一`` → 1), None where none is printed; `standard` says that the wording
    is the form's. `paragraphs` are the text blocks after the heading, up to
    the next one; the heading itself is not among them.
    """

    number: int | None
    heading: str
    ordinal: int | None
    standard: bool
    place: Place
    paragraphs: tuple[Paragraph, ...] = ()


class Label(NamedTuple):
    """A line, column or caption label as the document prints it.

    `target` is the id it was taken for (``requests/received``, a column
    ``requests//person``); `printed` the text; `expected` the form's text;
    `exact` whether they agree but for spaces, width, brackets and script;
    `score` is the similarity (1.0 where equal).
    """

    target: str
    printed: str
    expected: str
    exact: bool
    score: float
    place: Place


class Claim(NamedTuple):
    """A figure said in the prose, as an interval of exact decimals."""

    quantity: str
    low: Count
    high: Count
    unit: str | None
    quote: str
    place: Place


class Signature(NamedTuple):
    """The signing body and day at the end of the report, each None if absent.

    `misdated` are the words that stand for the day and name none that exists.
    """

    body: str | None = None
    body_place: Place | None = None
    day: date | None = None
    day_place: Place | None = None
    misdated: str | None = None


class Report(NamedTuple):
    """A disclosure report (政府信息公开工作年度报告) as read.

    `facts` holds every cell of the edition by cell id, empty where no edition
    could be told; `title` is the title as printed, `title_body` the body named
    in it; `preface` the text between title and first section; `paragraphs`
    every text block of the document; `labels` the labels as printed.
    """

    body: str | None
    year: int | None
    edition: Edition | None
    title: str | None
    title_place: Place | None
    title_body: str | None
    title_year: int | None
    signature: Signature
    facts: Mapping[str, Fact]
    sections: tuple[Section, ...]
    preface: tuple[Paragraph, ...]
    paragraphs: tuple[Paragraph, ...]
    labels: tuple[Label, ...] = ()
    claims: tuple[Claim, ...] = ()
    old_sheet: bool = False

    @property
    def signed_on(self) -> date | None:
        """Return the day printed under the report (落款日期)."""
        return self.signature.day

    def section(self, number: int) -> Section | None:
        """Return the form's section of that number (1 to 6), or None."""
        return next((part for part in self.sections if part.number == number), None)
