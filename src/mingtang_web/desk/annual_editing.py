"""The editor of a report: words left, findings right; and the figures entered by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mingtang.compiling import CompileError
from mingtang.form.loading import edition_for
from mingtang_web import clock
from mingtang_web.accounts.queries import signed_in
from mingtang_web.annual import actions, policy
from mingtang_web.annual.compiling import LEDGERS, entered, last_wordings
from mingtang_web.bodies.queries import require
from mingtang_web.cases.actions import Doing
from mingtang_web.desk.annual import found
from mingtang_web.desk.annual_forms import FiguresForm, ReasonForm
from mingtang_web.desk.annual_paper import section_names, sheet
from mingtang_web.desk.submitting import Submission, told, tried

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse, QueryDict

    from mingtang.form.edition import Table
    from mingtang_web.annual.models import Annual, Wording
    from mingtang_web.desk.annual_paper import Sheet

WRITTEN = (0, 1, 5, 6)
"""The sections that have words of their own; the others are tables."""
_TABLES = {"requests": "cases", "disputes": "disputes"}


class Part(NamedTuple):
    """A section in the editor: its text, the version it goes on from, its draft."""

    section: int
    name: str
    text: str
    after: int
    drafted: str
    moved_on: bool
    errors: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """How many lines the field shows."""
        return min(18, max(3, len(self.text) // 38 + self.text.count("\n") + 1))


@login_required
def edited(request: HttpRequest, number: int) -> HttpResponse:
    """Write a report's words: kept, or only checked."""
    annual = _written(request, number)
    actor = signed_in(request)
    if request.method != "POST":
        return _editor(request, annual, {}, {})
    typed = _typed(request.POST)
    form = Submission(request.POST)
    if "check" in request.POST or not form.is_valid():
        return _editor(request, annual, typed, {})
    wrong: dict[int, tuple[str, ...]] = {}
    for section, text in _changed(annual, typed).items():
        key = f"{form.cleaned_data['key']}{section}"
        one = Submission({"key": key, "version": form.cleaned_data["version"]})
        after = int(request.POST.get(f"after-{section}") or 0)
        doing = Doing(actor, 0, key)
        if not tried(one, lambda: actions.word(annual, section, text, after, doing)):  # noqa: B023 - called at once
            wrong[section] = tuple(str(each) for each in one.non_field_errors())
    if wrong:
        return _editor(request, annual, typed, wrong)
    return told(request, _("文字已保存"), "annual_edit", annual.pk)


@require_POST
@login_required
def checked(request: HttpRequest, number: int) -> HttpResponse:
    """Return the findings beside what is typed, for the page's script; nothing is kept."""
    annual = _written(request, number)
    paper, why = _paper(annual, _typed(request.POST))
    context = {"annual": annual, "sheet": paper, "why": why, "editing": True}
    return render(request, "desk/annual/findings.html", context)


@login_required
def figured(request: HttpRequest, number: int) -> HttpResponse:
    """Enter the figures of tables of which no ledger is kept."""
    annual, actor = _written(request, number), signed_in(request)
    held = entered(annual)
    forms = {each.id: FiguresForm(annual=annual, table=each, held=held)
             for each in _by_hand(annual)}  # fmt: skip
    sent = request.POST.get("table", "")
    if request.method == "POST" and sent in forms:
        form = FiguresForm(request.POST, annual=annual, table=forms[sent].table, held=held)
        forms[sent] = form

        def act() -> HttpResponse:
            said = form.cleaned_data
            doing = Doing(actor, said["version"] or 0, said["key"])
            actions.enter(annual, form.changed(), said["source"], doing)
            return told(request, _("填报的数字已保存"), "annual_figures", annual.pk)

        done = tried(form, act)
        if done:
            return done
    context = {"annual": annual, "forms": forms.values()}
    return render(request, "desk/annual/figures.html", context)


@login_required
def waived(request: HttpRequest, number: int, finding: str) -> HttpResponse:
    """Leave a finding as it is, for a reason."""
    annual, actor = found(request, number), signed_in(request)
    require(actor, policy.WAIVE, annual.body, clock.today())
    paper, _why = _paper(annual, {})
    beside = paper.findings if paper else ()
    each = next((one for one in beside if one.finding.fingerprint == finding), None)
    if annual.is_settled or each is None:
        raise Http404
    form = ReasonForm(request.POST or None, version=annual.version)

    def act() -> HttpResponse:
        said = form.cleaned_data
        doing = Doing(actor, said["version"] or 0, said["key"])
        actions.waive(annual, finding, said["reason"], doing)
        return told(request, _("已记下不改的理由"), "annual", annual.pk)

    context = {"annual": annual, "form": form, "each": each}
    return tried(form, act) or render(request, "desk/annual/waive.html", context)


def _written(request: HttpRequest, number: int) -> Annual:
    """Return a report that this person may write in; raises `Http404`."""
    annual = found(request, number)
    require(request.user, policy.WRITE, annual.body, clock.today())
    if not annual.is_written:
        raise Http404
    return annual


def _paper(annual: Annual, typed: dict[int, str]) -> tuple[Sheet | None, str]:
    try:
        return sheet(annual, clock.today(), typed), ""
    except CompileError as problem:
        return None, str(problem)


def _typed(posted: QueryDict) -> dict[int, str]:
    """Return the words of the sections that were sent."""
    return {
        section: str(posted[f"section-{section}"])
        for section in WRITTEN
        if f"section-{section}" in posted
    }


def _changed(annual: Annual, typed: Mapping[int, str]) -> dict[int, str]:
    """Return what is typed that is neither kept nor the draft as it stands."""
    parts = {each.section: each for each in _parts(annual, sheet(annual, clock.today()))}
    return {
        section: text
        for section, text in typed.items()
        if _plain(text) != _plain(parts[section].text)
    }


def _plain(text: str) -> str:
    return "\n".join(text.splitlines()).strip()


def _parts(annual: Annual, paper: Sheet) -> list[Part]:
    kept = last_wordings(annual)
    names = section_names(paper.report)
    drafted = paper.draft.drafted if paper.draft else {}
    return [
        _part(section, names[section], "\n".join(drafted.get(section, ())), kept)
        for section in WRITTEN
    ]


def _part(section: int, name: str, drafted: str, kept: Mapping[int, Wording]) -> Part:
    row = kept.get(section)
    if row is None:
        return Part(section, name, drafted, 0, drafted, moved_on=False)
    moved_on = row.drafted != drafted
    return Part(section, name, row.text, row.number, drafted, moved_on)


def _editor(
    request: HttpRequest,
    annual: Annual,
    typed: dict[int, str],
    wrong: Mapping[int, tuple[str, ...]],
) -> HttpResponse:
    paper, why = _paper(annual, typed)
    parts = _parts(annual, paper) if paper else []
    context = {
        "annual": annual,
        "sheet": paper,
        "why": why,
        "form": Submission(version=annual.version),
        "parts": [
            each._replace(
                text=typed.get(each.section, each.text),
                errors=wrong.get(each.section, ()),
                after=int(request.POST.get(f"after-{each.section}") or each.after),
            )
            for each in parts
        ],
        "typed": bool(typed),
        "wrong": wrong,
    }
    return render(request, "desk/annual/editor.html", context, status=422 if wrong else 200)


def _by_hand(annual: Annual) -> list[Table]:
    """Return the tables that no ledger counts."""
    kept = {name for name, flag in LEDGERS.items() if getattr(annual, flag)}
    tables = edition_for(annual.year).tables
    return [each for each in tables if _TABLES.get(each.id) not in kept]


urlpatterns = [
    path("annual/<int:number>/edit/", edited, name="annual_edit"),
    path("annual/<int:number>/check/", checked, name="annual_check"),
    path("annual/<int:number>/figures/", figured, name="annual_figures"),
    path("annual/<int:number>/waive/<slug:finding>/", waived, name="annual_waive"),
]
