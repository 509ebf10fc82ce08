"""The screen of a year's fees: what the report says of them, and what it is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mingtang_web import clock
from mingtang_web.bodies.queries import require, seen
from mingtang_web.cases import policy
from mingtang_web.cases.fees import fee_year, total
from mingtang_web.desk.reckoning import asked_for
from mingtang_web.desk.sitting import desk_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@login_required
def shown(request: HttpRequest) -> HttpResponse:
    """Show the fees of a body in the year of a day, up to it."""
    bodies = list(seen(desk_of(request).held))
    if not bodies:
        raise Http404
    form, body, day = asked_for(request, bodies)
    require(request.user, policy.SEE, body, clock.today())
    found = fee_year(body, day)
    lists = (
        (_("发出收费通知"), found.notices),
        (_("缴费"), found.payments),
        (_("退付"), found.refunds),
        (_("本年通知、尚未缴费"), found.unpaid),
        (_("本年通知、未缴不再处理"), found.lapsed),
    )
    context = {
        "form": form,
        "body": body,
        "day": day,
        "found": found,
        "lists": [(name, lines, total(lines)) for name, lines in lists],
    }
    return render(request, "desk/fees/year.html", context)


urlpatterns = [path("fees/", shown, name="fees")]
