"""The pages of what an applicant does in the own case, and of its letters."""

from __future__ import annotations

import secrets
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from mingtang.case.permitting import NotPermittedError
from mingtang.case.state import Phase
from mingtang_web.applicants.actions import ErasedError
from mingtang_web.asking import acting, remedies
from mingtang_web.asking.acting import Sent, TooOftenError
from mingtang_web.cases.actions import FutureError, StaleError
from mingtang_web.cases.clocks import doubt
from mingtang_web.files.actions import RefusedFileError
from mingtang_web.letters import rendering
from mingtang_web.letters.actions import AlteredLetterError
from mingtang_web.portal import acts
from mingtang_web.portal.asking import sent_with
from mingtang_web.portal.explaining import (
    asked_by,
    pay_by,
    pay_by_at_least,
    reckoned,
    restarts,
)
from mingtang_web.portal.guest import guest_of
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse
    from django.utils.functional import _StrPromise

    from mingtang_web.asking.following import Followed
    from mingtang_web.cases.models import Case
    from mingtang_web.letters.models import Letter
    from mingtang_web.portal.guest import Guest

_REFUSALS = (NotPermittedError, StaleError, FutureError, TooOftenError, ErasedError)
KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


class Deed(NamedTuple):
    """An act of the applicant's: the engine's, its form, what does it, what is told.

    ``notice`` is the kind of letter that asks for it.
    """

    act: str
    form: type[acts.Sending]
    do: Callable[[Case, Sent], object]
    title: _StrPromise
    said: _StrPromise
    notice: str = ""


DEEDS = {
    "correct": Deed(
        "receive_correction",
        acts.CorrectionForm,
        acting.correct,
        gettext_lazy("把申请说清楚"),
        gettext_lazy("已经交给机关；新的答复期限写在下面"),
        "correction_notice",
    ),
    "reason": Deed(
        "receive_reason",
        acts.ReasonForm,
        acting.give_reason,
        gettext_lazy("说明申请的理由"),
        gettext_lazy("已经交给机关，由机关审查理由是否合理"),
        "reason_notice",
    ),
    "withdraw": Deed(
        "withdraw",
        acts.WithdrawForm,
        acting.withdraw,
        gettext_lazy("撤回申请"),
        gettext_lazy("已经撤回，机关不再办理"),
    ),
    "received": Deed(
        "record_delivery",
        acts.ReceiptForm,
        acting.confirm_receipt,
        gettext_lazy("确认收到答复"),
        gettext_lazy("已经登记您收到答复的日期"),
    ),
}


def deed(request: HttpRequest, name: str) -> HttpResponse:
    """Show the form of an act, and do it; what the law does not permit now is not there."""
    guest = guest_of(request)
    if guest is None:
        return redirect("follow")
    known = DEEDS[name]
    if request.method != "POST" and known.act not in guest.seen.may():
        return redirect("follow_case")
    form = _form(request, guest, known.form)
    if request.method == "POST" and form.is_valid() and _tried(form, guest, known.do):
        messages.success(request, str(known.said))
        return redirect("follow_case")
    context: dict[str, object] = {"form": form, "title": known.title, "name": name}
    context["answer"] = guest.seen.history.round.answer
    if known.notice:
        context["asked"] = asked_by(guest.seen, known.notice)
        context["anew"] = restarts(guest.seen)
    return guest.answer(request, f"acts/{name}", context)


def fee(request: HttpRequest) -> HttpResponse:
    """Show what is to be paid, how, by when and how to object; take a proof in."""
    said = _("凭证已经交给机关；核对到账后，这里会写出来")
    return _of_fee(request, "fee", Paper(acts.PaymentForm, acting.prove_payment, said))


def objection(request: HttpRequest) -> HttpResponse:
    """Show what objecting to a fee does and what it does not; take the objection in."""
    said = _("异议已经交给机关核对；缴费期限照旧，不因异议延长")
    paper = Paper(acts.ObjectionForm, acting.object_to_fee, said)
    return _of_fee(request, "objection", paper)


class Paper(NamedTuple):
    """What may be handed in while a fee is owed: its form, what takes it, what is told."""

    form: type[acts.Sending]
    do: Callable[[Case, Sent], object]
    said: str


def _of_fee(request: HttpRequest, page: str, paper: Paper) -> HttpResponse:
    guest = guest_of(request)
    if guest is None:
        return redirect("follow")
    seen = guest.seen
    owed = seen.history.round.fee
    if owed is None or seen.history.phase is not Phase.FEE:
        return redirect("follow_case")
    form = _form(request, guest, paper.form)
    sent = request.method == "POST" and form.is_valid()
    if sent and _tried(form, guest, paper.do):
        messages.success(request, paper.said)
        return redirect("follow_case")
    notices = [n for n, row in enumerate(seen.letters, 1) if row.kind == "fee_notice"]
    context = {
        "form": form,
        "fee": owed,
        "reckoned": reckoned(owed),
        "due": pay_by(seen),
        "at_least": pay_by_at_least(seen),
        "notices": notices,
    }
    return guest.answer(request, page, context)


@require_safe
def remedy(request: HttpRequest) -> HttpResponse:
    """Show what can be done against this very answer, or against silence."""
    guest = guest_of(request)
    if guest is None:
        return redirect("follow")
    seen = guest.seen
    late = seen.case.is_open and seen.clock.due and seen.today > seen.clock.due
    if seen.decided is None and not late:
        return redirect("follow_case")
    if seen.decided is not None:
        way = remedies.against(seen, seen.decided)
    else:
        way = remedies.against_silence(seen)
    context = {
        "way": way,
        "answer": seen.history.round.answer,
        "silent": seen.decided is None,
        "left": way.review and (way.review.day - seen.today).days,
        "gone": remedies.gone(way, seen.today),
        "due": seen.clock.due,
        "doubt": doubt(seen.clock.due, seen.rules),
        "above": seen.case.body.parent,
    }
    return guest.answer(request, "remedy", context)


@require_safe
def letter(request: HttpRequest, place: int) -> HttpResponse:
    """Show a letter that went out to the applicant."""
    guest = guest_of(request)
    if guest is None:
        return redirect("follow")
    row = _letter(guest.seen, place)
    try:
        made = acting.open_letter(guest.seen.case, row, "screen")
    except (AlteredLetterError, ErasedError) as why:
        return guest.answer(request, "unreadable", {"why": str(why)})
    context = {
        "letter": row,
        "place": place,
        "paper": rendering.paper(made),
        "kinds": tuple(KINDS),
        "may": guest.seen.may(),
    }
    return guest.answer(request, "letter", context)


@require_POST
def letter_file(request: HttpRequest, place: int, to: str) -> HttpResponse | FileResponse:
    """Give a letter out as a file, to its reader alone."""
    guest = guest_of(request)
    if guest is None:
        return redirect("follow")
    if to not in KINDS:
        raise Http404
    row = _letter(guest.seen, place)
    try:
        made = acting.open_letter(guest.seen.case, row, to)
    except (AlteredLetterError, ErasedError) as why:
        return guest.answer(request, "unreadable", {"why": str(why)})
    data = BytesIO(rendering.file(row, made, to))
    name = f"{row.number or row.title}.{to}"
    return FileResponse(data, as_attachment=True, filename=name, content_type=KINDS[to])


def _letter(seen: Followed, place: int) -> Letter:
    """Return the letter at a place among the applicant's own; raises `Http404`."""
    if not 0 < place <= len(seen.letters):
        raise Http404
    return seen.letters[place - 1]


def _form(request: HttpRequest, guest: Guest, kind: type[acts.Sending]) -> acts.Sending:
    begun = {
        "key": secrets.token_hex(16),
        "version": guest.seen.case.version,
        "on": guest.seen.today,
    }
    return kind(sent_with(request), request.FILES or None, initial=begun)


def _tried(form: acts.Sending, guest: Guest, do: Callable[[Case, Sent], object]) -> bool:
    """Do what a valid form says; where it is refused, the reason stands in the form."""
    given = form.cleaned_data
    upload = given.get("file")
    sent = Sent(
        given["version"],
        given["key"],
        given.get("words", ""),
        (upload,) if upload else (),
        given.get("on"),
    )
    try:
        do(guest.seen.case, sent)
    except RefusedFileError as why:
        form.add_error("file", str(why))
        return False
    except _REFUSALS as why:
        form.add_error(None, spoken(why))
        return False
    return True


urlpatterns = [
    *(
        path(f"follow/{name}/", deed, {"name": name}, name=f"follow_{name}")
        for name in DEEDS
    ),
    path("follow/fee/", fee, name="follow_fee"),
    path("follow/objection/", objection, name="follow_objection"),
    path("follow/remedy/", remedy, name="follow_remedy"),
    path("follow/letters/<int:place>/", letter, name="follow_letter"),
    path("follow/letters/<int:place>/<str:to>/", letter_file, name="follow_letter_file"),
]
