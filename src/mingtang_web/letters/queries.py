"""Reading letters: what somebody sees, a case's own, an office's wording."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang_web.bodies.queries import seen
from mingtang_web.letters.models import Letter, LetterEdit

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from mingtang_web.bodies.models import Body
    from mingtang_web.bodies.policy import Standing


def visible(held: Standing) -> QuerySet[Letter]:
    """Return the letters a person sees in lists; opening one is asked for by itself."""
    return Letter.objects.filter(body__in=seen(held)).defer("content", "order")


def of_case(case_id: int) -> QuerySet[Letter]:
    """Return a case's letters with their deliveries, the void ones too: two queries."""
    rows = Letter.objects.filter(case_id=case_id).defer("content", "order")
    return rows.select_related("replaces", "issued_by").prefetch_related("deliveries")


def standing_ones(case_id: int, *kinds: str) -> QuerySet[Letter]:
    """Return a case's issued letters of some kinds, the last first."""
    rows = Letter.objects.filter(
        case_id=case_id, kind__in=kinds, status=Letter.Status.ISSUED
    )
    return rows.defer("content", "order").prefetch_related("deliveries").order_by("-id")


def edits(body: Body, kind: str, on: date) -> dict[str, str]:
    """Return a body's own wording of a kind on a day, by passage: one query."""
    rows = LetterEdit.objects.filter(body=body, kind=kind, since__lte=on)
    last = dict(rows.order_by("id").values_list("passage", "text"))
    return {passage: text for passage, text in last.items() if text}
