"""A case as a screen opens it, for whoever has signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404

from mingtang_web.cases.models import Case
from mingtang_web.cases.opening import Opened, look
from mingtang_web.desk.sitting import desk_of

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = ["Opened", "opened"]


def opened(request: HttpRequest, pk: int) -> Opened:
    """Open a case; another body's is not there.

    Raises `Http404`.
    """
    desk = desk_of(request)
    try:
        return look(desk.user, desk.held, pk, desk.today)
    except Case.DoesNotExist as nothing:
        raise Http404 from nothing
