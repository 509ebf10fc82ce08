"""The files of a case on screen: taken in, and given out on record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mingtang_web.applicants.actions import ErasedError, unmask
from mingtang_web.cases import policy
from mingtang_web.cases.attaching import attach, look
from mingtang_web.cases.models import Channel
from mingtang_web.desk.case import facts, files_of, words_of
from mingtang_web.desk.forms_files import AttachForm
from mingtang_web.desk.opening import opened
from mingtang_web.desk.refusing import refused
from mingtang_web.files.actions import AlteredFileError, RefusedFileError
from mingtang_web.files.downloads import handed_out
from mingtang_web.ledger.actions import KeyTakenError

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file into a case."""
    seen = opened(request, pk)
    seen.demand(policy.ATTACH)
    form = AttachForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            attach(seen.case, given["file"], given["what"], seen.user, given["key"])
        except RefusedFileError as why:
            form.add_error("file", str(why))
        except (ErasedError, KeyTakenError) as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("附件已保存，并记入台账"))
            return redirect("case", pk)
    return render(request, "desk/case/attach.html", facts(seen) | {"form": form})


@login_required
@require_POST
def take(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Give a file of a case; who took it enters the ledger."""
    seen = opened(request, pk)
    seen.demand(policy.OPEN_FILE)
    row = get_object_or_404(files_of(seen.case), pk=number)
    try:
        data = look(row, seen.user)
    except (AlteredFileError, ErasedError) as why:
        messages.error(request, str(why))
        return redirect("case", pk)
    name = f"{seen.case.number}-{row.get_what_display()}-{row.pk}.{row.file.kind}"
    return handed_out(data, "application/octet-stream", name)


@login_required
@require_POST
def oral_record(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was taken down of an oral request, to be read and signed; on record."""
    seen = opened(request, pk)
    why = _("打印口头申请记录，请申请人核对签字")
    try:
        person = unmask(seen.case.applicant, seen.user, why, case_id=pk)
    except ErasedError as gone:
        return refused(request, seen, gone)
    context = facts(seen) | {
        "person": person,
        "words": words_of(seen),
        "oral": seen.case.channel == Channel.ORAL,
    }
    return render(request, "desk/case/oral.html", context)


HERE = "cases/<int:pk>/"
urlpatterns = [
    path(f"{HERE}files/new/", add, name="case_attach"),
    path(f"{HERE}files/<int:number>/", take, name="case_file"),
    path(f"{HERE}oral/", oral_record, name="case_oral"),
]
