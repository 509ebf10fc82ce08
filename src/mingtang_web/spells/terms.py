"""When days that no figure covers are missing, and when it is too early to say so.

Other systems give their figures by month or by quarter. The law names no day by which one
is entered; the site waits ``TERM`` after each quarter, so that the last one is there well
before the report is due on the 31st of January (条例第四十九条).
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang_web.spells.queries import Made

TERM = timedelta(days=15)
"""So long after a quarter its figures may take to come in: a choice of the site."""
_ONE_DAY = timedelta(days=1)
_MONTHS = 3


class Standing(Enum):
    """How days stand that no figure covers."""

    MISSING = "missing"
    OPEN = "open"
    AHEAD = "ahead"


class Stretch(NamedTuple):
    """Days in a row that no figure covers; ``until`` is their term where it runs."""

    first: date
    last: date
    standing: Standing
    until: date | None = None

    @property
    def is_missing(self) -> bool:
        """Whether they should have been entered by now (还缺)."""
        return self.standing is Standing.MISSING

    @property
    def is_open(self) -> bool:
        """Whether they are over and their term still runs (待登记)."""
        return self.standing is Standing.OPEN

    @property
    def is_ahead(self) -> bool:
        """Whether their quarter is not over yet (尚未到期)."""
        return self.standing is Standing.AHEAD


def stretches(made: Made, on: date) -> tuple[Stretch, ...]:
    """Return the days that a cell lacks, as they stand on a day, in the order of time.

    Days before an entered period were passed over, and are missing at once.
    """
    after = made.spells[-1].last
    found: list[Stretch] = []
    for first, last in made.lacking:
        if first < after:
            found.append(Stretch(first, last, Standing.MISSING))
        else:
            found += _at_the_end(first, last, on)
    return tuple(found)


def _at_the_end(first: date, last: date, on: date) -> Iterator[Stretch]:
    """Yield what comes after the last period: missing, then open, then ahead."""
    begins = first
    while begins <= last:
        ends = min(_quarter_ends(begins), last)
        until = ends + TERM
        if until < on:
            ends = _last_of_missing(ends, last, on)
            yield Stretch(begins, ends, Standing.MISSING)
        elif ends < on:
            yield Stretch(begins, ends, Standing.OPEN, until)
        else:
            ends = last
            yield Stretch(begins, ends, Standing.AHEAD)
        begins = ends + _ONE_DAY


def _last_of_missing(ends: date, last: date, on: date) -> date:
    """Return the end of the last quarter in a row whose term is over too."""
    following = ends
    while following < last:
        following = min(_quarter_ends(following + _ONE_DAY), last)
        if following + TERM >= on:
            break
        ends = following
    return ends


def _quarter_ends(day: date) -> date:
    """Return the last day of a day's quarter."""
    month = (day.month - 1) // _MONTHS * _MONTHS + _MONTHS
    return date(day.year + month // 12, month % 12 + 1, 1) - _ONE_DAY
