"""Long lists in pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator

if TYPE_CHECKING:
    from django.core.paginator import Page
    from django.db.models import QuerySet
    from django.http import HttpRequest

A_PAGE = 50


def page_of(request: HttpRequest, rows: QuerySet[Any], size: int = A_PAGE) -> Page[Any]:
    """Return the page of ``rows`` that the address asks for; the nearest there is."""
    return Paginator(rows, size).get_page(request.GET.get("page"))
