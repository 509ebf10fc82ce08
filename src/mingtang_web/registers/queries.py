"""Reading the registers: what somebody sees, what is promised, how many of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Q

from mingtang_web.bodies.queries import seen
from mingtang_web.registers.models import Matter, Stage
from mingtang_web.registers.rules import Register

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from mingtang_web.bodies.models import Body
    from mingtang_web.bodies.policy import Standing


def visible(held: Standing) -> QuerySet[Matter]:
    """Return the matters a person sees: the one authorisation predicate of all lists."""
    return Matter.objects.filter(body__in=seen(held))


def open_ones(matters: QuerySet[Matter]) -> QuerySet[Matter]:
    """Return those in which something is still to be done."""
    return matters.exclude(stage=Stage.CLOSED)


def promised(matters: QuerySet[Matter]) -> QuerySet[Matter]:
    """Return those still to be answered for which the body promised a day."""
    waiting = (Stage.RECEIVED, Stage.HANDLING)
    return matters.filter(stage__in=waiting, promised__isnull=False)


def past_promise(matters: QuerySet[Matter], on: date) -> QuerySet[Matter]:
    """Return those not answered by the day the body had promised; the law sets none."""
    return promised(matters).filter(promised__lt=on)


def of_year(body: Body, day: date) -> dict[str, int]:
    """Return how many of each register came in a day's year up to it, and were answered.

    One query; the names are ``correction_received``, ``correction_answered`` and so on.
    """
    came = Q(received__year=day.year, received__lte=day)
    asked = {}
    for register in Register:
        mine = came & Q(register=register)
        asked[f"{register}_received"] = Count("id", filter=mine)
        asked[f"{register}_answered"] = Count("id", filter=mine & Q(answered__lte=day))
    counted: dict[str, int] = Matter.objects.filter(body=body).aggregate(**asked)
    return counted
