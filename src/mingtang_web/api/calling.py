"""Who calls: a person signed in at the desk, today with the desk's own session.

Tokens with scopes for other programs take their place beside `Session` here; what a
caller may do then is still asked of the very same policies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from ninja.security import SessionAuth

from mingtang_web import clock
from mingtang_web.accounts.queries import signed_in
from mingtang_web.bodies.queries import standing
from mingtang_web.cases.models import Case
from mingtang_web.cases.opening import look

if TYPE_CHECKING:
    from django.http import HttpRequest

    from mingtang_web.cases.opening import Opened

CALLERS = [SessionAuth()]
"""The ways to be known; each change also carries the session's own CSRF token."""


def opened(request: HttpRequest, pk: int) -> Opened:
    """Open a case for the caller; raises `Http404` for one that is not seen."""
    user, today = signed_in(request), clock.today()
    try:
        return look(user, standing(user, today), pk, today)
    except Case.DoesNotExist as nothing:
        raise Http404 from nothing
