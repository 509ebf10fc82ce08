"""The screens of figures of periods: a year with its gaps, one figure, a table of many."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mingtang.form.loading import NoEditionError
from mingtang_web import clock
from mingtang_web.accounts.queries import signed_in
from mingtang_web.annual.closing import settled
from mingtang_web.bodies.queries import require
from mingtang_web.desk import spell_forms as forms
from mingtang_web.desk.activity_forms import StrikeForm
from mingtang_web.desk.sitting import desk_of
from mingtang_web.desk.stepped_story import plain, story_of
from mingtang_web.desk.submitting import bodies_for, told, tried
from mingtang_web.publication.models import Document
from mingtang_web.spells import actions, policy, queries
from mingtang_web.spells.cells import cells_of
from mingtang_web.spells.models import Spell

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

    from mingtang_web.bodies.models import Body
    from mingtang_web.desk.stepped_story import Saying
    from mingtang_web.spells.models import Step
    from mingtang_web.spells.queries import Made

LABELS = {
    "cell": gettext_lazy("格"),
    "first": gettext_lazy("起日"),
    "last": gettext_lazy("止日"),
    "value": gettext_lazy("数"),
    "source": gettext_lazy("出处"),
    "provider": gettext_lazy("由谁提供"),
    "document_id": gettext_lazy("公开文件"),
}


class Kept(NamedTuple):
    """A cell of a year as the page shows it: what its periods make, where one goes on.

    ``due`` is the first day that is over and lacking.
    """

    cell: str
    label: str
    made: Made | None
    due: date | None


@require_safe
@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """Show the figures of a body's year: each cell's periods, and what they lack."""
    desk = desk_of(request)
    form, body, year = asked(request)
    rows = list(queries.of_year(body, year))
    context = {
        "form": form,
        "body": body,
        "year": year,
        "taken": bool(rows),
        "cells": _cells(rows, year),
        "struck": [row for row in rows if row.struck],
        "settled": settled(body, year),
        "may_enter": desk.held.allows(policy.ENTER, body) and not body.closed_on,
    }
    return render(request, "desk/spells/overview.html", context)


def asked(request: HttpRequest) -> tuple[forms.YearForm, Body, int]:
    """Return which body's year is asked for, with the form; its own where none is.

    Raises `NotAllowedError` and `Http404`.
    """
    desk = desk_of(request)
    bodies = list(desk.bodies())
    if not bodies:
        raise Http404
    own = sorted(desk.held.body_ids())
    first = next((body for body in bodies if body.pk in own), bodies[0])
    begun = {"body": str(first.pk), "year": forms.year_before()}
    said = begun | request.GET.dict() if request.GET else None
    form = forms.YearForm(said, bodies=bodies, initial=begun)
    valid = form.is_valid()
    body = form.cleaned_data["body"] if valid else first
    require(request.user, policy.SEE, body, clock.today())
    return form, body, form.cleaned_data["year"] if valid else forms.year_before()


def _cells(rows: Sequence[Spell], year: int) -> list[Kept]:
    """Return every cell of a year's form with what its periods make."""
    try:
        known = cells_of(year)
    except NoEditionError:
        return []
    made = queries.made([row for row in rows if not row.struck], year)
    return [_kept(cell, label, made.get(cell)) for cell, label in known.items()]


def _kept(cell: str, label: str, made: Made | None) -> Kept:
    due = made.lacking[0][0] if made and made.lacking else None
    return Kept(cell, label, made, due if due and due < clock.today() else None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def entered(request: HttpRequest) -> HttpResponse:
    """Enter a figure of a period; an address may begin with a cell and its next days."""
    actor = signed_in(request)
    bodies = bodies_for(policy.ENTER, desk_of(request).held)
    if not bodies:
        raise Http404
    begun = {name: request.GET.get(name, "") for name in ("body", "cell", "first", "last")}
    begun = {name: text for name, text in begun.items() if text}
    if begun.get("body") not in {str(body.pk) for body in bodies}:
        begun.pop("body", None)
    form = forms.EnterForm(request.POST or None, bodies=bodies, initial=begun)

    def act() -> HttpResponse:
        body, key = form.cleaned_data["body"], form.cleaned_data["key"]
        made = actions.enter(body, form.said(), actor, key)
        return told(request, _("已登记：%(n)s") % {"n": made.number}, "spell", made.pk)

    return tried(form, act) or render(request, "desk/spells/form.html", {"form": form})


@require_safe
@login_required
def shown(request: HttpRequest, number: int) -> HttpResponse:
    """Show one figure: what it says, its history, what may be done."""
    return page_of(request, found(request, number))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def amended(request: HttpRequest, number: int) -> HttpResponse:
    """Say a figure anew."""
    spell, actor = found(request, number), signed_in(request)
    require(actor, policy.AMEND, spell.body, clock.today())
    form = forms.AmendForm(request.POST or None, spell=spell)

    def act() -> HttpResponse:
        doing = form.doing(actor, form.cleaned_data["why"])
        actions.amend(spell, form.said(), doing)
        return told(request, _("已登记，原来的内容留在记录里"), "spell", spell.pk)

    context = {"form": form, "spell": spell}
    return tried(form, act) or render(request, "desk/spells/form.html", context)


@require_POST
@login_required
def struck(request: HttpRequest, number: int) -> HttpResponse:
    """Strike a figure."""
    spell, actor = found(request, number), signed_in(request)
    form = StrikeForm(request.POST, auto_id="id_strike_%s")

    def act() -> HttpResponse:
        actions.strike(spell, form.doing(actor, form.cleaned_data["why"]))
        return told(request, _("已作废；记录仍然留存"), "spell", spell.pk)

    return tried(form, act) or page_of(request, spell, {"strike": form}, 422)


def found(request: HttpRequest, number: int) -> Spell:
    """Return the figure that is meant, of those this person sees; raises `Http404`."""
    return get_object_or_404(queries.visible(desk_of(request).held), pk=number)


def page_of(
    request: HttpRequest,
    spell: Spell,
    sent: Mapping[str, Form] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show a figure, with a form that was sent back where something was refused."""
    held, open_, sent = desk_of(request).held, not spell.struck, sent or {}
    strike = attach = None
    if open_ and held.allows(policy.STRIKE, spell.body):
        strike = StrikeForm(version=spell.version, auto_id="id_strike_%s")
    if open_ and held.allows(policy.ATTACH, spell.body):
        attach = forms.EvidenceForm(version=spell.version, auto_id="id_attach_%s")
    steps = list(spell.steps.select_related("entry__actor"))
    labels = {name: str(label) for name, label in LABELS.items()}
    context = {
        "spell": spell,
        "story": reversed(story_of(steps, labels, _said_of(steps))),
        "settled": settled(spell.body, spell.first.year),
        "may_amend": open_ and held.allows(policy.AMEND, spell.body),
        "strike": sent.get("strike", strike),
        "attach": sent.get("attach", attach),
        "evidence": spell.evidence.select_related("file", "by"),
        "sent": bool(sent),
    }
    return render(request, "desk/spells/entry.html", context, status=status)


def _said_of(steps: Sequence[Step]) -> Saying:
    """Return how columns are put into words: cells as printed, documents by number."""
    known = {str(step.held.get("document_id")) for step in steps} - {"None"}
    rows = Document.objects.filter(pk__in=known).values_list("pk", "index_number")
    numbers = {str(pk): number for pk, number in rows} if known else {}

    def said(column: str, held: Mapping[str, object]) -> str:
        text = plain(column, held)
        if column == "document_id":
            return numbers.get(text, "")
        if column != "cell" or not text:
            return text
        return cells_of(int(plain("first", held).partition("-")[0])).get(text, text)

    return said


urlpatterns = [
    path("spells/", overview, name="spells"),
    path("spells/new/", entered, name="spell_new"),
    path("spells/<int:number>/", shown, name="spell"),
    path("spells/<int:number>/amend/", amended, name="spell_amend"),
    path("spells/<int:number>/strike/", struck, name="spell_strike"),
]
