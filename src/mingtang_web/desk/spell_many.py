"""A table of many figures of periods: tried without a trace, then entered whole."""

from __future__ import annotations

from hashlib import sha256
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mingtang_web.accounts.queries import signed_in
from mingtang_web.desk.sitting import desk_of
from mingtang_web.desk.spell_forms import ManyForm
from mingtang_web.desk.spell_lines import HEADS, lines_of
from mingtang_web.desk.submitting import bodies_for, tried
from mingtang_web.spells import actions, policy
from mingtang_web.spells.actions import LinesRefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from mingtang_web.accounts.models import User
    from mingtang_web.bodies.models import Body
    from mingtang_web.desk.spell_lines import Line, Lines
    from mingtang_web.spells.checking import Said


class Tried(NamedTuple):
    """A line with why it could not be entered; none where it could."""

    line: Line
    whys: tuple[str, ...]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def many(request: HttpRequest) -> HttpResponse:
    """Take a table of figures: show line by line what would come of it, then enter it.

    It is entered only as it was tried last, and whole or not at all.
    """
    actor = signed_in(request)
    bodies = bodies_for(policy.ENTER, desk_of(request).held)
    if not bodies:
        raise Http404
    form = ManyForm(request.POST or None, request.FILES or None, bodies=bodies)
    found = tried(form, lambda: _read(form))
    if found is None:
        return _page(request, form, ())
    body: Body = form.cleaned_data["body"]
    mark = _mark(body, found)
    if "enter" in request.POST and form.cleaned_data["seen"] == mark:
        done = _entered(request, form, found, actor)
        if done:
            return done
    begun = {"body": str(body.pk), "text": found.text, "seen": mark}
    fresh = ManyForm(bodies=bodies, initial=begun)
    return _page(request, fresh, _attempted(body, found, actor))


def _read(form: ManyForm) -> Lines:
    """Return what was pasted, or else the file; raises `TableError`."""
    file = form.cleaned_data["file"]
    return lines_of(file.read() if file else form.cleaned_data["text"].encode())


def _page(request: HttpRequest, form: ManyForm, lines: Sequence[Tried]) -> HttpResponse:
    refused = sum(bool(each.whys) for each in lines)
    context = {
        "form": form,
        "lines": lines,
        "refused": refused,
        "heads": [heads[0] for heads in HEADS.values()],
    }
    return render(request, "desk/spells/many.html", context)


def _entered(
    request: HttpRequest, form: ManyForm, found: Lines, actor: User
) -> HttpResponse | None:
    """Enter every line; none where one of them is refused by now."""
    body, given = form.cleaned_data["body"], _given(found)
    if len(given) != len(found.lines):
        return None
    try:
        made = actions.enter_all(body, given, actor, form.cleaned_data["key"])
    except LinesRefusedError:
        return None
    messages.success(request, _("已登记 %(n)s 条") % {"n": len(made)})
    where = urlencode({"body": body.pk, "year": made[0].first.year})
    return redirect(f"{reverse('spells')}?{where}")


def _attempted(body: Body, found: Lines, actor: User) -> list[Tried]:
    """Return every line with why it could not be entered; nothing is kept."""
    whys = actions.attempt(body, _given(found), actor)
    return [
        Tried(each, (*each.whys, *chain.from_iterable(whys.get(each.number, {}).values())))
        for each in found.lines
    ]


def _given(found: Lines) -> dict[int, Said]:
    return {each.number: each.said for each in found.lines if each.said}


def _mark(body: Body, found: Lines) -> str:
    """Return a mark of a table as it was tried for a body: another table, another mark."""
    return sha256(f"{body.pk}\n{found.text}".encode()).hexdigest()[:16]


urlpatterns = [path("spells/many/", many, name="spell_many")]
