"""Telling of a mistake on a page (找错), and reading what came of it: without a name."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import Resolver404, path, resolve
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_safe

from mingtang_web import clock, typed
from mingtang_web.accounts.lockout import address
from mingtang_web.annual.publishing import open_bodies
from mingtang_web.asking.limiting import TOLD, TOLD_EASILY, exhausted, spend
from mingtang_web.bodies.models import Body
from mingtang_web.mistakes import actions
from mingtang_web.mistakes.models import LONGEST, LONGEST_PLACE, Mistake, Wrong
from mingtang_web.portal.asking import sent_with, too_often
from mingtang_web.portal.forms import Questioned
from mingtang_web.publication import queries
from mingtang_web.whereabouts import within

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

GONE = 410


class MistakeForm(Questioned):
    """What is wrong with a page; whose page it is, where that cannot be seen from it."""

    key = typed.Text(max_length=64, widget=forms.HiddenInput)
    place = typed.Text(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=lazy("是哪一类问题"), choices=Wrong, widget=forms.RadioSelect
    )
    said = typed.Text(
        label=lazy("错在哪里，应当是什么"),
        max_length=LONGEST,
        help_text=lazy(
            "抄下错的那一句就好找。不用写姓名、电话；要办事、要投诉的，请打机关电话或者12345"
        ),
        widget=forms.Textarea({"rows": 5}),
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        bodies: Sequence[Body],
        **more: Any,  # noqa: ANN401
    ) -> None:
        """Ask for one of several bodies, with one there is nothing to ask."""
        super().__init__(*args, **more)
        if len(bodies) > 1:
            known = {each.code: each for each in bodies}
            self.fields["body"] = forms.TypedChoiceField(
                label=lazy("是哪个机关的网页"),
                choices=[("", "—"), *((each.code, each.name) for each in bodies)],
                coerce=known.get,
            )
        self._bodies = bodies

    def clean_place(self) -> str:
        """Return the address of a page here, whatever was sent."""
        return _place(self.cleaned_data["place"])

    @property
    def body(self) -> Body:
        """Whose page it is."""
        return self.cleaned_data.get("body") or self._bodies[0]

    def told(self) -> actions.Told:
        """Return what was told."""
        said = self.cleaned_data
        return actions.Told(said["place"], said["kind"], said["said"])


@require_http_methods(["GET", "HEAD", "POST"])
def told(request: HttpRequest) -> HttpResponse:
    """Take in what somebody tells of a page of this site."""
    place = _place(request.POST.get("place") or request.GET.get("page", ""))
    bodies = _bodies(place)
    if not bodies:
        raise Http404
    whence = address(request)
    asks = exhausted(TOLD_EASILY, whence)
    begun = {"key": secrets.token_hex(16), "place": place}
    form = MistakeForm(sent_with(request), bodies=bodies, initial=begun, asks=asks)
    if request.method == "POST" and form.is_valid():
        if exhausted(TOLD, whence):
            return too_often(request, TOLD)
        made = _kept(form)
        if made is not None:
            for limit in (TOLD, TOLD_EASILY):
                spend(limit, whence)
            return redirect("mistake", made.body.code, made.number)
    if asks:
        form.ask_anew()
    return render(request, "portal/mistakes/new.html", {"form": form, "place": place})


@require_safe
def shown(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """Show what came of it: page, kind and answer; the words told stay with the body."""
    rows = Mistake.objects.select_related("body")
    row = get_object_or_404(rows, body__code=code, number=number)
    status = GONE if row.struck else 200
    late = row.is_open and row.is_late(clock.today())
    context = {"mistake": row, "late": late}
    return render(request, "portal/mistakes/shown.html", context, status=status)


def _kept(form: MistakeForm) -> Mistake | None:
    """Keep what was told; None where it is refused, the reasons in the form."""
    try:
        return actions.tell(form.body, form.told(), form.cleaned_data["key"])
    except ValidationError as why:
        said = why.message_dict if hasattr(why, "error_dict") else {"said": why.messages}
        for name, words in said.items():
            form.add_error(name if name in form.fields else None, list(words))
    return None


def _place(said: str) -> str:
    """Return the address of a page here, the front page's for anything else."""
    said = typed.bare(said)
    try:
        parts = urlsplit(said)
    except ValueError:
        return "/"
    here = parts.path if not parts.scheme and not parts.netloc else ""
    if not here.startswith("/") or len(said) > LONGEST_PLACE or typed.unseen(said):
        return "/"
    return f"{here}?{parts.query}" if parts.query else here


def _bodies(place: str) -> list[Body]:
    """Return whose page it is, or all it may be: those that have anything public."""
    public = open_bodies().filter(closed_on=None)
    code = _code(place)
    own = list(public.filter(code=code)) if code else []
    return own or list(public)


def _code(place: str) -> str:
    """Return the code of the body whose page it is, blank where it is nobody's."""
    try:
        found = resolve(within(urlsplit(place).path))
    except Resolver404:
        return ""
    if found.url_name == "information":
        rows = queries.with_tombstones().filter(index_number=found.kwargs["number"])
        return rows.values_list("body__code", flat=True).first() or ""
    return str(found.kwargs.get("code", ""))


urlpatterns = [
    path("mistakes/", told, name="mistake_new"),
    path("mistakes/<str:code>/<str:number>/", shown, name="mistake"),
]
