"""What one proposes and another consents to: the page of a proposal, and the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mingtang.case.permitting import NotPermittedError, admit
from mingtang.case.recording import parse
from mingtang_web.accounts.models import User
from mingtang_web.applicants.actions import UNMASK, ErasedError
from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.cases import policy, renaming, signing
from mingtang_web.cases.actions import SignOffError, StaleError
from mingtang_web.cases.contradicting import contradictions
from mingtang_web.cases.lapsing import ENDS, unsent
from mingtang_web.cases.lettering import LetterMissingError
from mingtang_web.cases.models import Proposal
from mingtang_web.desk.case import facts
from mingtang_web.desk.forms_acts import OpinionForm, ReasonForm
from mingtang_web.desk.merging import beside_each
from mingtang_web.desk.opening import opened
from mingtang_web.desk.performing import outlook
from mingtang_web.desk.proposing import proposed_title
from mingtang_web.desk.refusing import refused
from mingtang_web.desk.timeline import lenders
from mingtang_web.letters.actions import AlteredLetterError, LetterError, glance, order_of
from mingtang_web.letters.composing import NotReadyError
from mingtang_web.letters.policy import OPEN
from mingtang_web.letters.rendering import paper
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse

    from mingtang.case.events import Event
    from mingtang_web.desk.opening import Opened
    from mingtang_web.letters.models import Letter
    from mingtang_web.letters.rendering import Line

UNSENT = (LetterError, LetterMissingError, NotReadyError)
LOOK = "look"
ACTS = {Proposal.Stage.LEGAL: policy.REVIEW, Proposal.Stage.APPROVAL: policy.APPROVE}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Show what is proposed in a case, and take the answer to it."""
    seen = opened(request, pk)
    made = seen.proposals.get(number)
    if made is None:
        raise Http404
    if request.method == "POST" and request.POST.get("answer") == LOOK:
        return _looked(request, seen, made)
    form = OpinionForm(seen, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        answer = request.POST.get("answer", "")
        approves = seen.may(policy.APPROVE)
        done = signing.answered_by(made, seen.user, approves=approves)
        if done:
            return refused(request, seen, SignOffError(done))
        demanded(seen, made, answer)
        if form.is_valid():
            return _answered(request, seen, made, form)
    return render(request, "desk/case/proposal.html", _context(seen, made, form))


def _looked(request: HttpRequest, seen: Opened, made: Proposal) -> HttpResponse:
    """Show in clear what a correction would change, for a reason that is kept."""
    seen.demand(UNMASK)
    reason = ReasonForm(seen, request.POST)
    context = _context(seen, made, OpinionForm(seen))
    context["reason"] = reason
    if made.is_waiting and made.amends is not None and reason.is_valid():
        try:
            why = reason.cleaned_data["why"]
            context["changes"] = renaming.look(made, seen.user, why)
            context["whole"] = True
        except ErasedError as problem:
            return refused(request, seen, problem)
    return render(request, "desk/case/proposal.html", context)


def demanded(seen: Opened, made: Proposal, answer: str) -> None:
    """Let an answer pass whose giver holds the role; raises `NotAllowedError`.

    Taking back is the proposer's own affair and is asked by the act itself.
    """
    act = ACTS.get(Proposal.Stage(made.stage), policy.APPROVE)
    if answer != "take_back" and not seen.may(act):
        raise NotAllowedError(act, seen.case.body)


def _answered(
    request: HttpRequest, seen: Opened, made: Proposal, form: OpinionForm
) -> HttpResponse:
    opinion = form.cleaned_data["opinion"]
    try:
        said = _answer(seen, made, form.data.get("answer", ""), opinion)
    except (NotPermittedError, SignOffError, StaleError, ErasedError, *UNSENT) as problem:
        return refused(request, seen, problem)
    messages.success(request, said)
    return redirect("case", seen.case.pk)


def _answer(seen: Opened, made: Proposal, answer: str, opinion: str) -> str:
    legal = made.stage == Proposal.Stage.LEGAL
    if answer == "take_back":
        signing.take_back(made, seen.user)
        return _("已撤回送审")
    if answer not in {"agree", "return"}:
        raise SignOffError(_("没有写明同意还是退回，没有改动"))
    agrees = answer == "agree"
    if legal:
        signing.review(made, seen.user, opinion, agrees=agrees)
        return _("已同意，转送审批") if agrees else _("已退回送审人")
    if agrees:
        signing.approve(made, seen.user, opinion)
        return _("已批准并记录")
    signing.send_back(made, seen.user, opinion)
    return _("已退回送审人")


def _context(seen: Opened, made: Proposal, form: OpinionForm) -> dict[str, object]:
    about = _of_act if made.amends is None else _of_amendment
    own = made.proposer_id == seen.user.pk
    act = ACTS.get(Proposal.Stage(made.stage))
    return facts(seen) | {
        "made": made,
        "form": form,
        "own": own,
        "may_answer": act is not None and not own and seen.may(act),
        "barred": signing.barred(made, seen.user),
        "lender": _lender(seen, made),
        "lenders": _lenders(seen, made),
        **about(seen, made),
    }


def _of_amendment(seen: Opened, made: Proposal) -> dict[str, object]:
    """Return what the page says of a correction of who asks: old and new, masked."""
    found: dict[str, object] = {"title": proposed_title(made)}
    if not made.is_waiting:
        return found
    try:
        found |= {"changes": renaming.masked(made), "overtaken": renaming.stale(made)}
    except ErasedError as gone:
        return found | {"gone": str(gone)}
    may = {"may_unmask": seen.may(UNMASK), "reason": ReasonForm(seen)}
    return found | may | {"letters_to": renaming.letters_to(seen.case)}


def _of_act(seen: Opened, made: Proposal) -> dict[str, object]:
    """Return what the page says of an act: what it causes, and its letters."""
    event = parse(made.event)
    if made.is_waiting and not made.replaces:
        event = signing.dated(made, seen.today)
    untold = bool(made.no_letter) and not made.letters.exists()
    expected = outlook(seen, event, untold=untold)
    if not made.letters.exists():
        expected = expected._replace(letter=None)
    doubts = tuple(_doubts(seen, made)) if made.is_waiting else ()
    expected = expected._replace(warnings=(*expected.warnings, *doubts))
    return {
        "title": proposed_title(made),
        "outlook": expected,
        "dated_anew": event.on == seen.today,
        "overtaken": made.is_waiting and made.version != seen.case.version,
        "unlawful": _unlawful(seen, made, event) if made.is_waiting else "",
        "compared": beside_each(seen, event),
        "lapsing": _lapsing(seen, made, event),
        "papers": _papers(seen, made) if seen.may(OPEN) else [],
    }


def _doubts(seen: Opened, made: Proposal) -> Iterator[str]:
    """Yield what the drafts say otherwise than the case, for whoever consents."""
    for row in made.letters.all():
        try:
            yield from contradictions(seen.case, order_of(row).particulars)
        except ErasedError:
            continue


def _lapsing(seen: Opened, made: Proposal, event: Event) -> list[Letter]:
    """Return the letters that an act would make void, while it waits."""
    ending = made.is_waiting and isinstance(event, ENDS) and not made.replaces
    return unsent(seen.case) if ending else []


def _unlawful(seen: Opened, made: Proposal, event: Event) -> str:
    """Return why the law would refuse an act signed today; nothing where it would not."""
    if made.replaces:
        return ""
    try:
        admit(seen.events, event, seen.rules)
    except NotPermittedError as problem:
        return spoken(problem)
    return ""


def _papers(seen: Opened, made: Proposal) -> list[tuple[Line, ...]]:
    """Return the letters that would go out, masked; none where they were destroyed.

    While they wait they bear today's date, as they would if they were signed now.
    """
    rows = made.letters.select_related("body", "reader").order_by("id")
    try:
        found = [glance(row, seen.user) for row in rows]
    except (ErasedError, AlteredLetterError):
        return []
    if made.is_waiting:
        found = [each._replace(day=seen.today) for each in found]
    return [paper(each) for each in found]


def _lenders(seen: Opened, made: Proposal) -> dict[str, str]:
    """Return in whose stead a proposal was reviewed and closed, as the ledger has it."""
    names = lenders(seen)
    steps = [each for each in seen.entries if each.content.get("proposal") == made.pk]
    found = {each.kind: names.get(each.content.get("lender", 0), "") for each in steps}
    closed = found.get("case.approved") or found.get("case.returned", "")
    return {"review": found.get("case.reviewed", ""), "closed": closed}


def _lender(seen: Opened, made: Proposal) -> str:
    """Return in whose stead this person would answer; nothing in their own right."""
    act = ACTS.get(Proposal.Stage(made.stage))
    lender = seen.held.lender_for(act, seen.case.body) if act else None
    if lender is None:
        return ""
    return User.objects.values_list("display_name", flat=True).get(pk=lender)
