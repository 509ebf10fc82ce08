"""Mistakes that the public told of: listed, answered, struck where they are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST, require_safe

from mingtang_web import typed
from mingtang_web.accounts.queries import signed_in
from mingtang_web.desk.paging import page_of
from mingtang_web.desk.sitting import desk_of
from mingtang_web.desk.submitting import Submission, told, tried
from mingtang_web.mistakes import actions, policy, queries
from mingtang_web.mistakes.models import LONGEST_ANSWER, Outcome

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from mingtang_web.mistakes.models import Mistake

TABS = (
    ("", lazy("全部")),
    (queries.OPEN, lazy("待答复")),
    (queries.LATE, lazy("逾期")),
    (queries.ANSWERED, lazy("已答复")),
    (queries.STRUCK, lazy("已作废")),
)


class AnswerForm(Submission):
    """What came of it, in words that the public reads."""

    outcome = forms.ChoiceField(
        label=lazy("处理结果"), choices=[("", lazy("请选择")), *Outcome.choices]
    )
    answer = typed.Text(
        label=lazy("答复"),
        max_length=LONGEST_ANSWER,
        help_text=lazy("公众在固定地址看到这段话；不写姓名和号码"),
        widget=forms.Textarea({"rows": 4}),
    )
    why = typed.Text(
        label=lazy("更改答复的原因"),
        max_length=200,
        help_text=lazy("原来的答复留在记录里"),
    )

    def __init__(self, *args: object, mistake: Mistake, **more: object) -> None:
        """Begin with the answer there is; only its change takes a reason."""
        begun = {"outcome": mistake.outcome, "answer": mistake.answer}
        super().__init__(*args, version=mistake.version, initial=begun, **more)
        if not mistake.outcome:
            del self.fields["why"]


class StrikeForm(Submission):
    """Why it is none."""

    why = typed.Text(
        label=lazy("为什么不是网页的错"),
        max_length=200,
        help_text=lazy("如“广告”“咨询办事，已告知打12345”；不写姓名和号码"),
    )


@require_safe
@login_required
def listed(request: HttpRequest) -> HttpResponse:
    """List what was told of the bodies somebody sees, the newest first."""
    desk = desk_of(request)
    rows = queries.visible(desk.held).select_related("body")
    how = request.GET.get("how", "")
    page = page_of(request, queries.narrowed(rows, how, desk.today))
    context = {
        "page": page,
        "rows": [(row, row.is_late(desk.today)) for row in page.object_list],
        "tabs": TABS,
        "how": how if how in dict(TABS) else "",
        "standings": queries.standings(rows, desk.today),
        "many_bodies": len(desk.bodies()) > 1,
    }
    return render(request, "desk/mistakes/list.html", context)


@require_safe
@login_required
def shown(request: HttpRequest, number: int) -> HttpResponse:
    """Show one: what was told, its history, what may be done."""
    return _page(request, _found(request, number))


@require_POST
@login_required
def answered(request: HttpRequest, number: int) -> HttpResponse:
    """Answer, or answer anew."""
    mistake, actor = _found(request, number), signed_in(request)
    form = AnswerForm(request.POST, mistake=mistake)

    def act() -> HttpResponse:
        said = form.cleaned_data
        doing = form.doing(actor, said.get("why", ""))
        actions.answer(mistake, said["outcome"], said["answer"], doing)
        return told(request, _("已答复，公众在固定地址看得到"), "erratum", mistake.pk)

    return tried(form, act) or _page(request, mistake, {"answer": form}, 422)


@require_POST
@login_required
def struck(request: HttpRequest, number: int) -> HttpResponse:
    """Strike what is no mistake of a page."""
    mistake, actor = _found(request, number), signed_in(request)
    form = StrikeForm(request.POST, auto_id="id_strike_%s")

    def act() -> HttpResponse:
        actions.strike(mistake, form.doing(actor, form.cleaned_data["why"]))
        return told(request, _("已作废；记录仍然留存"), "erratum", mistake.pk)

    return tried(form, act) or _page(request, mistake, {"strike": form}, 422)


def _found(request: HttpRequest, number: int) -> Mistake:
    rows = queries.visible(desk_of(request).held).select_related("body")
    return get_object_or_404(rows, pk=number)


def _page(
    request: HttpRequest,
    mistake: Mistake,
    sent: dict[str, Submission] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show one, with a form that was sent back where something was refused."""
    sent, desk = sent or {}, desk_of(request)
    stands = not mistake.struck
    may_answer = stands and desk.held.allows(policy.ANSWER, mistake.body)
    may_strike = stands and desk.held.allows(policy.STRIKE, mistake.body)
    blank = StrikeForm(version=mistake.version, auto_id="id_strike_%s")
    context = {
        "mistake": mistake,
        "late": mistake.is_late(desk.today),
        "steps": mistake.steps.select_related("entry__actor").order_by("-pk"),
        "answer": may_answer and sent.get("answer", AnswerForm(mistake=mistake)),
        "strike": may_strike and sent.get("strike", blank),
        "sent": bool(sent),
    }
    return render(request, "desk/mistakes/mistake.html", context, status=status)


urlpatterns = [
    path("errata/", listed, name="errata"),
    path("errata/<int:number>/", shown, name="erratum"),
    path("errata/<int:number>/answer/", answered, name="erratum_answer"),
    path("errata/<int:number>/strike/", struck, name="erratum_strike"),
]
