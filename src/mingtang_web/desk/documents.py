"""The screens of a document: its page, steps of the review, versions side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mingtang_web.accounts.queries import signed_in
from mingtang_web.desk.documents_forms import ScheduleForm, SecrecyForm
from mingtang_web.desk.documents_moves import MOVES, barred, halting
from mingtang_web.desk.documents_page import form_of, page, waiver_of
from mingtang_web.desk.sitting import desk_of
from mingtang_web.desk.submitting import told, tried
from mingtang_web.files.actions import content
from mingtang_web.files.downloads import handed_out
from mingtang_web.publication import policy, queries, releasing, reviewing
from mingtang_web.publication.models import Attachment, Document, Stage
from mingtang_web.publication.naming import named
from mingtang_web.publication.screening import waive, waived_ones
from mingtang_web.richtext.comparing import compared

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@login_required
def shown(request: HttpRequest, number: int) -> HttpResponse:
    """Show a document as it will be read, what screening saw, and what may be done."""
    return page(request, found(request, number))


@require_POST
@login_required
def moved(request: HttpRequest, number: int, name: str) -> HttpResponse:
    """Take a step of the review, or of what follows it."""
    document, actor = found(request, number), signed_in(request)
    if name not in MOVES:
        raise Http404
    move = MOVES[name]
    form = form_of(name, move, request.POST)

    def act() -> HttpResponse:
        done = move.does(document, form.doing(actor, form.cleaned_data["note"]))
        return told(request, str(move.done), "document", done.pk)

    return tried(form, act) or page(request, document, {name: form}, 422)


@require_POST
@login_required
def scheduled(request: HttpRequest, number: int) -> HttpResponse:
    """Set the hour at which a cleared document goes out."""
    document, actor = found(request, number), signed_in(request)
    form = ScheduleForm(request.POST, auto_id="id_schedule_%s")

    def act() -> HttpResponse:
        at = form.cleaned_data["at"]
        done = releasing.schedule(document, at, form.doing(actor))
        return told(request, _("已定时，到时由系统发布"), "document", done.pk)

    return tried(form, act) or page(request, document, {"schedule": form}, 422)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def secrecy(request: HttpRequest, number: int) -> HttpResponse:
    """Judge every thing of a document: may it be made public, and on what basis."""
    document, actor = found(request, number), signed_in(request)
    held = desk_of(request).held
    if document.stage != Stage.SECRECY or document.current is None:
        raise Http404
    if not held.allows(policy.REVIEWING[Stage.SECRECY], document.body):
        raise Http404
    items = reviewing.items_of(document.current)
    waivers = waived_ones(document.current)
    form = SecrecyForm(
        request.POST or None, items=items, waived=len(waivers), version=document.version
    )

    def act() -> HttpResponse:
        doing = form.doing(actor, form.cleaned_data["note"])
        seen = [hit.fingerprint for hit in waivers] if form.looked_at else []
        reviewing.clear_secrecy(document, form.judged(), doing, seen)
        return told(request, _("保密审查已通过，转下一环节"), "document", document.pk)

    context = {
        "document": document, "form": form, "barred": barred(document, held),
        "halting": "" if barred(document, held) else halting("pass", document, held),
        "revision": document.current, "named": named(document.current, held),
        "attachments": document.current.attachments.select_related("file"),
        "waivers": waivers,
    }  # fmt: skip
    done = tried(form, act) if request.method == "POST" else None
    return done or render(request, "desk/documents/secrecy.html", context)


@require_POST
@login_required
def waived(request: HttpRequest, number: int, fingerprint: str) -> HttpResponse:
    """Say why something that screening stopped at may stay."""
    document, actor = found(request, number), signed_in(request)
    form = waiver_of(fingerprint, data=request.POST)

    def act() -> HttpResponse:
        doing = form.doing(actor, form.cleaned_data["note"])
        waive(document, fingerprint, doing)
        done = told(request, _("理由已登记，随文件留存"), "document", document.pk)
        done["Location"] += _back_to_hits(request)
        return done

    return tried(form, act) or page(request, document, {fingerprint: form}, 422)


@require_safe
@login_required
def beside(request: HttpRequest, number: int, old: int, new: int) -> HttpResponse:
    """Show what two versions of a document differ in."""
    document, held = found(request, number), desk_of(request).held
    one = get_object_or_404(document.revisions, number=old)
    other = get_object_or_404(document.revisions, number=new)
    context = {
        "document": document,
        "old": one,
        "new": other,
        "named": _changed(named(one, held), named(other, held)),
        "html": compared(one.html, other.html),
        "files": (list(one.attachments.all()), list(other.attachments.all())),
        "revisions": document.revisions.select_related("by"),
    }
    return render(request, "desk/documents/beside.html", context)


@require_safe
@login_required
def given(request: HttpRequest, number: int, revision: int, position: int) -> HttpResponse:
    """Give out an attachment of a version, for whoever reviews it."""
    document = found(request, number)
    rows = Attachment.objects.filter(revision__document=document).select_related("file")
    row = get_object_or_404(rows, revision__number=revision, position=position)
    name = f"{row.name}.{row.file.kind}"
    return handed_out(content(row.file), "application/octet-stream", name)


def found(request: HttpRequest, number: int) -> Document:
    """Return a document that is seen; raises `Http404`."""
    rows = queries.visible(desk_of(request).held)
    return get_object_or_404(rows.select_related("body", "current", "published"), pk=number)


def _back_to_hits(request: HttpRequest) -> str:
    """Return where on a document's page somebody goes on with what screening found."""
    page = request.GET.get("hits", "")
    return (
        f"?hits={page}#screening" if page.isdecimal() and page.isascii() else "#screening"
    )


def _changed(
    old: list[tuple[str, str]], new: list[tuple[str, str]]
) -> list[tuple[str, str, str]]:
    """Return what of the metadata is another in two versions."""
    was = dict(old)
    return [(name, was[name], now) for name, now in new if was[name] != now]


HERE = "documents/<int:number>/"
urlpatterns = [
    path(HERE, shown, name="document"),
    path(f"{HERE}do/<slug:name>/", moved, name="document_do"),
    path(f"{HERE}schedule/", scheduled, name="document_schedule"),
    path(f"{HERE}secrecy/", secrecy, name="document_secrecy"),
    path(f"{HERE}waive/<slug:fingerprint>/", waived, name="document_waive"),
    path(f"{HERE}compare/<int:old>/<int:new>/", beside, name="document_compare"),
    path(f"{HERE}files/<int:revision>/<int:position>/", given, name="document_file"),
]
