"""The screens of what normative documents come to: table 2 by year, interpretations."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_safe

from mingtang.publication.effective import KIND_NAMES, WHY_NAMES, Kind
from mingtang_web.accounts.queries import signed_in
from mingtang_web.annual.compiling import last_years
from mingtang_web.annual.publications import printed_in_force
from mingtang_web.desk.norm_forms import StockTakingForm
from mingtang_web.desk.paging import A_PAGE, page_of
from mingtang_web.desk.sitting import desk_of
from mingtang_web.desk.submitting import tried
from mingtang_web.publication import counting, linking, policy, queries
from mingtang_web.publication.stock import declare_stock, entered_since, stock_said
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from mingtang.publication.effective import Move
    from mingtang_web.bodies.models import Body
    from mingtang_web.publication.counting import Line
    from mingtang_web.publication.models import Document

MOST_YEARS = 10
SHOWN = 20
"""So many documents stand beside their figure; all of them on a page of their own."""


class Figure(NamedTuple):
    """A figure, its name, and the documents behind it; None is not known.

    ``documents`` are the first of ``behind`` of them; ``key`` is by which the page of all
    is opened.
    """

    label: str
    number: int | None
    key: str
    documents: list[Document]
    behind: int

    @property
    def more(self) -> bool:
        """Whether there are documents that are not shown beside the figure."""
        return self.behind > len(self.documents)


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

    kind: str
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
        declare_stock(body, said["through"], said["basis"], form.doing(actor))
        return redirect(f"{reverse('norm_counts')}?body={body.pk}")

    done = tried(form, act) if form.is_bound else None
    if done:
        return done
    histories = counting.of_body(body)
    before = printed_in_force(last_years(body, year))
    word = stock_said(body)
    since = entered_since(word) if word else []
    known = word is not None and not since
    lines = counting.lines(body, year, before, histories, known=known)
    course = counting.course_of(body, histories, years[:MOST_YEARS])
    context = {
        "body": body,
        "bodies": bodies,
        "years": years,
        "year": year,
        "lines": [_counted(kind, line) for kind, line in lines.items()],
        "course": [(spoken(KIND_NAMES[kind]), rows) for kind, rows in course.items()],
        "stock": word,
        "since": since,
        "not_counted": counting.not_counted(body, histories),
        "may_declare": desk.held.allows(policy.CONFIRM_FORCE, body),
        "form": form,
    }
    return render(request, "desk/norms/counts.html", context)


@require_safe
@login_required
def behind(request: HttpRequest, kind: str, figure: str) -> HttpResponse:
    """Show all documents behind a figure of a body's year, page by page."""
    bodies = _bodies(request)
    body = _asked_body(request, bodies)
    year = _asked_year(request, counting.years(body))
    if kind not in set(Kind):
        raise Http404
    line = counting.lines(body, year)[Kind(kind)]
    ids, label = _ids(line, figure)
    context = {
        "body": body,
        "year": year,
        "line": spoken(KIND_NAMES[Kind(kind)]),
        "label": label,
        "page": page_of(request, counting.documents(ids)),
    }
    return render(request, "desk/norms/behind.html", context)


@require_safe
@login_required
def interpretations(request: HttpRequest) -> HttpResponse:
    """Show how a body's documents of a year are interpreted, those that are not first."""
    bodies = _bodies(request)
    body = _asked_body(request, bodies)
    years = counting.years(body)
    year = _asked_year(request, years)
    rate = linking.interpreted(body, year)
    lines = sorted(rate.lines, key=lambda each: each.first is not None)
    context = {
        "body": body,
        "bodies": bodies,
        "years": years,
        "year": year,
        "rate": rate,
        "page": Paginator(lines, A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "desk/norms/interpretations.html", context)


def _bodies(request: HttpRequest) -> list[Body]:
    """Return the bodies whose register somebody may look into: own first."""
    desk = desk_of(request)
    own = desk.held.body_ids()
    rows = desk.bodies().filter(Q(pk__in=own) | queries.with_register())
    if not rows:
        raise Http404
    return sorted(rows, key=lambda row: (row.pk not in own, row.path))


def _asked_body(request: HttpRequest, bodies: list[Body]) -> Body:
    asked = request.GET.get("body", "")
    return next((row for row in bodies if str(row.pk) == asked), bodies[0])


def _asked_year(request: HttpRequest, years: list[int]) -> int:
    asked = request.GET.get("year", "")
    return next((year for year in years if str(year) == asked), years[0])


def _ids(line: Line, figure: str) -> tuple[Sequence[str], str]:
    """Return the documents behind a figure of a line, and its name; raises `Http404`."""
    if figure in FIGURES:
        return getattr(line.counts, figure).ids, str(FIGURES[figure])
    place = figure.removeprefix("move")
    moves = line.counts.moves
    if not place.isdecimal() or int(place) >= len(moves):
        raise Http404
    return moves[int(place)].ids, _moved(moves[int(place)])


def _counted(kind: Kind, line: Line) -> Counted:
    told = line.counts
    figures = [
        _figure(str(label), name, number, getattr(told, name).ids)
        for name, label, number in (
            ("issued", FIGURES["issued"], told.issued.number),
            ("repealed", FIGURES["repealed"], told.repealed.number),
            ("in_force", FIGURES["in_force"], line.in_force),
        )
    ]
    moves = [
        _figure(_moved(move), f"move{place}", move.by, move.ids)
        for place, move in enumerate(told.moves)
    ]
    return Counted(
        kind,
        spoken(KIND_NAMES[kind]),
        figures,
        moves,
        carried=told.carried.number,
        issued=told.issued.number,
        repealed=told.repealed.number,
        ended=told.in_force.number,
        against=_against(line) if line.in_force is not None else None,
    )


def _against(line: Line) -> Against | None:
    """Return a line against last year's report, None where that is not known."""
    told, counts = line.explanation, line.counts
    if told.expected is None or told.unexplained is None:
        return None
    before = told.expected - counts.issued.number + counts.repealed.number
    moves = [
        _figure(_moved(move), f"against{place}", move.by, move.ids)
        for place, move in enumerate(told.moves)
    ]
    return Against(before, moves, told.unexplained)


FIGURES = {
    "issued": lazy("制发"),
    "repealed": lazy("废止"),
    "in_force": lazy("年末现行有效"),
}


def _moved(move: Move) -> str:
    return spoken(WHY_NAMES[move.why]) + (f"（{move.campaign}）" if move.campaign else "")


def _figure(label: str, key: str, number: int | None, ids: Sequence[str]) -> Figure:
    """Return a figure with the first of its documents, in the order of their issue."""
    rows = list(counting.documents(ids)[:SHOWN]) if ids else []
    return Figure(label, number, key, rows, len(ids))


urlpatterns = [
    path("norms/counts/", counts, name="norm_counts"),
    path("norms/counts/<slug:kind>/<slug:figure>/", behind, name="norm_counts_behind"),
    path("norms/interpretations/", interpretations, name="norm_interpretations"),
]
