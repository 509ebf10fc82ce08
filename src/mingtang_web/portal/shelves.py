"""What a body's column (政府信息公开专栏) has to show: only what is public, and exists.

A document that is being revised is listed as it was published: what its next version
will say is nobody's business yet.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from heapq import merge
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection
from django.db.models import Exists, OuterRef

from mingtang.publication.matters import matters
from mingtang_web.annual import publishing
from mingtang_web.bodies.models import Body
from mingtang_web.publication import queries
from mingtang_web.publication.models import Column, State
from mingtang_web.publication.norms import Normative, in_register
from mingtang_web.publication.paging import Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from mingtang.publication.matters import Matter
    from mingtang_web.annual.models import Annual
    from mingtang_web.publication.models import Document

A_PAGE = 20
NEWEST = 5
_ANY = -1
"""Stands for the id of a body in a question that is put together once."""
_ORDER = ("-published_on", "-pk")


class Shelf(NamedTuple):
    """A page of a list: its documents, and where the older ones begin."""

    rows: list[Document]
    older: Place | None


class Asked(NamedTuple):
    """What of a body's documents is asked for: a matter by its id, a year."""

    matter: str = ""
    year: int | None = None


def shelf(body: Body, asked: Asked, behind: Place | None = None) -> Shelf:
    """Return a page of what a body published of its own motion, the newest first."""
    rows = queries.public().filter(body=body, column=Column.STATUTORY)
    return _page(_of(rows, asked), behind)


def newest(most: int = NEWEST) -> list[Document]:
    """Return what was published last, of all bodies."""
    rows = queries.public().filter(column=Column.STATUTORY).order_by(*_ORDER)
    return list(rows[:most])


def kept(body: Body, column: str) -> list[Document]:
    """Return a body's guides, catalogues or systems, the newest first."""
    rows = queries.of_column(queries.public().filter(body=body), column)
    return list(rows.order_by(*_ORDER))


def regulations() -> QuerySet[Document]:
    """Return the regulations (规章) that are public, the newest first."""
    rows = queries.public().filter(in_register(), norm=Normative.REGULATION)
    return rows.order_by("-formed_on", "-pk")


def reports(body: Body) -> list[Annual]:
    """Return a body's annual reports, the last year first."""
    return list(publishing.public().filter(body=body).order_by("-year"))


def years(body: Body) -> list[int]:
    """Return the years from the first to the last in which a body published something."""
    out = queries.public().filter(body=body, column=Column.STATUTORY)
    days = out.order_by("published_on").values_list("published_on", flat=True)
    ends = days.first(), days.last()
    if ends[0] is None or ends[1] is None:
        return []
    return list(range(ends[1].year, ends[0].year - 1, -1))


def matters_of(body: Body) -> list[Matter]:
    """Return the matters (条例第二十条、第二十一条) of which a body published something.

    In the order of the articles; two queries.
    """
    sql, params = _has_matters(connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(sql, [body.pk if each == _ANY else each for each in params])
        found = cursor.fetchone() or ()
    revised = queries.public().filter(body=body).exclude(state=State.PUBLISHED)
    more = set(revised.order_by().values_list("published__matter", flat=True))
    rows = zip(matters(), found, strict=True)
    return [each for each, there in rows if there or each.id in more]


@cache
def _has_matters(_vendor: str) -> tuple[str, tuple[Any, ...]]:
    """Return the question of which matters a body, `_ANY` for now, has anything.

    It is put together once for a kind of database: that takes far longer than to answer.
    """
    out = queries.public().filter(body=OuterRef("pk"), column=Column.STATUTORY)
    settled = out.filter(state=State.PUBLISHED).order_by()
    has = [Exists(settled.filter(matter=each.id)) for each in matters()]
    asked = Body.objects.filter(pk=_ANY).order_by().values_list(*has)
    sql, params = asked.query.sql_with_params()
    return sql, tuple(params)


def _of(rows: QuerySet[Document], asked: Asked) -> list[QuerySet[Document]]:
    """Return the documents asked for, those that are being revised apart.

    The others are as they were published, and are read off the list's own index.
    """
    if asked.year is not None:
        first, last = date(asked.year, 1, 1), date(asked.year, 12, 31)
        rows = rows.filter(published_on__range=(first, last))
    if not asked.matter:
        return [rows]
    settled = rows.filter(state=State.PUBLISHED, matter=asked.matter)
    revised = rows.exclude(state=State.PUBLISHED)
    return [settled, revised.filter(published__matter=asked.matter)]


def _page(parts: Sequence[QuerySet[Document]], behind: Place | None) -> Shelf:
    if behind:
        parts = [behind.older(part) for part in parts]
    read = [part.order_by(*_ORDER)[: A_PAGE + 1] for part in parts]
    rows = list(islice(merge(*read, key=_newest_first), A_PAGE + 1))
    if len(rows) <= A_PAGE:
        return Shelf(rows, None)
    last = rows[A_PAGE - 1]
    return Shelf(rows[:A_PAGE], Place.of(last))


def _newest_first(row: Document) -> tuple[int, int]:
    assert row.published_on is not None  # noqa: S101 - it is public
    return -row.published_on.toordinal(), -row.pk
