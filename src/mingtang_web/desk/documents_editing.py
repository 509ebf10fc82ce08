"""Writing documents: begun, another version, attachments, stages and numbers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mingtang_web.accounts.queries import signed_in
from mingtang_web.bodies.models import Body
from mingtang_web.desk.documents import found
from mingtang_web.desk.documents_bonds import ORIGINAL, preset_of
from mingtang_web.desk.documents_forms import (
    ChainForm,
    DocumentForm,
    FileForm,
    IndexRuleForm,
    MaskForm,
)
from mingtang_web.desk.documents_hits import grouped
from mingtang_web.desk.documents_page import page
from mingtang_web.desk.sitting import desk_of
from mingtang_web.desk.submitting import Submission, bodies_for, renewed, told, tried
from mingtang_web.files.actions import taken
from mingtang_web.ledger.doing import Doing
from mingtang_web.publication import chains, drafting, indexing, policy
from mingtang_web.publication.contents import hash_of
from mingtang_web.publication.drafting import Enclosed, as_draft
from mingtang_web.publication.enclosures import file_part
from mingtang_web.publication.models import Column, Stage
from mingtang_web.publication.recording import repeated
from mingtang_web.publication.redacting import mask
from mingtang_web.publication.screening import screened
from mingtang_web.unsent.actions import kept

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from mingtang_web.ledger.canonical import Plain
    from mingtang_web.publication.models import Document

FIRST, LAST = "up", "down"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def begun(request: HttpRequest) -> HttpResponse:
    """Begin a document."""
    actor, held = signed_in(request), desk_of(request).held
    bodies = bodies_for(policy.WRITE, held)
    if not bodies:
        raise Http404
    column = request.GET.get("column", Column.STATUTORY)
    given = preset_of(request.GET.get(ORIGINAL, ""), held, bodies)
    form = DocumentForm(
        request.POST or None, bodies=bodies, held=held,
        initial={"column": column, **given.said}, bonds=given.bonds,
    )  # fmt: skip
    if given.told:
        form.fields["attribute"].help_text = given.told

    def act() -> HttpResponse:
        said = form.cleaned_data
        doing = Doing(actor, 0, said["key"])
        made = drafting.begin(said["body"], said["column"], form.draft(), doing)
        return told(
            request,
            _("已保存为草稿，索引号 %(n)s") % {"n": made.index_number},
            "document",
            made.pk,
        )

    only = bodies[0] if len(bodies) == 1 else None
    done = tried(form, act) if request.method == "POST" else None
    return done or render(request, "desk/documents/edit.html", {"form": form, "only": only})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edited(request: HttpRequest, number: int) -> HttpResponse:
    """Write another version of a document; each that was kept can be looked at again."""
    document, actor = _written(request, number), signed_in(request)
    if moved_on := _moved_on(request, document):
        return moved_on
    held = as_draft(document.newest)
    form = DocumentForm(
        request.POST or None, initial=vars(held) | {"note": ""}, version=document.version,
        held=desk_of(request).held, document=document, bonds=held.bonds,
    )  # fmt: skip

    def act() -> HttpResponse:
        doing = form.doing(actor)
        done = drafting.revise(document, form.draft(held.enclosed), doing)
        return told(request, _("已保存"), "document", done.pk)

    done = tried(form, act) if request.method == "POST" else None
    context = {"form": form, "document": document, "only": document.body}
    context |= _others(request, document, form)
    return done or render(request, "desk/documents/edit.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def enclosed(request: HttpRequest, number: int) -> HttpResponse:
    """Show a document's attachments, and take in another one."""
    document, actor = _written(request, number), signed_in(request)
    if moved_on := _moved_on(request, document):
        return moved_on
    form = FileForm(request.POST or None, request.FILES or None, version=document.version)

    def act() -> HttpResponse:
        upload = form.cleaned_data["file"]
        name = form.cleaned_data["name"] or PurePath(upload.name).stem[:150]
        came = Enclosed(name, taken(upload, document.body, actor))
        asked: Plain = ["added", name, hash_of(came.file)]
        _enclose(document, lambda held: (*held, came), form.doing(actor), asked)
        return told(request, _("附件已加入"), "document_files", document.pk)

    done = tried(form, act) if request.method == "POST" else None
    return done or _files_page(request, document, form)


@require_POST
@login_required
def rearranged(request: HttpRequest, number: int, position: int, how: str) -> HttpResponse:
    """Take an attachment out, or move it up or down."""
    document, actor = _written(request, number), signed_in(request)
    form = Submission(request.POST)

    def changed(held: tuple[Enclosed, ...]) -> tuple[Enclosed, ...]:
        rows = list(held)
        if not 0 <= position < len(rows):
            raise Http404
        row = rows.pop(position)
        if how in {FIRST, LAST}:
            rows.insert(max(0, position + (-1 if how == FIRST else 1)), row)
        return tuple(rows)

    def act() -> HttpResponse:
        _enclose(document, changed, form.doing(actor), ["moved", position, how])
        return told(request, _("附件已调整"), "document_files", document.pk)

    return tried(form, act) or page(request, document, None, 422)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def masked(request: HttpRequest, number: int, position: int) -> HttpResponse:
    """Put a masked copy in the place of an attachment, read back before it is kept."""
    document, actor = _written(request, number), signed_in(request)
    row = get_object_or_404(document.newest.attachments, position=position)
    form = MaskForm(request.POST or None, version=document.version)

    def act() -> HttpResponse:
        said, doing = form.cleaned_data, form.doing(actor)
        _done, removed = mask(
            document, position, doing, private=said["private"], hidden=said["hidden"]
        )
        words = _("已换成遮盖本，并读回核对过")
        return told(request, _("；").join((words, *removed)), "document_files", number)

    done = tried(form, act) if request.method == "POST" else None
    hits = [hit for hit in screened(document.newest) if hit.part == file_part(row)]
    shown = grouped(document.newest, hits, request) if hits else None
    context = {"document": document, "row": row, "form": form, "hits": shown}
    return done or render(request, "desk/documents/mask.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def arranged(request: HttpRequest, pk: int) -> HttpResponse:
    """Set by which stages a body's documents go, and how they are numbered."""
    actor, held = signed_in(request), desk_of(request).held
    body = get_object_or_404(Body, pk=pk)
    if not held.allows(policy.SET_CHAIN, body):
        raise Http404
    which = request.POST.get("which")
    chain = ChainForm(
        request.POST if which == "chain" else None,
        initial={"stages": chains.stages_of(body)}, auto_id="id_chain_%s",
    )  # fmt: skip
    rule = IndexRuleForm(
        request.POST if which == "rule" else None,
        initial={"rule": str(indexing.rule_of(body))}, auto_id="id_rule_%s",
    )  # fmt: skip

    def set_chain() -> HttpResponse:
        said = chain.cleaned_data
        stages = [Stage(each) for each in said["stages"]]
        chains.set_chain(body, stages, actor, said["key"])
        return told(request, _("审核环节已设定"), "document_settings", body.pk)

    def set_rule() -> HttpResponse:
        said = rule.cleaned_data
        indexing.set_rule(body, said["rule"], actor, said["key"])
        return told(request, _("索引号规则已设定"), "document_settings", body.pk)

    done = tried(chain, set_chain) if which == "chain" else None
    done = tried(rule, set_rule) if which == "rule" else done
    context = {"body": body, "chain": chain, "rule": rule}
    return done or render(request, "desk/documents/settings.html", context)


def _written(request: HttpRequest, number: int) -> Document:
    """Return a document of a body that this person writes for; raises `Http404`."""
    document = found(request, number)
    if not desk_of(request).held.allows(policy.WRITE, document.body):
        raise Http404
    return document


def _moved_on(request: HttpRequest, document: Document) -> HttpResponse | None:
    """Lead back to a document that cannot be written in now, saying so.

    What was typed meanwhile is not thrown away: sent, it comes back with the reason.
    """
    if document.is_written or request.method == "POST":
        return None
    words = _("文件处于“%(state)s”，现在不能修改") % {"state": document.get_state_display()}
    messages.warning(request, words)
    return redirect("document", document.pk)


def _others(
    request: HttpRequest, document: Document, form: DocumentForm
) -> dict[str, object]:
    """Return what was kept of a document while somebody wrote; theirs may go on top.

    What was refused stays in the form, which then goes by the document as it stands:
    sent once more it is kept as a version of its own, and none is lost.
    """
    if request.method != "POST":
        row = kept(signed_in(request), request.path)
        newest = document.newest
        return {"since": newest} if row and row.saved_at < newest.at else {}
    present = found(request, document.pk)
    seen = form.data.get("version", "")
    if not form.errors or seen == str(present.version) or not present.is_written:
        return {}
    renewed(form, present.version)
    return {"newest": present.newest}


def _enclose(
    document: Document,
    change: Callable[[tuple[Enclosed, ...]], tuple[Enclosed, ...]],
    doing: Doing,
    asked: Plain,
) -> None:
    """Keep a version with other attachments; the same submission again changes nothing."""
    if repeated(document, "revised", doing, asked):
        return
    draft = as_draft(document.newest)
    changed = replace(draft, enclosed=change(draft.enclosed))
    drafting.revise(document, changed, doing, asked)


def _files_page(request: HttpRequest, document: Document, form: FileForm) -> HttpResponse:
    rows = document.newest.attachments.select_related("file")
    context = {
        "document": document,
        "form": form,
        "rows": [(row, Submission(version=document.version)) for row in rows],
    }
    return render(request, "desk/documents/files.html", context)


HERE = "documents/<int:number>/"
urlpatterns = [
    path("documents/new/", begun, name="document_new"),
    path(f"{HERE}edit/", edited, name="document_edit"),
    path(f"{HERE}files/", enclosed, name="document_files"),
    path(
        f"{HERE}files/<int:position>/move/<slug:how>/", rearranged, name="document_arrange"
    ),
    path(f"{HERE}files/<int:position>/mask/", masked, name="document_mask"),
    path("documents/settings/<int:pk>/", arranged, name="document_settings"),
]
