"""What must be known before a letter can be written (文书要素), and how it is said.

Each particular is defined once, in ``particulars.yaml``; a letter names those
it needs. A value of another kind is told in Chinese and never bent into shape.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from mingtang.drafting import sheets
from mingtang.law import sheet

if TYPE_CHECKING:
    from mingtang.law.sheet import Sheet

TYPES = (
    "text", "day", "whole", "working_days", "yuan", "choice", "list", "records", "cite",
    "ground", "fee",
)  # fmt: skip
PAST, COMING = "past", "coming"
_OPTIONAL = "choices", "parts", "most", "when", "internal", "of_state"
SEVERAL = ("list", "records")
"""The types that hold several things, each a paragraph of its own."""


class Particular(NamedTuple):
    """One particular: its id, what it is called and is, its type.

    `choices` are ids and words to choose from, `parts` the particulars of each
    record, `most` the term of the law that a number of working days may not
    exceed, `when` whether a day lies before the letter's (``past``) or after it
    (``coming``). An `internal` one is kept with the letter and not written into it.
    `of_state` says which article takes laws and administrative regulations alone.
    """

    id: str
    label: str
    what: str
    type: str
    choices: tuple[tuple[str, str], ...] = ()
    parts: tuple[Particular, ...] = ()
    most: str | None = None
    when: str | None = None
    internal: bool = False
    of_state: str | None = None


@cache
def particulars() -> tuple[Particular, ...]:
    """Return every particular, in the order of its file; raises `InvalidDataError`."""
    rows = sheets.read("particulars.yaml").entries()
    return tuple(_particular(name, row) for name, row in rows)


def particular(name: str) -> Particular:
    """Return the particular of that id; raises `KeyError` where there is none."""
    return sheet.by_id(particulars, name, "文书要素")


def _particular(name: str, row: Sheet) -> Particular:
    row.allow("label", "what", "type", optional=_OPTIONAL)
    kind = row.text("type")
    if kind not in TYPES:
        row.refuse(f"不认识的类型“{kind}”，可用：{'、'.join(TYPES)}")
    if (kind == "choice") != ("choices" in row) or (kind == "records") != ("parts" in row):
        row.refuse("choice 须有 choices、records 须有 parts，别的类型没有")
    if "when" in row and row.text("when") not in (PAST, COMING):
        row.refuse(f"“when”应为 {PAST} 或 {COMING}")
    choices: tuple[tuple[str, str], ...] = ()
    if "choices" in row:
        offered = row.sheet("choices")
        choices = tuple((key, offered.text(key)) for key in offered)
    parts: tuple[Particular, ...] = ()
    if "parts" in row:
        parts = tuple(_particular(key, part) for key, part in row.sheet("parts").entries())
    return Particular(
        name,
        row.text("label"),
        row.text("what"),
        kind,
        choices,
        parts,
        row.optional_text("most"),
        row.optional_text("when"),
        internal="internal" in row and row.flag("internal"),
        of_state=row.optional_text("of_state"),
    )
