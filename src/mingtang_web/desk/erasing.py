"""The page on which an applicant's data are destroyed: one asks, another confirms."""

from __future__ import annotations

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
from mingtang_web.applicants.actions import ERASE
from mingtang_web.desk.case import facts
from mingtang_web.desk.opening import opened
from mingtang_web.desk.submitting import Submission, tried
from mingtang_web.keeping import erasing
from mingtang_web.masking import no_personal_data

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from mingtang_web.desk.opening import Opened


class ErasingForm(Submission):
    """Why the data go, and that nothing keeps them."""

    why = typed.Text(
        label=gettext_lazy("销毁的理由和依据"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        validators=[no_personal_data],
        help_text=gettext_lazy(
            "例如保管期限表的哪一项、何时届满；长期留存，不写姓名和号码"
        ),
    )
    due = forms.BooleanField(
        label=gettext_lazy("已核对本机关的保管期限表，这位申请人的案卷都已满期")
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def erased(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what goes and what stays; take the request, its confirmation, its withdrawal."""
    seen = opened(request, pk)
    seen.demand(erasing.CONFIRM)
    asked = erasing.waiting(seen.case)
    step = request.POST.get("step", "")
    bound = request.POST if request.method == "POST" else None
    form = (Submission if asked or step in _STEPS else ErasingForm)(bound)
    if bound is not None and step not in _STEPS:
        seen.demand(ERASE)
    answer = tried(form, lambda: _done(request, seen, form, step)) if bound else None
    context = {
        "form": form,
        "asked": asked,
        "own": asked is not None and asked.actor_id == seen.user.pk,
        "against": erasing.against(seen.case.applicant),
        "may_ask": seen.may(ERASE),
    }
    return answer or render(request, "desk/case/erase.html", facts(seen) | context)


_STEPS = ("confirm", "drop")


def _done(request: HttpRequest, seen: Opened, form: Submission, step: str) -> HttpResponse:
    key = form.cleaned_data["key"]
    if step == "confirm":
        erasing.confirm(seen.case, seen.user)
        messages.success(request, _("申请人信息已销毁，不能恢复"))
    elif step == "drop":
        erasing.drop(seen.case, seen.user, key)
        messages.success(request, _("已撤回，申请人信息照旧留存"))
    else:
        erasing.ask(seen.case, form.cleaned_data["why"], seen.user, key)
        said = _("已提出销毁，尚未执行；请另一位管理员或者审批人在本页确认")
        messages.success(request, said)
    return redirect("case", seen.case.pk)


urlpatterns = [path("cases/<int:pk>/erase/", erased, name="case_erase")]
