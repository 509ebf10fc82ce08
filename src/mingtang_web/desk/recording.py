"""What is recorded beside the acts: searches, strikes, and looks at the full applicant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mingtang.case.consenting import need
from mingtang.case.events import Struck
from mingtang.case.permitting import NotPermittedError, admit
from mingtang_web.applicants.actions import UNMASK, ErasedError, unmask
from mingtang_web.cases import backing, policy
from mingtang_web.cases.actions import (
    Doing,
    SignOffError,
    StaleError,
    came_before,
    do,
    search,
)
from mingtang_web.cases.signing import propose
from mingtang_web.desk.case import facts
from mingtang_web.desk.forms_acts import ReasonForm, SearchForm
from mingtang_web.desk.opening import opened
from mingtang_web.desk.performing import outlook
from mingtang_web.desk.refusing import CONFLICT, MOVED_ON, refused
from mingtang_web.desk.submitting import tried
from mingtang_web.desk.wording import title_of, told

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from mingtang_web.desk.opening import Opened

OK = 200


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def searched(request: HttpRequest, pk: int) -> HttpResponse:
    """Take down how the body looked for what was asked."""
    seen = opened(request, pk)
    seen.demand(policy.SEARCH)
    if came_before(seen.case, request.POST.get("key")):
        return redirect("case", pk)
    form = SearchForm(seen, request.POST if request.method == "POST" else None)

    def act() -> HttpResponse:
        search(seen.case, form.record(), seen.user, form.cleaned_data["key"])
        messages.success(request, _("检索记录已登记"))
        return redirect("case", pk)

    context = facts(seen) | {"form": form, "searches": seen.case.searches.all()}
    return tried(form, act) or render(request, "desk/case/search.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def strike(request: HttpRequest, pk: int, place: int) -> HttpResponse:
    """Strike an event that was entered wrongly, with the reason."""
    seen = opened(request, pk)
    seen.demand(policy.STRIKE)
    if came_before(seen.case, request.POST.get("key")):
        return redirect("case", pk)
    if place >= len(seen.events):
        raise Http404
    event = Struck(on=seen.today, entry=place)
    form = ReasonForm(seen, request.POST if request.method == "POST" else None)
    try:
        admit(seen.events, event, seen.rules)
        backing.ask(seen.case, event)
        held = seen.held_up(policy.STRIKE)
        if held:
            return refused(request, seen, SignOffError(held))
        if form.is_valid() and not form.stale:
            return _struck(request, seen, event, form)
    except (NotPermittedError, SignOffError, StaleError) as problem:
        return refused(request, seen, problem)
    if form.is_bound and form.stale:
        form.refresh()
        messages.warning(request, MOVED_ON)
    wrong = seen.events[place]
    context = facts(seen) | {
        "form": form,
        "title": title_of(wrong)[0],
        "wrong": wrong,
        "said": told(wrong),
        "outlook": outlook(seen, event),
    }
    status = CONFLICT if form.is_bound and form.is_valid() else OK
    return render(request, "desk/case/strike.html", context, status=status)


def _struck(
    request: HttpRequest, seen: Opened, event: Struck, form: ReasonForm
) -> HttpResponse:
    typed = form.cleaned_data
    doing = Doing(seen.user, typed["version"], typed["key"], note=typed["why"])
    if need(event, seen.now):
        propose(seen.case, event, doing)
        said = _("更正登记已送审；批准之前案件没有变化")
    else:
        do(seen.case, event, doing)
        said = _("已更正；原记录仍留存，划去显示")
    messages.success(request, said)
    return redirect("case", seen.case.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def applicant(request: HttpRequest, pk: int, party: str = "") -> HttpResponse:
    """Show somebody's full data for a reason; that they were shown is recorded.

    ``party`` is the number of one who was consulted; the applicant without it.
    """
    seen = opened(request, pk)
    seen.demand(UNMASK)
    rows = seen.case.consultations.select_related("person__body")
    whose = get_object_or_404(rows, party=party).person if party else seen.case.applicant
    form = ReasonForm(seen, request.POST if request.method == "POST" else None)
    context = facts(seen) | {"form": form, "party": party}
    if form.is_valid():
        try:
            why = form.cleaned_data["why"]
            context["person"] = unmask(whose, seen.user, why, case_id=seen.case.pk)
        except ErasedError as gone:
            context["gone"] = str(gone)
            return render(request, "desk/case/person.html", context, status=CONFLICT)
    return render(request, "desk/case/person.html", context)
