"""The page on which an applicant's data are corrected."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from mingtang_web import typed
from mingtang_web.applicants.actions import AMEND, ErasedError, unmask
from mingtang_web.cases import renaming
from mingtang_web.cases.actions import SignOffError, came_before
from mingtang_web.cases.amending import Amendment, AmendmentError, amend, times
from mingtang_web.cases.models import Delivery, Form
from mingtang_web.cases.renaming import PROOF
from mingtang_web.desk.case import facts
from mingtang_web.desk.forms_acts import ReasonForm
from mingtang_web.desk.opening import opened
from mingtang_web.desk.person_form import PersonForm
from mingtang_web.desk.refusing import refused
from mingtang_web.desk.sitting import one_time_key
from mingtang_web.masking import no_personal_data

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from mingtang_web.desk.opening import Opened

_WHY = "amending"
"""Where the session keeps, by case, why somebody looks at what is to be corrected."""


class AmendForm(PersonForm):
    """The applicant's data and wishes as they should be, and why."""

    delivery = forms.ChoiceField(
        label=gettext_lazy("希望怎样送达"), choices=Delivery.choices
    )
    form = forms.ChoiceField(
        label=gettext_lazy("要什么形式的信息"),
        required=False,
        choices=[("", gettext_lazy("申请没有写明")), *Form.choices],
    )
    why = typed.Text(
        label=gettext_lazy("更正的理由"),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        validators=[no_personal_data],
        help_text=gettext_lazy("何时、由谁、怎样得知的；记入台账，不写姓名和号码"),
    )
    proof = typed.Text(
        label=gettext_lazy("看过什么凭据"),
        max_length=PROOF,
        required=False,
        validators=[no_personal_data],
        help_text=gettext_lazy(
            "改变姓名（名称）、证件或者代理人的必填，如“核对了身份证原件”“变更登记通知书”；"
            "不写号码"
        ),
    )
    earlier = typed.Whole(widget=forms.HiddenInput, min_value=0)
    key = typed.Text(widget=forms.HiddenInput, max_length=40)
    step = typed.Text(widget=forms.HiddenInput, initial="do")

    def amendment(self) -> Amendment:
        """Return the correction that a valid form describes."""
        given = self.cleaned_data
        return Amendment(
            self.person(),
            given["delivery"],
            given["why"],
            given["earlier"],
            given["proof"],
            given["form"],
        )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def amended(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why, show the data on record, and take the correction."""
    seen = opened(request, pk)
    seen.demand(AMEND)
    if came_before(seen.case, request.POST.get("key")):
        return redirect("case", pk)
    if request.POST.get("step") == "do":
        return _done(request, seen)
    if request.method == "POST":
        reason = ReasonForm(seen, request.POST)
        if not reason.is_valid():
            return _asked(request, seen, reason)
        request.session[_WHY] = {str(pk): reason.cleaned_data["why"]}
        return redirect("case_amend", pk)
    why = request.session.get(_WHY, {}).get(str(pk), "")
    return _shown(request, seen, why) if why else _asked(request, seen, ReasonForm(seen))


def _asked(request: HttpRequest, seen: Opened, form: ReasonForm) -> HttpResponse:
    form.fields["why"].label = _("更正的理由")
    form.fields["why"].help_text = _("何时、由谁、怎样得知的；记入台账，不写姓名和号码")
    return render(request, "desk/case/amend.html", facts(seen) | {"reason": form})


def _shown(request: HttpRequest, seen: Opened, why: str) -> HttpResponse:
    """Show the form filled with what is known; each look is on record."""
    try:
        person = unmask(seen.case.applicant, seen.user, why, case_id=seen.case.pk)
    except ErasedError as gone:
        return refused(request, seen, gone)
    known = asdict(person) | {
        "delivery": seen.case.delivery, "form": seen.case.form, "why": why,
        "earlier": times(seen.case), "key": one_time_key(), "step": "do",
    }  # fmt: skip
    return _form(request, seen, AmendForm(initial=known))


def _done(request: HttpRequest, seen: Opened) -> HttpResponse:
    form = AmendForm(request.POST)
    if not form.is_valid():
        return _form(request, seen, form)
    key = form.cleaned_data["key"]
    try:
        asked = form.amendment()
        made = renaming.renames(seen.case, asked)
        if made:
            renaming.propose(seen.case, asked, seen.user, key)
        else:
            amend(seen.case, asked, seen.user, key)
    except AmendmentError as why:
        form.add_error(why.field or None, str(why))
        return _form(request, seen, form)
    except (ErasedError, SignOffError) as why:
        return refused(request, seen, why)
    request.session.pop(_WHY, None)
    if made:
        said = _("更正申请人信息已送审，待另一人批准；批准之前申请人信息没有变化")
    else:
        said = _("申请人信息已更正；已经发出的文书不变")
    messages.success(request, said)
    return redirect("case", seen.case.pk)


def _form(request: HttpRequest, seen: Opened, form: AmendForm) -> HttpResponse:
    context = facts(seen) | {"form": form, "letters_to": renaming.letters_to(seen.case)}
    return render(request, "desk/case/amend.html", context)


urlpatterns = [path("cases/<int:pk>/amend/", amended, name="case_amend")]
