"""What a figure is made of: its cases or disputes, its adjustments; any period's table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mingtang.compiling import CompileError
from mingtang.compiling.tables import totals
from mingtang.form.loading import edition_for
from mingtang.manuscript import Drawn
from mingtang.report import Fact, Report, Signature, State
from mingtang.writing.manuscript import drawn
from mingtang_web import clock
from mingtang_web.accounts.queries import signed_in
from mingtang_web.annual import actions, policy, queries
from mingtang_web.annual.compiling import facts_of
from mingtang_web.annual.models import Adjustment
from mingtang_web.annual.naming import label_in
from mingtang_web.annual.periods import period
from mingtang_web.annual.publications import DOCUMENT_CELLS
from mingtang_web.annual.yearly import periods_of
from mingtang_web.bodies.queries import require, seen
from mingtang_web.cases import policy as case_policy
from mingtang_web.cases.actions import Doing
from mingtang_web.cases.models import Case
from mingtang_web.desk.annual import found
from mingtang_web.desk.annual import page as paper_page
from mingtang_web.desk.annual_forms import AdjustForm, PeriodForm, ReasonForm
from mingtang_web.desk.sitting import desk_of
from mingtang_web.desk.submitting import Submission, told, tried
from mingtang_web.figures import label_of
from mingtang_web.files.actions import AlteredFileError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.http import HttpRequest, HttpResponse

    from mingtang.compiling import Period
    from mingtang_web.annual.models import Annual
    from mingtang_web.bodies.models import Body

MOST = 1000
"""A total of more opens into its parts first: nobody reads a thousand numbers."""
SHOWN = 200


@require_safe
@login_required
def shown(request: HttpRequest, number: int, cell: str) -> HttpResponse:
    """Show the cases or disputes that count in a cell."""
    return _page(request, found(request, number), cell)


@require_POST
@login_required
def adjusted(request: HttpRequest, number: int, cell: str) -> HttpResponse:
    """Propose to adjust a cell."""
    annual, actor = found(request, number), signed_in(request)
    form = AdjustForm(request.POST)

    def act() -> HttpResponse:
        said = form.cleaned_data
        asked = Adjustment(cell=cell, change=said["change"], reason=said["reason"])
        doing = Doing(actor, said["version"] or 0, said["key"])
        actions.adjust(annual, asked, doing)
        return told(request, _("调整已提出，由另一位负责人签字后计入"), "annual", annual.pk)

    return tried(form, act) or _page(request, annual, cell, form)


@require_POST
@login_required
def signed(request: HttpRequest, number: int, adjustment: int) -> HttpResponse:
    """Sign an adjustment."""
    annual, actor = found(request, number), signed_in(request)
    row = get_object_or_404(annual.adjustments.select_related("annual"), pk=adjustment)
    form = Submission(request.POST)

    def act() -> HttpResponse:
        said = form.cleaned_data
        actions.sign_adjustment(row, Doing(actor, said["version"] or 0, said["key"]))
        return told(request, _("调整已签字，计入表中"), "annual", annual.pk)

    return tried(form, act) or paper_page(request, annual, {"adjustment": form}, 422)


@login_required
def ended(request: HttpRequest, number: int, adjustment: int) -> HttpResponse:
    """Take an adjustment back."""
    annual, actor = found(request, number), signed_in(request)
    require(actor, policy.WRITE, annual.body, clock.today())
    row = get_object_or_404(annual.adjustments.select_related("annual"), pk=adjustment)
    form = ReasonForm(request.POST or None, version=annual.version)

    def act() -> HttpResponse:
        said = form.cleaned_data
        doing = Doing(actor, said["version"] or 0, said["key"])
        actions.end_adjustment(row, said["reason"], doing)
        return told(request, _("调整已撤销；记录保留"), "annual", annual.pk)

    label = label_in(annual, row.cell)
    context = {"annual": annual, "form": form, "row": row, "label": label}
    return tried(form, act) or render(request, "desk/annual/end.html", context)


@require_safe
@login_required
def over_time(request: HttpRequest) -> HttpResponse:
    """Show table three of a body for any period; of the first where none is named."""
    bodies = list(seen(desk_of(request).held))
    if not bodies:
        return render(request, "desk/annual/period.html", {"nobody": True})
    today = clock.today()
    begun = {"body": str(bodies[0].pk), "first": today.replace(day=1), "last": today}
    asked = begun | request.GET.dict() if request.GET else None
    form = PeriodForm(asked, bodies=bodies, initial=begun)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        said = form.cleaned_data
        require(request.user, policy.SEE, said["body"], today)
        context |= _counted(request, said["body"], said["first"], said["last"])
    return render(request, "desk/annual/period.html", context)


def _counted(request: HttpRequest, body: Body, first: date, last: date) -> dict[str, Any]:
    try:
        made = period(body, first, last)
    except (CompileError, LookupError) as problem:
        return {"why": str(problem)}
    cell = request.GET.get("cell", "")
    numbers = made.origins[cell].numbers if cell in made.origins else ()
    rows = Case.objects.filter(body=body, number__in=numbers[:SHOWN]).order_by("number")
    table = _table(made, body)
    return {
        "period": made,
        "is_today": last == clock.today(),
        "body": body,
        "table": table,
        "cell": cell,
        "label": label_of(edition_for(last.year), cell) if numbers else "",
        "cases": rows.defer("description"),
        "more": max(0, len(numbers) - SHOWN),
    }


def _report(made: Period, body: Body) -> Report:
    """Return a report with nothing in it but the table of a period."""
    facts = {
        cell: Fact(cell, State.NUMBER, value, str(value))
        for cell, value in made.figures.items()
    }
    edition, signature = edition_for(made.last.year), Signature()
    known = (body.name, made.last.year, edition, None, None, None, None, signature)
    return Report(*known, facts, (), (), ())


def _table(made: Period, body: Body) -> Drawn:
    edition = edition_for(made.last.year)
    return drawn(edition.table("requests"), _report(made, body))


def _page(
    request: HttpRequest, annual: Annual, cell: str, form: AdjustForm | None = None
) -> HttpResponse:
    spelled = periods_of(annual).get(cell)
    counted = queries.is_counted(cell, annual)
    if not counted and spelled is None:
        raise Http404
    facts, why = _facts(annual)
    fact = facts.get(cell)
    held = desk_of(request).held
    require(request.user, case_policy.SEE, annual.body, clock.today())
    parts = totals(edition_for(annual.year).id).get(cell, ())
    large = fact is not None and fact.value is not None and fact.value > MOST
    apart = bool(parts) and large
    behind = None
    if counted and not apart:
        after = request.GET.get("after", "0")
        known = annual.body, annual.year, cell
        behind = queries.behind(*known, int(after) if after.isdecimal() else 0)
    may_write = annual.is_written and held.allows(policy.WRITE, annual.body)
    may = may_write and not parts and spelled is None
    context = {
        "annual": annual,
        "cell": cell,
        "label": _FEES.get(cell) or label_in(annual, cell),
        "fact": fact,
        "why": why,
        "behind": behind,
        "nothing": _nothing(cell),
        "spelled": spelled,
        "may_write": may_write,
        "parts": _parts(annual, facts, parts),
        "apart": apart,
        "adjustments": annual.adjustments.filter(cell__in=parts or (cell,)),
        "form": form or AdjustForm(version=annual.version) if may and fact else None,
    }
    return render(request, "desk/annual/cell.html", context, status=422 if form else 200)


def _nothing(cell: str) -> str:
    """Return what is said where nothing counts in a cell: what would count is named."""
    if cell in DOCUMENT_CELLS:
        return _("没有文件计入这一格。")
    if cell.startswith("disputes/"):
        return _("没有行政复议、行政诉讼计入这一格。")
    return _("没有案件计入这一格。")


_FEES = {
    "fees/notices": "发出收费通知",
    "fees/asked": "收费通知总金额",
    "fees/collected": "实际收取总金额",
    "fees/refunded": "退付总金额",
}


def _facts(annual: Annual) -> tuple[Mapping[str, Fact], str]:
    """Return a report's cells, or why there are none."""
    try:
        return facts_of(annual), ""
    except (CompileError, AlteredFileError) as problem:
        return {}, str(problem)


def _parts(
    annual: Annual, facts: Mapping[str, Fact], parts: tuple[str, ...]
) -> list[tuple[str, str, object]]:
    """Return the cells that a total adds up and that are not 0."""
    found = ((part, facts[part].value) for part in parts if part in facts)
    return [(part, label_in(annual, part), value) for part, value in found if value]


urlpatterns = [
    path("annual/period/", over_time, name="annual_period"),
    path("annual/<int:number>/cell/<path:cell>/adjust/", adjusted, name="annual_adjust"),
    path("annual/<int:number>/cell/<path:cell>/", shown, name="annual_cell"),
    path(
        "annual/<int:number>/adjustments/<int:adjustment>/sign/",
        signed,
        name="annual_adjustment_sign",
    ),
    path(
        "annual/<int:number>/adjustments/<int:adjustment>/end/",
        ended,
        name="annual_adjustment_end",
    ),
]
