"""The indicators of the bodies somebody supervises: shares with of how many, in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from mingtang.supervising import FEW, indicator
from mingtang_web.bodies.models import Body
from mingtang_web.desk.sitting import desk_of
from mingtang_web.supervision.indicators import OFFERED, told

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

MOST = 500
"""So many bodies are compared at most: those first in the tree."""


@require_safe
@login_required
def shown(request: HttpRequest) -> HttpResponse:
    """Show one indicator of all bodies that somebody supervises."""
    desk = desk_of(request)
    below = Q(pk__in=())
    for top in desk.held.seen_paths():
        below |= Q(path__startswith=top)
    bodies = list(Body.objects.filter(below, closed_on=None)[:MOST])
    if not bodies:
        raise Http404
    said = request.GET.get("of", "")
    name = said if said in OFFERED else next(iter(OFFERED))
    of, lines = told(name, bodies, desk.today)
    context = {
        "of": of,
        "lines": lines,
        "offered": [indicator(each) for each in OFFERED],
        "year": desk.today.year,
        "few": FEW,
    }
    return render(request, "desk/supervision/indicators.html", context)


urlpatterns = [path("indicators/", shown, name="indicators")]
