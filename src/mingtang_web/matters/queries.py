"""Reading the catalogue: as of a day, whose turn an item is, and what nobody published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from mingtang_web.bodies.queries import seen
from mingtang_web.matters.models import Fulfilment, Item

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from mingtang_web.bodies.policy import Standing

LINKS = Fulfilment.objects.filter(
    item=OuterRef("pk"),
    ended_at__isnull=True,
    document__published__isnull=False,
    document__withdrawn_on__isnull=True,
)
"""The public documents that stand at an item, for subqueries."""


def visible(held: Standing) -> QuerySet[Item]:
    """Return the items of the bodies that are seen, and those above that hold for them."""
    above = {
        int(part)
        for path in seen(held).values_list("path", flat=True)
        for part in path.split("/")
        if part
    }
    return Item.objects.filter(body__in=above).select_related("body")


def as_of(rows: QuerySet[Item], day: date) -> QuerySet[Item]:
    """Return the items that stood in the catalogue on a day (the version of that day)."""
    return rows.filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day)


def with_documents(rows: QuerySet[Item]) -> QuerySet[Item]:
    """Return items with ``fulfilled``: whether a public document stands at each."""
    return rows.annotate(fulfilled=Exists(LINKS))
