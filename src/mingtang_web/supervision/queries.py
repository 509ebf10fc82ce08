"""Reading what was inspected and ordered: what somebody sees, and how bodies stand."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count, F, Q

from mingtang.text import share
from mingtang_web.bodies.models import Body
from mingtang_web.bodies.queries import seen
from mingtang_web.supervision.models import (
    Assessment,
    Bulletin,
    Finding,
    Inspection,
    Order,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from decimal import Decimal

    from django.db.models import QuerySet

    from mingtang_web.bodies.policy import Standing

ANSWER, LOOK, LATE, PASSED = "answer", "look", "late", "passed"


class Tally(NamedTuple):
    """How the faults of an inspection stand: found, open, ordered, none after all."""

    found: int
    open: int
    ordered: int
    dropped: int


_TALLIED = {
    "found": Count("id"),
    "open": Count("id", filter=Q(order=None, dropped=False)),
    "ordered": Count("id", filter=Q(order__isnull=False)),
    "dropped": Count("id", filter=Q(dropped=True)),
}


class Mended(NamedTuple):
    """How orders stand: issued, due by now, answered in time of those, through, late.

    ``again`` is how many faults were found again after an order for them was through.
    """

    issued: int
    due: int
    in_time: int
    passed: int
    late: int
    again: int

    @property
    def percent(self) -> Decimal | None:
        """The share answered in time (整改按期率), None where none is due."""
        return share(self.in_time, self.due) if self.due else None


def offices(held: Standing) -> list[Body]:
    """Return the offices for which a person inspects."""
    paths = held.seen_paths()
    return list(Body.objects.filter(path__in=paths, closed_on=None))


def inspections(held: Standing) -> QuerySet[Inspection]:
    """Return the inspections a person sees: of offices for which they inspect, or below."""
    return Inspection.objects.filter(body__in=_supervised(held)).select_related("body")


def orders(held: Standing) -> QuerySet[Order]:
    """Return the orders a person sees: to their own bodies, and to those they supervise."""
    return Order.objects.filter(body__in=seen(held)).select_related("body", "office")


def bulletins(held: Standing) -> QuerySet[Bulletin]:
    """Return the bulletins a person sees: those that went to one of their bodies.

    An office's bulletin goes to everybody below it.
    """
    rows = Bulletin.objects.select_related("body", "word", "pdf")
    paths = list(Body.objects.filter(pk__in=held.body_ids()).values_list("path", flat=True))
    above = Q(body__in=_supervised(held))
    way = {int(part) for path in paths for part in path.split("/") if part}
    return rows.filter(above | Q(body__in=way))


def assessments(held: Standing) -> QuerySet[Assessment]:
    """Return the assessments a person sees."""
    return Assessment.objects.filter(body__in=seen(held)).select_related("body")


def narrowed(rows: QuerySet[Order], how: str, today: date) -> QuerySet[Order]:
    """Return the orders that stand in some way; all of them for anything else."""
    going = Q(struck=False, passed_on=None)
    ways = {
        ANSWER: going & Q(answered_on=None),
        LOOK: going & Q(answered_on__isnull=False),
        LATE: _late(today),
        PASSED: Q(passed_on__isnull=False),
    }
    return rows.filter(ways[how]) if how in ways else rows


def tally(rows: QuerySet[Finding]) -> Tally:
    """Return how some faults stand: one query."""
    return Tally(**rows.order_by().aggregate(**_TALLIED))


def tallies(inspections: Iterable[Inspection]) -> dict[int, Tally]:
    """Return how the faults of each of some inspections stand, by its id: one query."""
    asked = list(inspections)
    rows = Finding.objects.filter(inspection__in=asked).order_by().values("inspection")
    made = rows.annotate(**_TALLIED).values_list("inspection", *Tally._fields)
    found = {pk: Tally(*counts) for pk, *counts in made}
    return {each.pk: found.get(each.pk, Tally(0, 0, 0, 0)) for each in asked}


def mended(rows: QuerySet[Order], on: date) -> Mended:
    """Return how some orders stand on a day: two queries.

    What was answered at all counts by its present answer: a look that it did not pass
    asks for another by another day.
    """
    stands = rows.filter(struck=False).order_by()
    due = Q(due__lt=on) | Q(answered_on__isnull=False)
    ways = {
        "issued": Q(),
        "due": due,
        "in_time": Q(answered_on__lte=F("due")),
        "passed": Q(passed_on__isnull=False),
        "late": _late(on),
    }
    asked = {f"of_{name}": Count("id", filter=way) for name, way in ways.items()}
    found = stands.aggregate(**asked)
    made = {name: found[f"of_{name}"] for name in ways}
    return Mended(**made, again=_again(stands))


def by_body(
    rows: QuerySet[Finding], bodies: Iterable[Body]
) -> list[tuple[Body, Counter[str]]]:
    """Return how often each check found something in each body: one query."""
    found: dict[int, Counter[str]] = {}
    counted = rows.filter(dropped=False).order_by().values_list("body", "check_id")
    for body, check, times in counted.annotate(n=Count("id")):
        found.setdefault(body, Counter())[check] += times
    return [(body, found.get(body.pk, Counter())) for body in bodies]


def _again(orders: QuerySet[Order]) -> int:
    """Return how many faults were ordered although an order for them was through."""
    rows = Finding.objects.filter(order__in=orders)
    marks = set(rows.values_list("mark", flat=True))
    through = Finding.objects.filter(
        order__passed_on__isnull=False, order__body__in=orders.values("body")
    )
    told = through.values_list("mark", "order").order_by("-order")
    before = {mark: first for mark, first in told if mark in marks}
    return sum(
        before.get(mark, order) < order for mark, order in rows.values_list("mark", "order")
    )


def _late(on: date) -> Q:
    late = Q(answered_on__gt=F("due")) | Q(answered_on=None, due__lt=on)
    return Q(struck=False) & late


def _supervised(held: Standing) -> QuerySet[Body]:
    found = Q(pk__in=())
    for path in held.seen_paths():
        found |= Q(path__startswith=path)
    return Body.objects.filter(found)
