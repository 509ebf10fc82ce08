"""How table two moved in many years (表二历年), in numbers alone.

The numbers are those of `mingtang.publication.effective.tally`; each document is read
once, however many years are asked for.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from mingtang.publication.chosen import Chosen
from mingtang.publication.disclosure import DEFAULTS
from mingtang.publication.effective import Kind, counts_here, years_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mingtang.publication.effective import History


class Moved(NamedTuple):
    """How a line of table two moved in a year, in documents."""

    carried: int
    issued: int
    repealed: int
    in_force: int


def movement(
    histories: Iterable[History],
    years: Iterable[int],
    choices: Mapping[str, str] = DEFAULTS,
) -> dict[Kind, dict[int, Moved]]:
    """Return how both lines moved in several years, in the order they are asked for.

    Raises `RefusedError` for a history that cannot be, and `UnknownChoiceError`.

    >>> movement([], [2025])[Kind.NORMATIVE][2025].in_force
    0
    """
    lines, chosen = {kind: _Line() for kind in Kind}, Chosen.of(choices)
    for history in histories:
        if counts_here(history, choices):
            lines[history.kind].take(history, chosen)
    asked = list(years)
    return {
        kind: {year: line.moved(year) for year in asked} for kind, line in lines.items()
    }


class _Line:
    """Takes one document after another; by year, how many were and did what."""

    def __init__(self) -> None:
        self.issued: Counter[int] = Counter()
        self.repealed: Counter[int] = Counter()
        self.begun: Counter[int] = Counter()
        self.ended: Counter[int] = Counter()

    def take(self, history: History, chosen: Chosen) -> None:
        counted = years_by(history.events, chosen)
        self.issued.update(counted.issued)
        self.repealed.update(counted.repealed)
        if counted.first is not None:
            self.begun[counted.first] += 1
            if counted.last is not None:
                self.ended[counted.last + 1] += 1

    def moved(self, year: int) -> Moved:
        done = self.issued[year], self.repealed[year]
        return Moved(self._held(year - 1), *done, self._held(year))

    def _held(self, year: int) -> int:
        """Return how many are in force at a year's end."""
        new = sum(n for first, n in self.begun.items() if first <= year)
        return new - sum(n for after, n in self.ended.items() if after <= year)
