"""Bringing last year's report from elsewhere: read on the bench, looked at, taken in.

The file is read by a process of its own while its page tells how far that is; what lies
there is the person's own, an hour at most. What was read is looked at before it counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST, require_safe

from mingtang_web import clock, typed
from mingtang_web.accounts.queries import signed_in
from mingtang_web.annual import policy
from mingtang_web.annual.compiling import brought_to, signed_before
from mingtang_web.annual.earlier import CARRIED_OUT, Brought, admitted, bring, check
from mingtang_web.bench import actions, queries
from mingtang_web.bench.folders import ORDER, REPORT, SNAPSHOT
from mingtang_web.bench.limits import KEPT, KINDS
from mingtang_web.bench.queries import Stage
from mingtang_web.bench.wording import told_of
from mingtang_web.bodies.queries import is_named, require
from mingtang_web.desk.annual import found
from mingtang_web.desk.submitting import Submission, told, tried
from mingtang_web.figures import label_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse

    from mingtang.report import Report
    from mingtang_web.accounts.models import User
    from mingtang_web.annual.models import Annual
    from mingtang_web.bench.models import Check
    from mingtang_web.bench.queries import State


class FileForm(forms.Form):
    """Last year's report as a file."""

    file = forms.FileField(
        label=lazy("上一年度的报告"),
        allow_empty_file=True,
        help_text=lazy(
            "公布的原件：Word、PDF、网页、表格或者本系统的 JSON；照读，不作改动"
        ),
        widget=forms.FileInput(attrs={"accept": ",".join(KINDS)}),
    )


class EarlierForm(Submission):
    """Where what was read is from, and why it is this body's where it names another."""

    source = typed.Text(
        label=lazy("出处"),
        max_length=200,
        help_text=lazy("例如从本机关网站哪一栏目下载，何时公布"),
    )
    why = typed.Text(
        label=lazy("写的是别的机关名称，为什么仍是本机关的"),
        max_length=100,
        help_text=lazy("例如机构改革前的名称"),
    )

    def __init__(self, *args: Any, other: bool, **more: Any) -> None:  # noqa: ANN401
        """Ask why only where the report names another body, or none."""
        super().__init__(*args, **more)
        if not other:
            del self.fields["why"]


@login_required
def earlier(request: HttpRequest, number: int) -> HttpResponse:
    """Take a file to be read; show how far that is, or what was read of it."""
    annual, actor = _open(request, number)
    if request.method != "POST":
        return _page(request, annual, actor)
    form = FileForm(request.POST, request.FILES)

    def act() -> HttpResponse:
        upload = form.cleaned_data["file"]
        data = ContentFile(admitted(upload), upload.name)
        actions.take_at_desk(data, _secret(annual, actor))
        return redirect("annual_earlier", number)

    return tried(form, act) or _page(request, annual, actor, form)


@require_safe
@login_required
def state(request: HttpRequest, number: int) -> JsonResponse:
    """Tell a script how far the reading has come."""
    annual, actor = _open(request, number)
    mine = queries.last_of(_secret(annual, actor))
    found_ = queries.state(queries.folder_of(mine)) if mine else queries.State(Stage.LOST)
    moving = found_.stage in {Stage.WAITING, Stage.WORKING}
    said = {"moving": moving, "words": told_of(found_)}
    return JsonResponse({**said, "page": found_.page, "pages": found_.pages})


@require_POST
@login_required
def done(request: HttpRequest, number: int, name: str) -> HttpResponse:
    """Take in what was read, have it read once more, or clear it away."""
    annual, actor = _open(request, number)
    mine = queries.last_of(_secret(annual, actor))
    if name not in {"take", "again", "clear"}:
        raise Http404
    if name == "take":
        return _taken(request, annual, actor, mine)
    if mine and name == "again":
        actions.again(mine)
    elif mine:
        actions.clear(mine)
    return redirect("annual_earlier", number)


def _taken(
    request: HttpRequest, annual: Annual, actor: User, mine: Check | None
) -> HttpResponse:
    brought = _brought(mine) if mine else None
    if mine is None or brought is None:  # sent twice, or lain for an hour
        return redirect("annual", annual.pk)
    form = EarlierForm(request.POST, other=_is_others(annual, brought.report))

    def act() -> HttpResponse:
        said = form.cleaned_data
        doing = form.doing(actor, said.get("why", ""))
        bring(annual, brought, said["source"], doing)
        actions.clear(mine)
        words = _("上年的报告已读入，本年结转照它核对")
        return told(request, words, "annual", annual.pk)

    return tried(form, act) or _page(request, annual, actor, form)


def _open(request: HttpRequest, number: int) -> tuple[Annual, User]:
    """Return a report that last year's may still be brought to, and who asks."""
    annual, actor = found(request, number), signed_in(request)
    require(actor, policy.WRITE, annual.body, clock.today())
    if not annual.is_written or signed_before(annual.body, annual.year):
        raise Http404
    return annual, actor


def _secret(annual: Annual, actor: User) -> str:
    """Return by what a person's file beside a report is known; nobody can make it up."""
    return salted_hmac(
        "mingtang.annual.earlier", f"{annual.pk} {actor.pk}", algorithm="sha256"
    ).hexdigest()


def _page(
    request: HttpRequest, annual: Annual, actor: User, form: forms.Form | None = None
) -> HttpResponse:
    mine = queries.last_of(_secret(annual, actor))
    context: dict[str, Any] = {
        "annual": annual,
        "held": brought_to(annual),
        "file_form": form if isinstance(form, FileForm) else FileForm(),
        "mine": mine,
    }
    if mine:
        context |= _shown(annual, mine, form)
    return render(request, "desk/annual/earlier.html", context)


def _shown(annual: Annual, mine: Check, form: forms.Form | None) -> dict[str, Any]:
    """Return how far the reading has come, or what was read and what is wrong with it."""
    stands = _resumed(mine)
    order = queries.folder_of(mine).told(ORDER) or {}
    said: dict[str, Any] = {
        "state": stands,
        "moving": stands.stage in {Stage.WAITING, Stage.WORKING},
        "words": told_of(stands),
        "name": order.get("name", ""),
        "until": mine.came_at + KEPT,
    }
    brought = _brought(mine)
    if brought is None:
        return said
    report = brought.report
    try:
        check(annual, report)
    except ValidationError as problem:
        return said | {"fault": " ".join(problem.messages)}
    other = _is_others(annual, report)
    fresh = EarlierForm(version=annual.version, other=other)
    return said | {
        "report": report,
        "other": other,
        "carried": list(_carried(report)),
        "form": form if isinstance(form, EarlierForm) else fresh,
    }


def _is_others(annual: Annual, report: Report) -> bool:
    """Return whether a report names another body than this one, or none."""
    return not is_named(report.body or "", annual.body)


def _resumed(mine: Check) -> State:
    """Return how a reading stands; one whose turn never came begins once more."""
    stands = queries.state(queries.folder_of(mine))
    if stands.stage is Stage.LOST and not stands.step:
        actions.again(mine)
        return queries.state(queries.folder_of(mine))
    return stands


def _brought(mine: Check) -> Brought | None:
    """Return what was read, none where it is not."""
    folder = queries.folder_of(mine)
    if queries.state(folder).stage is not Stage.DONE:
        return None
    return Brought(folder.get(REPORT), folder.get(SNAPSHOT))


def _carried(report: Report) -> Iterator[tuple[str, str]]:
    """Yield what was carried out as read: each column's name and number."""
    assert report.edition is not None  # noqa: S101 - its cells were read
    for cell, fact in report.facts.items():
        if cell.startswith(CARRIED_OUT):
            yield label_of(report.edition, cell).rpartition(" · ")[2], fact.raw


urlpatterns = [
    path("annual/<int:number>/earlier/", earlier, name="annual_earlier"),
    path("annual/<int:number>/earlier/state/", state, name="annual_earlier_state"),
    path("annual/<int:number>/earlier/<str:name>/", done, name="annual_earlier_do"),
]
