"""What a reader turns on and off with a button, kept in a cookie, without a script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

YEAR = 365 * 24 * 60 * 60


def toggled(request: HttpRequest, name: str, held: str) -> HttpResponse:
    """Turn a cookie on or off, and go back to the page that asked for it.

    ``held`` is what it holds while it is on. Nobody is led to another site.
    """
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = reverse("home")
    response = redirect(back)
    if request.COOKIES.get(name) == held:
        response.delete_cookie(name, path=reverse("home"))
    else:
        response.set_cookie(
            name,
            held,
            max_age=YEAR,
            path=reverse("home"),
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
    return response
