"""Following a request: number and code, then its course, its letters, what can be done."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mingtang.case.deadlines import answer_term, day_by_day
from mingtang.law.calendar import UncoveredYearError
from mingtang_web.accounts.lockout import address
from mingtang_web.asking.codes import plain
from mingtang_web.asking.following import found, parts_of, ticket
from mingtang_web.asking.limiting import MISSED, MISSED_EASILY, exhausted, spend
from mingtang_web.portal.asking import too_often
from mingtang_web.portal.forms import FollowForm
from mingtang_web.portal.guest import forget, guest_of, keep
from mingtang_web.portal.telling import course, next_step

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from mingtang.law.clock import DayNote


def follow(request: HttpRequest) -> HttpResponse:
    """Ask for number and code; whichever is wrong, the answer is one and the same."""
    if request.method != "POST":
        return _asked(request, FollowForm())
    whence = address(request)
    if exhausted(MISSED, whence):
        return too_often(request)
    number = f"number/{plain(request.POST.get('number', ''))[:30]}"
    careful = exhausted(MISSED_EASILY, whence, number)
    form = FollowForm(request.POST, asks=careful)
    if form.is_valid():
        hold = found(form.cleaned_data["number"], form.cleaned_data["code"])
        if hold is not None:
            answer = redirect("follow_case")
            keep(request, answer, ticket(hold))
            return answer
        form.add_error(
            None, _("编号和查询码对不上。请对照回执再输一次；横线和大小写不影响")
        )
        spend(MISSED, whence)
        for each in (whence, number):
            spend(MISSED_EASILY, each)
        careful = exhausted(MISSED_EASILY, whence, number)
    if careful:
        form.ask_anew()
    return _asked(request, form)


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
    return guest.answer(request, "working", {"term": term, "days": days})


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
    """Close the case in this browser."""
    answer = redirect("follow")
    forget(answer)
    return answer


def _asked(request: HttpRequest, form: FollowForm) -> HttpResponse:
    return render(request, "portal/follow/follow.html", {"form": form})


urlpatterns = [
    path("follow/", follow, name="follow"),
    path("follow/case/", case, name="follow_case"),
    path("follow/working/", working, name="follow_working"),
    path("follow/part/", choose, name="follow_part"),
    path("follow/leave/", leave, name="follow_leave"),
]
