"""The screens of the registers of section one: figures, lists, entries with history."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mingtang_web import clock
from mingtang_web.accounts.queries import signed_in
from mingtang_web.activities import actions, policy, queries
from mingtang_web.activities.models import Activity, Step, What
from mingtang_web.activities.rules import REGISTERS, Register, kept
from mingtang_web.bodies.queries import require
from mingtang_web.desk import activity_forms as forms
from mingtang_web.desk import activity_lists as lists
from mingtang_web.desk.activity_filtering import FilterForm, this_year
from mingtang_web.desk.activity_story import story
from mingtang_web.desk.paging import page_of
from mingtang_web.desk.sitting import desk_of
from mingtang_web.desk.submitting import bodies_for, told, tried

if TYPE_CHECKING:
    from datetime import date

    from django.forms import Form
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

    from mingtang_web.activities.queries import Figure
    from mingtang_web.activities.rules import Counted
    from mingtang_web.bodies.models import Body
    from mingtang_web.ledger import stepping

LATEST = 6
"""So many steps of an entry are shown at once, those before them when asked for."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Shown(NamedTuple):
    """A figure as the page of all registers shows it, and where its entries stand."""

    counted: Counted
    figure: Figure
    link: str


@require_safe
@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """Show every register of a body with its figures of a period."""
    desk = desk_of(request)
    bodies = list(desk.bodies())
    if not bodies:
        raise Http404
    form, body, since, until = _asked(request, bodies)
    require(request.user, policy.SEE, body, clock.today())
    found = queries.counts(body, since, until)
    context = {
        "form": form,
        "body": body,
        "since": since,
        "until": until,
        "registers": [
            (each, _shown(body, each, found[each], (since, until))) for each in Register
        ],
        "may_record": desk.held.allows(policy.RECORD, body),
    }
    return render(request, "desk/activities/overview.html", context)


def _asked(
    request: HttpRequest, bodies: list[Body]
) -> tuple[forms.PeriodForm, Body, date, date]:
    """Return the form, the body and the period; at first one's own body, this year."""
    own = sorted(desk_of(request).held.body_ids())
    first = next((body for body in bodies if body.pk in own), bodies[0])
    since, until = this_year()
    begun = {"body": str(first.pk), "since": since, "until": until}
    form = forms.PeriodForm(request.GET or None, bodies=bodies, initial=begun)
    if not form.is_valid():
        return form, first, since, until
    said = form.cleaned_data
    return form, said["body"], said["since"], said["until"]


def _shown(
    body: Body, register: Register, found: dict[str, Figure], period: tuple[date, date]
) -> list[Shown]:
    words = {"body": body.pk, "since": period[0], "until": period[1]}
    listed_at = reverse("activity_list", args=[register])
    return [
        Shown(each, found[each.id], f"{listed_at}?{urlencode(words | {'figure': each.id})}")
        for each in REGISTERS[register].figures
    ]


@require_safe
@login_required
def listed(request: HttpRequest, register: str) -> HttpResponse:
    """Show one register, narrowed to what the address says."""
    which, desk = _register(register), desk_of(request)
    form = FilterForm(request.GET, desk, which)
    rows = form.narrow(queries.visible(desk.held)).select_related("body")
    page = page_of(request, rows)
    counted = form.counted
    context = {
        "register": which,
        "kept": kept(which),
        "form": form,
        "chips": form.chips(),
        "address": form.address,
        "page": page,
        "rows": [lists.row_of(each, desk.today) for each in page.object_list],
        "counted": counted,
        "figure": queries.told_of(rows, counted) if counted and counted.of else None,
        "many_bodies": "body" in form.fields,
        "may_record": bool(bodies_for(policy.RECORD, desk.held)),
        "too_long": page.paginator.count > lists.MOST,
    }
    return render(request, "desk/activities/list.html", context)


@require_safe
@login_required
def exported(request: HttpRequest, register: str, kind: str) -> HttpResponseBase:
    """Give a whole list away as a table; one too long for a workbook as CSV alone."""
    which, desk = _register(register), desk_of(request)
    form = FilterForm(request.GET, desk, which)
    rows = form.narrow(queries.visible(desk.held)).select_related("body")
    if kind not in {"csv", "xlsx"} or (kind == "xlsx" and rows.count() > lists.MOST):
        raise Http404
    name = f"{which.label}-{desk.today:%Y%m%d}.{kind}"
    answer: HttpResponseBase
    if kind == "csv":
        held = lists.as_csv(rows, which, desk.today)
        answer = StreamingHttpResponse(held, content_type="text/csv; charset=utf-8")
    else:
        held_book = lists.as_workbook(rows, which, desk.today)
        answer = FileResponse(held_book, content_type=XLSX)
    answer["Content-Disposition"] = content_disposition_header(True, name) or ""  # noqa: FBT003 - Django's signature
    return answer


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def recorded(request: HttpRequest, register: str) -> HttpResponse:
    """Enter something that was done."""
    which, actor = _register(register), signed_in(request)
    bodies = bodies_for(policy.RECORD, desk_of(request).held)
    if not bodies:
        raise Http404
    form = forms.RecordForm(request.POST or None, register=which, bodies=bodies)

    def act() -> HttpResponse:
        body, key = form.cleaned_data["body"], form.cleaned_data["key"]
        made = actions.record(body, which, form.said(), actor, key)
        return told(request, _("已登记：%(n)s") % {"n": made.number}, "activity", made.pk)

    context = {"form": form, "register": which, "kept": kept(which)}
    return tried(form, act) or render(request, "desk/activities/form.html", context)


@require_safe
@login_required
def shown(request: HttpRequest, number: int) -> HttpResponse:
    """Show one entry: what it says, its history, what may be done."""
    return _page(request, _found(request, number))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def amended(request: HttpRequest, number: int) -> HttpResponse:
    """Say an entry anew."""
    activity, actor = _found(request, number), signed_in(request)
    require(actor, policy.AMEND, activity.body, clock.today())
    form = forms.AmendForm(request.POST or None, activity=activity)

    def act() -> HttpResponse:
        doing = form.doing(actor, form.cleaned_data["why"])
        actions.amend(activity, form.said(), doing)
        return told(request, _("已登记，原来的内容留在记录里"), "activity", activity.pk)

    context = {"form": form, "activity": activity, "kept": activity.kept}
    context["register"] = Register(activity.register)
    return tried(form, act) or render(request, "desk/activities/form.html", context)


@require_POST
@login_required
def observed(request: HttpRequest, number: int) -> HttpResponse:
    """Record what was seen of an account."""
    activity, actor = _found(request, number), signed_in(request)
    form = forms.ObserveForm(request.POST, auto_id="id_observe_%s")

    def act() -> HttpResponse:
        said = form.cleaned_data
        actions.observe(activity, said["seen"], said["posted"], form.doing(actor))
        return told(request, _("已登记巡查"), "activity", activity.pk)

    return tried(form, act) or _page(request, activity, {"observe": form}, 422)


@require_POST
@login_required
def struck(request: HttpRequest, number: int, step: int | None = None) -> HttpResponse:
    """Strike an entry, or one observation of an account."""
    activity, actor = _found(request, number), signed_in(request)
    of = get_object_or_404(activity.steps.all(), pk=step) if step else None
    form = forms.StrikeForm(request.POST, auto_id=f"id_strike{step or ''}_%s")

    def act() -> HttpResponse:
        actions.strike(activity, form.doing(actor, form.cleaned_data["why"]), of)
        return told(request, _("已作废；记录仍然留存"), "activity", activity.pk)

    name = f"strike{step or ''}"
    return tried(form, act) or _page(request, activity, {name: form}, 422)


def _register(name: str) -> Register:
    if name not in Register.values:
        raise Http404
    return Register(name)


def _found(request: HttpRequest, number: int) -> Activity:
    rows = queries.visible(desk_of(request).held).select_related("body")
    return get_object_or_404(rows, pk=number)


def _page(
    request: HttpRequest,
    activity: Activity,
    sent: dict[str, Form] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show an entry, with a form that was sent back where something was refused."""
    sent, desk = sent or {}, desk_of(request)
    held, version = desk.held, activity.version
    open_ = not activity.struck
    may_strike = open_ and held.allows(policy.STRIKE, activity.body)
    steps = list(activity.steps.select_related("entry__actor"))
    is_account = activity.register == Register.ACCOUNT
    may_observe = open_ and is_account and held.allows(policy.OBSERVE, activity.body)
    note, late = lists.noted(activity, desk.today)
    told_so_far = [
        (line, _strikes(line.step, sent, version) if may_strike else None)
        for line in reversed(story(activity, steps))
    ]
    context = {
        "activity": activity,
        "facts": lists.facts(activity),
        "note": note,
        "late": late,
        "story": told_so_far[:LATEST],
        "earlier": told_so_far[LATEST:],
        "may_amend": open_ and held.allows(policy.AMEND, activity.body),
        "observe": may_observe
        and (
            sent.get("observe")
            or forms.ObserveForm(version=version, auto_id="id_observe_%s")
        ),
        "strike": may_strike
        and (
            sent.get("strike") or forms.StrikeForm(version=version, auto_id="id_strike_%s")
        ),
        "sent": bool(sent),
    }
    return render(request, "desk/activities/entry.html", context, status=status)


def _strikes(step: stepping.Step, sent: dict[str, Form], version: int) -> Form | None:
    """Return the form that strikes an observation; other steps have none."""
    if not isinstance(step, Step) or step.what != What.OBSERVED or step.struck:
        return None
    name = f"strike{step.pk}"
    return sent.get(name) or forms.StrikeForm(version=version, auto_id=f"id_{name}_%s")


urlpatterns = [
    path("activities/", overview, name="activities"),
    path("activities/items/<int:number>/", shown, name="activity"),
    path("activities/items/<int:number>/amend/", amended, name="activity_amend"),
    path("activities/items/<int:number>/observe/", observed, name="activity_observe"),
    path("activities/items/<int:number>/strike/", struck, name="activity_strike"),
    path(
        "activities/items/<int:number>/strike/<int:step>/",
        struck,
        name="activity_strike_observation",
    ),
    path("activities/<str:register>/", listed, name="activity_list"),
    path("activities/<str:register>/new/", recorded, name="activity_new"),
    path("activities/<str:register>/<str:kind>/", exported, name="activity_export"),
]
