"""Points the law leaves open, with the reading this project starts from.

A deployment decides them once, for all its years. Each names its choices and
why it is unsettled; functions take the choice as an argument and fall back on
the default written in ``options.yaml``.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from mingtang.law import sheet

if TYPE_CHECKING:
    from mingtang.law.sheet import Sheet

FILE = sheet.FOLDER / "options.yaml"


class UnknownChoiceError(ValueError):
    """A choice is not among those that the data offers."""


class Option(NamedTuple):
    """One open point (待定口径): its choices, the default, and why it is open."""

    id: str
    what: str
    default: str
    choices: tuple[tuple[str, str], ...]
    cite: str
    unsettled: str

    def choose(self, choice: str | None = None) -> str:
        """Return the given choice, or the default where none is given.

        Raises `UnknownChoiceError` for a choice that is not offered.

        >>> option("start_day").choose()
        'excluded'
        """
        if choice is None:
            return self.default
        if choice not in dict(self.choices):
            offered = "、".join(f"{name}（{meaning}）" for name, meaning in self.choices)
            message = f"“{self.what}”（{self.id}）没有“{choice}”这个选项，可选：{offered}"
            raise UnknownChoiceError(message)
        return choice


@cache
def options() -> tuple[Option, ...]:
    """Return every open point; raises `InvalidDataError` when the file is faulty."""
    return tuple(_option(name, row) for name, row in sheet.read(FILE).entries())


def option(name: str) -> Option:
    """Return the open point of that id; raises `KeyError` where there is none."""
    return sheet.by_id(options, name, "待定口径")


def _option(name: str, row: Sheet) -> Option:
    row.allow("what", "default", "choices", "cite", "unsettled")
    offered = row.sheet("choices")
    choices = tuple((key, offered.text(key)) for key in offered)
    if row.text("default") not in dict(choices):
        row.refuse(f"default“{row.text('default')}”不在 choices 之中")
    return Option(
        name,
        row.text("what"),
        row.text("default"),
        choices,
        row.cite(),
        row.text("unsettled"),
    )
