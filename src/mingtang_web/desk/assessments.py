"""The screens of scores by a scheme: a body's own, and its office's of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_safe

from mingtang.supervising import schemes
from mingtang_web import typed
from mingtang_web.bodies.queries import seen
from mingtang_web.desk.paging import page_of
from mingtang_web.desk.sitting import desk_of
from mingtang_web.desk.submitting import Submission, told, tried
from mingtang_web.supervision import assessing, queries
from mingtang_web.supervision.assessing import LONGEST_NOTE, MOST, Which, may_say
from mingtang_web.supervision.models import Assessment

if TYPE_CHECKING:
    from decimal import Decimal
    from typing import Any

    from django.http import HttpRequest, HttpResponse

    from mingtang.supervising import Deduction, Part, Scheme
    from mingtang_web.bodies.models import Body

YEARS = 3


class Line(NamedTuple):
    """A deduction in the form: what the site counts, and the two fields."""

    part: Part | None
    deduction: Deduction
    counted: int | None
    times: forms.BoundField
    note: forms.BoundField


class Told(NamedTuple):
    """What is said of a body, by whom; ``may`` is whether somebody may say it here."""

    by: str
    label: str
    row: Assessment | None
    total: Decimal | None
    may: bool


class ScoreForm(Submission):
    """How often each deduction occurred; blank is what was not looked at."""

    why = typed.Text(label=lazy("改填的理由"), max_length=200)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        scheme: Scheme,
        row: Assessment | None,
        **more: Any,  # noqa: ANN401
    ) -> None:
        """Ask for every deduction of a scheme."""
        begun: dict[str, object] = {}
        if row:
            begun = {**row.counts, **{f"{name}:note": v for name, v in row.notes.items()}}
        super().__init__(*args, initial=begun, version=row.version if row else 0, **more)
        self.scheme = scheme
        for part in scheme.parts:
            for each in part.deductions:
                name = f"{part.id}/{each.id}"
                self.fields[name] = typed.Whole(
                    label=_("%(what)s的次数") % {"what": each.label},
                    min_value=0,
                    max_value=MOST,
                    required=False,
                )
                self.fields[f"{name}:note"] = typed.Text(
                    label=_("%(what)s的说明") % {"what": each.label},
                    max_length=LONGEST_NOTE,
                    required=False,
                )
        if row is None:
            del self.fields["why"]

    def lines(self, counted: dict[str, int]) -> list[Line]:
        """Return the deductions as the page shows them."""
        return [
            Line(
                part if number == 0 else None,
                each,
                counted.get(f"{part.id}/{each.id}"),
                self[f"{part.id}/{each.id}"],
                self[f"{part.id}/{each.id}:note"],
            )
            for part in self.scheme.parts
            for number, each in enumerate(part.deductions)
        ]

    def said(self) -> tuple[dict[str, int | None], dict[str, str]]:
        """Return the counts and the notes."""
        names = [f"{p.id}/{d.id}" for p in self.scheme.parts for d in p.deductions]
        counts = {name: self.cleaned_data[name] for name in names}
        return counts, {name: self.cleaned_data[f"{name}:note"] or "" for name in names}


@require_safe
@login_required
def listed(request: HttpRequest) -> HttpResponse:
    """List the bodies somebody sees with their scores of a year, as in the tree."""
    desk = desk_of(request)
    known = schemes()
    chosen = next((s for s in known if s.id == request.GET.get("scheme")), known[0])
    years = list(range(desk.today.year, desk.today.year - YEARS, -1))
    said = request.GET.get("year", "")
    year = int(said) if said in {str(each) for each in years} else years[0]
    page = page_of(request, seen(desk.held).filter(closed_on=None).select_related("parent"))
    rows = queries.assessments(desk.held).filter(
        year=year, scheme=chosen.id, body__in=[each.pk for each in page.object_list]
    )
    found = {(row.body_id, row.by): row for row in rows}

    def told_of(body: Body, by: Assessment.By) -> Told:
        row = found.get((body.pk, by))
        total = assessing.scored(row).total if row else None
        return Told(by, str(by.label), row, total, desk.held.allows(*may_say(body, by)))

    context = {
        "page": page,
        "rows": [
            (body, [told_of(body, by) for by in Assessment.By]) for body in page.object_list
        ],
        "schemes": known,
        "chosen": chosen,
        "years": years,
        "year": year,
    }
    return render(request, "desk/supervision/assessments.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def shown(request: HttpRequest, pk: int, scheme: str, year: int, by: str) -> HttpResponse:
    """Show an assessment; say its counts."""
    desk = desk_of(request)
    body = get_object_or_404(seen(desk.held), pk=pk)
    which = Which(scheme, year, by)
    try:
        known = assessing.scheme(scheme)
        act_of = may_say(body, Assessment.By(by))
    except (KeyError, ValueError) as unknown:
        raise Http404 from unknown
    row = Assessment.objects.filter(body=body, **which._asdict()).first()
    may = desk.held.allows(*act_of)
    if row is None and not may:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = ScoreForm(sent, scheme=known, row=row)

    def act() -> HttpResponse:
        counts, notes = form.said()
        doing = form.doing(desk.user, form.cleaned_data.get("why", ""))
        assessing.say(body, which, counts, notes, doing)
        return told(request, _("已登记"), "assessment", pk, scheme, year, by)

    done = tried(form, act) if sent is not None else None
    if done:
        return done
    context = {
        "body": body,
        "which": which,
        "by": Assessment.By(by).label,
        "scheme": known,
        "row": row,
        "scored": assessing.scored(row) if row else None,
        "lines": form.lines(assessing.counted(body, which)),
        "form": form,
        "may": may,
        "steps": row.steps.select_related("entry__actor").order_by("-pk") if row else (),
    }
    status = 422 if form.is_bound else 200
    return render(request, "desk/supervision/assessment.html", context, status=status)


urlpatterns = [
    path("assessments/", listed, name="assessments"),
    path(
        "assessments/<int:pk>/<slug:scheme>/<int:year>/<slug:by>/",
        shown,
        name="assessment",
    ),
]
