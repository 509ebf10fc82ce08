"""What guides and catalogues give cause to tell: that nobody has looked for long.

A month before the day and then once a month. A body that has never published here is
told nothing: its guide stands elsewhere. Its catalogue may be the site's own list, so
that none is missed.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from mingtang_web.bodies.models import Body, Role
from mingtang_web.guides.standing import BOUND, houses, later
from mingtang_web.notices.models import Kind
from mingtang_web.notices.wanting import Wanted
from mingtang_web.publication.models import Column, Document

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mingtang_web.guides.standing import House, Stand

AHEAD = timedelta(days=30)
TOLD = (Role.CLERK, Role.PUBLISHER)


def due(on: date) -> Iterator[Wanted]:
    """Yield what is to be told of every guide and catalogue: a fixed number of queries."""
    publishing = Document.objects.filter(published__isnull=False).values("body")
    bodies = Body.objects.filter(pk__in=publishing, closed_on=None)
    for house in houses(bodies, on):
        for column in BOUND:
            yield from _of(house, column, on)


def _of(house: House, column: str, on: date) -> Iterator[Wanted]:
    told = Wanted(
        Kind.GUIDE_LATE, house.body.pk, on, TOLD, matter=f"guides_body/{house.body.pk}"
    )
    stands = house.columns[column]
    if column == Column.GUIDE and not any(each.looked for each in stands):
        yield told._replace(kind=Kind.GUIDE_MISSING, day=on.replace(day=1))
    for each in stands:
        if each.due is not None and on >= each.due - AHEAD:
            yield _looked(each, told, on)


def _looked(stand: Stand, told: Wanted, on: date) -> Wanted:
    assert stand.due is not None  # noqa: S101 - asked before
    kind = Kind.GUIDE_LATE if stand.is_late else Kind.GUIDE_DUE
    months = 0
    while stand.is_late and later(stand.due, months + 1) < on:
        months += 1
    return told._replace(
        kind=kind,
        day=stand.due,
        about=f"{stand.document.pk}/{months}",
        title=stand.document.title[:40],
    )
