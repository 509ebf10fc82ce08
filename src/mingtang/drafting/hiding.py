"""What a letter must not show, and the looking for it before it goes out."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from mingtang.drafting import sheets
from mingtang.law import sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

MACHINE, PERSON = "machine", "person"
_NUMBER = 6
"""A word with so many digits is a number, which may be printed in groups."""


class Hidden(NamedTuple):
    """Something that must not be shown: why, by which article, and who looks for it.

    `by` is ``machine`` where its words are known and compared, ``person`` where
    somebody must judge.
    """

    id: str
    label: str
    why: str
    cite: str
    by: str


class Filled(NamedTuple):
    """A particular as it was filled in: its id, its label, its words."""

    id: str
    label: str
    text: str


class DisclosureError(ValueError):
    """A letter would show what it must not; says what and where, without repeating it.

    `at` are the ids of the particulars that hold it, none where it is an edit's.
    """

    def __init__(self, message: str, at: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.at = at


@cache
def all_hidden() -> tuple[Hidden, ...]:
    """Return everything that some letter must not show; raises `InvalidDataError`."""
    found = []
    for name, row in sheets.read("hiding.yaml").entries():
        row.allow("label", "why", "cite", "by")
        if row.text("by") not in (MACHINE, PERSON):
            row.refuse("“by”应为 machine 或 person")
        made = (name, row.text("label"), row.text("why"), row.cite(), row.text("by"))
        found.append(Hidden(*made))
    return tuple(found)


def hidden(name: str) -> Hidden:
    """Return the entry of that id; raises `KeyError` where there is none."""
    return sheet.by_id(all_hidden, name, "不得显示的内容")


def look(
    title: str,
    hides: Iterable[str],
    secrets: Mapping[str, Sequence[str]],
    texts: Iterable[tuple[str, str]],
    filled: Sequence[Filled] = (),
) -> None:
    """Check that no text of a letter holds what it must not show.

    `secrets` gives the words by the id of what they betray, `texts` pairs of a
    passage's name and its text, `filled` what it was made from. Spaces, width and
    case do not hide a word, nor strokes a number. Raises `DisclosureError`, also where
    a machine is to look and was not told for what.
    """
    told = list(texts)
    for name in hides:
        entry = hidden(name)
        words = [word for word in _listed(secrets.get(name, ())) if _bare(word)]
        if not words and entry.by == MACHINE:
            message = (
                f"《{title}》不得出现{entry.label}（{entry.cite}），"
                "却没有交来姓名、证件号码、联系方式等供核对；请交来后再出具"
            )
            raise DisclosureError(message)
        found = [where for where, text in told if any(_says(text, word) for word in words)]
        if found:
            here = [each for each in filled if any(_says(each.text, w) for w in words)]
            named = [each.label for each in here] or dict.fromkeys(found)
            message = (
                f"《{title}》的“{'”“'.join(named)}”写出了{entry.label}："
                f"{entry.why}（{entry.cite}）。请删去后再出具"
            )
            raise DisclosureError(message, tuple(each.id for each in here))


def _listed(words: Sequence[str]) -> Sequence[str]:
    """Return the words as a list: one word alone is one and not its characters."""
    return (words,) if isinstance(words, str) else words


def _says(text: str, word: str) -> bool:
    figures = _figures(word)
    if sum(char.isdigit() for char in figures) >= _NUMBER:
        return figures in _figures(text)
    return _bare(word) in _bare(text)


def _bare(text: str) -> str:
    """Return a text without spaces and invisible signs, in one width and case."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in plain if not c.isspace() and unicodedata.category(c) != "Cf")


def _figures(text: str) -> str:
    """Return the letters and digits of a text alone: numbers are printed in groups."""
    return "".join(char for char in _bare(text) if char.isalnum())
