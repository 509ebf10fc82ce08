"""What an old ledger can tell of a case: our fields, and the headers they go by.

Fields of one group belong together; the first one of a group is its day. Groups that
can come again take a number: “决定日期2” is the day of the second decision.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mingtang.law import sheet

if TYPE_CHECKING:
    from collections.abc import Iterator


class Form(StrEnum):
    """What a field holds: words, a day, a whole number or one of some values."""

    TEXT = "text"
    DAY = "day"
    NUMBER = "number"
    CHOICE = "choice"


class Field(NamedTuple):
    """One field: its id, its group, its name, what it holds, other headers for it.

    ``personal`` says that its cells are never shown or quoted.
    """

    id: str
    group: str
    label: str
    form: Form
    aliases: tuple[str, ...] = ()
    personal: bool = False


REQUEST = "request"
ONCE = frozenset({REQUEST, "correction", "closing"})
"""The groups that cannot come again."""
MOST = 30
"""A group comes at most so often."""
FILE = Path(__file__).parent / "fields.yaml"


def _fields() -> Iterator[Field]:
    rows = sheet.parse(FILE.read_text(encoding="utf-8"), f"importing/{FILE.name}")
    for group in rows:
        for name, row in rows.sheet(group).entries():
            row.allow("label", "form", optional=("aliases", "personal"))
            aliases = (row.optional_text("aliases") or "").split("、")
            yield Field(
                name,
                group,
                row.text("label"),
                Form(row.text("form")),
                tuple(alias for alias in aliases if alias),
                personal="personal" in row,
            )


FIELDS = tuple(_fields())
BY_ID = {field.id: field for field in FIELDS}
HEADS = {
    field.group: field.id for above, field in pairwise(FIELDS) if field.group != above.group
}
"""The day of each group, without which nothing else of it can stand."""


class Key(NamedTuple):
    """A field and which time it comes, from 1."""

    field: str
    turn: int = 1

    def __str__(self) -> str:
        """Return the key as a mapping file writes it: ``decided``, ``decided#2``."""
        return self.field if self.turn == 1 else f"{self.field}#{self.turn}"

    @property
    def label(self) -> str:
        """Return the name that screens show."""
        label = BY_ID[self.field].label
        return label if self.turn == 1 else f"{label}{self.turn}"


def key_of(text: str) -> Key | None:
    """Return the key that a mapping file means, None where there is no such field.

    >>> key_of("decided#2").label
    '决定日期2'
    """
    name, _, turn = text.partition("#")
    known = BY_ID.get(name)
    if known is None or (turn and not (turn.isdecimal() and 1 < int(turn) <= MOST)):
        return None
    return None if turn and known.group in ONCE else Key(name, int(turn or 1))


def recognised(header: str) -> Key | None:
    """Return the field that a header names, None where it names none for certain.

    >>> str(recognised("答复日期")), recognised("备注"), str(recognised("征求对象 2"))
    ('decided', None, 'role#2')
    """
    plain = re.sub(r"[\s（）()〔〕\[\]：:*]", "", header)
    name = plain.rstrip("0123456789")
    turn = plain.removeprefix(name)
    found = _by_header().get(name)
    return key_of(f"{found.id}#{turn}" if turn else found.id) if found else None


@cache
def _by_header() -> dict[str, Field]:
    return {name: field for field in FIELDS for name in (*field.aliases, field.label)}
