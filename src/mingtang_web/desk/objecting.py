"""The page on which an objection to a fee is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from mingtang_web import typed
from mingtang_web.cases.exchanging import LONGEST
from mingtang_web.cases.objecting import CHECK, FINDINGS, Finding, check
from mingtang_web.desk.case import facts
from mingtang_web.desk.opening import opened
from mingtang_web.desk.submitting import Submission, told, tried

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class CheckForm(Submission):
    """What was found, and why."""

    result = forms.ChoiceField(
        label=gettext_lazy("核对结果"),
        choices=FINDINGS.items(),
        widget=forms.RadioSelect,
    )
    words = typed.Text(
        label=gettext_lazy("告诉申请人的话"),
        max_length=LONGEST,
        help_text=gettext_lazy(
            "写明件数、页数怎样核对的；改正的，写明怎样改、何时退还。申请人在进度里看得到"
        ),
        widget=forms.Textarea({"rows": 5}),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def checked(request: HttpRequest, pk: int) -> HttpResponse:
    """Take down what was found of a fee that the applicant objected to."""
    seen = opened(request, pk)
    seen.demand(CHECK)
    form = CheckForm(request.POST if request.method == "POST" else None)

    def act() -> HttpResponse:
        said = form.cleaned_data
        check(seen.case, Finding(said["result"], said["words"]), seen.user, said["key"])
        return told(request, _("核对结果已登记，申请人在进度里看得到"), "case", pk)

    shown = tried(form, act) if request.method == "POST" else None
    context = facts(seen) | {"form": form}
    return shown or render(request, "desk/case/objection.html", context)


urlpatterns = [path("cases/<int:pk>/objection/", checked, name="case_objection")]
