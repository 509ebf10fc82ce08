"""The screen of the register of normative documents, filtered by words in the address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from mingtang_web import typed
from mingtang_web.desk.paging import page_of
from mingtang_web.desk.sitting import desk_of
from mingtang_web.desk.submitting import bodies_for
from mingtang_web.publication import policy, queries
from mingtang_web.publication.norms import HOLDING, ForceEvent, Normative, Validity
from mingtang_web.publication.reminding import ENDING, ending

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from mingtang_web.publication.models import Document

A_QUERY = 60
Stage = ForceEvent.Stage


@require_safe
@login_required
def listed(request: HttpRequest) -> HttpResponse:
    """Show the register, filtered by words in the address; what is in force first."""
    desk = desk_of(request)
    everything = queries.visible(desk.held)
    asked = request.GET
    stand, norm = asked.get("stand", "holds"), asked.get("norm", "")
    sought = typed.sought(asked.get("q", ""), A_QUERY)
    rows = _standing(everything, stand, desk.today)
    if norm in Normative.values:
        rows = rows.filter(norm=norm) if norm else rows
    if sought:
        rows = rows.filter(
            Q(title__icontains=sought) | Q(document_number__icontains=sought)
        )
    context = {
        "page": page_of(request, rows),
        "stand": stand,
        "norm": norm,
        "sought": sought,
        "norms": [row for row in Normative.choices if row[0]],
        "ending": ending(everything, desk.today).count(),
        "waiting": _standing(everything, "waiting", desk.today).count(),
        "today": desk.today,
        "may_enter": bool(bodies_for(policy.RECORD_FORCE, desk.held)),
    }
    return render(request, "desk/norms/list.html", context)


def _standing(rows: QuerySet[Document], stand: str, on: date) -> QuerySet[Document]:
    """Return the documents under one of the filters, each in its own order."""
    if stand == "soon":
        return ending(rows, on, ENDING)
    kinds = {
        "holds": HOLDING,
        "not_yet": (Validity.NOT_YET,),
        "over": (Validity.REPEALED, Validity.LAPSED),
    }
    if stand in kinds:
        found = rows.exclude(norm="").filter(validity__in=kinds[stand])
    elif stand == "waiting":
        found = queries.to_confirm(rows)
    else:
        found = queries.registered(rows)
    return found.order_by("-formed_on", "-pk")


urlpatterns = [
    path("norms/", listed, name="norms"),
]
