"""The screens of a season: opened, its status board, exported, urged."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from mingtang_web import clock
from mingtang_web.accounts.queries import signed_in
from mingtang_web.collecting import opening, policy, queries
from mingtang_web.collecting.models import Season, State
from mingtang_web.collecting.opening import open_season, urge
from mingtang_web.collecting.reading import settled
from mingtang_web.collecting.status import Status, board, counts, line_of
from mingtang_web.desk.collecting_forms import SeasonForm
from mingtang_web.desk.exporting import MARK
from mingtang_web.desk.paging import page_of
from mingtang_web.desk.sitting import desk_of
from mingtang_web.desk.submitting import Submission, told, tried
from mingtang_web.spreadsheets import harmless

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

    from mingtang_web.collecting.status import Line

LATE, AWAITED = "late", "awaited"


@require_safe
@login_required
def listed(request: HttpRequest) -> HttpResponse:
    """Show what one's own bodies are asked for, and the seasons of one's office."""
    desk = desk_of(request)
    own = [line_of(member, desk.today) for member in queries.own_members(desk.held)[:50]]
    context = {
        "page": page_of(request, queries.seasons(desk.held)),
        "own": own,
        "offices": queries.offices(desk.held),
    }
    return render(request, "desk/collecting/list.html", context)


@login_required
def opened(request: HttpRequest) -> HttpResponse:
    """Open a season."""
    actor = signed_in(request)
    offices = {str(body.pk): body for body in queries.offices(desk_of(request).held)}
    if not offices:
        raise Http404
    office = offices.get(request.GET.get("body", "")) or next(iter(offices.values()))
    form = SeasonForm(request.POST or None, office=office)

    def act() -> HttpResponse:
        season = open_season(office, form.terms(), form.doing(actor))
        said = _("已发起收集，并通知了各机关")
        return told(request, said, "season", season.pk)

    context = {"form": form, "office": office, "offices": offices}
    return tried(form, act) or render(request, "desk/collecting/new.html", context)


@require_safe
@login_required
def shown(request: HttpRequest, number: int) -> HttpResponse:
    """Show the status board."""
    season = found(request, number)
    _settle(season)
    lines = board(season, clock.today())
    asked = request.GET.get("show", "")
    held = desk_of(request).held
    context = {
        "season": season,
        "lines": chosen(lines, asked),
        "counts": [
            (status, number, asked == status) for status, number in counts(lines).items()
        ],
        "every": len(lines),
        "late": sum(_lags(each) for each in lines),
        "awaited": sum(_waits(each) for each in lines),
        "asked": asked,
        "whole_left": (season.whole_due - clock.today()).days,
        "unasked": opening.unasked(season),
        "urging": Submission() if held.allows(policy.DECIDE, season.body) else None,
    }
    return render(request, "desk/collecting/season.html", context)


@require_safe
@login_required
def exported(request: HttpRequest, number: int) -> HttpResponse:
    """Give the board as CSV."""
    season = found(request, number)
    held = io.StringIO()
    held.write(MARK)
    sheet = csv.writer(held, lineterminator="\r\n")
    sheet.writerow([
        _("机关"), _("应报"), _("期限"), _("状态"), _("首次报送"), _("现版报送"),
        _("剩余天数"), _("逾期天数"), _("报送次数"), _("公布日期"),
        _("接受时没有改的违规、矛盾"), _("报告已含下级机关的数"), _("说明"),
        _("补录的收到日期"), _("补录的收到日期已核实"),
    ])  # fmt: skip
    for each in chosen(board(season, clock.today()), request.GET.get("show", "")):
        sheet.writerow([harmless(cell) for cell in _cells(each)])
    answer = HttpResponse(held.getvalue(), content_type="text/csv; charset=utf-8")
    name = f"reports-{season.year}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_POST
@login_required
def urged(request: HttpRequest, number: int) -> HttpResponse:
    """Urge all who have something to do and have not handed in."""
    season, actor = found(request, number), signed_in(request)
    form = Submission(request.POST)

    def act() -> HttpResponse:
        lines = [each for each in board(season, clock.today()) if _waits(each)]
        urge(season, [each.member for each in lines], form.doing(actor))
        said = ngettext("已催报%(n)s个机关", "已催报%(n)s个机关", len(lines))
        return told(request, said % {"n": len(lines)}, "season", season.pk)

    return tried(form, act) or told(request, _("没有催成，请再试一次"), "season", number)


@require_POST
@login_required
def joined(request: HttpRequest, number: int) -> HttpResponse:
    """Ask the bodies founded since the season was opened."""
    season, actor = found(request, number), signed_in(request)
    form = Submission(request.POST)

    def act() -> HttpResponse:
        asked = opening.join(season, form.doing(actor))
        said = ngettext("已加入%(n)s个机关", "已加入%(n)s个机关", asked)
        return told(request, said % {"n": asked}, "season", season.pk)

    return tried(form, act) or told(request, _("没有办成，请再试一次"), "season", number)


def found(request: HttpRequest, number: int) -> Season:
    """Return a season that is seen; raises `Http404`."""
    return get_object_or_404(queries.seasons(desk_of(request).held), pk=number)


def chosen(lines: Sequence[Line], asked: str) -> list[Line]:
    """Return the lines of a status, those that are late, or those that are awaited."""
    if asked == LATE:
        return [each for each in lines if _lags(each)]
    if asked == AWAITED:
        return [each for each in lines if _waits(each)]
    return [each for each in lines if asked not in Status.values or each.status == asked]


def _lags(each: Line) -> bool:
    """Return whether a body is late and has not handed in yet."""
    return each.is_late and each.handed_on is None


def _waits(each: Line) -> bool:
    """Return whether a body is awaited that must report."""
    return each.is_awaited and each.member.expected


def _settle(season: Season) -> None:
    """Take down what has been read meanwhile: the jobs may not be running."""
    for member in season.members.filter(deliveries__state=State.READING):
        for row in member.deliveries.filter(state=State.READING):
            row.member = member
            settled(row)


def _cells(each: Line) -> list[str]:
    member = each.member
    owes = each.status != Status.EXCUSED and not each.handed_on and not each.is_late
    left = str(each.days) if owes else ""
    return [
        member.body.name,
        _("是") if member.expected else _("否"),
        member.due.isoformat(),
        str(each.status.label),
        each.first_on.isoformat() if each.first_on else "",
        each.handed_on.isoformat() if each.handed_on else "",
        left,
        str(each.late_by) if each.is_late else "",
        str(each.last.number) if each.last else "0",
        member.published_on.isoformat() if member.published_on else "",
        " ".join(f"{code}:{n}" for code, n in each.open.items()),
        _("是") if member.sums else _("否"),
        each.why,
        each.receipt.on.isoformat() if each.receipt else "",
        _vouched(each),
    ]


def _vouched(each: Line) -> str:
    """Return whether a day of receipt entered afterwards holds; nothing where none was."""
    if each.receipt is None or each.receipt.is_pending:
        return _("待核实") if each.receipt else ""
    return _("是") if each.receipt.holds else _("否")


urlpatterns = [
    path("collecting/", listed, name="seasons"),
    path("collecting/new/", opened, name="season_new"),
    path("collecting/<int:number>/", shown, name="season"),
    path("collecting/<int:number>/board.csv", exported, name="season_csv"),
    path("collecting/<int:number>/urge/", urged, name="season_urge"),
    path("collecting/<int:number>/join/", joined, name="season_join"),
]
