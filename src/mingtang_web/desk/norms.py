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

from mingtang_web import typed
from mingtang_web.accounts.queries import signed_in
from mingtang_web.cases.rules import rulebook
from mingtang_web.desk.norm_forms import DecisionForm, HappenedForm, LinkForm, StockForm
from mingtang_web.desk.paging import page_of
from mingtang_web.desk.sitting import desk_of
from mingtang_web.desk.submitting import bodies_for, told, tried
from mingtang_web.publication import linking, norming, policy, queries
from mingtang_web.publication.forces import in_order
from mingtang_web.publication.models import Document
from mingtang_web.publication.norms import HOLDING, ForceEvent, Normative, Validity
from mingtang_web.publication.reminding import ENDING, ending

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from django.db.models import QuerySet
    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

    from mingtang_web.ledger.doing import Doing

A_QUERY = 60
MOST_TO_LINK = 500
"""So many of a body's newest documents are offered as interpretations."""
Stage = ForceEvent.Stage
_DECIDING: dict[str, tuple[Callable[[Document, int, Doing], Document], str]] = {
    "confirm": (norming.confirm, Stage.PROPOSED),
    "refuse": (norming.refuse, Stage.PROPOSED),
    "strike": (norming.strike, Stage.STANDS),
}
"""What is decided on an entry, and of which stage that is."""


class Told(NamedTuple):
    """An entry as the page tells it, with what this person may decide on it."""

    row: ForceEvent
    forms: dict[str, DecisionForm]
    why_not: str = ""


@require_safe
@login_required
def listed(request: HttpRequest) -> HttpResponse:
    """Show the register, filtered by words in the address; what is in force first."""
    desk = desk_of(request)
    everything = queries.visible(desk.held)
    asked = request.GET
    stand, norm = asked.get("stand", "holds"), asked.get("norm", "")
    sought = typed.sought(asked.get("q", ""), A_QUERY)
    rows = _standing(everything, stand, desk.today)
    if norm in Normative.values:
        rows = rows.filter(norm=norm) if norm else rows
    if sought:
        rows = rows.filter(
            Q(title__icontains=sought) | Q(document_number__icontains=sought)
        )
    context = {
        "page": page_of(request, rows),
        "stand": stand,
        "norm": norm,
        "sought": sought,
        "norms": [row for row in Normative.choices if row[0]],
        "ending": ending(everything, desk.today).count(),
        "waiting": _standing(everything, "waiting", desk.today).count(),
        "today": desk.today,
        "may_enter": bool(bodies_for(policy.RECORD_FORCE, desk.held)),
    }
    return render(request, "desk/norms/list.html", context)


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
    form = DecisionForm(request.POST, auto_id=f"id_{act}_{row}_%s")

    def does() -> HttpResponse:
        doing = form.doing(actor, form.cleaned_data["note"])
        _DECIDING[act][0](document, row, doing)
        said = {"confirm": _("已确认"), "refuse": _("未予确认"), "strike": _("已撤销登记")}
        return told(request, said[act], "norm", number)

    return tried(form, does) or _page(request, document, {f"{act}{row}": form}, 422)


@require_POST
@login_required
def linked(request: HttpRequest, number: int) -> HttpResponse:
    """Link a document that interprets this one."""
    document, actor = _found(request, number), signed_in(request)
    form = LinkForm(request.POST, among=_to_link(request, document))

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
    form = DecisionForm(request.POST, auto_id=f"id_unlink_{row}_%s")

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
        made = norming.enter_stock(
            form.cleaned_data["body"], form.draft(), form.happened(), form.doing(actor)
        )
        return told(request, _("已登记，待另一人确认后计入"), "norm", made.pk)

    done = tried(form, act) if form.is_bound else None
    return done or render(request, "desk/norms/stock.html", {"form": form})


def _standing(rows: QuerySet[Document], stand: str, on: date) -> QuerySet[Document]:
    """Return the documents under one of the filters, each in its own order."""
    if stand == "soon":
        return ending(rows, on, ENDING)
    kinds = {
        "holds": HOLDING,
        "not_yet": (Validity.NOT_YET,),
        "over": (Validity.REPEALED, Validity.LAPSED),
    }
    if stand in kinds:
        found = rows.exclude(norm="").filter(validity__in=kinds[stand])
    elif stand == "waiting":
        found = queries.to_confirm(rows)
    else:
        found = queries.registered(rows)
    return found.order_by("-formed_on", "-pk")


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


def _to_link(request: HttpRequest, document: Document) -> QuerySet[Document]:
    rows = queries.visible(desk_of(request).held).filter(body=document.body_id)
    newest = rows.order_by("-pk").values("pk")[:MOST_TO_LINK]
    among = Document.objects.filter(pk__in=list(newest.values_list("pk", flat=True)))
    return among.exclude(pk=document.pk).order_by("-pk")


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
        "entries": entries[::-1],
        "waits": waits,
        "happened": sent.get("happened") or HappenedForm(version=version),
        "may_enter": may and not waits and document.norm and not _is_over(entries),
        "term": linking.term_of(document, rulebook(document.body)),
        "interprets": document.interpretations.filter(undone_by=None).select_related(
            "interprets"
        ),
        "links": [
            (row, sent.get(f"unlink{row.pk}") or DecisionForm(auto_id=f"id_u{row.pk}_%s"))
            for row in links
        ],
        "may_link": may_link,
        "link": sent.get("link")
        or (LinkForm(among=_to_link(request, document)) if may_link else None),
        "sent": bool(sent),
    }
    return render(request, "desk/norms/norm.html", context, status=status)


def _told(
    row: ForceEvent, document: Document, request: HttpRequest, sent: dict[str, Form]
) -> Told:
    desk = desk_of(request)
    if not desk.held.allows(policy.CONFIRM_FORCE, document.body):
        return Told(row, {})
    offered = [act for act, (_does, stage) in _DECIDING.items() if stage == row.stage]
    if row.source == ForceEvent.Source.PUBLICATION and document.is_out:
        offered = []
    if offered and row.by_id == desk.user.pk:
        return Told(row, {}, _("您登记的，须由另一人确认或者撤销"))
    return Told(
        row,
        {
            act: sent.get(f"{act}{row.pk}")  # type: ignore[misc]
            or DecisionForm(version=document.version, auto_id=f"id_{act}_{row.pk}_%s")
            for act in offered
        },
    )


def _is_over(entries: list[Told]) -> bool:
    """Return whether something that stands ended it: nothing follows any more."""
    ends = {ForceEvent.Kind.REPEALED, ForceEvent.Kind.DECLARED_VOID}
    return any(each.row.stands and each.row.kind in ends for each in entries)


urlpatterns = [
    path("norms/", listed, name="norms"),
    path("norms/new/", stock, name="norm_new"),
    path("norms/<int:number>/", shown, name="norm"),
    path("norms/<int:number>/happened/", entered, name="norm_happened"),
    path("norms/<int:number>/link/", linked, name="norm_link"),
    path("norms/<int:number>/links/<int:row>/undo/", unlinked, name="norm_unlink"),
    path("norms/<int:number>/events/<int:row>/<str:act>/", decided, name="norm_decide"),
]
