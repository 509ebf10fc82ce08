"""The screens of normative documents: register, page, what happened, interpretations."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mingtang_web.accounts.queries import signed_in
from mingtang_web.cases.rules import rulebook
from mingtang_web.desk.norm_forms import (
    DecisionForm,
    HappenedForm,
    LinkForm,
    ReasonForm,
    StockForm,
)
from mingtang_web.desk.sitting import desk_of
from mingtang_web.desk.submitting import bodies_for, told, tried
from mingtang_web.publication import linking, norming, policy, queries
from mingtang_web.publication.forces import in_order
from mingtang_web.publication.models import Document
from mingtang_web.publication.norms import ForceEvent

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import Form
    from django.http import HttpRequest, HttpResponse, QueryDict

    from mingtang_web.ledger.doing import Doing

Stage = ForceEvent.Stage


class Deciding(NamedTuple):
    """What is decided on an entry: the act, of which stage, and what is asked for it."""

    act: Callable[[Document, int, Doing], Document]
    stage: str
    form: type[DecisionForm | ReasonForm]


_DECIDING = {
    "confirm": Deciding(norming.confirm, Stage.PROPOSED, DecisionForm),
    "refuse": Deciding(norming.refuse, Stage.PROPOSED, ReasonForm),
    "strike": Deciding(norming.strike, Stage.STANDS, ReasonForm),
}


class Told(NamedTuple):
    """An entry as the page tells it, with what this person may decide on it."""

    row: ForceEvent
    forms: dict[str, Form]
    why_not: str = ""


@require_safe
@login_required
def shown(request: HttpRequest, number: int) -> HttpResponse:
    """Show a document's validity: how it came to it, and what may be entered."""
    return _page(request, _found(request, number))


@require_POST
@login_required
def entered(request: HttpRequest, number: int) -> HttpResponse:
    """Enter what happened to a document; another person confirms it."""
    document, actor = _found(request, number), signed_in(request)
    form = HappenedForm(request.POST)

    def act() -> HttpResponse:
        happened = form.happened()
        by = _named(request, document, happened.by_name)
        norming.propose(document, replace(happened, by_document=by), form.doing(actor))
        return told(request, _("已登记，待另一人确认后生效"), "norm", number)

    return tried(form, act) or _page(request, document, {"happened": form}, 422)


@require_POST
@login_required
def decided(request: HttpRequest, number: int, row: int, act: str) -> HttpResponse:
    """Confirm, refuse or strike an entry."""
    document, actor = _found(request, number), signed_in(request)
    if act not in _DECIDING or not document.forceevents.filter(pk=row).exists():
        raise Http404
    form = _DECIDING[act].form(request.POST, auto_id=f"id_{act}_{row}_%s")

    def does() -> HttpResponse:
        doing = form.doing(actor, form.cleaned_data["note"])
        _DECIDING[act].act(document, row, doing)
        said = {"confirm": _("已确认"), "refuse": _("未予确认"), "strike": _("已撤销登记")}
        return told(request, said[act], "norm", number)

    return tried(form, does) or _page(request, document, {f"{act}{row}": form}, 422)


@require_POST
@login_required
def linked(request: HttpRequest, number: int) -> HttpResponse:
    """Link a document that interprets this one."""
    document, actor = _found(request, number), signed_in(request)
    form = _link_form(request, document, request.POST)

    def act() -> HttpResponse:
        other = form.cleaned_data["document"]
        seen = replace(form.doing(actor), version=other.version)
        linking.link(other, document, form.cleaned_data["means"], seen)
        return told(request, _("已关联"), "norm", number)

    return tried(form, act) or _page(request, document, {"link": form}, 422)


@require_POST
@login_required
def unlinked(request: HttpRequest, number: int, row: int) -> HttpResponse:
    """Take a link away, with the reason."""
    document, actor = _found(request, number), signed_in(request)
    link = get_object_or_404(document.interpreted_by.select_related("document"), pk=row)
    form = ReasonForm(request.POST, auto_id=f"id_unlink_{row}_%s")

    def act() -> HttpResponse:
        doing = form.doing(actor, form.cleaned_data["note"])
        linking.unlink(link.document, row, replace(doing, version=link.document.version))
        return told(request, _("已取消关联"), "norm", number)

    return tried(form, act) or _page(request, document, {f"unlink{row}": form}, 422)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def stock(request: HttpRequest) -> HttpResponse:
    """Enter a document from before the system."""
    actor = signed_in(request)
    bodies = bodies_for(policy.RECORD_FORCE, desk_of(request).held)
    if not bodies:
        raise Http404
    form = StockForm(request.POST or None, bodies=bodies)

    def act() -> HttpResponse:
        body, doing = form.cleaned_data["body"], form.doing(actor)
        made = norming.enter_stock(
            body, form.draft(), form.happened(), doing, twin=form.twin
        )
        return told(request, _("已登记，待另一人确认后计入"), "norm", made.pk)

    done = tried(form, act) if form.is_bound else None
    return done or render(request, "desk/norms/stock.html", {"form": form})


def _found(request: HttpRequest, number: int) -> Document:
    rows = queries.visible(desk_of(request).held)
    rows = rows.select_related("body", "current", "published")
    marked = ~Q(norm="") | ~Q(current__normative="")
    return get_object_or_404(rows.filter(marked), pk=number)


def _named(request: HttpRequest, document: Document, name: str) -> Document | None:
    """Return the document that a number names alone, of those of the same body."""
    rows = queries.visible(desk_of(request).held).filter(body=document.body_id)
    same = Q(document_number=name) | Q(index_number=name)
    found = list(rows.filter(same).exclude(pk=document.pk)[:2]) if name else []
    return found[0] if len(found) == 1 else None


def _link_form(
    request: HttpRequest, document: Document, data: QueryDict | None = None
) -> LinkForm:
    rows = queries.visible(desk_of(request).held).filter(body=document.body_id)
    linked = document.interpreted_by.filter(undone_by=None)
    return LinkForm(data, among=rows.exclude(pk=document.pk), linked=linked)


def _page(
    request: HttpRequest,
    document: Document,
    sent: dict[str, Form] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show a document, with a form that was sent back where something was refused."""
    sent, held = sent or {}, desk_of(request).held
    rows = document.forceevents.select_related(
        "by", "confirmed_by", "by_document", "campaign"
    )
    entries = [_told(row, document, request, sent) for row in sorted(rows, key=in_order)]
    waits = any(each.row.stage == Stage.PROPOSED for each in entries)
    may = held.allows(policy.RECORD_FORCE, document.body)
    may_link = held.allows(policy.LINK, document.body)
    links = document.interpreted_by.filter(undone_by=None).select_related("document", "by")
    version = document.version
    context = {
        "document": document,
        "twins": queries.numbered(document.body, document.document_number, document.pk),
        "entries": entries[::-1],
        "waits": waits,
        "happened": sent.get("happened") or HappenedForm(version=version),
        "may_enter": may and not waits and document.norm and not _is_over(entries),
        "term": linking.term_of(document, rulebook(document.body)),
        "interprets": document.interpretations.filter(undone_by=None).select_related(
            "interprets"
        ),
        "links": [
            (row, sent.get(f"unlink{row.pk}") or ReasonForm(auto_id=f"id_u{row.pk}_%s"))
            for row in links
        ],
        "may_link": may_link,
        "link": sent.get("link") or (_link_form(request, document) if may_link else None),
        "sent": bool(sent),
    }
    return render(request, "desk/norms/norm.html", context, status=status)


def _told(
    row: ForceEvent, document: Document, request: HttpRequest, sent: dict[str, Form]
) -> Told:
    desk = desk_of(request)
    if not desk.held.allows(policy.CONFIRM_FORCE, document.body):
        return Told(row, {})
    offered = [act for act, each in _DECIDING.items() if each.stage == row.stage]
    if row.source == ForceEvent.Source.PUBLICATION and document.is_out:
        offered = []
    if offered and row.by_id == desk.user.pk:
        return Told(row, {}, _("您登记的，须由另一人确认或者撤销"))
    return Told(
        row,
        {
            act: sent.get(f"{act}{row.pk}")
            or _DECIDING[act].form(
                version=document.version, auto_id=f"id_{act}_{row.pk}_%s"
            )
            for act in offered
        },
    )


def _is_over(entries: list[Told]) -> bool:
    """Return whether something that stands ended it: nothing follows any more."""
    ends = {ForceEvent.Kind.REPEALED, ForceEvent.Kind.DECLARED_VOID}
    return any(each.row.stands and each.row.kind in ends for each in entries)


urlpatterns = [
    path("norms/new/", stock, name="norm_new"),
    path("norms/<int:number>/", shown, name="norm"),
    path("norms/<int:number>/happened/", entered, name="norm_happened"),
    path("norms/<int:number>/link/", linked, name="norm_link"),
    path("norms/<int:number>/links/<int:row>/undo/", unlinked, name="norm_unlink"),
    path("norms/<int:number>/events/<int:row>/<str:act>/", decided, name="norm_decide"),
]
