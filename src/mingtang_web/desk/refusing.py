"""The page that says why an act cannot be done now, on what that rests, and what can."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang.case.permitting import NotPermittedError
from mingtang_web.desk.case import facts
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from mingtang_web.desk.opening import Opened

CONFLICT = 409
MOVED_ON = gettext_lazy("案件在您打开之后已有新的办理记录，本次没有改动；请核对后重新提交")
FIRST = {
    "N4": "consult_third_party",
    "U3": "ask_correction",
    "O1": "ask_correction",
    "X4": "ask_reason",
    "O2": "notify_fee",
}
"""What must be done before a decision can rest on a ground."""


def refused(
    request: HttpRequest, seen: Opened, problem: Exception, code: str = ""
) -> HttpResponse:
    """Say why nothing was done; ``code`` is the ground that was to be decided on."""
    lawful = problem if isinstance(problem, NotPermittedError) else None
    offered = seen.offered()
    context = facts(seen) | {
        "attempted": spoken(lawful.title) if lawful else "",
        "why": spoken(lawful.why if lawful else problem),
        "cite": lawful.cite if lawful else "",
        "title": _("依法现在不能办") if lawful else _("没有办成"),
        "first": [each.act for each in offered if each.act.id == FIRST.get(code)],
        "offered": offered,
    }
    return render(request, "desk/case/refused.html", context, status=CONFLICT)
