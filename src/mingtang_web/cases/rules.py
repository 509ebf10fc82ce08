"""By what each body's cases are counted: the entered calendars and its choices."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING

from mingtang.case.rulebook import Rulebook
from mingtang.law import calendar, holidays_years
from mingtang_web.cases.models import Choice

if TYPE_CHECKING:
    from mingtang_web.bodies.models import Body


def rulebook(body: Body) -> Rulebook:
    """Return the calendar and choices that count for a body.

    A body without choices of its own takes those of the nearest body above it.
    """
    ids = [int(part) for part in body.path.split("/") if part]
    rows = Choice.objects.filter(body__in=ids).values_list("body", "option", "choice")
    nearest_last = sorted(rows, key=lambda row: ids.index(row[0]))
    return Rulebook(calendar(), {name: chosen for _, name, chosen in nearest_last})


def stamp(rules: Rulebook) -> str:
    """Return a short name of a rulebook: another calendar or choice, another name."""
    said = f"{_calendar_stamp()}{sorted(rules.choices.items())}"
    return hashlib.sha256(said.encode()).hexdigest()[:16]


@cache
def _calendar_stamp() -> str:
    said = [(year.year, sorted(year.off), sorted(year.worked)) for year in holidays_years()]
    return hashlib.sha256(repr(said).encode()).hexdigest()
