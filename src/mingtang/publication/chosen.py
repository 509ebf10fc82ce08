"""What a body chose where the form of table two leaves something open (口径)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mingtang.law.option import option

if TYPE_CHECKING:
    from collections.abc import Mapping


class Chosen(NamedTuple):
    """A body's choices (口径) for table two, looked up once for all its documents."""

    by_issue: bool
    amendments: bool
    lapses: str

    @classmethod
    def of(cls, choices: Mapping[str, str]) -> Chosen:
        """Look choices up; raises `UnknownChoiceError`."""
        day, amended, lapsed = (
            option(name).choose(choices.get(name))
            for name in ("in_force_day", "amended_document", "lapsed_document")
        )
        return cls(day == "issued", amended == "issued_and_repealed", lapsed)
