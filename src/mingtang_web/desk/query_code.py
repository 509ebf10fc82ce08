"""The page on which an applicant who lost the query code is given a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from mingtang_web.asking.codes import spaced
from mingtang_web.asking.drafts import Token
from mingtang_web.asking.models import Hold
from mingtang_web.asking.renewing import (
    HAND_OUT,
    PROOFS,
    InvolvedError,
    hand_out,
    involved,
)
from mingtang_web.desk.case import facts
from mingtang_web.desk.opening import opened
from mingtang_web.desk.submitting import Submission, tried

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class HandOutForm(Submission):
    """How whoever asks for a code has shown to be the applicant.

    The key is the token that the code is made from; it is nowhere but in the page.
    """

    proof = forms.ChoiceField(
        label=gettext_lazy("怎样核对的"),
        choices=PROOFS.items(),
        widget=forms.RadioSelect,
    )
    sure = forms.BooleanField(label=gettext_lazy("证件上的姓名、号码与这件申请登记的一致"))
    severed = forms.BooleanField(
        label=gettext_lazy("旧码可能被别人看到过：同时解除保存过这件申请的账号"),
        required=False,
    )

    def __init__(self, *args: Any, **more: Any) -> None:  # noqa: ANN401
        """Begin with a fresh token."""
        super().__init__(*args, initial={"key": str(Token.fresh())}, **more)

    def clean_key(self) -> Token:
        """Return the token; what is none is refused."""
        token = Token.read(self.cleaned_data["key"])
        if token is None:
            raise forms.ValidationError(gettext_lazy("页面已经失效，请重新打开"))
        return token


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask how the applicant is known; show the new code, this once, to be handed over."""
    seen = opened(request, pk)
    seen.demand(HAND_OUT)
    if involved(seen.case, seen.user):
        raise InvolvedError(seen.case)
    form = HandOutForm(request.POST if request.method == "POST" else None)
    had = Hold.objects.filter(case=seen.case).exists()
    if not had:
        del form.fields["severed"]

    def act() -> str:
        said = form.cleaned_data
        code_for = seen.case, said["key"], said["proof"], seen.user
        return hand_out(*code_for, severed=said.get("severed", False))

    found = tried(form, act) if request.method == "POST" else None
    context: dict[str, object] = {
        "form": form,
        "had": had,
        "code": spaced(found) if found else "",
        "site": request.build_absolute_uri(reverse("follow")),
    }
    return render(request, "desk/case/code.html", facts(seen) | context)


urlpatterns = [path("cases/<int:pk>/code/", code, name="case_code")]
