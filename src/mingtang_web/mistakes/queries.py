"""Reading mistakes told of: what somebody sees, and how a body stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count, F, Q

from mingtang_web.bodies.queries import seen
from mingtang_web.mistakes.models import Mistake

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from mingtang_web.bodies.policy import Standing

OPEN, LATE, ANSWERED, STRUCK = "open", "late", "answered", "struck"


class Standings(NamedTuple):
    """How many wait, how many of all are late, how many are answered."""

    open: int
    late: int
    answered: int


def visible(held: Standing) -> QuerySet[Mistake]:
    """Return what a person sees: the one authorisation predicate of all lists."""
    return Mistake.objects.filter(body__in=seen(held))


def narrowed(rows: QuerySet[Mistake], how: str, today: date) -> QuerySet[Mistake]:
    """Return those that stand in some way; all of them for anything else."""
    ways = _ways(today)
    return rows.filter(ways[how]) if how in ways else rows


def standings(rows: QuerySet[Mistake], today: date) -> Standings:
    """Return how some stand on a day: one query."""
    ways = _ways(today)
    asked = {name: Count("id", filter=ways[name]) for name in Standings._fields}
    return Standings(**rows.order_by().aggregate(**asked))


def _ways(today: date) -> dict[str, Q]:
    stands, waits = Q(struck=False), Q(struck=False, outcome="")
    late = Q(answered_on__gt=F("due")) | Q(answered_on=None, due__lt=today)
    return {
        OPEN: waits,
        LATE: stands & late,
        ANSWERED: stands & ~Q(outcome=""),
        STRUCK: Q(struck=True),
    }
