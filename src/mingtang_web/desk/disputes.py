"""The screens of reviews and suits: register, page, acts, table four."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST, require_safe

from mingtang.case.counting import COLUMNS, KINDS, Cell
from mingtang.case.disputes import Ruled, replay_dispute
from mingtang.case.proceedings import FILING, PROCEEDINGS, proceedings_open
from mingtang_web import clock
from mingtang_web.accounts.queries import signed_in
from mingtang_web.bodies.queries import require, seen
from mingtang_web.desk import dispute_forms as forms
from mingtang_web.desk.figure_words import stand_of, title_of
from mingtang_web.desk.paging import page_of
from mingtang_web.desk.reckoning import asked_for
from mingtang_web.desk.sitting import desk_of
from mingtang_web.desk.submitting import bodies_for, told, tried
from mingtang_web.desk.wording import by_roles
from mingtang_web.disputes import actions, bridge, policy, queries
from mingtang_web.disputes.doubting import doubts, receipts
from mingtang_web.disputes.models import Dispute
from mingtang_web.ledger.models import Entry
from mingtang_web.words import spoken_later

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet
    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

    from mingtang.case.disputes import DisputeEvent
    from mingtang.case.proceedings import Proceeding
    from mingtang_web.bodies.policy import Standing
    from mingtang_web.desk.sitting import Desk

KIND_NAMES = dict(
    zip(
        KINDS, (lazy("行政复议"), lazy("未经复议直接起诉"), lazy("复议后起诉")), strict=True
    )
)
COLUMN_NAMES = dict(
    zip(
        COLUMNS,
        (lazy("结果维持"), lazy("结果纠正"), lazy("其他结果"), lazy("尚未审结")),
        strict=True,
    )
)
TITLES = {each.event: spoken_later(each.title) for each in (FILING, *PROCEEDINGS)}


class Happening(NamedTuple):
    """One line of a dispute's story; ``struck`` where it no longer counts."""

    entry: Entry
    title: str
    on: str
    struck: bool
    says: str


class Offered(NamedTuple):
    """An act that may be done now, with its form."""

    proceeding: Proceeding
    form: Form


class Figure(NamedTuple):
    """A figure of table four whose disputes are listed; ``times`` is the figure."""

    title: str
    whose: str
    rows: QuerySet[Dispute]
    times: int


@require_safe
@login_required
def listed(request: HttpRequest) -> HttpResponse:
    """Show what waits for an answer or to be performed, and all reviews and suits."""
    today = clock.today()
    desk = desk_of(request)
    held = desk.held
    rows = queries.visible(held).select_related("body")
    stand = request.GET.get("stand", "")
    if stand in {"open", "ended"}:
        rows = rows.filter(ended__isnull=stand == "open")
    figure = _figure(request, desk, rows)
    context = {
        "page": page_of(request, queries.open_first(figure.rows if figure else rows)),
        "stand": stand,
        "figure": figure,
        "waiting": queries.waiting(held, today),
        "unperformed": queries.unperformed(held, today),
        "may_file": bool(bodies_for(policy.FILE, held)),
    }
    return render(request, "desk/disputes/list.html", context)


def _figure(request: HttpRequest, desk: Desk, rows: QuerySet[Dispute]) -> Figure | None:
    """Return the figure of a year that the address names, none where it names none.

    Raises `Http404` for one that there is not, and for a body that is not seen.
    """
    word = request.GET.get("figure", "")
    if not word:
        return None
    try:
        asked, title = stand_of(word), title_of(word)
    except LookupError:
        raise Http404 from None
    whose = ""
    for name in ("body", "under"):
        number = request.GET.get(name, "")
        if number.isdecimal():
            body = get_object_or_404(desk.bodies(), pk=int(number))
            below = name == "under"
            meant = Q(body__path__startswith=body.path) if below else Q(body=body)
            rows = rows.filter(meant)
            whose = body.name + (_("（含下级）") if below else "")
    return Figure(title, whose, *queries.counting_in(rows, asked.cells, asked.year))


@login_required
def filed(request: HttpRequest) -> HttpResponse:
    """Enter a review or suit."""
    actor = signed_in(request)
    bodies = bodies_for(policy.FILE, desk_of(request).held)
    if not bodies:
        raise Http404
    form = forms.FilingForm(request.POST or None, bodies=bodies)

    def act() -> HttpResponse:
        made = actions.file(form.filing(), actor, form.cleaned_data["key"])
        return told(request, _("已登记：%(n)s") % {"n": made.number}, "dispute", made.pk)

    return tried(form, act) or render(request, "desk/disputes/new.html", {"form": form})


@require_safe
@login_required
def shown(request: HttpRequest, number: int) -> HttpResponse:
    """Show one review or suit: where it stands, its story, what may be done."""
    return _page(request, _found(request, number))


@require_POST
@login_required
def recorded(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """Record what happened in a dispute."""
    dispute = _found(request, number)
    if kind not in policy.DOING:
        raise Http404
    actor = signed_in(request)
    form = forms.act_form(kind, dispute, request.POST)

    def act() -> HttpResponse:
        _do(dispute, form, actor)
        said = _("已登记：%(what)s") % {"what": TITLES[kind]}
        return told(request, said, "dispute", dispute.pk)

    return tried(form, act) or _page(request, dispute, {kind: form}, 422)


@require_POST
@login_required
def noted(request: HttpRequest, number: int) -> HttpResponse:
    """Keep a note of what was done after."""
    dispute, actor = _found(request, number), signed_in(request)
    form = forms.NoteForm(request.POST, dispute=dispute)

    def act() -> HttpResponse:
        actions.note(dispute, form.followed(), actor, form.cleaned_data["key"])
        return told(request, _("已登记后续办理"), "dispute", dispute.pk)

    return tried(form, act) or _page(request, dispute, {"note": form}, 422)


@require_POST
@login_required
def struck(request: HttpRequest, number: int, entry: int) -> HttpResponse:
    """Strike a record that was entered wrongly."""
    dispute, actor = _found(request, number), signed_in(request)
    form = forms.StrikeForm(request.POST)
    wrong = get_object_or_404(Entry, pk=entry, body=dispute.body_id)

    def act() -> HttpResponse:
        actions.strike(dispute, wrong, form.doing(actor, form.cleaned_data["why"]))
        said = _("已更正登记；原记录仍留在台账里")
        return told(request, said, "dispute", dispute.pk)

    return tried(form, act) or _page(request, dispute, {"strike": form}, 422)


@require_safe
@login_required
def table_four(request: HttpRequest) -> HttpResponse:
    """Show table four of a body as of any day, each figure with what it is made of."""
    held = desk_of(request).held
    bodies = list(seen(held))
    if not bodies:
        raise Http404
    form, body, day = asked_for(request, bodies)
    require(request.user, policy.SEE, body, clock.today())
    cells = queries.table_four(body, day)
    rows = [
        (KIND_NAMES[kind], [(COLUMN_NAMES[c], cells[Cell(kind, c)]) for c in COLUMNS])
        for kind in KINDS
    ]
    totals = [
        (name, columns, sum(len(numbers) for _, numbers in columns))
        for name, columns in rows
    ]
    context = {"form": form, "body": body, "day": day, "rows": totals}
    context["columns"] = COLUMN_NAMES.values()
    return render(request, "desk/disputes/table.html", context)


def _found(request: HttpRequest, number: int) -> Dispute:
    held = desk_of(request).held
    rows = queries.visible(held).select_related("body", "review")
    return get_object_or_404(rows, pk=number)


def _do(dispute: Dispute, form: forms.ActForm, actor: object) -> Dispute:
    event: DisputeEvent = form.event()
    doing = form.doing(actor)  # type: ignore[arg-type]
    if isinstance(event, Ruled):
        return actions.rule(dispute, event, form.order(), doing)
    return actions.do(dispute, event, doing)


def _page(
    request: HttpRequest,
    dispute: Dispute,
    sent: dict[str, Form] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show a dispute, with a form that was sent back where something was refused."""
    sent = sent or {}
    today = clock.today()
    held = desk_of(request).held
    recorded_ = bridge.entries([dispute.pk])[dispute.pk]
    may_strike = held.allows(policy.STRIKE, dispute.body)
    events = bridge.standing(recorded_)
    possible = proceedings_open(replay_dispute(bridge.history(dispute.pk)))
    cases = dispute.cases.order_by("number")
    context = {
        "dispute": dispute,
        "doubts": (*doubts(dispute, cases), *receipts(cases, dispute.filed)),
        "same": queries.over_the_same(dispute),
        "asked": queries.asked(dispute, today),
        "performing": queries.performing(dispute, today),
        "story": _story(recorded_, {each.pk for each in events}),
        "last": events[-1].pk if len(events) > 1 and may_strike else None,
        "offers": _offers(possible, dispute, held, sent),
        "others": _by_others(possible, dispute, held),
        "cases": cases,
        "notes": dispute.notes.select_related("by"),
        "note": sent.get("note") or forms.NoteForm(dispute=dispute),
        "may_note": held.allows(policy.NOTE, dispute.body),
        "strike": sent.get("strike") or forms.StrikeForm(version=dispute.version),
        "sent": bool(sent),
    }
    return render(request, "desk/disputes/dispute.html", context, status=status)


def _offers(
    possible: Iterable[Proceeding],
    dispute: Dispute,
    held: Standing,
    sent: dict[str, Form],
) -> list[Offered]:
    return [
        Offered(each, sent.get(each.event) or forms.act_form(each.event, dispute))
        for each in possible
        if held.allows(policy.DOING[each.event], dispute.body)
    ]


def _by_others(
    possible: Iterable[Proceeding], dispute: Dispute, held: Standing
) -> dict[str, list[str]]:
    """Return what others may record now, by the names of their roles."""
    if not held.roles_in(dispute.body):
        return {}
    found = ((policy.DOING[each.event], each.title) for each in possible)
    return by_roles(each for each in found if not held.allows(each[0], dispute.body))


def _story(entries: list[Entry], counting: set[int]) -> list[Happening]:
    found = []
    for entry in entries:
        said = entry.content
        event = said.get("event")
        if event is None:
            continue
        order = said.get("order")
        told = (said.get(each, "") for each in ("learnt", "organ_known", "beside"))
        says = _ordering(order) if order else "；".join(filter(None, told))
        result = forms.OUTCOMES.get(event.get("outcome"), "")
        title = str(TITLES[event["kind"]]) + (f"：{result}" if result else "")
        found.append(Happening(entry, title, event["on"], entry.pk not in counting, says))
    return found


def _ordering(order: dict[str, Any]) -> str:
    """Return in words what a ruling ordered."""
    said = (
        [_("责令重新处理 %(n)s 件") % {"n": len(order["cases"])}] if order["cases"] else []
    )
    if order["answer_by"]:
        said.append(_("履行、答复期限 %(day)s") % {"day": order["answer_by"]})
    return "；".join(said)


urlpatterns = [
    path("disputes/", listed, name="disputes"),
    path("disputes/new/", filed, name="dispute_new"),
    path("disputes/table/", table_four, name="table_four"),
    path("disputes/<int:number>/", shown, name="dispute"),
    path("disputes/<int:number>/note/", noted, name="dispute_note"),
    path("disputes/<int:number>/strike/<int:entry>/", struck, name="dispute_strike"),
    path("disputes/<int:number>/<str:kind>/", recorded, name="dispute_record"),
]
