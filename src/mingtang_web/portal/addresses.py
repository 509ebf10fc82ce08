"""Whole addresses of the portal's pages, for machines that read them elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from mingtang_web.whereabouts import within

if TYPE_CHECKING:
    from django.http import HttpRequest

ELSEWHERE = "mingtang.address"
"""Under what a request carries the address at which its answer will stand (an export)."""


def absolute(request: HttpRequest, path: str) -> str:
    """Return the whole address of a path that `reverse` gave.

    The site's own address where the operator set one: what a visitor's browser calls
    the host is no fact. An export stands elsewhere, without the site's prefix.
    """
    elsewhere = request.META.get(ELSEWHERE)
    if elsewhere is not None:
        return f"{elsewhere}{within(path)}"
    own = settings.ADDRESS or f"{request.scheme}://{request.get_host()}"
    return f"{own}{path}"
