"""The first page of whoever does not work here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from mingtang_web.portal import meta

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Show what anybody can do here, and where those who work here go in."""
    return render(request, "portal/front.html", {"head": meta.of_site(request)})
