"""The work of the day for each role: figures that lead to lists, and what is next."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mingtang_web.annual.queries import waiting as reports_waiting
from mingtang_web.bodies.models import Body, Role
from mingtang_web.bodies.queries import loans, roles
from mingtang_web.cases import policy
from mingtang_web.cases.clocks import soon
from mingtang_web.cases.overviews import Figures, figures
from mingtang_web.cases.queries import day_counts, mine, open_ones, waiting_for
from mingtang_web.cases.selecting import asked_of, ordered, shown, unexplained, urged
from mingtang_web.collecting.queries import waiting as reports_handed
from mingtang_web.desk.publishing_today import of_documents
from mingtang_web.desk.sitting import desk_of
from mingtang_web.desk.tiles import Tile
from mingtang_web.desk.worklist import first_tab, rows_of, sections_of, under
from mingtang_web.disputes.queries import waiting as answers_due
from mingtang_web.importing.queries import waiting as imports_waiting
from mingtang_web.keeping import queries as keeping
from mingtang_web.notices import queries as notices

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest, HttpResponse

    from mingtang_web.desk.sitting import Desk

NEXT = 8
"""So many cases are shown as the next ones."""
LAGGING = 5
"""So many bodies with late cases are shown to their supervisor."""
CASEWORK = (Role.CLERK, Role.HANDLER, Role.LEGAL_REVIEWER, Role.APPROVER)


class District(NamedTuple):
    """What a supervisor sees: all bodies together, and those with most late cases."""

    total: Figures
    bodies: int
    lagging: list[tuple[Body, Figures]]
    tiles: list[Tile]


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Show what waits for the person today, most pressing first."""
    desk = desk_of(request)
    near = soon(desk.today)
    at_work = bool(desk.own(*CASEWORK))
    found = day_counts(desk.cases(), mine(desk.held), desk.today, near) if at_work else {}
    context = {
        "today": desk.today,
        "tiles": [*_own(desk, found), *_unread(desk)],
        "of_body": [] if desk.held.seen_paths() else _of_body(found),
        "next": _next(desk) if at_work else [],
        "at_work": at_work,
        "tab": first_tab(desk),
        "may_register": desk.may_somewhere(policy.REGISTER),
        "district": _district(desk, near) if desk.held.seen_paths() else None,
        "keeping": _keeping(desk) if desk.held.managed_paths() else [],
        "roles": roles(desk.user, desk.today),
        "loans": loans(desk.user, desk.today),
    }
    return render(request, "desk/home.html", context)


def _own(desk: Desk, found: dict[str, int]) -> list[Tile]:
    """Return what waits for the person's own work, or consent."""
    tiles: list[Tile] = []
    if desk.own(Role.CLERK, Role.HANDLER):
        tiles += [
            Tile(_("待我办理"), found["own_all"], _list("mine")),
            Tile(_("其中逾期"), found["own_late"], _list("mine", clock="late"), "late"),
            Tile(_("今天到期"), found["own_today"], _list("mine", clock="today"), "soon"),
            Tile(_("临期"), found["own_soon"], _list("mine", clock="soon"), "soon"),
            Tile(_("待确认收到"), found["own_submitted"], _list("mine", phase="submitted")),
            Tile(_("督办待答复"), _urged(desk), _list("mine", note="urged"), "late"),
        ]
    if desk.own(Role.LEGAL_REVIEWER, Role.APPROVER):
        number = waiting_for(desk.held, desk.user.pk).count()
        tiles.append(Tile(_("待我审核"), number, _list("review"), "soon"))
    sections = sections_of(desk)
    if sections:
        asked = open_ones(desk.cases().filter(asked_of(sections))).count()
        tiles.append(Tile(_("内部意见待答复"), asked, _list("all", note="asked"), "soon"))
    if desk.own(*CASEWORK):
        due = answers_due(desk.held, desk.today)
        tone = (
            "late"
            if any(each.clock and each.clock.mark == "late" for each in due)
            else "soon"
        )
        tiles.append(Tile(_("复议诉讼待答复"), len(due), reverse("disputes"), tone))
    if desk.own(Role.APPROVER) and (imports := list(imports_waiting(desk.held))):
        where = reverse("import_proposal", args=[imports[0].pk])
        tiles.append(Tile(_("待我审批的旧台账导入"), len(imports), where, "soon"))
    reports = reports_waiting(desk.held)
    if reports:
        where = reverse("annuals") + "?show=waiting"
        tiles.append(Tile(_("待我审核、签发的年报"), len(reports), where, "soon"))
    return [*tiles, *of_documents(desk)]


def _urged(desk: Desk) -> int:
    return open_ones(desk.cases().filter(mine(desk.held)).filter(urged())).count()


def _unread(desk: Desk) -> list[Tile]:
    if not desk.held.holdings:
        return []
    number = notices.unread(desk.user.pk)
    return [Tile(_("未读通知"), number, reverse("notices") + "?show=unread")]


def _of_body(found: dict[str, int]) -> list[Tile]:
    """Return how the person's bodies stand, whoever is in charge."""
    if not found:
        return []
    return [
        Tile(_("在办"), found["all"], _list("all")),
        Tile(_("逾期"), found["late"], _list("late"), "late"),
        Tile(_("临期"), found["soon"], _list("soon"), "soon"),
        Tile(_("尚未分派"), found["unassigned"], _list("all", note="unassigned"), "soon"),
    ]


def _next(desk: Desk) -> list[object]:
    first = ordered(open_ones(under(first_tab(desk), desk)))
    return [*rows_of(shown(list(first.values_list("pk", flat=True)[:NEXT])), desk)]


def _district(desk: Desk, near: date) -> District:
    below = Q(pk__in=())
    for top in desk.held.seen_paths():
        below |= Q(path__startswith=top)
    bodies = list(Body.objects.filter(below))
    found = figures(bodies, desk.today, near)
    late = [(body, found[body.pk]) for body in bodies if found[body.pk].late]
    late.sort(key=lambda each: (-each[1].late, each[0].path))
    cases = desk.cases()
    tiles = [
        Tile(
            _("逾期未说明原因"),
            unexplained(cases, desk.today).count(),
            _list("all", note="unexplained", state="all"),
            "late",
        ),
        Tile(
            _("督办待答复"),
            open_ones(cases.filter(urged())).count(),
            _list("all", note="urged"),
            "soon",
        ),
    ]
    for season, handed in reports_handed(desk.held):
        where = reverse("season", args=[season.pk]) + "?show=handed"
        name = _("待审的%(year)s年报") % {"year": season.year}
        tiles.append(Tile(name, handed, where, "soon"))
    total = sum(found.values(), start=Figures())
    return District(total, len(bodies), late[:LAGGING], tiles)


def _keeping(desk: Desk) -> list[Tile]:
    counts = keeping.counts(desk.held)
    people, failed = reverse("people"), notices.troubled(desk.held).count()
    return [
        Tile(_("被锁定的账号"), counts["locked"], people + "?state=locked", "late"),
        Tile(_("待首次登录的账号"), counts["waiting"], people + "?state=waiting"),
        Tile(_("没有发出去的通知"), failed, reverse("jobs"), "late"),
    ]


def _list(tab: str, **words: str) -> str:
    return f"{reverse('worklist')}?{urlencode({'tab': tab} | words)}"
