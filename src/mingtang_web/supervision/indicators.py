"""The indicators that the site computes of the bodies somebody supervises (指标)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count, F, Q

from mingtang.supervising import Indicator, Measured, indicator, standings
from mingtang_web.cases.clocks import soon
from mingtang_web.cases.overviews import figures
from mingtang_web.publication.linking import interpreted
from mingtang_web.publication.queries import public
from mingtang_web.supervision.models import Order

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from mingtang.supervising import Standing
    from mingtang_web.bodies.models import Body

Shares = dict[int, tuple[int, int]]


class Line(NamedTuple):
    """A body by an indicator: its share, its place among those that are ranked."""

    body: Body
    standing: Standing


def told(name: str, bodies: Sequence[Body], on: date) -> tuple[Indicator, list[Line]]:
    """Return an indicator of some bodies in a year up to a day.

    Those with too few to be ranked stand last, without a place. Raises `KeyError` for an
    indicator that is not computed here.
    """
    shares = OFFERED[name](bodies, on)
    by = {each.code: each for each in bodies}
    rows = [Measured(each.code, *shares.get(each.pk, (0, 0))) for each in bodies]
    of = indicator(name)
    return of, [Line(by[each.measured.who], each) for each in standings(of, rows)]


def _in_time(bodies: Sequence[Body], on: date) -> Shares:
    found = figures(bodies, on, soon(on))
    return {pk: (each.kept, each.held) for pk, each in found.items()}


def _published(bodies: Sequence[Body], on: date) -> Shares:
    rows = public().filter(
        body__in=bodies, first_published_on__year=on.year, due__isnull=False
    )
    made = (
        rows.order_by()
        .values("body")
        .annotate(
            whole=Count("id"), part=Count("id", filter=Q(first_published_on__lte=F("due")))
        )
    )
    return {each["body"]: (each["part"], each["whole"]) for each in made}


def _interpreted(bodies: Sequence[Body], on: date) -> Shares:
    rates = ((each, interpreted(each, on.year)) for each in bodies)
    return {body.pk: (rate.done, rate.owed) for body, rate in rates}


def _mended(bodies: Sequence[Body], on: date) -> Shares:
    rows = Order.objects.filter(body__in=bodies, struck=False, issued_on__year=on.year)
    due = Q(due__lt=on) | Q(answered_on__isnull=False)
    made = (
        rows.order_by()
        .values("body")
        .annotate(
            whole=Count("id", filter=due),
            part=Count("id", filter=Q(answered_on__lte=F("due"))),
        )
    )
    return {each["body"]: (each["part"], each["whole"]) for each in made}


OFFERED: dict[str, Callable[[Sequence[Body], date], Shares]] = {
    "I1": _in_time,
    "I14": _published,
    "I18": _interpreted,
    "I23": _mended,
}
"""The indicators computed here, by their ids."""
