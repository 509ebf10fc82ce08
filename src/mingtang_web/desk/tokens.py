"""A person's tokens for programs: made and shown once, listed, ended."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_POST

from mingtang_web import clock, typed
from mingtang_web.accounts import tokens
from mingtang_web.accounts.models import Token
from mingtang_web.accounts.queries import signed_in
from mingtang_web.days import DayField
from mingtang_web.desk.submitting import told, tried

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

USUAL = timedelta(days=90)


class TokenForm(forms.Form):
    """What for, how far, until when."""

    name = typed.Text(
        label=lazy("用途"),
        max_length=50,
        help_text=lazy("哪个系统、做什么用，如“区数据平台每晚取办理情况”"),
    )
    scope = forms.ChoiceField(
        label=lazy("范围"),
        choices=Token.Scope.choices,
        help_text=lazy("“查看和办理”的令牌能办您能办的一切事，谨慎使用"),
    )
    until = DayField(label=lazy("有效期至"))

    def __init__(self, *args: Any, **more: Any) -> None:  # noqa: ANN401
        """Begin with a quarter of a year."""
        more["initial"] = {"until": clock.today() + USUAL}
        super().__init__(*args, **more)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def listed(request: HttpRequest) -> HttpResponse:
    """List the person's tokens; make one and show it this once."""
    user = signed_in(request)
    form = TokenForm(request.POST if request.method == "POST" else None)
    words = ""

    def act() -> str:
        said = form.cleaned_data
        return tokens.make(user, said["name"], said["scope"], said["until"])[1]

    if form.is_bound:
        words = tried(form, act) or ""
    today = clock.today()
    context = {
        "rows": [(row, row.holds(today)) for row in user.tokens.all()],
        "form": form if form.is_bound and not words else TokenForm(),
        "words": words,
        "failed": form.is_bound and not words,
    }
    status = 422 if form.is_bound and not words else 200
    return render(request, "desk/tokens.html", context, status=status)


@require_POST
@login_required
def ended(request: HttpRequest, number: int) -> HttpResponse:
    """End a token at once."""
    tokens.end(get_object_or_404(signed_in(request).tokens, pk=number))
    return told(request, _("已停用，用它的程序马上不能再调用"), "tokens")


urlpatterns = [
    path("profile/tokens/", listed, name="tokens"),
    path("profile/tokens/<int:number>/end/", ended, name="token_end"),
]
