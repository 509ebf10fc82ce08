"""The screens of bringing an old site's catalogue in: upload, mapping, trial, run."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mingtang_web.accounts.queries import signed_in
from mingtang_web.bringing import policy, queries, running, signing, staging, trying
from mingtang_web.bringing.fields import BY_ID, choices
from mingtang_web.bringing.models import State
from mingtang_web.bringing.recording import OutOfTurnError
from mingtang_web.bringing.waiting import further
from mingtang_web.desk.documents_import_forms import (
    CatalogueReasonForm,
    MappingForm,
    UploadForm,
)
from mingtang_web.desk.import_answers import OpinionForm, placed
from mingtang_web.desk.paging import page_of
from mingtang_web.desk.sitting import desk_of
from mingtang_web.desk.submitting import Submission, bodies_for, told, tried
from mingtang_web.files.downloads import TYPES, handed_out

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from mingtang_web.accounts.models import User
    from mingtang_web.bringing.models import Catalogue

SECONDS = 10
"""So long a page works at an import itself; the rest goes on in the background."""
GOING = (State.TRYING, State.RUNNING)


@login_required
def listed(request: HttpRequest) -> HttpResponse:
    """Show the imports a person sees, and take a new catalogue."""
    desk = desk_of(request)
    desk.demand(policy.SEE)
    bodies = bodies_for(policy.BRING, desk.held)
    form = UploadForm(request.POST or None, request.FILES or None, bodies=bodies)
    if request.method == "POST":
        desk.demand(policy.BRING)
    answer = tried(form, lambda: _uploaded(request, form, desk.user))
    if answer:
        return answer
    context = {
        "form": form if bodies else None,
        "page": page_of(request, queries.visible(desk.held)),
        "may_export": desk.may_somewhere(policy.EXPORT),
    }
    status = 422 if form.errors else 200
    return render(request, "desk/documents/imports.html", context, status=status)


@require_safe
@login_required
def shown(request: HttpRequest, number: int) -> HttpResponse:
    """Show one import: its mapping, its trial, how far it has come, what was told."""
    return _page(request, _found(request, number))


@require_POST
@login_required
def mapped(request: HttpRequest, number: int) -> HttpResponse:
    """Keep an edited mapping."""
    catalogue, actor = _found(request, number), signed_in(request)
    form = MappingForm(catalogue, request.POST)

    def act() -> HttpResponse:
        trying.set_mapping(catalogue, form.said(), actor)
        return _told(request, _("已保存对应关系；请再试算"), catalogue)

    return tried(form, act) or _page(request, catalogue, mapping=form)


@require_POST
@login_required
def moved(request: HttpRequest, number: int, name: str) -> HttpResponse:
    """Take a step of an import that asks for nothing more: try, run, stop, go on, end."""
    catalogue, actor = _found(request, number), signed_in(request)
    form = Submission(request.POST)

    def act() -> HttpResponse:
        if name not in _MOVES:
            raise OutOfTurnError(_("没有这一步，没有改动"))
        return _told(request, _MOVES[name](catalogue, actor), catalogue)

    return tried(form, act) or _page(request, catalogue, step=form)


@require_POST
@login_required
def proposed(request: HttpRequest, number: int) -> HttpResponse:
    """Send an import for another person's consent."""
    catalogue, actor = _found(request, number), signed_in(request)
    form = CatalogueReasonForm(request.POST)

    def act() -> HttpResponse:
        said = form.cleaned_data
        signing.propose(catalogue, said["why"], actor, said["key"])
        return _told(request, _("已送审，批准以后才能导入"), catalogue)

    return tried(form, act) or _page(request, catalogue, reason=form)


@require_POST
@login_required
def answered(request: HttpRequest, number: int) -> HttpResponse:
    """Take the answer of another person to an import."""
    catalogue, person = _found(request, number), signed_in(request)
    form = OpinionForm(request.POST)

    def act() -> HttpResponse:
        answer, said = request.POST.get("answer"), form.cleaned_data
        if answer == "agree":
            signing.agree(catalogue, said["seen"], person, said["opinion"])
            return _told(request, _("已批准，由送审人导入"), catalogue)
        if answer == "return":
            signing.send_back(catalogue, person, said["opinion"])
            return _told(request, _("已退回送审人"), catalogue)
        if answer == "take_back":
            signing.take_back(catalogue, person)
            return _told(request, _("已撤回送审"), catalogue)
        raise OutOfTurnError(_("没有写明同意还是退回，没有改动"))

    return tried(form, act) or _page(request, catalogue, opinion=form)


@require_safe
@login_required
def reported(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """Give the report of what was refused, or is to be told, as a file."""
    rows = _found(request, number).remarks.all()
    name = f"import-{number}.{kind}"
    if kind == "xlsx":
        return handed_out(queries.as_xlsx(rows), TYPES["xlsx"], name)
    answer = StreamingHttpResponse(queries.as_csv(rows), content_type="text/csv")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer  # type: ignore[return-value]


def _try(catalogue: Catalogue, actor: User) -> str:
    _work(trying.begin(catalogue, actor))
    return _("试算不写入任何文件；大的目录分几次算完")


def _run(catalogue: Catalogue, actor: User) -> str:
    done = _work(running.begin(catalogue, actor))
    return _("已导入到第 %(n)s 行") % {"n": done.cursor}


def _go_on(catalogue: Catalogue, actor: User) -> str:
    running.require_bringer(catalogue, actor)
    done = _work(catalogue)
    return _("已处理到第 %(n)s 行") % {"n": done.cursor}


def _stop(catalogue: Catalogue, actor: User) -> str:
    running.stop(catalogue, actor)
    return _("已暂停；已经导入的不受影响，可以再继续")


def _end(catalogue: Catalogue, actor: User) -> str:
    running.clear(catalogue, actor)
    return _("已结束，上传的内容已删除；已导入的文件和清单不受影响")


_MOVES: dict[str, Callable[[Catalogue, User], str]] = {
    "try": _try,
    "run": _run,
    "further": _go_on,
    "stop": _stop,
    "end": _end,
}


def _work(catalogue: Catalogue) -> Catalogue:
    """Do what a catalogue is at for as long as a page may take."""
    until = time.monotonic() + SECONDS
    while catalogue.state in GOING and time.monotonic() < until:
        catalogue = further(catalogue)
    return catalogue


def _uploaded(request: HttpRequest, form: UploadForm, actor: User) -> HttpResponse:
    body, file = form.cleaned_data["body"], form.cleaned_data["file"]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "handed-in"
        with place.open("wb") as out:
            for part in file.chunks():
                out.write(part)
        made = staging.upload(body, file.name, place, actor)
    return _told(request, _("已收到目录；请核对列的对应，再试算"), made)


def _told(request: HttpRequest, words: str, catalogue: Catalogue) -> HttpResponse:
    return told(request, words, "document_import", catalogue.pk)


def _figures(catalogue: Catalogue) -> dict[str, int]:
    """Return what came in, where anything was begun, and else what the trial found."""
    ended = catalogue.finished_at or catalogue.state == State.STOPPED
    shown: dict[str, int] = catalogue.trial
    if catalogue.found or ended:
        shown = catalogue.found
    return shown


def _found(request: HttpRequest, number: int) -> Catalogue:
    return get_object_or_404(queries.visible(desk_of(request).held), pk=number)


def _page(
    request: HttpRequest, catalogue: Catalogue, **forms: Submission | MappingForm
) -> HttpResponse:
    """Show an import; of ``forms`` one was refused and stands with its reasons."""
    desk = desk_of(request)
    catalogue.refresh_from_db()
    opened = catalogue.state in trying.OPEN
    seen = {"seen": signing.hash_of(catalogue)}
    context: dict[str, object] = {
        "catalogue": catalogue,
        "going": catalogue.state in GOING,
        "figures": _figures(catalogue),
        "may_bring": desk.held.allows(policy.BRING, catalogue.body),
        "may_agree": desk.held.allows(policy.AGREE, catalogue.body),
        "barred": signing.barred(catalogue, desk.user),
        "own": catalogue.proposer_id == desk.user.pk,
        "mapping": forms.get("mapping") or (MappingForm(catalogue) if opened else None),
        "reason": forms.get("reason") or CatalogueReasonForm(),
        "opinion": forms.get("opinion") or OpinionForm(initial=seen),
        "step": forms.get("step") or Submission(),
        "page": page_of(request, catalogue.remarks.all()),
    }
    context["columns"] = _columns(catalogue)
    used = set(catalogue.mapping["columns"].values())
    context["unused"] = [each for each in catalogue.headers if each not in used]
    done = next((form for form in forms.values() if form.errors), None)
    status = 200 if done is None else 409 if done.non_field_errors() else 422
    return render(request, "desk/documents/import.html", context, status=status)


def _columns(catalogue: Catalogue) -> list[tuple[object, str]]:
    """Return by which columns a catalogue is read, what stands for all rows included."""
    return [
        (BY_ID[name].label, placed(place, choices(name)))
        for name, place in catalogue.mapping["columns"].items()
    ]


HERE = "documents/import/<int:number>/"
urlpatterns = [
    path("documents/import/", listed, name="document_imports"),
    path(HERE, shown, name="document_import"),
    path(f"{HERE}mapping/", mapped, name="document_import_mapping"),
    path(f"{HERE}do/<slug:name>/", moved, name="document_import_do"),
    path(f"{HERE}propose/", proposed, name="document_import_propose"),
    path(f"{HERE}answer/", answered, name="document_import_answer"),
    path(f"{HERE}report.<slug:kind>", reported, name="document_import_report"),
]
