"""The screens of what normative documents come to: table 2 by year, interpretations."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mingtang.compiling.tally import DOCUMENT_LINES
from mingtang.publication.effective import KIND_NAMES, WHY_NAMES, Kind
from mingtang_web.accounts.queries import signed_in
from mingtang_web.annual.compiling import last_years
from mingtang_web.desk.norm_forms import StockTakingForm
from mingtang_web.desk.norm_register import norms_of
from mingtang_web.desk.sitting import desk_of
from mingtang_web.desk.submitting import tried
from mingtang_web.publication import counting, linking, policy
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponse

    from mingtang.publication.effective import Move
    from mingtang_web.bodies.models import Body
    from mingtang_web.publication.counting import Line
    from mingtang_web.publication.models import Document


class Figure(NamedTuple):
    """A figure, its name, and the documents behind it; None is not known."""

    label: str
    number: int | None
    documents: list[Document]


class Against(NamedTuple):
    """A line held against what last year's report printed: what explains the difference.

    ``moves`` are the others and what was entered late, ``left`` what nothing explains;
    with issued and repealed they come from ``before`` to what is in force.
    """

    before: int
    moves: list[Figure]
    left: int


class Counted(NamedTuple):
    """A line of table 2 as the page shows it.

    What was carried, issued and repealed with what else moved comes to what ``ended``
    the year in force; ``against`` holds it against last year's report, where there is one.
    """

    label: str
    figures: list[Figure]
    moves: list[Figure]
    carried: int
    issued: int
    repealed: int
    ended: int
    against: Against | None


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def counts(request: HttpRequest) -> HttpResponse:
    """Show what a body's register counts in a year, and whether its stock is in full."""
    desk, actor = desk_of(request), signed_in(request)
    bodies = _bodies(request)
    body = _asked_body(request, bodies)
    years = counting.years(body)
    year = _asked_year(request, years)
    form = StockTakingForm(request.POST or None)

    def act() -> HttpResponse:
        said = form.cleaned_data
        counting.declare_stock(body, said["through"], said["basis"], form.doing(actor))
        return redirect(f"{reverse('norm_counts')}?body={body.pk}")

    done = tried(form, act) if form.is_bound else None
    if done:
        return done
    lines = counting.lines(body, year, _published(body, year))
    stock = counting.stock_said(body)
    context = {
        "body": body,
        "bodies": bodies,
        "years": years,
        "year": year,
        "lines": [_counted(spoken(KIND_NAMES[k]), line) for k, line in lines.items()],
        "course": [
            (spoken(KIND_NAMES[k]), rows) for k, rows in counting.course_of(body).items()
        ],
        "stock": stock,
        "since": counting.entered_since(stock) if stock else [],
        "not_counted": counting.not_counted(body),
        "may_declare": desk.held.allows(policy.CONFIRM_FORCE, body),
        "form": form,
    }
    return render(request, "desk/norms/counts.html", context)


@require_safe
@login_required
def interpretations(request: HttpRequest) -> HttpResponse:
    """Show how a body's documents of a year are interpreted, those that are not first."""
    bodies = _bodies(request)
    body = _asked_body(request, bodies)
    years = counting.years(body)
    year = _asked_year(request, years)
    context = {
        "body": body,
        "bodies": bodies,
        "years": years,
        "year": year,
        "rate": linking.interpreted(body, year),
    }
    return render(request, "desk/norms/interpretations.html", context)


def _bodies(request: HttpRequest) -> list[Body]:
    """Return the bodies whose register somebody may look into: own first."""
    desk = desk_of(request)
    known = set(norms_of(desk.held).order_by().values_list("body", flat=True).distinct())
    own = desk.held.body_ids()
    rows = [row for row in desk.bodies() if row.pk in known or row.pk in own]
    if not rows:
        raise Http404
    return sorted(rows, key=lambda row: (row.pk not in own, row.path))


def _asked_body(request: HttpRequest, bodies: list[Body]) -> Body:
    asked = request.GET.get("body", "")
    return next((row for row in bodies if str(row.pk) == asked), bodies[0])


def _asked_year(request: HttpRequest, years: list[int]) -> int:
    asked = request.GET.get("year", "")
    return next((year for year in years if str(year) == asked), years[0])


def _counted(label: str, line: Line) -> Counted:
    told = line.counts
    figures = [
        Figure(_("制发"), told.issued.number, _behind(told.issued.ids)),
        Figure(_("废止"), told.repealed.number, _behind(told.repealed.ids)),
        Figure(_("年末现行有效"), line.in_force, _behind(told.in_force.ids)),
    ]
    moves = [_moved(move) for move in told.moves]
    return Counted(
        label,
        figures,
        moves,
        carried=told.carried.number,
        issued=told.issued.number,
        repealed=told.repealed.number,
        ended=told.in_force.number,
        against=_against(line) if line.in_force is not None else None,
    )


def _moved(move: Move) -> Figure:
    label = spoken(WHY_NAMES[move.why]) + (f"（{move.campaign}）" if move.campaign else "")
    return Figure(label, move.by, _behind(move.ids))


def _against(line: Line) -> Against | None:
    """Return a line against last year's report, None where that is not known."""
    told, counts = line.explanation, line.counts
    if told.expected is None or told.unexplained is None:
        return None
    before = told.expected - counts.issued.number + counts.repealed.number
    return Against(before, [_moved(move) for move in told.moves], told.unexplained)


def _published(body: Body, year: int) -> dict[Kind, int | None]:
    """Return how many were in force by the report of the year before as signed here."""
    before = last_years(body, year)
    facts = before.facts if before else {}
    cells = {kind: facts.get(f"{line}/in_force") for kind, line in DOCUMENT_LINES.items()}
    return {
        Kind(kind): cell.value if cell and isinstance(cell.value, int) else None
        for kind, cell in cells.items()
    }


def _behind(numbers: Iterable[str]) -> list[Document]:
    return counting.documents(numbers)


urlpatterns = [
    path("norms/counts/", counts, name="norm_counts"),
    path("norms/interpretations/", interpretations, name="norm_interpretations"),
]
