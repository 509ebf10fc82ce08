"""Who calls: a person signed in at the desk, or a program with a token of theirs.

What a caller may do is asked of the very same policies; a token for looking changes
nothing, whatever its person may.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, get_type_hints

from django.http import Http404
from ninja.params.models import Query
from ninja.security import HttpBearer, SessionAuth

from mingtang_web import clock
from mingtang_web.accounts import tokens
from mingtang_web.accounts.models import Token
from mingtang_web.accounts.queries import signed_in
from mingtang_web.api.problems import OnlyLookingError, UnknownParameterError
from mingtang_web.bodies.queries import standing
from mingtang_web.cases.models import Case
from mingtang_web.cases.opening import look

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from mingtang_web.accounts.models import User
    from mingtang_web.cases.opening import Opened

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class TokenAuth(HttpBearer):
    """A program that carries a person's token: ``Authorization: Bearer mt_…``."""

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        """Return the person, none where the token opens nothing.

        Raises `OnlyLookingError` for a change with a token that is only for looking.
        """
        row = tokens.known(token)
        if row is None:
            return None
        if row.scope == Token.Scope.READ and request.method not in SAFE:
            raise OnlyLookingError
        request.user = row.user
        return row.user


CALLERS = [TokenAuth(), SessionAuth()]
"""The ways to be known; with a session each change also carries its CSRF token."""


def opened(request: HttpRequest, pk: int) -> Opened:
    """Open a case for the caller; raises `Http404` for one that is not seen."""
    user, today = signed_in(request), clock.today()
    try:
        return look(user, standing(user, today), pk, today)
    except Case.DoesNotExist as nothing:
        raise Http404 from nothing


def only_known(answer: Callable[..., object]) -> Callable[..., object]:
    """Let an address refuse the parameters that it does not know, by name.

    Passed over in silence, a filter that was mistyped would give out everything.
    """
    hints = get_type_hints(answer, include_extras=True)
    known = [name for name, hint in hints.items() if _is_query(hint)]

    @wraps(answer)
    def asked(request: HttpRequest, *args: object, **more: object) -> object:
        names = [name for name in request.GET if name not in known]
        if names:
            raise UnknownParameterError(names, known)
        return answer(request, *args, **more)

    return asked


def _is_query(hint: object) -> bool:
    return any(isinstance(each, Query) for each in getattr(hint, "__metadata__", ()))
