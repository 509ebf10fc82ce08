"""Doing one act: its form, a page that says what it will cause, then the act itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mingtang.case.act import act as act_named
from mingtang.case.choosing import ground_refusal, rests_on
from mingtang.case.events import Reopened
from mingtang.case.permitting import NotPermittedError, consequence, offers, refusal
from mingtang.case.recording import kind_of
from mingtang.case.reopening import basis
from mingtang.case.situation import Situation
from mingtang.case.vocabulary import CAUSES
from mingtang.law.grounds import ground
from mingtang_web.applicants.actions import ErasedError
from mingtang_web.cases import policy, searching
from mingtang_web.cases.actions import SignOffError, StaleError, came_before
from mingtang_web.cases.lapsing import ends, unsent
from mingtang_web.cases.lettering import LetterMissingError
from mingtang_web.desk.case import facts
from mingtang_web.desk.forms_acts import ActForm
from mingtang_web.desk.forms_particulars import ADD
from mingtang_web.desk.merging import beside_each, candidates_beside
from mingtang_web.desk.opening import opened
from mingtang_web.desk.ordering import orders_of
from mingtang_web.desk.performing import asked_by, outlook_of, perform
from mingtang_web.desk.refusing import CONFLICT, MOVED_ON, refused
from mingtang_web.desk.wording import REMEDIES, letter_title, result
from mingtang_web.ledger.actions import KeyTakenError
from mingtang_web.letters.actions import LetterError
from mingtang_web.letters.composing import NotReadyError
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from mingtang.case.act import Act
    from mingtang_web.desk.opening import Opened
    from mingtang_web.desk.ordering import Orders

CHECK, EDIT, DO = "check", "edit", "do"
UNSENT = (LetterError, LetterMissingError)
"""What stands against a letter and is not in the power of its form."""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, pk: int, name: str, code: str = "") -> HttpResponse:
    """Ask for an act's particulars, show what it will cause, and do it.

    ``code`` is the ground of a decision; without one the questions come first.
    """
    seen = opened(request, pk)
    known = _known(name)
    seen.demand(policy.DOING[known.id])
    if _came_before(request, seen):
        messages.info(request, _("这次提交已经办过，没有重复记录"))
        return redirect("case", pk)
    problem = _against(seen, known, code)
    if problem:
        return refused(request, seen, problem, code)
    if known.id == "decide" and not code:
        return redirect("case_decide", pk)
    unsearched = searching.unsearched(seen.case) if code == "U1a" else ""
    if unsearched:
        messages.warning(request, _("以“不存在”答复的，%(why)s") % {"why": unsearched})
        return redirect("case_search", pk)
    if request.method != "POST":
        blank = ActForm(seen, known, code=code)
        return _form_page(request, seen, blank, orders_of(blank))
    return _posted(request, seen, ActForm(seen, known, request.POST, code))


def _against(seen: Opened, known: Act, code: str) -> Exception | None:
    """Return what stands against an act now: the law, or a proposal that waits."""
    why = refusal(known, seen.now)
    if why:
        return NotPermittedError(known.title, why, known.cite)
    why = _ground_refusal(seen, code)
    if why:
        return NotPermittedError(known.title, why, rests_on(code))
    held = seen.held_up(policy.DOING[known.id])
    return SignOffError(held) if held else None


def _posted(request: HttpRequest, seen: Opened, form: ActForm) -> HttpResponse:
    if form.stale:
        return _stale(request, seen, form)
    orders = orders_of(form)
    if ADD in request.POST:
        return _with_another_row(request, seen, form, orders)
    step = request.POST.get("step", CHECK)
    ready = form.is_valid() and not [
        order for order in orders.both() if not order.is_valid()
    ]
    if step == EDIT or not ready:
        return _form_page(request, seen, form, orders)
    if step != DO:
        return _check_page(request, seen, form, orders)
    return _done(request, seen, form, orders)


def _with_another_row(
    request: HttpRequest, seen: Opened, form: ActForm, orders: Orders
) -> HttpResponse:
    """Show the form again with room for more; nothing is wrong yet."""
    for each in (form, *orders.both()):
        each.errors.clear()
    return _form_page(request, seen, form, orders)


def _check_page(
    request: HttpRequest, seen: Opened, form: ActForm, orders: Orders
) -> HttpResponse:
    """Show what the act will cause and the letters that go out, before it is done."""
    order = orders.own
    try:
        paper = order.shown(form.event(), asked_by(form)) if order else ()
        others = [each.shown(form.event()) for each in orders.further]
    except ErasedError as problem:
        return refused(request, seen, problem, form.code)
    if any(each.errors for each in orders.both()):
        return _form_page(request, seen, form, orders)
    expected = outlook_of(seen, form)
    if order is None or order.order() is None:
        expected = expected._replace(letter=None)
    doubts = order.warnings() if order else ()
    expected = expected._replace(warnings=(*expected.warnings, *doubts))
    context = facts(seen) | _about(form) | {"outlook": expected}
    context |= {"order": order, "paper": paper, "further": orders.further}
    context |= {"others": [each for each in others if each]}
    then = Situation(seen.history, form.event().on, seen.rules)
    context["consequence"] = consequence(form.act, then)
    context["compared"] = beside_each(seen, form.event())
    return render(request, "desk/case/confirm.html", context)


def _done(
    request: HttpRequest, seen: Opened, form: ActForm, orders: Orders
) -> HttpResponse:
    try:
        said = perform(seen, form, orders)
    except StaleError:
        return _stale(request, opened(request, seen.case.pk), form)
    except NotReadyError as lacking:
        for order in orders.both():
            if order.kind == lacking.kind:
                order.tell(lacking.problems)
        return _form_page(request, seen, form, orders)
    except (NotPermittedError, SignOffError, ErasedError, *UNSENT) as problem:
        return refused(request, seen, problem, form.code)
    except KeyTakenError:
        return refused(request, seen, SignOffError(_("这张表已经提交过别的内容")))
    messages.success(request, said)
    return redirect("case", seen.case.pk)


def _stale(request: HttpRequest, seen: Opened, form: ActForm) -> HttpResponse:
    """Show the form again with everything typed, on the case as it is now."""
    form.seen = seen
    form.refresh()
    messages.warning(request, MOVED_ON)
    return _form_page(request, seen, form, orders_of(form), CONFLICT)


def _form_page(
    request: HttpRequest,
    seen: Opened,
    form: ActForm,
    orders: Orders,
    status: int = 200,
) -> HttpResponse:
    context = facts(seen) | _about(form)
    context |= {"order": orders.own, "further": orders.further}
    context["compared"] = candidates_beside(seen) if form.act.id == "merge" else ()
    context["more_wrong"] = any(each.errors for each in orders.further)
    return render(request, "desk/case/act.html", context, status=status)


def _about(form: ActForm) -> dict[str, object]:
    known, seen = form.act, form.seen
    offer = next((each for each in offers(seen.now) if each.act == known), None)
    letter = letter_title(known.letter, form.code or None) if known.letter else None
    return {
        "form": form,
        "act": known,
        "overtakes": _overtakes(seen, known),
        "lapsing": unsent(seen.case) if ends(known) else (),
        "offer": offer,
        "letter": letter,
        "result": result(form.code) if form.code else None,
        "remedy": REMEDIES[ground(form.code).remedy] if form.code else "",
        "rests": _rests(form),
    }


def _rests(form: ActForm) -> str:
    """Return what an act rests on: of a case opened anew, what fits the chosen cause."""
    cause = str(form.data.get("cause", "")) if form.is_bound else ""
    if form.act.event == kind_of(Reopened) and cause in CAUSES:
        return spoken(basis(cause).cite)
    return form.act.cite


def _overtakes(seen: Opened, known: Act) -> bool:
    """Return whether an act leaves what waits in its case without effect."""
    return seen.waiting is not None and (seen.waiting.amends is None or ends(known))


def _known(name: str) -> Act:
    try:
        return act_named(name)
    except KeyError as nothing:
        raise Http404 from nothing


def _ground_refusal(seen: Opened, code: str) -> str | None:
    try:
        return ground_refusal(code, seen.now) if code else None
    except KeyError as nothing:
        raise Http404 from nothing


def _came_before(request: HttpRequest, seen: Opened) -> bool:
    key = request.POST.get("key")
    return request.POST.get("step") == DO and came_before(seen.case, key) is not None
