"""What a supervisor sees of all bodies, and an administrator of what was counted anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from mingtang.case.recording import parse
from mingtang_web.bodies.models import Body, Role
from mingtang_web.cases.belated import BELATED, in_time_signed_late
from mingtang_web.cases.clocks import soon
from mingtang_web.cases.models import Case
from mingtang_web.cases.overviews import Figures, figures
from mingtang_web.cases.recounting import RECOUNTED, outdated
from mingtang_web.cases.rules import rulebooks
from mingtang_web.desk.paging import page_of
from mingtang_web.desk.sitting import desk_of
from mingtang_web.desk.wording import title_of
from mingtang_web.importing.queries import brought
from mingtang_web.ledger.models import Entry

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from mingtang.case.events import Event
    from mingtang_web.cases.belated import SignedLate

SHOWN = 50
"""So many of the latest acts entered late, and of imports, are shown."""
FEW = 30
"""Below this many answers a rate says little, and the page says so."""


class Line(NamedTuple):
    """A body in the supervisor's table: how deep it stands, and its figures."""

    body: Body
    depth: int
    figures: Figures


@require_safe
@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """Show every body that a person supervises, with its clocks in figures."""
    desk = desk_of(request)
    tops = desk.held.seen_paths()
    if not tops:
        raise Http404
    below = Q()
    for top in tops:
        below |= Q(path__startswith=top)
    bodies = list(Body.objects.filter(below))
    found = figures(bodies, desk.today, soon(desk.today))
    shallowest = min(body.path.count("/") for body in bodies)
    lines = [
        Line(body, body.path.count("/") - shallowest, found[body.pk]) for body in bodies
    ]
    if request.GET.get("sort") == "late":
        lines.sort(key=lambda line: (-line.figures.late, -line.figures.soon))
    context = {
        "lines": lines,
        "total": sum(found.values(), Figures()),
        "year": desk.today.year,
        "few": FEW,
        "by_late": request.GET.get("sort") == "late",
        "belated": _belated(bodies),
        "brought": brought(bodies, desk.today, SHOWN),
    }
    return render(request, "desk/worklist/overview.html", context)


class Told(NamedTuple):
    """An act that moved a term or undid lateness; ``struck`` says what it struck."""

    case: Case
    entry: Entry
    event: Event
    late: SignedLate | None
    struck: str


def _belated(bodies: list[Body]) -> list[Told]:
    """Return what was entered late and undid a lateness, the latest first: two queries."""
    rows = list(
        Entry.objects.filter(body__in=bodies, kind=BELATED)
        .select_related("actor", "approver")
        .order_by("-id")[:SHOWN]
    )
    cases = Case.objects.only("number", "subject").in_bulk({e.case_id or 0 for e in rows})
    return [
        Told(
            *(cases[e.case_id or 0], e, parse(e.content["event"])),
            *(in_time_signed_late(e), _struck(e)),
        )
        for e in rows
        if e.case_id in cases
    ]


def _struck(entry: Entry) -> str:
    """Return the entry that a strike struck, in words; nothing of other acts."""
    if "struck" not in entry.content:
        return ""
    wrong = parse(entry.content["struck"])
    return f"{wrong.on} {title_of(wrong)[0]}"


@require_safe
@login_required
def recounts(request: HttpRequest) -> HttpResponse:
    """Show administrators which cases got another last day, and which still wait."""
    desk = desk_of(request)
    bodies = list(Body.objects.filter(pk__in=desk.own(Role.ADMINISTRATOR)))
    if not bodies:
        raise Http404
    rules = rulebooks(bodies)
    changed = Entry.objects.filter(body__in=bodies, kind=RECOUNTED).order_by("-id")
    page = page_of(request, changed)
    numbers = dict(
        Case.objects.filter(pk__in=[entry.case_id for entry in page.object_list])
        .values_list("pk", "number")
    )  # fmt: skip
    context = {
        "waiting": [(body, outdated(body, rules[body.pk])) for body in bodies],
        "page": page,
        "lines": [(entry, numbers[entry.case_id], entry.content) for entry in page],
    }
    return render(request, "desk/worklist/recounts.html", context)


urlpatterns = [
    path("supervision/", overview, name="overview"),
    path("recounts/", recounts, name="recounts"),
]
