"""The editor of a report: words left, findings right; and the figures entered by hand."""

from __future__ import annotations

from functools import partial
from hashlib import sha256
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
from mingtang_web.annual import actions, policy, waiving
from mingtang_web.annual.compiling import LEDGERS, last_wordings
from mingtang_web.annual.faults import NEVER_LEFT
from mingtang_web.annual.readiness import section_names
from mingtang_web.annual.shifting import shifted
from mingtang_web.annual.yearly import entered, periods_of
from mingtang_web.bodies.queries import require
from mingtang_web.cases.actions import Doing
from mingtang_web.desk.annual import found
from mingtang_web.desk.annual_forms import FiguresForm, Filled, ReasonForm
from mingtang_web.desk.annual_paper import sheet
from mingtang_web.desk.sitting import desk_of
from mingtang_web.desk.submitting import Submission, told, tried

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse, QueryDict

    from mingtang.form.edition import Table
    from mingtang_web.annual.models import Annual, Wording
    from mingtang_web.annual.shifting import Shift
    from mingtang_web.desk.annual_paper import Sheet

WRITTEN = (0, 1, 5, 6)
"""The sections that have words of their own; the others are tables."""
_TABLES = {"requests": "cases", "disputes": "disputes"}


class Part(NamedTuple):
    """A section in the editor: its text, the version it goes on from, its draft.

    ``was`` and ``saw`` are the marks of text and draft as they were shown; ``theirs``
    what somebody else made of the section meanwhile; ``shifts`` which figures of the
    draft are others than when it was written.
    """

    section: int
    name: str
    text: str
    after: int
    drafted: str
    moved_on: bool
    errors: tuple[str, ...] = ()
    was: str = ""
    saw: str = ""
    theirs: str = ""
    looked: bool = False
    shifts: tuple[Shift, ...] = ()

    @property
    def rows(self) -> int:
        """How many lines the field shows."""
        return min(18, max(3, len(self.text) // 38 + self.text.count("\n") + 1))


class Typed(NamedTuple):
    """A section as it came back: what was typed over what, and whether it was looked at."""

    text: str
    after: int
    was: str = ""
    saw: str = ""
    looked: bool = False

    def is_another(self, part: Part) -> bool:
        """Return whether the person at the screen changed it, or said that it holds."""
        mark = marked(self.text)
        return self.looked or mark not in {self.was or part.was, part.was}


@login_required
def edited(request: HttpRequest, number: int) -> HttpResponse:
    """Write a report's words: kept, or only checked."""
    annual = _written(request, number)
    if request.method != "POST":
        return _editor(request, annual, {}, {})
    typed = _typed(request.POST)
    form = Submission(request.POST)
    compiles = _paper(annual, {})[0] is not None
    if "check" in request.POST or not compiles or not form.is_valid():
        return _editor(request, annual, typed, {})
    wrong = _kept(request, annual, typed, form)
    if wrong:
        refused = {section: typed[section] for section in wrong}
        return _editor(request, annual, refused, wrong)
    return told(request, _("文字已保存"), "annual_edit", annual.pk)


def _kept(
    request: HttpRequest, annual: Annual, typed: Mapping[int, Typed], form: Submission
) -> dict[int, tuple[str, ...]]:
    """Keep every section that was changed, and return why some were not."""
    actor = signed_in(request)
    wrong: dict[int, tuple[str, ...]] = {}
    for part in _parts(annual, sheet(annual, clock.today())):
        each = typed.get(part.section)
        if each is None or not each.is_another(part):
            continue
        if each.saw and each.saw != part.saw:
            wrong[part.section] = (
                _("数字在您打开之后变了，这一部分没有保存；请看过下面现在的起草稿再存"),
            )
            continue
        key = f"{form.cleaned_data['key']}{part.section}"
        one = Submission({"key": key, "version": form.cleaned_data["version"]})
        does = partial(
            actions.word, annual, part.section, each.text, each.after, Doing(actor, 0, key)
        )
        if not tried(one, does):
            wrong[part.section] = tuple(str(why) for why in one.non_field_errors())
    return wrong


@require_POST
@login_required
def checked(request: HttpRequest, number: int) -> HttpResponse:
    """Return the findings beside what is typed, for the page's script; nothing is kept."""
    annual = _written(request, number)
    paper, why = _paper(annual, _texts(_typed(request.POST)))
    held = desk_of(request).held
    context = {"annual": annual, "sheet": paper, "why": why, "editing": True}
    context |= {"may_waive": waiving.may_waive(held, annual)}
    return render(request, "desk/annual/findings.html", context)


@login_required
def figured(request: HttpRequest, number: int) -> HttpResponse:
    """Enter the figures of all tables of which no ledger is kept, in one form."""
    annual, actor = _written(request, number), signed_in(request)
    posted = request.POST if request.method == "POST" else None
    held = entered(annual)
    filled = Filled(_by_hand(annual), held, periods_of(annual, held))
    form = FiguresForm(posted, annual=annual, filled=filled)

    def act() -> HttpResponse:
        actions.enter_all(annual, form.given(), form.doing(actor))
        left = form.left()
        if not left:
            return told(request, _("填报的数字已保存"), "annual", annual.pk)
        words = _("填报的数字已保存，还有 %(n)s 格没有填") % {"n": left}
        return told(request, words, "annual_figures", annual.pk)

    context, status = {"annual": annual, "form": form}, 422 if posted else 200
    page = "desk/annual/figures.html"
    return tried(form, act) or render(request, page, context, status=status)


@login_required
def waived(request: HttpRequest, number: int, finding: str) -> HttpResponse:
    """Leave a finding as it is, for a reason."""
    annual, actor = found(request, number), signed_in(request)
    require(actor, policy.WAIVE, annual.body, clock.today())
    paper, _why = _paper(annual, {})
    beside = paper.findings if paper else ()
    each = next((one for one in beside if one.finding.fingerprint == finding), None)
    if not waiving.may_waive(desk_of(request).held, annual) or each is None:
        raise Http404
    form = ReasonForm(request.POST or None, version=annual.version)

    def act() -> HttpResponse:
        said = form.cleaned_data
        doing = Doing(actor, said["version"] or 0, said["key"])
        waiving.waive(annual, finding, said["reason"], doing)
        return told(request, _("已记下不改的理由"), "annual", annual.pk)

    never = NEVER_LEFT.get(each.finding.rule.code)
    context = {"annual": annual, "form": form, "each": each, "never": never}
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


def _typed(posted: QueryDict) -> dict[int, Typed]:
    """Return the sections that were sent."""
    return {
        section: Typed(
            str(posted[f"section-{section}"]),
            _number(str(posted.get(f"after-{section}"))),
            str(posted.get(f"was-{section}", "")),
            str(posted.get(f"saw-{section}", "")),
            f"looked-{section}" in posted,
        )
        for section in WRITTEN
        if f"section-{section}" in posted
    }


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0


def _texts(typed: Mapping[int, Typed]) -> dict[int, str]:
    return {section: each.text for section, each in typed.items()}


def marked(text: str) -> str:
    """Return a short mark of a text: another text, another mark; spaces aside."""
    plain = "\n".join(text.splitlines()).strip()
    return sha256(plain.encode()).hexdigest()[:16]


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
    text, after = (row.text, row.number) if row else (drafted, 0)
    moved_on = row is not None and row.drafted != drafted
    part = Part(section, name, text, after, drafted, moved_on)
    shifts = shifted(row.drafted, drafted) if row else ()
    return part._replace(was=marked(text), saw=marked(drafted), shifts=shifts)


def _shown(part: Part, typed: Typed | None, errors: tuple[str, ...]) -> Part:
    """Return a section with what was typed; where it was refused, beside what is kept."""
    if typed is None:
        return part
    if errors:
        theirs = part.text if typed.after != part.after else ""
        return part._replace(text=typed.text, errors=errors, theirs=theirs)
    return part._replace(
        text=typed.text,
        after=typed.after,
        was=typed.was or part.was,
        saw=typed.saw or part.saw,
        looked=typed.looked,
    )


def _editor(
    request: HttpRequest,
    annual: Annual,
    typed: Mapping[int, Typed],
    wrong: Mapping[int, tuple[str, ...]],
) -> HttpResponse:
    paper, why = _paper(annual, _texts(typed))
    parts = _parts(annual, paper) if paper else []
    context = {
        "annual": annual,
        "sheet": paper,
        "why": why,
        "form": Submission(version=annual.version),
        "parts": [
            _shown(each, typed.get(each.section), wrong.get(each.section, ()))
            for each in parts
        ],
        "typed": bool(typed),
        "wrong": wrong,
        "may_waive": waiving.may_waive(desk_of(request).held, annual),
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
