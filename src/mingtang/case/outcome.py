"""How reviews and suits end, as data, and the column of table four each counts in."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mingtang.law import sheet
from mingtang.law.option import option

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mingtang.law.sheet import Sheet

FILE = Path(__file__).parent / "outcomes.yaml"
COLUMNS = ("upheld", "corrected", "other")
PROCEDURES = {"review": "行政复议", "suit": "行政诉讼"}


class Outcome(NamedTuple):
    """One way a review or a suit ends (审理结果).

    `column` is its column of table four, None where that is an open point of the
    law, named by `option`. `reopens` says that the body may have to decide anew by it.
    """

    id: str
    title: str
    procedure: str
    column: str | None
    option: str | None
    cite: str
    reopens: bool

    def column_by(self, choices: Mapping[str, str]) -> str:
        """Return the column, by a body's choices on open points.

        >>> outcome("review_claim_dismissed").column_by({"dismissed_claim": "other"})
        'other'
        """
        if self.column:
            return self.column
        name = self.option or ""
        return option(name).choose(choices.get(name))


@cache
def outcomes() -> tuple[Outcome, ...]:
    """Return every outcome, reviews first; raises `InvalidDataError`."""
    text = FILE.read_text(encoding="utf-8")
    rows = sheet.parse(text, f"case/{FILE.name}").entries()
    return tuple(_outcome(name, row) for name, row in rows)


def outcome(name: str) -> Outcome:
    """Return the outcome of that id; raises `KeyError` where there is none."""
    return sheet.by_id(outcomes, name, "审理结果")


def _outcome(name: str, row: Sheet) -> Outcome:
    key = "option" if "option" in row else "column"
    row.allow("title", "procedure", "cite", key, optional=("reopens",))
    if row.text("procedure") not in PROCEDURES:
        row.refuse(f"“procedure”应为{'、'.join(PROCEDURES)}")
    if key == "column" and row.text("column") not in COLUMNS:
        row.refuse(f"“column”应为{'、'.join(COLUMNS)}")
    return Outcome(
        name,
        row.text("title"),
        row.text("procedure"),
        row.optional_text("column"),
        row.optional_text("option"),
        row.cite(),
        "reopens" in row and row.raw("reopens") is True,
    )
