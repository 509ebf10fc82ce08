"""Assigning many cases at once, and handing over what somebody leaves behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from mingtang_web import typed
from mingtang_web.accounts.models import User
from mingtang_web.bodies.models import Body, Role, Section
from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.bodies.queries import holders
from mingtang_web.cases import policy
from mingtang_web.cases.assigning import Outcome, Target, assign_each
from mingtang_web.cases.clocks import clocks
from mingtang_web.cases.queries import open_ones
from mingtang_web.cases.selecting import ordered
from mingtang_web.desk.sitting import address_of, desk_of, one_time_key

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from mingtang_web.cases.models import Case
    from mingtang_web.desk.sitting import Desk

MOST = 500
"""How many cases are given away at one time."""
OUTCOMES = {
    Outcome.DONE: gettext_lazy("已分派"),
    Outcome.BEFORE: gettext_lazy("无须改动"),
    Outcome.REFUSED: gettext_lazy("未分派"),
}


class AssignForm(forms.Form):
    """To whom: sections and handlers of one body."""

    section = forms.ModelChoiceField(
        label=gettext_lazy("承办机构"),
        queryset=Section.objects.none(),
        required=False,
        empty_label=gettext_lazy("不改动"),
    )
    handler = forms.ModelChoiceField(
        label=gettext_lazy("承办人"),
        queryset=User.objects.none(),
        required=False,
        empty_label=gettext_lazy("不改动"),
    )
    note = typed.Text(
        label=gettext_lazy("交代"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("写给承办人，长期留存；不写申请人的姓名、号码和地址"),
        widget=forms.Textarea({"rows": 2}),
    )
    key = typed.Text(widget=forms.HiddenInput, max_length=40)

    def __init__(self, body: Body, on: date, *args: object, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        self.fields["section"].queryset = body.sections.all()  # type: ignore[attr-defined]
        self.fields["handler"].queryset = holders(body, Role.HANDLER, on)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, object]:
        """Ask for one of the two at least."""
        found = super().clean() or {}
        if not self.errors and not (found.get("section") or found.get("handler")):
            raise forms.ValidationError(_("请选择承办机构或者承办人，至少选一项"))
        return found


@require_POST
@login_required
def assign_many(request: HttpRequest) -> HttpResponse:
    """Name the chosen cases first; then give them away and tell how each went."""
    desk = desk_of(request)
    chosen = [int(pk) for pk in request.POST.getlist("case") if pk.isdecimal()]
    cases = list(ordered(desk.cases().filter(pk__in=chosen[:MOST])))
    if not cases:
        messages.error(request, _("没有选择案件：请先在列表左侧勾选，再分派"))
        return redirect("worklist")
    if len({case.body_id for case in cases}) > 1:
        messages.error(request, _("所选案件分属几个机关，请按机关分别分派"))
        return redirect("worklist")
    _require(desk, cases[0].body)
    return _shown_or_done(request, desk, cases)


@require_safe
@login_required
def hand_over(request: HttpRequest) -> HttpResponse:
    """Choose somebody, and name all the open cases that somebody else is to take on."""
    desk = desk_of(request)
    desk.demand(policy.ASSIGN)
    own = Body.objects.filter(pk__in=desk.own(*policy.ASSIGN.roles))
    cases = open_ones(desk.cases()).filter(body__in=own)
    leaver = request.GET.get("leaver", "")
    body, _slash, person = leaver.partition("-")
    if body.isdecimal() and person.isdecimal():
        found = list(ordered(cases.filter(body=int(body), handler=int(person))))
        if found:
            return _preview(request, desk, found, None)
        messages.error(request, _("此人没有在办案件，无须交接"))
    context = {"leavers": _leavers(cases)}
    return render(request, "desk/worklist/hand_over.html", context)


def _shown_or_done(request: HttpRequest, desk: Desk, cases: list[Case]) -> HttpResponse:
    if "key" not in request.POST:
        return _preview(request, desk, cases, None)
    form = AssignForm(cases[0].body, desk.today, request.POST)
    if not form.is_valid():
        return _preview(request, desk, cases, form)
    given = form.cleaned_data
    to = Target(given["section"], given["handler"], given["note"])
    told = assign_each(cases, to, desk.user, given["key"])
    context = {
        "told": [(each, OUTCOMES[each.outcome], address_of(each.case)) for each in told],
        "done": sum(each.outcome is not Outcome.REFUSED for each in told),
        "refused": sum(each.outcome is Outcome.REFUSED for each in told),
        "to": to,
    }
    return render(request, "desk/worklist/assigned.html", context)


def _preview(
    request: HttpRequest, desk: Desk, cases: Sequence[Case], form: AssignForm | None
) -> HttpResponse:
    body, rest, cases = cases[0].body, len(cases[MOST:]), cases[:MOST]
    _require(desk, body)
    found = clocks(cases, desk.today)
    context = {
        "form": form or AssignForm(body, desk.today, initial={"key": one_time_key()}),
        "rows": [(case, found[case.pk], address_of(case)) for case in cases],
        "body": body,
        "rest": rest,
    }
    return render(request, "desk/worklist/assign.html", context)


def _require(desk: Desk, body: Body) -> None:
    if not desk.held.allows(policy.SEE, body):
        raise Http404
    if not desk.held.allows(policy.ASSIGN, body):
        raise NotAllowedError(policy.ASSIGN, body)


def _leavers(cases: QuerySet[Case]) -> list[dict[str, object]]:
    """Return everybody who has open cases, with how many, body by body."""
    rows = cases.filter(handler__isnull=False).order_by()
    named = ("body", "body__short_name", "handler", "handler__display_name")
    counted = rows.values(*named).annotate(n=Count("pk"))
    return list(counted.order_by("body__path", "handler__display_name"))


urlpatterns = [
    path("cases/assign/", assign_many, name="assign_many"),
    path("cases/handover/", hand_over, name="hand_over"),
]
