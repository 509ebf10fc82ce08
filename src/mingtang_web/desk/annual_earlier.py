"""The page on which last year's report is brought from elsewhere, to compare carried-in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from mingtang_web import clock, typed
from mingtang_web.accounts.queries import signed_in
from mingtang_web.annual import policy
from mingtang_web.annual.compiling import brought_to, signed_before
from mingtang_web.annual.earlier import bring
from mingtang_web.bodies.queries import require
from mingtang_web.desk.annual import found
from mingtang_web.desk.submitting import Submission, told, tried

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class EarlierForm(Submission):
    """Last year's report, and where it is from."""

    file = forms.FileField(
        label=lazy("上一年度的报告"),
        allow_empty_file=True,
        help_text=lazy(
            "公布的原件：Word、PDF、网页、表格或者本系统的 JSON；照读，不作改动"
        ),
    )
    source = typed.Text(
        label=lazy("出处"),
        max_length=200,
        help_text=lazy("例如从本机关网站哪一栏目下载，何时公布"),
    )
    why = typed.Text(
        label=lazy("写的是别的机关名称时，为什么仍是本机关的"),
        max_length=100,
        required=False,
        help_text=lazy("例如机构改革前的名称；名称一致的不用填"),
    )


@login_required
def earlier(request: HttpRequest, number: int) -> HttpResponse:
    """Take last year's report in; what was read of it stands on the next page."""
    annual, actor = found(request, number), signed_in(request)
    require(actor, policy.WRITE, annual.body, clock.today())
    if not annual.is_written or signed_before(annual.body, annual.year):
        raise Http404
    sent = request.method == "POST"
    form = EarlierForm(
        request.POST if sent else None,
        request.FILES if sent else None,
        version=annual.version,
    )

    def act() -> HttpResponse:
        said = form.cleaned_data
        bring(annual, said["file"], said["source"], form.doing(actor, said["why"]))
        return told(request, _("上年的报告已读入，本年结转照它核对"), "annual", number)

    context = {"annual": annual, "form": form, "held": brought_to(annual)}
    return tried(form, act) or render(request, "desk/annual/earlier.html", context)


urlpatterns = [path("annual/<int:number>/earlier/", earlier, name="annual_earlier")]
