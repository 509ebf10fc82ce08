"""Whose account is open in a browser: known by a signed cookie, without any session."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING

from django.shortcuts import redirect
from django.urls import reverse

from mingtang_web.asking.citizens import known, pass_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from mingtang_web.asking.models import Citizen

COOKIE = "citizen"


def citizen_of(request: HttpRequest) -> Citizen | None:
    """Return whose account is open in this browser; an officer's session opens none."""
    return known(request.COOKIES.get(COOKIE, ""))


def sign_in(request: HttpRequest, answer: HttpResponse, citizen: Citizen) -> None:
    """Open an account in this browser, for a while from the last page on."""
    answer.set_cookie(
        COOKIE,
        pass_of(citizen),
        path=reverse("mine"),
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def sign_out(answer: HttpResponse) -> None:
    """Close the account in this browser."""
    answer.delete_cookie(COOKIE, path=reverse("mine"))


def by_account(
    view: Callable[[HttpRequest, Citizen], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Let whoever has signed in see a page, and go on for another while."""

    @wraps(view)
    def inner(request: HttpRequest) -> HttpResponse:
        citizen = citizen_of(request)
        if citizen is None:
            return redirect("mine_enter")
        answer = view(request, citizen)
        if COOKIE not in answer.cookies:
            sign_in(request, answer, citizen)
        return answer

    return inner
