"""Who is asking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

from mingtang_web.accounts.models import User

if TYPE_CHECKING:
    from django.http import HttpRequest


def signed_in(request: HttpRequest) -> User:
    """Return the person who has signed in.

    Raises `PermissionDenied` when nobody has; screens send people to sign in
    before they come here.
    """
    if isinstance(request.user, User):
        return request.user
    raise PermissionDenied
