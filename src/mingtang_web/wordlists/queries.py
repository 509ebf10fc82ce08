"""Reading word lists: those somebody sees, and the words of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Q

from mingtang_web.bodies.models import Body
from mingtang_web.bodies.queries import seen
from mingtang_web.wordlists.models import ListOfWords

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from mingtang_web.bodies.policy import Standing


def visible(held: Standing) -> QuerySet[ListOfWords]:
    """Return the lists of the bodies that are seen, and those above that hold for them."""
    bodies = seen(held)
    above = {
        int(part)
        for path in bodies.values_list("path", flat=True)
        for part in path.split("/")
        if part
    }
    rows = ListOfWords.objects.filter(body__in=Body.objects.filter(pk__in=above))
    return rows.select_related("body").order_by("body__path", "pk")


def counted(rows: QuerySet[ListOfWords]) -> QuerySet[ListOfWords]:
    """Return lists with ``in_use``, how many of their words are in use."""
    in_use = Count("listed", filter=Q(listed__retired_on__isnull=True))
    return rows.annotate(in_use=in_use)
