"""The published annual reports, for anybody to read and to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from mingtang.writing.manuscript import manuscript
from mingtang_web.annual import publishing
from mingtang_web.annual.compiling import frozen
from mingtang_web.annual.models import State
from mingtang_web.annual.remarks import remarks_in
from mingtang_web.bodies.models import Body
from mingtang_web.files.actions import AlteredFileError, content
from mingtang_web.files.downloads import TYPES, handed_out
from mingtang_web.portal import meta
from mingtang_web.portal.keeping import kept
from mingtang_web.portal.meta import Feed

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from mingtang_web.annual.models import Annual

GONE, UNSURE = 410, 503


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """List the published reports of a year, body by body; the last year first."""
    rows = publishing.public()
    years = sorted(set(rows.order_by().values_list("year", flat=True)), reverse=True)
    asked = request.GET.get("year", "")
    chosen = next((year for year in years if str(year) == asked), max(years, default=0))
    feeds = (Feed(reverse("feed_reports"), meta.ANNUALS),) if years else ()
    context = {
        "years": years,
        "year": chosen,
        "listed": rows.filter(year=chosen).order_by("body__path"),
        "head": meta.of_reports(request, feeds),
    }
    return render(request, "portal/reports/list.html", context)


@require_safe
def report(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Show a published report as it was signed; a note where it was withdrawn."""
    return _read(request, _standing(code, year))


@require_safe
def report_issue(request: HttpRequest, code: str, year: int, issue: int) -> HttpResponse:
    """Show one issue of a report as it was published, marked where it was replaced."""
    return _read(request, _issue(code, year, issue))


def _read(request: HttpRequest, annual: Annual) -> HttpResponse:
    """Show a report that was published; ``later`` is what stands in its place now."""
    stands = publishing.standing(annual.body, annual.year)
    later = stands if stands and stands.issue > annual.issue else None
    context: dict[str, object] = {"annual": annual, "later": later}
    if annual.state == State.WITHDRAWN:
        context["since"] = annual.steps.filter(verdict="withdrawn").last()
        return render(request, "portal/reports/gone.html", context, status=GONE)
    assert annual.snapshot is not None  # noqa: S101 - it was signed
    try:
        context["pieces"] = manuscript(frozen(annual)).pieces
        context["remarks"] = remarks_in(content(annual.snapshot))
    except AlteredFileError:
        return _unsure(request, annual)
    context["head"] = meta.of_report(request, annual)
    context["outputs"] = annual.outputs.select_related("file")
    return render(request, "portal/reports/report.html", context)


@require_safe
@kept
def report_file(request: HttpRequest, code: str, year: int, kind: str) -> HttpResponse:
    """Give out a published report in one of its formats."""
    return _given(request, _standing(code, year), kind)


@require_safe
@kept
def report_issue_file(
    request: HttpRequest, code: str, year: int, issue: int, kind: str
) -> HttpResponse:
    """Give out one issue of a published report in one of its formats."""
    return _given(request, _issue(code, year, issue), kind)


def _given(request: HttpRequest, annual: Annual, kind: str) -> HttpResponse:
    if annual.state == State.WITHDRAWN:
        return _read(request, annual)
    row = get_object_or_404(annual.outputs.select_related("file"), format=kind)
    name = f"{annual.body.name}{annual.year}年政府信息公开工作年度报告.{kind}"
    try:
        return handed_out(content(row.file), TYPES[kind], name)
    except AlteredFileError:
        return _unsure(request, annual)


def _unsure(request: HttpRequest, annual: Annual) -> HttpResponse:
    """Say that what is kept is not what was signed: nothing of it is shown."""
    context = {"annual": annual, "altered": True}
    return render(request, "portal/reports/gone.html", context, status=UNSURE)


def _standing(code: str, year: int) -> Annual:
    annual = publishing.standing(get_object_or_404(Body, code=code), year)
    if annual is None:
        raise Http404
    return annual


def _issue(code: str, year: int, number: int) -> Annual:
    annual = publishing.issue(get_object_or_404(Body, code=code), year, number)
    if annual is None:
        raise Http404
    return annual


urlpatterns = [
    path("reports/", reports, name="reports"),
    path("reports/<str:code>/<int:year>/", report, name="report"),
    path(
        "reports/<str:code>/<int:year>/issue/<int:issue>/",
        report_issue,
        name="report_issue",
    ),
    path(
        "reports/<str:code>/<int:year>/issue/<int:issue>/<str:kind>/",
        report_issue_file,
        name="report_issue_file",
    ),
    path("reports/<str:code>/<int:year>/<str:kind>/", report_file, name="report_file"),
]
