"""What of an entry each engine indexes: the tokens of its fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mingtang_web.searching.folding import singles, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mingtang_web.searching.entries import Entry

BORDER = "\ue000"
"""Stands between the parts of a field; no phrase reaches over it."""
DAY_BITS = 24
"""Of a place; the bits above are the day, those below tell entries of a day apart."""


class Fields(NamedTuple):
    """The tokens of an entry, parted by spaces."""

    title: str
    number: str
    head_chars: str
    words: str
    chars: str
    marks: str


def fields(entry: Entry) -> Fields:
    """Return the tokens of an entry, field by field."""
    heads = (entry.title, entry.number, entry.index_number)
    files = [part for named in entry.attachments for part in named]
    return Fields(
        title=_joined((entry.title,)),
        number=_joined((entry.number, entry.index_number)),
        head_chars=" ".join(singles(*heads)),
        words=_joined((*heads, entry.text, *files)),
        chars=" ".join(singles(*heads, entry.text, *files)),
        marks=" ".join(entry.marks()),
    )


def first_place(entry: Entry) -> int:
    """Return the first place of an entry's day."""
    return entry.day.toordinal() << DAY_BITS


def _joined(parts: Iterable[str]) -> str:
    return f" {BORDER} ".join(" ".join(tokens(part)) for part in parts if part)
