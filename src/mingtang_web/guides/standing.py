"""How guide, catalogue and systems of bodies stand: how old, what lacks, what contradicts.

The law has guide and catalogue updated in time (条例第十二条第一款) and sets no interval.
That they are looked at once in `USUAL` months is this system's default and a body's to
change; of the systems (制度) the law says nothing, and their age is shown alone.
"""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Max

from mingtang.publication.guide import contradictions
from mingtang_web.guides.actions import KEPT
from mingtang_web.guides.models import Confirmation, Interval
from mingtang_web.guides.starting import registered
from mingtang_web.publication.completeness import contents_lacking
from mingtang_web.publication.models import Column, Document, State
from mingtang_web.richtext.reading import plain

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from mingtang.publication.completeness import Gap
    from mingtang.publication.guide import Contradiction
    from mingtang_web.bodies.models import Body

USUAL = 12
"""Months after which guide and catalogue are to be looked at, where nobody set others."""
BOUND = (Column.GUIDE, Column.CATALOGUE)
"""What is to be updated in time (条例第十二条第一款)."""
MONTHS = 12


class Stand(NamedTuple):
    """How one document stands.

    ``looked`` is the day on which it was last published or confirmed, ``due`` the day by
    which it is to be looked at again, None where nothing asks for it.
    """

    document: Document
    looked: date | None
    due: date | None
    today: date

    @property
    def is_late(self) -> bool:
        """Whether the day by which it was to be looked at has passed."""
        return self.due is not None and self.due < self.today

    @property
    def months(self) -> int | None:
        """For how many whole months nobody has looked at it."""
        if self.looked is None:
            return None
        passed = (self.today.year - self.looked.year) * MONTHS
        passed += self.today.month - self.looked.month
        return passed - (later(self.looked, passed) > self.today)


class House(NamedTuple):
    """How a body stands: what it has of each column, and how often it looks at it."""

    body: Body
    months: int
    columns: dict[str, list[Stand]]

    @property
    def guides(self) -> list[Stand]:
        """Its guides; one, where all is well."""
        return self.columns[Column.GUIDE]

    @property
    def catalogues(self) -> list[Stand]:
        """Its catalogues."""
        return self.columns[Column.CATALOGUE]

    @property
    def systems(self) -> list[Stand]:
        """Its systems."""
        return self.columns[Column.SYSTEM]


def houses(bodies: Iterable[Body], today: date) -> list[House]:
    """Return how some bodies stand, in their order: three queries."""
    asked = list(bodies)
    months = intervals(asked)
    by: dict[tuple[int, str], list[Document]] = defaultdict(list)
    rows = Document.objects.filter(body__in=asked, column__in=KEPT)
    rows = rows.exclude(state=State.DISCARDED).select_related("published", "current")
    confirmed = _confirmed(rows.values_list("pk", flat=True))
    for row in rows.order_by("pk"):
        by[row.body_id, row.column].append(row)
    return [
        House(
            body,
            months[body.pk],
            {
                column: [
                    _stand(each, confirmed.get(each.pk), months[body.pk], today)
                    for each in by[body.pk, column]
                ]
                for column in KEPT
            },
        )
        for body in asked
    ]


def intervals(bodies: Iterable[Body]) -> dict[int, int]:
    """Return after how many months each body looks again: its own, or the nearest above."""
    rows = dict(Interval.objects.values_list("body", "months"))
    return {body.pk: _nearest(body, rows) for body in bodies}


def lacks(document: Document) -> tuple[Gap, ...]:
    """Return what the newest words of a document lack of 条例第十二条."""
    if document.current is None:
        return ()
    return contents_lacking(document, document.current)


def contradicting(document: Document) -> tuple[Contradiction, ...]:
    """Return where a guide says another thing than is registered of its body."""
    if document.column != Column.GUIDE or document.current is None:
        return ()
    return contradictions(plain(document.current.html), registered(document.body))


def later(day: date, months: int) -> date:
    """Return the same day some months on, or the last of a month that has no such day.

    >>> later(date(2024, 2, 29), 12)
    datetime.date(2025, 2, 28)
    """
    year, month = divmod(day.year * MONTHS + day.month - 1 + months, MONTHS)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _stand(document: Document, confirmed: date | None, months: int, today: date) -> Stand:
    if not document.is_out or document.published_on is None:
        return Stand(document, None, None, today)
    looked = max(document.published_on, confirmed or document.published_on)
    due = later(looked, months) if document.column in BOUND else None
    return Stand(document, looked, due, today)


def _confirmed(documents: Collection[int]) -> dict[int, date]:
    rows = Confirmation.objects.filter(document__in=documents)
    return dict(rows.values_list("document").annotate(Max("on")).order_by())


def _nearest(body: Body, rows: dict[int, int]) -> int:
    way = [int(part) for part in body.path.split("/") if part]
    return next((rows[each] for each in reversed(way) if each in rows), USUAL)
