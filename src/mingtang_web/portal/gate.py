"""Where something secret is tried: wrong ones are counted, then a question comes first."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, TypeVar

from mingtang_web.accounts.lockout import address
from mingtang_web.asking.limiting import MISSED, MISSED_EASILY, exhausted, spend
from mingtang_web.portal.asking import sent_with, too_often
from mingtang_web.portal.forms import Questioned

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    View = Callable[..., HttpResponse]
Form = TypeVar("Form", bound=Questioned)
Found = TypeVar("Found")


def gated(view: View) -> View:
    """Take nothing more from an address whence too much was wrong."""

    @wraps(view)
    def inner(request: HttpRequest, *of: object) -> HttpResponse:
        if request.method == "POST" and exhausted(MISSED, address(request)):
            return too_often(request, MISSED)
        return view(request, *of)

    return inner


def tried(
    request: HttpRequest,
    kind: type[Form],
    whom: str,
    opened: Callable[[Form], Found | None],
) -> tuple[Form, Found | None]:
    """Return the form to show, and what a secret sent with it opened, none if nothing.

    ``whom`` is what is tried: a number, an account. Several wrong ones for it, or from
    one address, and the form asks its question: on the page already, where that is
    known, and never as a fault of whoever did not see it. Opening a page costs no try.
    """
    whence, sent = address(request), request.method == "POST"
    careful = exhausted(MISSED_EASILY, whence, *((whom,) if sent else ()))
    if careful and "token" not in request.POST:
        form = kind(initial=request.POST.dict(), asks=True)
        form.ask_anew()
        return form, None
    form = kind(sent_with(request), asks=careful)
    if form.is_valid():
        found = opened(form)
        if found is not None:
            return form, found
        form.add_error(None, str(form.wrong))
        spend(MISSED, whence)
        for each in (whence, whom):
            spend(MISSED_EASILY, each)
        careful = exhausted(MISSED_EASILY, whence, whom)
    if careful:
        form.ask_anew()
    return form, None
