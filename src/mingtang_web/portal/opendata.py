"""The page of open data: what there is, how it is taken, under what licence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from mingtang_web.portal import meta

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def shown(request: HttpRequest) -> HttpResponse:
    """Show what may be taken."""
    context = {
        "licence": settings.DATA_LICENCE,
        "rate": settings.OPEN_DATA_RATE.partition("/")[0],
        "head": meta.of_site(request, ()),
    }
    return render(request, "portal/data.html", context)


urlpatterns = [path("data/", shown, name="data")]
