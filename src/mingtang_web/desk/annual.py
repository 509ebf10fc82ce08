"""The screens of annual reports: list, paper, steps of the review, files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mingtang.compiling import CompileError
from mingtang_web import clock
from mingtang_web.accounts.queries import signed_in
from mingtang_web.annual import actions, policy, queries
from mingtang_web.annual.changes import correction
from mingtang_web.annual.compiling import brought_to, signed_before
from mingtang_web.annual.models import Annual, Stage, State
from mingtang_web.annual.naming import label_in
from mingtang_web.annual.staffing import short_of, who_corrects
from mingtang_web.annual.stages import why_not
from mingtang_web.annual.waiving import may_waive
from mingtang_web.annual.yearly import periods_of
from mingtang_web.cases.actions import Doing
from mingtang_web.collecting.status import outstanding
from mingtang_web.desk.annual_forms import StartForm, StepForm
from mingtang_web.desk.annual_moves import ANOTHERS, HALTING, MOVES, WHOLE
from mingtang_web.desk.annual_paper import Sheet, sheet, sources
from mingtang_web.desk.paging import page_of
from mingtang_web.desk.sitting import desk_of
from mingtang_web.desk.submitting import Submission, bodies_for, told, tried
from mingtang_web.files.actions import AlteredFileError, content
from mingtang_web.files.downloads import TYPES, handed_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse

    from mingtang_web.bodies.policy import Act, Standing
    from mingtang_web.desk.annual_moves import Move


class Offer(NamedTuple):
    """A step that this person may take now, with its form, or what it still lacks."""

    name: str
    move: Move
    form: StepForm
    lacking: tuple[str, ...] = ()
    warning: str = ""

    @property
    def is_next(self) -> bool:
        """Whether it leads on and nothing is in its way: it stands open."""
        return self.move.then is not None and not self.lacking


@require_safe
@login_required
def listed(request: HttpRequest) -> HttpResponse:
    """Show all reports that are seen, the newest year first."""
    held = desk_of(request).held
    waiting = queries.waiting(held)
    rows, mine = queries.visible(held), request.GET.get("show") == "waiting"
    if mine:
        rows = rows.filter(pk__in=[each.pk for each in waiting])
    context = {
        "page": page_of(request, rows),
        "waiting": waiting,
        "mine": mine,
        "may_start": bool(bodies_for(policy.WRITE, held)),
    }
    return render(request, "desk/annual/list.html", context)


@login_required
def started(request: HttpRequest) -> HttpResponse:
    """Begin the report of a year."""
    actor = signed_in(request)
    bodies = bodies_for(policy.WRITE, desk_of(request).held)
    if not bodies:
        raise Http404
    form = StartForm(
        request.POST or None, bodies=bodies, initial={"year": clock.today().year - 1}
    )

    def act() -> HttpResponse:
        said = form.cleaned_data
        doing = Doing(actor, 0, said["key"])
        made = actions.start(said["body"], said["year"], doing, form.kept())
        return told(request, _("年度报告已按台账生成草稿"), "annual", made.pk)

    context = {"form": form, "only": bodies[0] if len(bodies) == 1 else None}
    return tried(form, act) or render(request, "desk/annual/new.html", context)


@require_safe
@login_required
def shown(request: HttpRequest, number: int) -> HttpResponse:
    """Show a report as it prints, each figure leading to what it is made of."""
    return page(request, found(request, number))


@require_POST
@login_required
def moved(request: HttpRequest, number: int, name: str) -> HttpResponse:
    """Take a step of the review."""
    annual, actor = found(request, number), signed_in(request)
    if name not in MOVES:
        raise Http404
    move = MOVES[name]
    form = StepForm(request.POST, needs_words=move.needs_words, act=name)

    def act() -> HttpResponse:
        said = form.cleaned_data
        doing = Doing(actor, said["version"] or 0, said["key"], note=said["note"])
        made = move.does(annual, doing)
        return told(request, str(move.done), "annual", made.pk)

    return tried(form, act) or page(request, annual, {name: form}, 422)


@require_safe
@login_required
def downloaded(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """Give out a published file."""
    annual = found(request, number)
    row = get_object_or_404(annual.outputs.select_related("file"), format=kind)
    name = f"{annual.body.name}{annual.year}年政府信息公开工作年度报告.{kind}"
    return handed_out(content(row.file), TYPES[kind], name)


def found(request: HttpRequest, number: int) -> Annual:
    """Return a report that is seen; raises `Http404`."""
    rows = queries.visible(desk_of(request).held)
    rows = rows.select_related("body", "snapshot", "corrects", "signed_by")
    return get_object_or_404(rows, pk=number)


def laid_out(annual: Annual) -> tuple[Sheet | None, str]:
    """Return a report for the screen, or why there is none."""
    try:
        return sheet(annual, clock.today()), ""
    except (CompileError, AlteredFileError) as problem:
        return None, str(problem)


def page(
    request: HttpRequest,
    annual: Annual,
    sent: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show a report, with a form that was sent back where something was refused."""
    held, sent = desk_of(request).held, sent or {}
    paper, why = laid_out(annual)
    periods = paper.draft.periods if paper and paper.draft else periods_of(annual)
    adjustments = annual.adjustments.select_related("by", "signed_by", "ended_by")
    context = {
        "annual": annual,
        "sheet": paper,
        "why": why,
        "offers": list(_offers(annual, paper, held, sent)),
        "barred": _barred(annual, held),
        "corrected_by": _corrected_by(annual, held),
        "outstanding": outstanding(annual.body, annual.year - 1, clock.today()),
        "before": signed_before(annual.body, annual.year),
        "brought": brought_to(annual),
        "steps": annual.steps.select_related("by"),
        "adjustments": [(row, label_in(annual, row.cell)) for row in adjustments],
        "sources": sources(annual),
        "periods": list(periods.values()),
        "waivers": annual.waivers.select_related("by"),
        "outputs": annual.outputs.select_related("file"),
        "later": Annual.objects.filter(corrects=annual).first(),
        "corrections": correction(annual, paper.report) if paper and paper.draft else (),
        "may_write": annual.is_written and held.allows(policy.WRITE, annual.body),
        "may_sign": annual.is_written and held.allows(policy.SIGN_ADJUSTMENT, annual.body),
        "may_waive": may_waive(held, annual),
        "user_id": held.user_id,
        "signing": sent.get("adjustment") or Submission(version=annual.version),
        "sent": bool(sent),
    }
    return render(request, "desk/annual/paper.html", context, status=status)


def _offers(
    annual: Annual, paper: Sheet | None, held: Standing, sent: dict[str, StepForm]
) -> Iterator[Offer]:
    lacks = paper.lacking if paper else ()
    barred = _barred(annual, held)
    for name, move in MOVES.items():
        act = _act_of(annual, name, move)
        if annual.state in move.states and act and held.allows(act, annual.body):
            if barred and name in ANOTHERS:
                continue
            fresh = StepForm(needs_words=move.needs_words, act=name, version=annual.version)
            lacking = lacks if name in WHOLE else ()
            warning = "" if lacking else _warning(name, annual, held)
            yield Offer(name, move, sent.get(name) or fresh, lacking, warning)


def _warning(name: str, annual: Annual, held: Standing) -> str:
    """Return that a later stage would have nobody left, and what to do; else nothing."""
    if name not in HALTING or held.user_id is None:
        return ""
    stage = short_of(annual, held.user_id)
    return HALTING[name] % {"stage": stage.label} if stage else ""


def _corrected_by(annual: Annual, held: Standing) -> str:
    """Return who may correct a report, for whoever writes and may not; else nothing."""
    if annual.state not in MOVES["correct"].states or not held.allows(
        policy.WRITE, annual.body
    ):
        return ""
    if held.allows(policy.CORRECT, annual.body):
        return ""
    if Annual.objects.filter(corrects=annual).exists():
        return ""
    return who_corrects(annual.body)


def _barred(annual: Annual, held: Standing) -> str | None:
    """Return why somebody whose office it is may not review now, None where they may."""
    if annual.state != State.IN_REVIEW or held.user_id is None:
        return None
    if not held.allows(policy.REVIEWING[Stage(annual.stage)], annual.body):
        return None
    return why_not(annual, held.user_id)


def _act_of(annual: Annual, name: str, move: Move) -> Act | None:
    """Return the act of the policy that a step is, None where it is not its turn."""
    if annual.state != State.IN_REVIEW:
        return move.act
    last = annual.stage == Stage.LEADER
    if (name == "sign") is not last and name != "return":
        return None
    return policy.REVIEWING[Stage(annual.stage)]


urlpatterns = [
    path("annual/", listed, name="annuals"),
    path("annual/new/", started, name="annual_new"),
    path("annual/<int:number>/", shown, name="annual"),
    path("annual/<int:number>/do/<str:name>/", moved, name="annual_do"),
    path("annual/<int:number>/files/<str:kind>/", downloaded, name="annual_file"),
]
