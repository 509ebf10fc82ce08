"""Following a request: number and code, then its course, its letters, what can be done."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from mingtang.case.deadlines import answer_term, day_by_day
from mingtang.law.calendar import UncoveredYearError
from mingtang_web.asking.codes import plain
from mingtang_web.asking.following import found, parts_of, ticket
from mingtang_web.cases.clocks import doubt
from mingtang_web.portal.account import sign_out
from mingtang_web.portal.explaining import term_told
from mingtang_web.portal.forms import FollowForm
from mingtang_web.portal.gate import gated, tried
from mingtang_web.portal.guest import forget, guest_of, keep
from mingtang_web.portal.telling import course, next_step

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from mingtang.law.clock import DayNote
    from mingtang_web.asking.models import Hold


@gated
def follow(request: HttpRequest) -> HttpResponse:
    """Ask for number and code; whichever is wrong, the answer is one and the same."""
    number = f"number/{plain(request.POST.get('number', ''))[:30]}"
    form, hold = tried(request, FollowForm, number, _opened)
    if hold is None:
        return render(request, "portal/follow/follow.html", {"form": form})
    answer = redirect("follow_case")
    keep(request, answer, ticket(hold))
    return answer


@require_safe
def case(request: HttpRequest) -> HttpResponse:
    """Show the course of the case, its clock with the working, and the one next step."""
    guest = guest_of(request)
    if guest is None:
        return redirect("follow")
    seen = guest.seen
    split = seen.history.closing is not None and seen.history.closing.how == "split"
    context = {
        "case": seen.case,
        "body": seen.case.body,
        "lines": course(seen),
        "clock": seen.clock,
        "told": term_told(seen),
        "doubt": doubt(seen.clock.due, seen.rules),
        "next": next_step(seen),
        "may": seen.may(),
        "letters": tuple(enumerate(seen.letters, 1)),
        "parts": tuple(enumerate(parts_of(seen.case), 1)) if split else (),
        "part": guest.admission.part,
        "closed": not seen.case.is_open,
        "answered": seen.decided is not None,
    }
    return guest.answer(request, "case", context)


@require_safe
def working(request: HttpRequest) -> HttpResponse:
    """Show the term day by day."""
    guest = guest_of(request)
    if guest is None:
        return redirect("follow")
    seen = guest.seen
    term = answer_term(seen.history, seen.rules)
    days: tuple[DayNote, ...] = ()
    with suppress(UncoveredYearError):
        days = day_by_day(term, seen.rules) if term and term.due else ()
    if not days:
        return redirect("follow_case")
    doubted = doubt(term.due, seen.rules) if term else ""
    context = {"term": term, "days": days, "doubt": doubted}
    return guest.answer(request, "working", context)


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Go over to one part of a request that was split, or back to the whole."""
    guest = guest_of(request)
    if guest is None:
        return redirect("follow")
    chosen = request.POST.get("part", "")
    answer = redirect("follow_case")
    part = int(chosen[:3]) if chosen.isdecimal() else 0
    keep(request, answer, ticket(guest.admission.hold, part))
    return answer


@require_POST
def leave(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Close the case in this browser, and the account if one is open: both were left."""
    answer = redirect("follow")
    forget(answer)
    sign_out(answer)
    return answer


def _opened(form: FollowForm) -> Hold | None:
    return found(form.cleaned_data["number"], form.cleaned_data["code"])


urlpatterns = [
    path("follow/", follow, name="follow"),
    path("follow/case/", case, name="follow_case"),
    path("follow/working/", working, name="follow_working"),
    path("follow/part/", choose, name="follow_part"),
    path("follow/leave/", leave, name="follow_leave"),
]
