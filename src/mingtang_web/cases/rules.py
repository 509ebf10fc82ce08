"""By what each body's cases are counted: the entered calendars and its choices."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from mingtang.case.rulebook import Rulebook
from mingtang.law import calendar, holidays_years
from mingtang_web.cases.models import Choice

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mingtang_web.bodies.models import Body


def rulebook(body: Body) -> Rulebook:
    """Return the calendar and choices that count for a body.

    A body without choices of its own takes those of the nearest body above it.
    """
    return rulebooks([body])[body.pk]


def rulebooks(bodies: Iterable[Body]) -> dict[int, Rulebook]:
    """Return what counts for each of several bodies, by the body's id: one query."""
    chains = {body.pk: _chain(body) for body in bodies}
    asked = {each for chain in chains.values() for each in chain}
    chosen: dict[int, dict[str, str]] = defaultdict(dict)
    rows = Choice.objects.filter(body__in=asked).values_list("body", "option", "choice")
    for body, name, choice in rows:
        chosen[body][name] = choice
    days = calendar()
    return {
        body: Rulebook(days, {k: v for each in chain for k, v in chosen[each].items()})
        for body, chain in chains.items()
    }


def _chain(body: Body) -> list[int]:
    """Return the ids of the bodies above a body and its own, the top first."""
    return [int(part) for part in body.path.split("/") if part]


def stamp(rules: Rulebook) -> str:
    """Return a short name of a rulebook: another calendar or choice, another name.

    Counted otherwise by a newer version of the engine, cases are counted anew too.
    """
    said = f"{_COUNTED_AS}{_calendar_stamp()}{sorted(rules.choices.items())}"
    return hashlib.sha256(said.encode()).hexdigest()[:16]


_COUNTED_AS = 4
"""By how many rules cases have been counted so far: one more where the engine's change.

2: every round of a case counts, a consultation not served pauses for its term only.
3: an answer that is out ends the clock of its round, a correction an extension told before;
since when a consultation is not known to have been served is a column.
4: another body that is silent stops the clock for fifteen working days at most.
"""


@cache
def _calendar_stamp() -> str:
    said = [(year.year, sorted(year.off), sorted(year.worked)) for year in holidays_years()]
    return hashlib.sha256(repr(said).encode()).hexdigest()
