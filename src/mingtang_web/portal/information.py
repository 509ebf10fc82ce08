"""Published documents for anybody: each at an address of its own, for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mingtang.writing import UnwritableError
from mingtang.writing.letters import FORMATS
from mingtang_web.files.actions import AlteredFileError, content
from mingtang_web.files.downloads import TYPES, handed_out
from mingtang_web.portal import meta
from mingtang_web.portal.addresses import absolute
from mingtang_web.portal.keeping import kept
from mingtang_web.publication import queries
from mingtang_web.publication.captions import captions
from mingtang_web.publication.contents import says_the_same
from mingtang_web.publication.linking import public_links
from mingtang_web.publication.models import Attachment
from mingtang_web.publication.naming import named
from mingtang_web.publication.originals import original_of
from mingtang_web.publication.papers import paper

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from mingtang_web.publication.models import Document, Revision

GONE, UNSURE = 410, 503


@require_safe
def information(request: HttpRequest, number: str) -> HttpResponse:
    """Show a document as it was reviewed; where it was taken down, that and why."""
    rows = queries.with_tombstones().select_related("body", "published__document")
    document = get_object_or_404(rows, index_number=number)
    revision = document.published
    assert revision is not None  # noqa: S101 - it went out
    context: dict[str, object] = {"document": document, "revision": revision}
    if document.withdrawn_on:
        return render(request, "portal/information/gone.html", context, status=GONE)
    if not says_the_same(revision):
        context["altered"] = True
        return render(request, "portal/information/gone.html", context, status=UNSURE)
    context["head"] = meta.of_document(request, document, revision)
    context["cited"] = _cited(request, document, revision)
    context["caption"] = captions([document]).get(document.pk, "")
    context["named"] = [(name, words) for name, words in named(revision) if words]
    context["original"] = original_of(revision)
    context["attachments"] = revision.attachments.select_related("file")
    context["interpreted_by"], context["interprets"] = public_links(document)
    return render(request, "portal/information/page.html", context)


@require_safe
@kept
def information_paper(request: HttpRequest, kind: str, number: str) -> HttpResponse:
    """Give out a public document as Word or PDF; of one taken down what is left of it."""
    rows = queries.with_tombstones().select_related("body", "published__document")
    document = get_object_or_404(rows, index_number=number)
    if kind not in FORMATS:
        raise Http404
    revision = document.published
    assert revision is not None  # noqa: S101 - it went out
    if document.withdrawn_on or not says_the_same(revision):
        return information(request, number)
    try:
        data = paper(document, kind)
    except UnwritableError:
        context = {"document": document, "unwritable": True}
        return render(request, "portal/information/gone.html", context, status=UNSURE)
    return handed_out(data, TYPES[kind], f"{revision.title}.{kind}")


@require_safe
@kept
def information_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Give out a file of a document that is public, and of its public revision only."""
    rows = Attachment.objects.select_related("file", "revision__document")
    row = get_object_or_404(rows, pk=pk)
    document = row.revision.document
    if not document.is_out or document.published_id != row.revision_id:
        raise Http404
    try:
        data = content(row.file)
    except AlteredFileError:
        context = {"document": document, "altered": True}
        return render(request, "portal/information/gone.html", context, status=UNSURE)
    return handed_out(data, "application/octet-stream", f"{row.name}.{row.file.kind}")


def _cited(request: HttpRequest, document: Document, revision: Revision) -> str:
    """Return how the document is named elsewhere: what does not change, and where."""
    address = absolute(request, reverse("information", args=[document.index_number]))
    number = f"（{revision.document_number}）" if revision.document_number else ""
    day = f"{document.published_on:%Y-%m-%d}"
    return _("%(issuer)s：《%(title)s》%(number)s，%(day)s 公开，%(address)s") % {
        "issuer": revision.issuer, "title": revision.title, "number": number,
        "day": day, "address": address,
    }  # fmt: skip


urlpatterns = [
    path("info/<path:number>/", information, name="information"),
    path(
        "info-paper/<str:kind>/<path:number>/", information_paper, name="information_paper"
    ),
    path("info-files/<int:pk>/", information_file, name="information_file"),
]
