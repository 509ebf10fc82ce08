"""The screens of orders to mend: listed, answered, looked at again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST, require_safe

from mingtang import supervising
from mingtang_web import typed
from mingtang_web.accounts.queries import signed_in
from mingtang_web.days import DayField
from mingtang_web.desk.paging import page_of
from mingtang_web.desk.sitting import desk_of
from mingtang_web.desk.submitting import Submission, told, tried
from mingtang_web.supervision import ordering, policy, queries
from mingtang_web.supervision.models import LONGEST, Order

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from mingtang_web.accounts.models import User

TABS = (
    ("", lazy("全部")),
    (queries.ANSWER, lazy("待整改")),
    (queries.LOOK, lazy("待复查")),
    (queries.LATE, lazy("逾期")),
    (queries.PASSED, lazy("已通过")),
)
WHY = lazy("理由")


class AnswerForm(Submission):
    """What was mended, and how."""

    answer = typed.Text(
        label=lazy("整改情况"),
        max_length=LONGEST,
        help_text=lazy("逐个问题写明怎么改的；没有改的写明原因和时间。不写姓名和号码"),
        widget=forms.Textarea({"rows": 5}),
    )


class FailForm(Submission):
    """What is left, and by when."""

    why = typed.Text(label=lazy("还有什么没有改好"), max_length=200)
    due = DayField(label=lazy("再改的期限"))


class PassForm(Submission):
    """Why it passes although the site still finds a fault."""

    why = typed.Text(
        label=lazy("系统仍然查到问题，为什么通过"),
        max_length=200,
        required=False,
        help_text=lazy("系统没有再查到问题的，不用填"),
    )


class MoveForm(Submission):
    """Another last day."""

    due = DayField(label=lazy("新的期限"))
    why = typed.Text(label=WHY, max_length=200)


class StrikeForm(Submission):
    """Why it is taken back."""

    why = typed.Text(label=WHY, max_length=200)


FORMS: dict[str, type[Submission]] = {
    "answer": AnswerForm,
    "pass": PassForm,
    "fail": FailForm,
    "move": MoveForm,
    "strike": StrikeForm,
}
DONE = {
    "answer": lazy("已报告，等复查"),
    "pass": lazy("复查通过"),
    "fail": lazy("已退回再改，并通知了机关"),
    "move": lazy("期限已改"),
    "strike": lazy("已作废；其中的问题可以另行处理"),
}


@require_safe
@login_required
def listed(request: HttpRequest) -> HttpResponse:
    """List the orders to the bodies somebody sees, the newest first."""
    desk = desk_of(request)
    rows = queries.orders(desk.held)
    how = request.GET.get("how", "")
    page = page_of(request, queries.narrowed(rows, how, desk.today))
    context = {
        "page": page,
        "rows": [(row, row.is_late(desk.today)) for row in page.object_list],
        "tabs": TABS,
        "how": how if how in dict(TABS) else "",
        "mended": queries.mended(rows, desk.today),
    }
    return render(request, "desk/supervision/orders.html", context)


@require_safe
@login_required
def shown(request: HttpRequest, number: int) -> HttpResponse:
    """Show an order: what it asks for, what the site finds again, what may be done."""
    return _page(request, _found(request, number))


@require_POST
@login_required
def acted(request: HttpRequest, number: int, act: str) -> HttpResponse:
    """Do what a form of the page asks for."""
    order, actor = _found(request, number), signed_in(request)
    if act not in FORMS:
        raise Http404
    form = FORMS[act](request.POST, auto_id=f"id_{act}_%s")

    def do() -> HttpResponse:
        _acts(order, form, actor)[act]()
        return told(request, str(DONE[act]), "supervision_order", order.pk)

    return tried(form, do) or _page(request, order, {act: form}, 422)


def _acts(order: Order, form: Submission, actor: User) -> dict[str, Callable[[], Order]]:
    said = form.cleaned_data
    doing = form.doing(actor, said.get("why", ""))
    return {
        "answer": lambda: ordering.answer(order, said["answer"], doing),
        "pass": lambda: ordering.passed(order, doing),
        "fail": lambda: ordering.fail(order, said["due"], doing),
        "move": lambda: ordering.move(order, said["due"], doing),
        "strike": lambda: ordering.strike(order, doing),
    }


def _found(request: HttpRequest, number: int) -> Order:
    return get_object_or_404(queries.orders(desk_of(request).held), pk=number)


def _page(
    request: HttpRequest,
    order: Order,
    sent: dict[str, Submission] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show an order, with a form that was sent back where something was refused."""
    sent, desk = sent or {}, desk_of(request)
    offered = []
    if order.is_open:
        if order.awaits_answer and desk.held.allows(policy.MEND, order.body):
            offered.append("answer")
        if desk.held.allows(policy.ORDER, order.office):
            offered += ["move", "strike"] if order.awaits_answer else ["pass", "fail"]
    may = {
        act: sent.get(act) or FORMS[act](version=order.version, auto_id=f"id_{act}_%s")
        for act in offered
    }
    looks = "pass" in offered or "answer" in offered
    context = {
        "order": order,
        "late": order.is_late(desk.today),
        "asked": [
            (supervising.check(name), place, said) for name, place, said in order.asked
        ],
        "looks": looks,
        "still": ordering.still_there(order) if looks else [],
        "found": order.findings.all(),
        "steps": order.steps.select_related("entry__actor").order_by("-pk"),
        "may": may,
        "sent": bool(sent),
    }
    return render(request, "desk/supervision/order.html", context, status=status)


urlpatterns = [
    path("rectifications/", listed, name="supervision_orders"),
    path("rectifications/<int:number>/", shown, name="supervision_order"),
    path("rectifications/<int:number>/<slug:act>/", acted, name="supervision_order_act"),
]
