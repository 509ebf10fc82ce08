"""The screens of corrections and complaints: register, page, acts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mingtang_web import clock
from mingtang_web.accounts.queries import signed_in
from mingtang_web.applicants.actions import UNMASK, ErasedError, masked, open_text, unmask
from mingtang_web.bodies.queries import require
from mingtang_web.cases.clocks import until
from mingtang_web.cases.lettering import LetterMissingError
from mingtang_web.desk import register_forms as forms
from mingtang_web.desk.paging import page_of
from mingtang_web.desk.register_letters import AnswerLetterForm, went_out
from mingtang_web.desk.sitting import desk_of
from mingtang_web.desk.submitting import Submission, bodies_for, told, tried
from mingtang_web.letters.composing import NotReadyError
from mingtang_web.registers import actions, policy, queries
from mingtang_web.registers.lettering import letters_of
from mingtang_web.registers.models import Matter, Stage
from mingtang_web.registers.rules import LAWS, Outcome, Register

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

    from mingtang_web.accounts.models import User
    from mingtang_web.applicants.sealing import Person
    from mingtang_web.bodies.policy import Standing
    from mingtang_web.cases.clocks import Clock

ANSWER = "answer"
_OPEN = (Stage.RECEIVED, Stage.HANDLING)
_ACTS = {
    "handle": (policy.HANDLE, _OPEN),
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
    if not form.is_valid():
        return _page(request, matter, {"unmask": form}, status=422)
    why = f"{matter.number}：{form.cleaned_data['why']}"
    person = unmask(matter.sender, actor, why)
    return _page(request, matter, {}, person)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answered(request: HttpRequest, number: int, outcome: str) -> HttpResponse:
    """Answer a matter with its letter: filled in, looked at, issued."""
    matter, actor = _found(request, number), signed_in(request)
    if outcome not in matter.law.outcomes:
        raise Http404
    require(actor, policy.ANSWER, matter.body, clock.today())
    end, data = Outcome(outcome), request.POST or None
    form = forms.AnswerForm(data, matter=matter, outcome=end, version=matter.version)
    letter = AnswerLetterForm(matter, end, data) if end in matter.law.letters else None
    context: dict[str, object] = {"matter": matter, "end": end, "form": form}
    context |= {"letter": letter, "law": matter.law}
    if data is not None and form.is_valid() and (letter is None or letter.is_valid()):
        given = form.answer()
        context["paper"] = letter.shown(given) if letter else ()
        ready = request.POST.get("step") == ANSWER and not (letter and letter.errors)
        if ready and _answer(matter, form, letter, actor):
            return told(request, _("已登记答复"), "matter", matter.pk)
    return render(request, "desk/registers/answer.html", context)


def _answer(
    matter: Matter, form: forms.AnswerForm, letter: AnswerLetterForm | None, actor: User
) -> Matter | None:
    doing = replace(
        form.doing(actor),
        letter=letter.order() if letter else None,
        no_letter=letter.reason if letter else "",
    )
    try:
        return tried(form, lambda: actions.answer(matter, form.answer(), doing))
    except NotReadyError as lacking:
        if letter:
            letter.tell(lacking.problems)
    except (LetterMissingError, ErasedError) as why:
        form.add_error(None, str(why))
    return None


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
    made = forms.HandlingForm if act == "handle" else forms.ClosingForm
    return made(data, **more)  # type: ignore[arg-type]


def _do(act: str, matter: Matter, form: Submission, actor: User) -> Matter:
    said, doing = form.cleaned_data, form.doing(actor)
    if act == "handle":
        return actions.handle(matter, said["on"], said["text"], doing)
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
    steps = matter.steps.select_related("entry__actor")
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
        "promise": _promise(matter),
        "person": person or masked_person,
        "in_clear": person is not None,
        "words": words,
        "steps": [(step, went_out(step)) for step in steps],
        "letters": letters_of(matter),
        "outcomes": matter.law.outcomes if _may_answer(matter, held) else (),
        "offers": offers,
        "may_unmask": masked_person is not None and held.allows(UNMASK, matter.body),
        "unmask": sent.get("unmask") or forms.UnmaskingForm(),
        "sent": bool(sent),
    }
    return render(request, "desk/registers/matter.html", context, status=status)


def _promise(matter: Matter) -> Clock | None:
    """Return the clock of what was promised, none where nothing waits for it."""
    if not matter.promised or not matter.is_waiting:
        return None
    return until(matter.promised, clock.today())


def _may_answer(matter: Matter, held: Standing) -> bool:
    return matter.stage in _OPEN and held.allows(policy.ANSWER, matter.body)


urlpatterns = [
    path("registers/matters/<int:number>/", shown, name="matter"),
    path(
        "registers/matters/<int:number>/answer/<slug:outcome>/",
        answered,
        name="matter_answer",
    ),
    path("registers/matters/<int:number>/unmask/", unmasked, name="matter_unmask"),
    path("registers/matters/<int:number>/<str:act>/", done, name="matter_do"),
    path("registers/<str:register>/", listed, name="matters"),
    path("registers/<str:register>/new/", entered, name="matter_new"),
]
