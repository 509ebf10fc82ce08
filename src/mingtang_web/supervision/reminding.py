"""What orders give cause to tell: that their last day is near, or has passed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from mingtang_web.notices.models import Kind
from mingtang_web.notices.wanting import Wanted
from mingtang_web.supervision.models import Order
from mingtang_web.supervision.ordering import TOLD_BODY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

AHEAD = timedelta(days=3)


def due(on: date) -> Iterator[Wanted]:
    """Yield what is to be told of every order that waits for its body: one query."""
    rows = Order.objects.filter(struck=False, answered_on=None, passed_on=None)
    for row in rows.filter(due__lte=on + AHEAD).order_by("pk"):
        kind = Kind.ORDER_LATE if row.due < on else Kind.ORDER_DUE
        yield Wanted(
            kind,
            row.body_id,
            row.due,
            TOLD_BODY,
            matter=f"supervision_order/{row.pk}",
            title=row.number,
            anybody=True,
        )
