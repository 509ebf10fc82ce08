"""Inspections in the background: one body a part, going on where it was cut off."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mingtang_web import clock
from mingtang_web.bodies.models import Body
from mingtang_web.notices.running import Part
from mingtang_web.supervision.examining import examine
from mingtang_web.supervision.inspecting import begin_monthly, take
from mingtang_web.supervision.models import Inspection, Watching

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from django.db.models import QuerySet

    from mingtang_web.notices.running import Pass


def going() -> QuerySet[Inspection]:
    """Return the inspections that are not through, the oldest first."""
    return Inspection.objects.filter(found="", struck=False).order_by("pk")


def waits(now: datetime) -> bool:
    """Return whether anything is to be looked at."""
    return going().exists() or bool(_due(now))


def parts(_asked: Pass) -> Iterator[Part]:
    """Yield the month's inspections to begin, then the bodies that wait to be seen."""
    for office in _due(clock.now()):
        yield Part(0, partial(_begin, office))
    for inspection in going().select_related("body"):
        yield from _of(inspection)


def _of(inspection: Inspection) -> Iterator[Part]:
    for pk in inspection.drawn[inspection.done :]:
        body = Body.objects.get(pk=pk)
        found = list(examine(body, inspection.on))
        yield Part(0, partial(take, inspection, body, found))


def _begin(office: Body) -> int:
    return 1 if begin_monthly(office) else 0


def _due(now: datetime) -> list[Body]:
    """Return the offices that want the month's inspection and do not have it."""
    first = now.astimezone(clock.CHINA).date().replace(day=1)
    wanting = Watching.objects.filter(monthly=True, body__closed_on=None)
    there = Inspection.objects.filter(
        kind=Inspection.Kind.MONTHLY, on__gte=first, struck=False
    )
    rows = wanting.exclude(body__in=there.values("body")).select_related("body")
    return [row.body for row in rows]
