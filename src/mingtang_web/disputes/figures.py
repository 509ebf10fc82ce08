"""What reviews and suits come to in figures: how many were filed, how they ended."""

from __future__ import annotations

from collections import Counter, defaultdict

from django.db.models import BooleanField, Count, ExpressionWrapper, Q
from django.db.models.functions import ExtractYear

from mingtang.case.outcome import outcome
from mingtang_web.bodies.models import Body
from mingtang_web.cases.rules import rulebooks
from mingtang_web.disputes.models import Dispute, Position

OPEN = "open"
"""What stands for a dispute that has not ended, beside the columns of table four."""


def dispute_years(bodies: Q) -> dict[int, Counter[tuple[str, str]]]:
    """Return by year of filing how many there are of each procedure and end.

    Only those in which the body stands as respondent. ``bodies`` marks rows whose
    ``body`` is meant; an end is counted in the column its own body chose: two queries
    beside that of the choices.
    """
    rows = list(
        Dispute.objects.filter(bodies, position=Position.RESPONDENT)
        .order_by()
        .annotate(is_open=ExpressionWrapper(Q(ended=None), BooleanField()))
        .values_list("body", ExtractYear("filed"), "procedure", "outcome", "is_open")
        .annotate(Count("id"))
    )
    books = rulebooks(Body.objects.filter(pk__in={row[0] for row in rows}))
    found: dict[int, Counter[tuple[str, str]]] = defaultdict(Counter)
    for body, year, procedure, ended, is_open, n in rows:
        choices = books[body].choices
        column = OPEN if is_open or not ended else outcome(ended).column_by(choices)
        found[year][procedure, column] += n
    return dict(found)
