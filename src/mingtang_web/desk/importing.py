"""The screens of taking over an old ledger: upload, mapping, trial, import."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from mingtang_web.accounts.queries import signed_in
from mingtang_web.cases.actions import SignOffError
from mingtang_web.desk.import_signing import LedgerReasonForm, shown_trial
from mingtang_web.desk.mapping_forms import MappingForm
from mingtang_web.desk.paging import page_of
from mingtang_web.desk.refusing import CONFLICT
from mingtang_web.desk.sitting import desk_of
from mingtang_web.desk.submitting import Submission, bodies_for, body_choice, told, tried
from mingtang_web.importing import actions, consenting, mapping, policy, queries, signing
from mingtang_web.importing.attempting import attempt
from mingtang_web.importing.consenting import UntriedError
from mingtang_web.importing.opening import table_of
from mingtang_web.importing.tables import MAX_BYTES

if TYPE_CHECKING:
    from django.http import HttpRequest

    from mingtang_web.accounts.models import User
    from mingtang_web.bodies.models import Body
    from mingtang_web.importing.actions import Progress
    from mingtang_web.importing.models import Source

ROWS_AT_ONCE = 500
SECONDS = 15
TRIED_AT_ONCE = 5_000
MOST_TOLD = 50


class UploadForm(Submission):
    """An old ledger's file."""

    file = forms.FileField(
        label=gettext_lazy("旧台账文件"),
        help_text=gettext_lazy("CSV、XLSX 或者 XLS，一个工作表，一行一件，不超过 20 MB"),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.xls"}),
    )

    def __init__(self, *args: Any, bodies: list[Body], **more: Any) -> None:  # noqa: ANN401
        """Offer the bodies that the person administers."""
        super().__init__(*args, **more)
        self.fields["body"] = body_choice(bodies)
        self.order_fields(("key", "version", "body"))

    def clean_file(self) -> object:
        """Refuse a file past the limit before it is read."""
        file = self.cleaned_data["file"]
        if file.size > min(MAX_BYTES, settings.UPLOAD_LIMIT):
            raise forms.ValidationError(_("文件超过 20 MB 的上限；请按年度分成几个文件"))
        return file


@login_required
def listed(request: HttpRequest) -> HttpResponse:
    """Show the imports of the bodies a person administers, and take a new file."""
    actor = signed_in(request)
    desk = desk_of(request)
    desk.demand(policy.IMPORT)
    held = desk.held
    bodies = bodies_for(policy.IMPORT, held)
    form = UploadForm(request.POST or None, request.FILES or None, bodies=bodies)
    answer = tried(form, lambda: _uploaded(request, form, actor))
    if answer:
        return answer
    rows = queries.visible(held).select_related("body", "by")
    context = {"form": form, "page": page_of(request, rows)}
    return render(request, "desk/importing/list.html", context)


@require_safe
@login_required
def shown(request: HttpRequest, number: int) -> HttpResponse:
    """Show one import: its mapping, its trial, how far it has come, what was refused."""
    return _page(request, _found(request, number))


@require_POST
@login_required
def mapped(request: HttpRequest, number: int) -> HttpResponse:
    """Keep an edited mapping."""
    source, actor = _found(request, number), signed_in(request)
    form = MappingForm(source, request.POST)

    def act() -> HttpResponse:
        actions.set_mapping(source, form.said(), actor)
        return told(request, _("已保存对应关系；请再试算"), "import", source.pk)

    return tried(form, act) or _page(request, source, form, 422)


@require_POST
@login_required
def attempted(request: HttpRequest, number: int) -> HttpResponse:
    """Try the whole file."""
    source = _found(request, number)
    if source.rows > TRIED_AT_ONCE:
        said = _("超过 %(n)s 行，请在服务器上运行 manage.py import_ledger --dry-run")
        messages.error(request, said % {"n": TRIED_AT_ONCE})
    else:
        attempt(source, signed_in(request))
        messages.success(request, _("试算完成，没有写入任何案件"))
    return redirect("import", source.pk)


@require_POST
@login_required
def taken_over(request: HttpRequest, number: int) -> HttpResponse:
    """Take over as many rows as a page may take time for."""
    source, actor = _found(request, number), signed_in(request)
    try:
        done = _run(source, actor)
    except (UntriedError, SignOffError) as problem:
        messages.error(request, _("没有导入：%(why)s") % {"why": problem})
        return _page(request, source, status=CONFLICT)
    said = _("已处理 %(n)s 行，还有 %(left)s 行")
    counts = {"n": done.imported + done.refused, "left": done.left}
    messages.success(request, said % counts)
    return redirect("import", source.pk)


@require_POST
@login_required
def proposed(request: HttpRequest, number: int) -> HttpResponse:
    """Send an import for another person's consent."""
    source, actor = _found(request, number), signed_in(request)
    form = LedgerReasonForm(request.POST)

    def act() -> HttpResponse:
        said = form.cleaned_data
        signing.propose(source, said["why"], actor, said["key"])
        return told(request, _("已送审，批准以后才能导入"), "import", source.pk)

    answer = tried(form, act)
    return answer or _page(request, source, reason=form, status=422)


@require_POST
@login_required
def cleared(request: HttpRequest, number: int) -> HttpResponse:
    """Destroy the uploaded table."""
    source = _found(request, number)
    if not request.POST.get("sure"):
        messages.error(request, _("没有销毁：请先勾选“不再需要上传的内容”"))
        return redirect("import", source.pk)
    actions.clear(source, signed_in(request))
    messages.success(request, _("上传的内容已销毁；已导入的案件和拒绝清单不受影响"))
    return redirect("import", source.pk)


@require_safe
@login_required
def refused(request: HttpRequest, number: int) -> HttpResponse:
    """Give the refusals as a CSV file."""
    source = _found(request, number)
    data = queries.as_csv(source.refusals.all())
    answer = HttpResponse(data, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="refusals-{source.pk}.csv"'
    return answer


def _uploaded(request: HttpRequest, form: UploadForm, actor: User) -> HttpResponse:
    body, file = form.cleaned_data["body"], form.cleaned_data["file"]
    made = actions.upload(body, file.name, file.read(), actor)
    said = _("已收到文件并封存；请核对列的对应，再试算")
    return told(request, said, "import", made.pk)


def _found(request: HttpRequest, number: int) -> Source:
    held = desk_of(request).held
    rows = queries.visible(held).defer(None).select_related("body", "by", "holder")
    return get_object_or_404(rows, pk=number)


def _run(source: Source, actor: User) -> Progress:
    """Take over rows for as long as a page may take."""
    until = time.monotonic() + SECONDS
    done = actions.progress(source)
    left = ROWS_AT_ONCE
    while done.left and left > 0 and time.monotonic() < until:
        done = actions.run(source, actor, most=50)
        left -= 50
    return done


def _page(
    request: HttpRequest,
    source: Source,
    form: MappingForm | None = None,
    status: int = 200,
    reason: LedgerReasonForm | None = None,
) -> HttpResponse:
    context: dict[str, object] = {"source": source, "done": actions.progress(source)}
    if source.content:
        table = table_of(source)
        reading = mapping.load(source.mapping, table.headers)
        used = set(reading.columns.values())
        context["form"] = form or MappingForm(source)
        context["unused"] = [h for h in table.headers if h and h not in used]
        context["open_values"] = mapping.open_values(table, reading)
        context |= _standing(source) | {"reason": reason or LedgerReasonForm()}
    if source.trial:
        context["trial"] = shown_trial(source.trial, source.body)
    context["page"] = page_of(request, source.refusals.all())
    taken = source.imported.select_related("case").only(
        "row", "old_number", "source_id", "case__number", "case__subject"
    )
    context["taken"] = taken.order_by("-row")[:MOST_TOLD]
    return render(request, "desk/importing/source.html", context, status=status)


def _standing(source: Source) -> dict[str, object]:
    """Return whether a file may be imported as it is now: tried, and consented to."""
    is_tried = consenting.is_tried(source)
    why = consenting.why(source) if is_tried else ""
    return {
        "tried": is_tried,
        "why": why,
        "consent": consenting.approval(source) if why else None,
        "last": source.proposals.select_related("proposer", "closed_by").first(),
    }


urlpatterns = [
    path("import/", listed, name="imports"),
    path("import/<int:number>/", shown, name="import"),
    path("import/<int:number>/mapping/", mapped, name="import_mapping"),
    path("import/<int:number>/try/", attempted, name="import_try"),
    path("import/<int:number>/propose/", proposed, name="import_propose"),
    path("import/<int:number>/run/", taken_over, name="import_run"),
    path("import/<int:number>/clear/", cleared, name="import_clear"),
    path("import/<int:number>/refusals.csv", refused, name="import_refusals"),
]
