"""Too many failures: whose they are, and what the person sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.shortcuts import render

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def typed_name(request: HttpRequest, credentials: dict[str, str] | None) -> str:
    """Return the username that was tried; its case is not told apart."""
    tried = (credentials or {}).get("username") or request.POST.get("login", "")
    return tried.strip().lower()


def address(request: HttpRequest) -> str:
    """Return where a request comes from, behind as many proxies as the operator states.

    What stands further left in the header is what the client itself claims.
    """
    passed = request.headers.get("X-Forwarded-For", "").split(",")
    count = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    if count and len(passed) >= count and passed[-count].strip():
        return passed[-count].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def locked_out(
    request: HttpRequest,
    response: HttpResponse | None = None,  # noqa: ARG001 - the library's signature
    credentials: object = None,  # noqa: ARG001 - the library's signature
) -> HttpResponse:
    """Return the page that says for how long, and who can help."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return render(request, "account/locked.html", {"minutes": minutes}, status=429)
