"""What anybody may know of a body: its medians. Nothing of any one case."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.core.cache import cache
from django.db.models import Count

from mingtang.law import calendar
from mingtang.law.calendar import UncoveredYearError
from mingtang_web.cases.models import Case

if TYPE_CHECKING:
    from datetime import date

    from mingtang_web.bodies.models import Body

ENOUGH = 30
"""Of fewer answers nothing is said: a single one would be known by it."""
YEAR, AN_HOUR = timedelta(days=365), 3600


class Usual(NamedTuple):
    """How long answers of a body took: how many there were, the median in working days.

    From the day of receipt to the day of the decision, days on which the clock stood
    still included; over the year until today. No ``days`` of fewer than `ENOUGH`.
    """

    answers: int
    days: int | None


def usual(body: Body, on: date) -> Usual:
    """Return how long a body's answers usually take; counted once an hour: one query."""
    key = f"usual:{body.pk}:{on}"
    found = cache.get(key)
    if found is None:
        found = _counted(body, on)
        cache.set(key, found, AN_HOUR)
    return Usual(*found)


def _counted(body: Body, on: date) -> Usual:
    answered = Case.objects.filter(
        body=body, decided__range=(on - YEAR, on), received__isnull=False
    ).exclude(ground="")
    pairs = answered.order_by().values("received", "decided").annotate(n=Count("pk"))
    taken: dict[int, int] = {}
    for received, decided, n in pairs.values_list("received", "decided", "n"):
        assert received  # noqa: S101 - asked for above
        assert decided  # noqa: S101 - asked for above
        try:
            days = calendar().count_working_days(received, decided)
        except UncoveredYearError:
            continue
        taken[days] = taken.get(days, 0) + n
    count = sum(taken.values())
    return Usual(count, _middle(taken, count) if count >= ENOUGH else None)


def _middle(taken: dict[int, int], count: int) -> int:
    """Return the median; of two in the middle the longer, so that nobody hopes too much."""
    passed = 0
    for days in sorted(taken):
        passed += taken[days]
        if passed > count // 2:
            return days
    return max(taken)
