"""Too many failures: whose they are, and what the person sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from mingtang_web.accounts.models import User


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


def refuse_locked(request: HttpRequest, user: User) -> None:
    """Let a person try a code; raises `ValidationError` where too many were wrong.

    Codes count with passwords, in the database, for all processes together: whoever
    knows the password must not be free to guess the six digits.
    """
    if not AxesProxyHandler.is_allowed(request, {"username": user.username}):
        raise ValidationError(_("尝试次数过多，账号已暂时锁定；请稍后再试"))


def count_failure(request: HttpRequest, user: User) -> None:
    """Count a wrong code as a wrong password is counted."""
    credentials = {"username": user.username}
    user_login_failed.send(__name__, credentials=credentials, request=request)


def locked_out(
    request: HttpRequest,
    response: HttpResponse | None = None,  # noqa: ARG001 - the library's signature
    credentials: object = None,  # noqa: ARG001 - the library's signature
) -> HttpResponse:
    """Return the page that says for how long, and who can help."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return render(request, "account/locked.html", {"minutes": minutes}, status=429)
