"""Who opened a case by number and code: known by a signed cookie, without any session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.urls import reverse

from mingtang_web import clock
from mingtang_web.asking.following import Followed, admitted, ticket

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse

    from mingtang_web.asking.following import Admission

COOKIE = "following"


@dataclass(frozen=True)
class Guest:
    """Somebody in the own case, and nowhere else."""

    admission: Admission
    seen: Followed

    def answer(
        self, request: HttpRequest, page: str, context: Mapping[str, object]
    ) -> HttpResponse:
        """Return a page; the case stays open for another while."""
        known = {"case": self.seen.case, "body": self.seen.case.body, **context}
        made = render(request, f"portal/follow/{page}.html", known)
        keep(request, made, ticket(self.admission.hold, self.admission.part))
        return made


def guest_of(request: HttpRequest) -> Guest | None:
    """Return who opened a case in this browser, none where nobody did: one query."""
    admission = admitted(request.COOKIES.get(COOKIE, ""))
    if admission is None:
        return None
    return Guest(admission, Followed(admission.case, clock.today()))


def keep(request: HttpRequest, answer: HttpResponse, given: str) -> None:
    """Give the browser a ticket, until it is closed; by itself it is good for less."""
    answer.set_cookie(
        COOKIE,
        given,
        path=reverse("follow"),
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def forget(answer: HttpResponse) -> None:
    """Take the ticket back."""
    answer.delete_cookie(COOKIE, path=reverse("follow"))
