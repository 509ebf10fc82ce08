"""What mistakes told of give cause to tell: that one came, and that it waits too long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang_web.bodies.models import Role
from mingtang_web.mistakes.models import Mistake
from mingtang_web.notices.models import Kind
from mingtang_web.notices.wanting import Wanted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

TOLD = (Role.CLERK, Role.PUBLISHER)


def due(on: date) -> Iterator[Wanted]:
    """Yield what is to be told of every mistake without an answer: one query.

    One whose last day is not known is told of as it came, by that day.
    """
    for row in Mistake.objects.filter(struck=False, outcome="").order_by("pk"):
        yield from of(row, on)


def of(row: Mistake, on: date) -> Iterator[Wanted]:
    """Yield what is to be told of one that waits for an answer."""
    yield Wanted(
        Kind.MISTAKE_LATE if row.is_late(on) else Kind.MISTAKE,
        row.body_id,
        row.due or row.day,
        TOLD,
        matter=f"erratum/{row.pk}",
        title=row.number,
        anybody=True,
    )
