"""By which door somebody comes to ask: from anywhere, or at a counter with a clerk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import path, reverse

from mingtang_web import clock
from mingtang_web.accounts.queries import signed_in
from mingtang_web.asking.drafts import Token, opened
from mingtang_web.bodies.models import Body
from mingtang_web.bodies.queries import standing
from mingtang_web.cases.policy import REGISTER

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse
    from django.urls import URLPattern

    from mingtang_web.accounts.models import User
    from mingtang_web.asking.drafts import Filling

ASK, COUNTER = "ask", "counter"


@dataclass(frozen=True)
class Door:
    """A door: ``ask`` for anybody, ``counter`` with the clerk who helps."""

    name: str
    clerk: User | None = None

    @property
    def at_counter(self) -> bool:
        """Whether a clerk helps."""
        return self.clerk is not None

    @property
    def cookie(self) -> str:
        """The cookie that keeps the draft's token."""
        return f"draft_{self.name}"

    @property
    def template(self) -> str:
        """The page that its pages stand in."""
        return "portal/counter.html" if self.at_counter else "portal/page.html"

    def bodies(self) -> QuerySet[Body]:
        """Return the bodies that can be asked here.

        Raises `PermissionDenied` where the clerk may register for none.
        """
        rows = Body.objects.filter(closed_on=None)
        if self.clerk is None:
            return rows
        held = standing(self.clerk, clock.today()).holdings
        mine = rows.filter(pk__in=[h.body_id for h in held if h.role in REGISTER.roles])
        if not mine:
            raise PermissionDenied
        return mine

    def address(self, page: str, *of: object) -> str:
        """Return where a page is, by this door."""
        return reverse(f"{self.name}_{page}", args=of)

    def go(self, page: str, *of: object) -> HttpResponse:
        """Lead on to a page."""
        return redirect(self.address(page, *of))

    def filling(self, request: HttpRequest) -> Filling | None:
        """Return the draft that the browser holds, none where it holds none."""
        return opened(Token.read(request.COOKIES.get(self.cookie, "")), self.clerk)

    def keep(self, request: HttpRequest, answer: HttpResponse, token: Token) -> None:
        """Give the browser a draft's token, until it is closed; scripts do not see it."""
        answer.set_cookie(
            self.cookie,
            str(token),
            path=self.address("start"),
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )

    def forget(self, answer: HttpResponse) -> None:
        """Take the token back."""
        answer.delete_cookie(self.cookie, path=self.address("start"))


def door_of(request: HttpRequest, name: str) -> Door:
    """Return the door by which a request came.

    Raises `PermissionDenied` for whoever is no clerk at the counter.
    """
    if name != COUNTER:
        return Door(name)
    door = Door(name, signed_in(request))
    door.bodies()
    return door


def by_both(
    route: str, view: Callable[..., HttpResponse], name: str, **more: str
) -> tuple[URLPattern, URLPattern]:
    """Return a page's two addresses: for anybody, and at the counter."""
    return (
        path(f"ask/{route}", view, {"door": ASK, **more}, name=f"ask_{name}"),
        path(
            f"counter/{route}",
            login_required(view),
            {"door": COUNTER, **more},
            name=f"counter_{name}",
        ),
    )
