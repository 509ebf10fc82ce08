"""The screens of guide, catalogue and systems: how each body stands, one body's page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST, require_safe

from mingtang.publication.guide import UPDATED
from mingtang_web import typed
from mingtang_web.accounts.queries import signed_in
from mingtang_web.bodies.queries import seen
from mingtang_web.desk.paging import page_of
from mingtang_web.desk.sitting import desk_of
from mingtang_web.desk.submitting import Submission, told, tried
from mingtang_web.guides import actions, standing
from mingtang_web.guides import policy as guides_policy
from mingtang_web.guides.models import Interval
from mingtang_web.publication import policy

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from mingtang_web.bodies.models import Body
    from mingtang_web.bodies.policy import Standing
    from mingtang_web.guides.standing import House, Stand


class ConfirmForm(Submission):
    """That a document still holds, and what it was compared with."""

    document = typed.Whole(min_value=1, widget=forms.HiddenInput)
    note = typed.Text(
        label=lazy("核对情况"),
        max_length=200,
        help_text=lazy("与什么核对过，例如机构登记、办公电话；不写姓名和号码"),
    )


class IntervalForm(Submission):
    """After how many months guide and catalogue are looked at again."""

    months = typed.Whole(
        label=lazy("每隔几个月核对一次"),
        min_value=1,
        max_value=60,
        required=False,
        help_text=lazy("留空的，从上级机关的设定；都没有设定的，12个月"),
    )


@require_safe
@login_required
def listed(request: HttpRequest) -> HttpResponse:
    """Show how every body that is seen stands."""
    desk = desk_of(request)
    bodies = seen(desk.held).filter(closed_on=None)
    if bodies.count() == 1:
        return _page(request, bodies.get())
    page = page_of(request, bodies)
    context = {
        "page": page,
        "houses": standing.houses(page, desk.today),
        "cite": UPDATED,
        "usual": standing.USUAL,
    }
    return render(request, "desk/guides/list.html", context)


@require_safe
@login_required
def shown(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how a body stands: what lacks, what contradicts, what may be done."""
    return _page(request, _body(request, pk))


@require_POST
@login_required
def done(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Confirm a document, begin a guide, or set how often they are looked at."""
    body, actor = _body(request, pk), signed_in(request)
    if act not in _FORMS:
        raise Http404
    form = _FORMS[act](request.POST, auto_id=f"id_{act}_%s")

    def doing() -> HttpResponse:
        key = form.cleaned_data["key"]
        if act == "start":
            made = actions.start_guide(body, form.doing(actor))
            return told(request, _("底稿已生成，请逐处核对、补全"), "document", made.pk)
        if act == "interval":
            actions.set_interval(body, form.cleaned_data["months"], actor, key)
        else:
            rows = _documents(_house(request, body))
            chosen = rows.get(form.cleaned_data["document"])
            if chosen is None:
                raise Http404
            actions.confirm(chosen, form.doing(actor, form.cleaned_data["note"]))
        return told(request, _("已登记"), "guides_body", body.pk)

    return tried(form, doing) or _page(request, body, {act: form}, 422)


_FORMS: dict[str, type[Submission]] = {
    "confirm": ConfirmForm,
    "start": Submission,
    "interval": IntervalForm,
}


def _body(request: HttpRequest, pk: int) -> Body:
    return get_object_or_404(seen(desk_of(request).held), pk=pk)


def _house(request: HttpRequest, body: Body) -> House:
    [house] = standing.houses([body], desk_of(request).today)
    return house


def _documents(house: House) -> dict[int, Any]:
    return {
        each.document.pk: each.document for rows in house.columns.values() for each in rows
    }


def _page(
    request: HttpRequest,
    body: Body,
    sent: dict[str, Submission] | None = None,
    status: int = 200,
) -> HttpResponse:
    held, sent = desk_of(request).held, sent or {}
    house = _house(request, body)
    row = Interval.objects.filter(body=body).first()
    own = row.months if row else None
    interval = sent.get("interval") or IntervalForm(
        initial={"months": own}, auto_id="id_interval_%s"
    )
    context = {
        "body": body,
        "house": house,
        "cite": UPDATED,
        "usual": standing.USUAL,
        "parts": [
            (column, [_line(each, body, held, sent) for each in rows])
            for column, rows in house.columns.items()
        ],
        "start": Submission() if _may_start(house, held) else None,
        "may_write": held.allows(policy.WRITE, body),
        "interval": interval if held.allows(guides_policy.SET_INTERVAL, body) else None,
        "sent": bool(sent),
        "alone": seen(held).filter(closed_on=None).count() == 1,
    }
    return render(request, "desk/guides/body.html", context, status=status)


def _may_start(house: House, held: Standing) -> bool:
    return not house.guides and held.allows(policy.WRITE, house.body)


def _line(
    stand: Stand, body: Body, held: Standing, sent: dict[str, Submission]
) -> dict[str, object]:
    """Return what a page says of one document, with its form where it may be confirmed."""
    document = stand.document
    form = None
    if document.is_out and held.allows(guides_policy.CONFIRM, body):
        known = {"document": document.pk}
        auto = f"id_{document.pk}_%s"
        form = ConfirmForm(initial=known, version=document.version, auto_id=auto)
        before = sent.get("confirm")
        if before is not None and before.data.get("document") == str(document.pk):
            form = before  # type: ignore[assignment]
    return {
        "stand": stand,
        "document": document,
        "lacks": standing.lacks(document),
        "against": standing.contradicting(document),
        "confirmations": document.confirmations.select_related("by", "revision"),
        "form": form,
    }


urlpatterns = [
    path("guides/", listed, name="guides"),
    path("guides/<int:pk>/", shown, name="guides_body"),
    path("guides/<int:pk>/<slug:act>/", done, name="guides_do"),
]
