"""Who sits at the desk, with which roles, on which day; and where a case is opened."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404
from django.urls import NoReverseMatch, reverse

from mingtang_web import clock
from mingtang_web.accounts.queries import signed_in
from mingtang_web.bodies.models import Body
from mingtang_web.bodies.policy import NowhereAllowedError
from mingtang_web.bodies.queries import seen, standing
from mingtang_web.cases.queries import visible

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet
    from django.http import HttpRequest

    from mingtang_web.accounts.models import User
    from mingtang_web.bodies.models import Role
    from mingtang_web.bodies.policy import Act, Standing
    from mingtang_web.cases.models import Case


@dataclass(frozen=True)
class Desk:
    """A person at work: two queries."""

    user: User
    held: Standing
    today: date

    def cases(self) -> QuerySet[Case]:
        """Return every case the person sees."""
        return visible(self.held)

    def bodies(self) -> QuerySet[Body]:
        """Return every body the person sees."""
        return seen(self.held)

    def own(self, *roles: Role) -> list[int]:
        """Return the bodies in which the person holds one of some roles."""
        return sorted({h.body_id for h in self.held.holdings if h.role in roles})

    def may_somewhere(self, act: Act) -> bool:
        """Return whether the person may do an act in any body of their own."""
        return any(held.role in act.roles for held in self.held.holdings)

    def demand(self, act: Act) -> None:
        """Let an act pass that the person may do somewhere.

        Raises `NowhereAllowedError`.
        """
        if not self.may_somewhere(act):
            raise NowhereAllowedError(act)

    def case(self, pk: int) -> Case:
        """Return a case with its body, applicant, section and handler.

        Raises `Http404` for a case that is not seen, as for one that is not there.
        """
        rows = self.cases().select_related("body", "applicant", "section", "handler")
        found = rows.filter(pk=pk).first()
        if found is None:
            raise Http404
        return found


def desk_of(request: HttpRequest) -> Desk:
    """Return the desk of who has signed in, today; asked again, the same one."""
    known = getattr(request, "desk", None)
    if isinstance(known, Desk):
        return known
    today = clock.today()
    made = Desk(signed_in(request), standing(request.user, today), today)
    request.desk = made  # type: ignore[attr-defined]
    return made


def address_of(case: Case) -> str:
    """Return where a case is opened: its page, or what is said of it where none is."""
    try:
        return reverse("case", args=[case.pk])
    except NoReverseMatch:
        return reverse("exchanges", args=[case.pk])


def one_time_key() -> str:
    """Return a token by which a form sent twice is known."""
    return secrets.token_hex(16)
