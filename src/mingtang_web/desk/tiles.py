"""A figure of the day that leads to a list."""

from __future__ import annotations

from typing import NamedTuple


class Tile(NamedTuple):
    """A figure and where it leads; ``tone`` is late, soon or blank."""

    label: str
    number: int
    address: str
    tone: str = ""

    @property
    def mark(self) -> str:
        """The tone where there is anything, else that there is nothing."""
        return self.tone if self.number else "none"
