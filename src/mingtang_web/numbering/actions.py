"""Giving numbers out: none twice and none left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang_web.ledger.actions import hold
from mingtang_web.numbering.models import NumberSeries

if TYPE_CHECKING:
    from mingtang_web.bodies.models import Body


def next_number(body: Body, series: str, year: int) -> int:
    """Return the next number of a series; inside a transaction, which may give it back.

    The series' row stays locked until the transaction ends, so that a number is
    used exactly when what it numbers is kept. The body's chain is locked before it.
    """
    hold(body)
    rows = NumberSeries.objects.select_for_update()
    found = rows.filter(body=body, series=series, year=year).first()
    if found is None:
        fresh = NumberSeries(body=body, series=series, year=year)
        NumberSeries.objects.bulk_create([fresh], ignore_conflicts=True)
        found = rows.get(body=body, series=series, year=year)
    found.last += 1
    found.save(update_fields=("last",))
    return found.last
