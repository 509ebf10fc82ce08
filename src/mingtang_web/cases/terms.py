"""How much is left of a term that is no case's own: of a suit, of a promise."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mingtang.law import calendar
from mingtang.law.calendar import UncoveredYearError
from mingtang_web.cases.clocks import SOON

if TYPE_CHECKING:
    from datetime import date


class Left(NamedTuple):
    """A last day, and the working days to it; negative ones have passed.

    ``days`` is None where nothing is due, or a holiday notice is missing (待定).
    """

    due: date | None
    days: int | None

    @property
    def urgency(self) -> str:
        """``late``, ``soon``, ``calm`` or ``unsettled``: how a list marks it."""
        if self.days is None:
            return "unsettled"
        if self.days < 0:
            return "late"
        return "soon" if self.days <= SOON else "calm"


def left(due: date | None, on: date) -> Left:
    """Return how much is left until a day; a day off after it counts as passed."""
    if due is None:
        return Left(None, None)
    try:
        if on <= due:
            return Left(due, calendar().count_working_days(on, due))
        return Left(due, -max(calendar().count_working_days(due, on), 1))
    except UncoveredYearError:
        return Left(due, None)
