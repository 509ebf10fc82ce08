"""The screens of corrections and complaints: register, page, acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mingtang_web import clock
from mingtang_web.accounts.queries import signed_in
from mingtang_web.applicants.actions import UNMASK, ErasedError, masked, open_text, unmask
from mingtang_web.desk import register_forms as forms
from mingtang_web.desk.paging import page_of
from mingtang_web.desk.sitting import desk_of
from mingtang_web.desk.submitting import Submission, bodies_for, told, tried
from mingtang_web.registers import actions, policy, queries
from mingtang_web.registers.models import Matter, Stage
from mingtang_web.registers.rules import LAWS, Register

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

    from mingtang_web.accounts.models import User
    from mingtang_web.applicants.sealing import Person

_OPEN = (Stage.RECEIVED, Stage.HANDLING)
_ACTS = {
    "handle": (policy.HANDLE, _OPEN),
    "answer": (policy.ANSWER, _OPEN),
    "close": (policy.CLOSE, (Stage.ANSWERED,)),
}


@require_safe
@login_required
def listed(request: HttpRequest, register: str) -> HttpResponse:
    """Show one register."""
    which = _register(register)
    today = clock.today()
    held = desk_of(request).held
    rows = queries.visible(held).filter(register=which).select_related("body", "handler")
    stand = request.GET.get("stand", "")
    late = queries.past_promise(rows, today)
    rows = {"open": queries.open_ones(rows), "late": late}.get(stand, rows)
    context = {
        "page": page_of(request, rows.defer("description")),
        "register": which,
        "law": LAWS[which],
        "stand": stand,
        "today": today,
        "may_register": bool(bodies_for(policy.REGISTER, held)),
    }
    return render(request, "desk/registers/list.html", context)


@login_required
def entered(request: HttpRequest, register: str) -> HttpResponse:
    """Enter a matter."""
    which, actor = _register(register), signed_in(request)
    bodies = bodies_for(policy.REGISTER, desk_of(request).held)
    if not bodies:
        raise Http404
    form = forms.ArrivalForm(request.POST or None, register=which, bodies=bodies)

    def act() -> HttpResponse:
        made = actions.register(form.arrival(), actor, form.cleaned_data["key"])
        return told(request, _("已登记：%(n)s") % {"n": made.number}, "matter", made.pk)

    context = {"form": form, "register": which, "law": LAWS[which]}
    return tried(form, act) or render(request, "desk/registers/new.html", context)


@require_safe
@login_required
def shown(request: HttpRequest, number: int) -> HttpResponse:
    """Show one matter: what came, masked, its story, what may be done."""
    return _page(request, _found(request, number))


@require_POST
@login_required
def done(request: HttpRequest, number: int, act: str) -> HttpResponse:
    """Do something in a matter."""
    matter, actor = _found(request, number), signed_in(request)
    if act not in _ACTS:
        raise Http404
    form = _form(act, matter, request.POST)

    def doing() -> HttpResponse:
        _do(act, matter, form, actor)
        return told(request, _("已登记"), "matter", matter.pk)

    return tried(form, doing) or _page(request, matter, {act: form}, status=422)


@require_POST
@login_required
def unmasked(request: HttpRequest, number: int) -> HttpResponse:
    """Show the sender's data in clear, once, to whoever gives a reason."""
    matter, actor = _found(request, number), signed_in(request)
    form = forms.UnmaskingForm(request.POST)
    why = f"{matter.number}：{request.POST.get('why', '').strip()}"
    if not form.is_valid():
        return _page(request, matter, {"unmask": form}, status=422)
    person = unmask(matter.sender, actor, why)
    return _page(request, matter, {}, person)


def _register(name: str) -> Register:
    if name not in Register.values:
        raise Http404
    return Register(name)


def _found(request: HttpRequest, number: int) -> Matter:
    held = desk_of(request).held
    rows = queries.visible(held).select_related("body", "sender__body", "handler")
    return get_object_or_404(rows, pk=number)


def _form(act: str, matter: Matter, data: object = None) -> Submission:
    more = {"version": matter.version, "auto_id": f"id_{act}_%s"}
    if act == "answer":
        return forms.AnswerForm(data, matter=matter, **more)
    made = forms.HandlingForm if act == "handle" else forms.ClosingForm
    return made(data, **more)  # type: ignore[arg-type]


def _do(act: str, matter: Matter, form: Submission, actor: User) -> Matter:
    said, doing = form.cleaned_data, form.doing(actor)
    if act == "handle":
        return actions.handle(matter, said["on"], said["text"], doing)
    if isinstance(form, forms.AnswerForm):
        return actions.answer(matter, form.answer(), doing)
    return actions.close(matter, said["on"], doing)


def _page(
    request: HttpRequest,
    matter: Matter,
    sent: dict[str, Form] | None = None,
    person: Person | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show a matter, with a form that was sent back where something was refused."""
    sent = sent or {}
    held = desk_of(request).held
    offers = {
        name: sent.get(name) or _form(name, matter)
        for name, (act, stages) in _ACTS.items()
        if matter.stage in stages and held.allows(act, matter.body)
    }
    try:
        masked_person = masked(matter.sender)
        words = open_text(matter.sender, bytes(matter.description)) if person else ""
    except ErasedError:
        masked_person, words = None, ""
    context = {
        "matter": matter,
        "person": person or masked_person,
        "in_clear": person is not None,
        "words": words,
        "steps": matter.steps.select_related("entry__actor"),
        "offers": offers,
        "may_unmask": masked_person is not None and held.allows(UNMASK, matter.body),
        "unmask": sent.get("unmask") or forms.UnmaskingForm(),
        "sent": bool(sent),
    }
    return render(request, "desk/registers/matter.html", context, status=status)


urlpatterns = [
    path("registers/matters/<int:number>/", shown, name="matter"),
    path("registers/matters/<int:number>/unmask/", unmasked, name="matter_unmask"),
    path("registers/matters/<int:number>/<str:act>/", done, name="matter_do"),
    path("registers/<str:register>/", listed, name="matters"),
    path("registers/<str:register>/new/", entered, name="matter_new"),
]
