"""Which documents were interpreted, and which of them within three working days.

国办发〔2016〕80号, as remembered: what interprets a document goes out within three working
days of the document itself. A rate is told with what it is a rate of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mingtang.law.calendar import UncoveredYearError
from mingtang.publication.disclosure import DEFAULTS
from mingtang.publication.terms import interpretation_term
from mingtang.text import share

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from decimal import Decimal

    from mingtang.law.calendar import Calendar


class Owing(NamedTuple):
    """A document that owes an interpretation, and the days on which some went out."""

    number: str
    published: date
    interpreted: tuple[date, ...] = ()


class Interpretations(NamedTuple):
    """Documents by how they were interpreted (解读情况), each by its number.

    `in_time` are those whose first interpretation kept the term; of the `unsettled` the
    term runs into a year whose holidays are not entered: neither in time nor late.
    """

    owed: tuple[str, ...]
    done: tuple[str, ...]
    in_time: tuple[str, ...]
    unsettled: tuple[str, ...]

    @property
    def rate(self) -> Decimal | None:
        """Return the share interpreted in percent (解读率), None where none was owed."""
        return share(len(self.done), len(self.owed)) if self.owed else None


def interpretations(
    documents: Iterable[Owing],
    until: date,
    calendar: Calendar,
    choices: Mapping[str, str] = DEFAULTS,
) -> Interpretations:
    """Return how documents had been interpreted by the end of a day.

    What was published later is left out, and so is what interpreted later. Raises
    `UncoveredDayError` for a document published before 2016-11-10.

    >>> from datetime import date
    >>> from mingtang.law.calendar import Calendar
    >>> told = [Owing("甲", date(2026, 3, 2), (date(2026, 3, 4),)),
    ...         Owing("乙", date(2026, 3, 2))]
    >>> interpretations(told, date(2026, 12, 31), Calendar()).rate
    Decimal('50.0')
    """
    owed, done, in_time, unsettled = [], [], [], []
    for each in documents:
        if each.published > until:
            continue
        owed.append(each.number)
        first = min((day for day in each.interpreted if day <= until), default=None)
        if first is None:
            continue
        done.append(each.number)
        kept = _kept(each.published, first, calendar, choices)
        if kept is None:
            unsettled.append(each.number)
        elif kept:
            in_time.append(each.number)
    found = (tuple(sorted(names)) for names in (owed, done, in_time, unsettled))
    return Interpretations(*found)


def _kept(
    published: date, first: date, calendar: Calendar, choices: Mapping[str, str]
) -> bool | None:
    """Return whether an interpretation kept its term, None where none can say."""
    if first <= published:
        return True
    try:
        return interpretation_term(published, calendar, choices).kept_on(first)
    except UncoveredYearError:
        return None
