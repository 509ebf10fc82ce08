"""Letters on screen: as paper, as files, made void, issued anew, delivered with proof."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mingtang.case.events import Dispatched
from mingtang.drafting import template
from mingtang_web import clock
from mingtang_web.accounts.queries import signed_in
from mingtang_web.applicants.actions import ErasedError
from mingtang_web.bodies.queries import require
from mingtang_web.cases import reissuing
from mingtang_web.cases.contradicting import contradictions
from mingtang_web.cases.deliveries import Known, place_of
from mingtang_web.cases.delivering import record_delivery
from mingtang_web.cases.lapsing import is_to_be_made_anew
from mingtang_web.cases.lettering import issue_alone, matter_of
from mingtang_web.cases.models import Case
from mingtang_web.cases.particulars import FACTS, RULING
from mingtang_web.desk import ordering
from mingtang_web.desk.forms_letters import DeliveryForm, Once, ReissueForm, VoidForm
from mingtang_web.desk.forms_particulars import ParticularsForm
from mingtang_web.desk.letter_wording import kinds, wording
from mingtang_web.desk.offering import ALONE, makable
from mingtang_web.desk.opening import opened
from mingtang_web.desk.ordering import OrderForm
from mingtang_web.desk.sitting import desk_of
from mingtang_web.desk.submitting import told, tried
from mingtang_web.files.actions import AlteredFileError, content
from mingtang_web.files.downloads import handed_out
from mingtang_web.ledger.models import Entry
from mingtang_web.letters import policy
from mingtang_web.letters.actions import (
    AlteredLetterError,
    LetterError,
    Undoing,
    glance,
    look,
    order_of,
)
from mingtang_web.letters.bridge import POST
from mingtang_web.letters.composing import NotReadyError, preview
from mingtang_web.letters.models import MODES, Letter
from mingtang_web.letters.orders import Matter
from mingtang_web.letters.queries import visible
from mingtang_web.letters.rendering import file, paper
from mingtang_web.registers.lettering import FACTS as REGISTER_FACTS
from mingtang_web.registers.lettering import matter_of as matter_of_register
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.http import HttpRequest, HttpResponse

    from mingtang.case.events import Event
    from mingtang_web.bodies.policy import Act, Standing
    from mingtang_web.letters.composing import Preview
    from mingtang_web.letters.orders import Order

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
FORM = ["GET", "HEAD", "POST"]
ISSUE = "issue"


@require_safe
@login_required
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a letter as paper, its reader masked, with what became of it."""
    row, held = _seen(request, pk)
    context = _about(row, held)
    try:
        context["paper"] = paper(glance(row, signed_in(request)))
    except (ErasedError, AlteredLetterError) as why:
        context["why_not"] = spoken(why)
    return render(request, "desk/letters/letter.html", context)


@require_POST
@login_required
def download(request: HttpRequest, pk: int, to: str) -> HttpResponse:
    """Give a letter as a file; who took it enters the ledger."""
    if to not in TYPES:
        raise Http404
    row, _held = _seen(request, pk)
    try:
        made = look(row, signed_in(request), to)
    except (ErasedError, AlteredLetterError) as why:
        messages.error(request, spoken(why))
        return redirect("letter", pk)
    name = f"{row.title}{row.number and f'（{row.number}）'}.{to}"
    return handed_out(file(row, made, to), TYPES[to], name)


@require_http_methods(FORM)
@login_required
def void_letter(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why, and make a letter void."""
    row, held = _seen(request, pk, policy.VOID)
    form = VoidForm(request.POST or None)

    def act() -> HttpResponse:
        reissuing.void(row, _undoing(request, form))
        said = _("已作废；文号不再使用，文书仍可查看")
        return told(request, said, "letter", pk)

    context = _about(row, held) | {"form": form}
    return tried(form, act) or render(request, "desk/letters/void.html", context)


@require_http_methods(FORM)
@login_required
def reissue_letter(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what was wrong in a letter, look at it, and issue or propose it anew."""
    row, held = _seen(request, pk)
    require(request.user, reissuing.way_of(row).act, row.body, clock.today())
    try:
        order = order_of(row)
        matter = _matter(row, order)
    except (ErasedError, NotReadyError) as why:
        messages.error(request, spoken(why))
        return redirect("letter", pk)
    way = request.GET.get("delivery") or order.delivery or POST
    form = ReissueForm(request.POST or None, way)
    facts = FACTS if row.case_id else REGISTER_FACTS
    facts |= frozenset() if "ruled_on" in order.particulars else frozenset(RULING)
    filled = ParticularsForm(row.kind, facts, request.POST or None, order.particulars)
    seen = None
    if filled.wants_more:
        filled.errors.clear()
        form.errors.clear()
    elif filled.is_valid():
        order = _changed(order, filled, facts, request.POST.get("delivery", ""))
        if _allowed(row, order, filled):
            seen = preview(order, matter)
            filled.tell(seen.problems)
        ready = seen and seen.letter and request.POST.get("step") == ISSUE
        answer = ready and tried(form, partial(_anew, request, row, (order, matter), form))
        if answer:
            return answer
    context = _about(row, held) | {"form": form, "filled": filled} | _shown(seen)
    context["doubts"] = _doubts(row, order) if seen else ()
    return render(request, "desk/letters/reissue.html", context)


def _doubts(row: Letter, order: Order) -> tuple[str, ...]:
    """Return where a letter as it would go out differs from its case."""
    if not row.case_id:
        return ()
    case = Case.objects.select_related("body", "applicant").get(pk=row.case_id)
    return contradictions(case, order.particulars)


def _warned(request: HttpRequest, doubts: Iterable[str]) -> None:
    for doubt in doubts:
        messages.warning(request, doubt)


def _allowed(row: Letter, order: Order, filled: ParticularsForm) -> bool:
    """Return whether a letter may be changed so; the form says what may not."""
    try:
        if row.case_id:
            reissuing.ask(row, order)
    except LetterError as why:
        at = why.field if why.field in filled.fields else None
        filled.add_error(at, spoken(why))
    return not filled.errors


def _anew(
    request: HttpRequest, row: Letter, made: tuple[Order, Matter], form: ReissueForm
) -> HttpResponse:
    """Issue a letter anew, or send it to whoever must consent to it first.

    What is doubtful about it is said once more: nobody need look at it before.
    """
    undoing, doubts = _undoing(request, form), _doubts(row, made[0])
    if reissuing.way_of(row).stage:
        sent = reissuing.propose(row, *made, undoing)
        words = {"stage": sent.get_stage_display()}
        said = _("重新出具已送审，现在%(stage)s；批准之前原文书仍然有效") % words
        _warned(request, doubts)
        return told(request, said, "case_proposal", row.case_id, sent.pk)
    fresh = reissuing.reissue(row, *made, undoing)
    _warned(request, doubts)
    return told(request, _("已重新出具，原文书作废"), "letter", fresh.pk)


@require_http_methods(FORM)
@login_required
def new_letter(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Fill in a letter of a case that goes out with no act, look at it, and issue it."""
    seen = opened(request, pk)
    case = seen.case
    if kind not in ALONE:
        raise Http404
    seen.demand(policy.ISSUE)
    form = Once(request.POST or None)
    offered = [each for each in makable(seen) if each.kind == kind and each.goes == "alone"]
    if not offered and not _done_before(case, form):
        words = {"title": spoken(template(kind).title)}
        why = _("《%(title)s》现在不能出具：本件没有需要它的事由，或者已经出具过")
        messages.error(request, why % words)
        return redirect("case", pk)
    of = [each for each in offered if each.of and str(each.of.pk) == request.GET.get("of")]
    filled = OrderForm(case, kind, None, request.POST or None, goes=ordering.ALONE)
    if of:
        filled.receipt_of(of[0])
    context = {"case": case, "form": form, "filled": filled, "made": template(kind)}
    if filled.is_valid():
        context["paper"] = filled.shown(None)
        order = filled.order()
        ready = context["paper"] and request.POST.get("step") == ISSUE
        if ready and order and form.is_valid():
            key = form.cleaned_data["key"]
            fresh = issue_alone(case, order, signed_in(request), key)
            return told(request, _("已出具"), "letter", fresh.pk)
    return render(request, "desk/letters/new.html", context)


def _done_before(case: Case, form: Once) -> bool:
    """Return whether this very submission was done already and is sent again."""
    sent = str(form.data.get("key", ""))
    return Entry.objects.filter(body=case.body_id, case_id=case.pk, key=sent).exists()


@require_http_methods(FORM)
@login_required
def deliver(request: HttpRequest, pk: int) -> HttpResponse:
    """Record how a letter was delivered, with its proof."""
    row, held = _seen(request, pk, policy.DELIVER)
    about = _about(row, held)
    known = about["known"]
    known = known if isinstance(known, Known) else None
    recorded = row.deliveries.exists()
    form = DeliveryForm(
        request.POST or None, request.FILES or None, known, recorded=recorded
    )

    def act() -> HttpResponse:
        upload = form.cleaned_data["file"]
        made = record_delivery(row, form.delivered(), signed_in(request), upload)
        if made.why_not:
            why = _("案件没有随之登记：%(why)s") % {"why": spoken(made.why_not)}
            messages.warning(request, why)
        return told(request, _recorded(made.events), "letter", pk)

    answer = tried(form, act)
    context = about | {"form": form, "anew": form.errors.get("mode") and form.data["mode"]}
    return answer or render(request, "desk/letters/deliver.html", context)


@require_POST
@login_required
def proof(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Give the proof of a delivery; it bears the reader's name, so it is on record."""
    row, _held = _seen(request, pk)
    records = row.deliveries.select_related("file__applicant")
    record = get_object_or_404(records, pk=number)
    if record.file is None:
        raise Http404
    try:
        look(row, signed_in(request), f"proof {record.pk}")
        data = content(record.file)
    except (ErasedError, AlteredLetterError, AlteredFileError) as why:
        messages.error(request, spoken(why))
        return redirect("letter", pk)
    name = _("送达凭证-%(number)s.%(kind)s") % {"number": pk, "kind": record.file.kind}
    return handed_out(data, "application/octet-stream", name)


def _seen(request: HttpRequest, pk: int, act: Act = policy.OPEN) -> tuple[Letter, Standing]:
    """Return a letter that the person sees, and may do that with.

    Another body's raises `Http404`, one's own without the role `NotAllowedError`.
    """
    held = desk_of(request).held
    rows = visible(held).defer(None).select_related("body", "reader", "replaces")
    row = get_object_or_404(rows, pk=pk)
    require(request.user, act, row.body, clock.today())
    return row, held


def _about(row: Letter, held: Standing) -> dict[str, object]:
    place = place_of(row) if row.case_id and row.stands else None
    anew = is_to_be_made_anew(row)
    way = reissuing.way_of(row) if row.stands or anew else reissuing.ALONE
    return {
        "letter": row,
        "case": Case.objects.filter(pk=row.case_id).first() if row.case_id else None,
        "matter": None if row.case_id else matter_of_register(row),
        "replaced_by": Letter.objects.filter(replaces=row).first(),
        "deliveries": row.deliveries.select_related("recorded_by", "file"),
        "place": place,
        "known": place.of_letter(row) if place else None,
        "may_void": row.stands and held.allows(policy.VOID, row.body),
        "anew": anew,
        "may_reissue": (row.stands or anew) and held.allows(way.act, row.body),
        "signed": way.stage,
        "may_deliver": row.stands and row.is_sent and held.allows(policy.DELIVER, row.body),
    }


def _recorded(events: Sequence[Event]) -> str:
    """Return what to say of a delivery, and of what its case now says of it too."""
    said = _("已登记送达")
    if not events:
        return said
    words = [
        (_("发出 %(day)s") if isinstance(each, Dispatched) else _("送达 %(day)s"))
        % {"day": each.on}
        for each in events
    ]
    return said + _("；同时记入案件：%(words)s") % {"words": "、".join(words)}


def _matter(row: Letter, order: Order) -> Matter:
    if row.case_id is None:
        return Matter(row.body, row.reader)
    cases = Case.objects.select_related("body", "applicant")
    return matter_of(cases.get(pk=row.case_id), order)


def _changed(
    order: Order, filled: ParticularsForm, facts: frozenset[str], way: str
) -> Order:
    """Return an order of today with what was typed; what the case knows stays."""
    kept = {name: value for name, value in order.particulars.items() if name in facts}
    told = {**filled.particulars(), **kept}
    way = way if way in dict(MODES) else order.delivery
    return replace(order, particulars=told, day=clock.today(), delivery=way)


def _shown(seen: Preview | None) -> dict[str, object]:
    return {"paper": paper(seen.letter)} if seen and seen.letter else {}


def _undoing(request: HttpRequest, form: VoidForm) -> Undoing:
    told = form.cleaned_data
    return Undoing(signed_in(request), told["why"], told["key"])


HERE = "letters/<int:pk>/"
urlpatterns = [
    path(HERE, letter, name="letter"),
    path(f"{HERE}file/<slug:to>/", download, name="letter_file"),
    path(f"{HERE}void/", void_letter, name="letter_void"),
    path(f"{HERE}reissue/", reissue_letter, name="letter_reissue"),
    path(f"{HERE}delivery/", deliver, name="letter_delivery"),
    path(f"{HERE}delivery/<int:number>/", proof, name="letter_proof"),
    path("cases/<int:pk>/letters/<slug:kind>/", new_letter, name="letter_new"),
    path("wording/<int:pk>/", kinds, name="letter_kinds"),
    path("wording/<int:pk>/<slug:kind>/", wording, name="letter_wording"),
]
