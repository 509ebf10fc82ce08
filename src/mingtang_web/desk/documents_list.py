"""The list of documents, filtered by words in the address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from mingtang_web import typed
from mingtang_web.bringing import policy as bringing
from mingtang_web.desk.documents_page import term
from mingtang_web.desk.paging import page_by_ids
from mingtang_web.desk.sitting import desk_of
from mingtang_web.desk.submitting import bodies_for
from mingtang_web.publication import policy, queries
from mingtang_web.publication.models import READY, WRITTEN, Attribute, Column, State

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from mingtang_web.publication.models import Document

A_QUERY = 60


@require_safe
@login_required
def listed(request: HttpRequest) -> HttpResponse:
    """Show the documents that are seen, filtered by words in the address."""
    desk = desk_of(request)
    turns = queries.turns(desk.held)
    stand, sought = (
        request.GET.get("stand", ""),
        typed.sought(request.GET.get("q", ""), A_QUERY),
    )
    rows = _standing(queries.visible(desk.held), stand, desk.user.pk, desk.today)
    if stand == "turn":
        rows = rows.filter(pk__in=[each.pk for each in turns])
    rows = queries.saying(rows, sought)
    column = request.GET.get("column", "")
    if column in Column.values:
        rows = queries.of_column(rows, column)
    page = page_by_ids(request, rows, queries.of_ids)
    context = {
        "page": page,
        "lines": [(row, term(row, desk.today)) for row in page],
        "turns": turns,
        "publishing": queries.to_publish(desk.held).count(),
        "stand": stand,
        "sought": sought,
        "column": column,
        "columns": Column.choices,
        "may_begin": bool(bodies_for(policy.WRITE, desk.held)),
        "may_bring": desk.may_somewhere(bringing.SEE),
    }
    return render(request, "desk/documents/list.html", context)


def _standing(
    rows: QuerySet[Document], stand: str, user_id: int | None, today: object
) -> QuerySet[Document]:
    if stand == "mine":
        return queries.written_by(rows, user_id)
    wanted = {
        "draft": Q(state__in=WRITTEN),
        "review": Q(state=State.IN_REVIEW),
        "ready": Q(state__in=READY),
        "public": Q(published__isnull=False, withdrawn_on__isnull=True),
        "late": Q(
            due__lt=today,
            first_published_on__isnull=True,
            attribute=Attribute.PROACTIVE,
            norm="",  # the stock was made public before the system, here or elsewhere
        )
        & ~Q(state=State.DISCARDED),
        "down": Q(state=State.WITHDRAWN),
    }.get(stand)  # fmt: skip
    if wanted is None:
        return rows.exclude(state=State.DISCARDED)
    return rows.filter(wanted)


urlpatterns = [path("documents/", listed, name="documents")]
