"""What is done in many cases at once: named first, then done in each, and told of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from mingtang.case.act import acts
from mingtang.case.events import Archived, Confirmed, Delivered, Dispatched
from mingtang_web import typed
from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.cases import exchanging, policy
from mingtang_web.cases.actions import Doing, do
from mingtang_web.cases.assigning import Outcome
from mingtang_web.cases.clocks import clocks
from mingtang_web.cases.exchanging import Saying
from mingtang_web.cases.many import against, each
from mingtang_web.cases.selecting import SHOWN, ordered
from mingtang_web.days import DayInput
from mingtang_web.desk.handing import MOST, assign_many
from mingtang_web.desk.sitting import address_of, desk_of, one_time_key
from mingtang_web.desk.wording import choices

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.utils.functional import _StrPromise

    from mingtang.case.events import Event
    from mingtang_web.bodies.policy import Act
    from mingtang_web.cases.models import Case
    from mingtang_web.desk.sitting import Desk

    Given = Mapping[str, Any]

ASSIGN = "assign"
_MODES = {"direct": "direct", "post": "post", "electronic": "electronic", "fax": "fax"}
_OUTCOMES = {
    Outcome.DONE: gettext_lazy("已办"),
    Outcome.BEFORE: gettext_lazy("此前已办"),
    Outcome.REFUSED: gettext_lazy("未办"),
}


class ManyForm(forms.Form):
    """What many cases share of an act: its one-time key and what each was seen as."""

    key = typed.Text(widget=forms.HiddenInput, max_length=40)


class DayForm(ManyForm):
    """The day of an act."""

    on = forms.DateField(label=gettext_lazy("日期"), widget=DayInput())


class DispatchForm(DayForm):
    """How and when answers went out."""

    mode = forms.ChoiceField(label=gettext_lazy("送达方式"), required=False)

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        own = ("", _("按各件申请人要求的方式"))
        self.fields["mode"].choices = [own, *choices("mode").items()]  # type: ignore[attr-defined]


class UrgeForm(ManyForm):
    """Words that want an answer by a day."""

    words = typed.Text(
        label=gettext_lazy("内容"),
        max_length=exchanging.LONGEST,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("长期留存；不写申请人的姓名、号码和地址"),
    )
    until = forms.DateField(label=gettext_lazy("请于何日前答复"), widget=DayInput())


class Way(NamedTuple):
    """One thing that may be done in many cases: by whom, with which form.

    ``event`` makes what is entered in each case; without one they are urged.
    """

    title: _StrPromise
    help: _StrPromise
    policy: Act
    form: type[ManyForm]
    event: Callable[[Case, Given], Event] | None


def _dispatched(case: Case, given: Given) -> Dispatched:
    return Dispatched(on=given["on"], mode=given["mode"] or _MODES[case.delivery])


def _urged(case: Case, given: Given, doing: Doing) -> object:
    if doing.actor is None:
        raise Http404
    said = Saying(given["words"], doing.actor, doing.key)
    return exchanging.urge(case, given["until"], said)


WAYS = {
    "confirm": Way(
        gettext_lazy("确认收到"),
        gettext_lazy("已经逐件与申请人确认的，确认之日为收到之日；答复期限由此起算"),
        policy.DOING["confirm"],
        DayForm,
        lambda _case, given: Confirmed(on=given["on"]),
    ),
    "dispatch": Way(
        gettext_lazy("登记发出"),
        gettext_lazy("已经交邮、发出的；交邮之日决定是否按期"),
        policy.DOING["dispatch"],
        DispatchForm,
        _dispatched,
    ),
    "deliver": Way(
        gettext_lazy("登记送达"),
        gettext_lazy("申请人已经收到的；回执仍须在各件文书中登记"),
        policy.DOING["record_delivery"],
        DayForm,
        lambda _case, given: Delivered(on=given["on"]),
    ),
    "archive": Way(
        gettext_lazy("归档"),
        gettext_lazy("材料已经装订、移交保管的"),
        policy.DOING["archive"],
        DayForm,
        lambda _case, given: Archived(on=given["on"]),
    ),
    "urge": Way(
        gettext_lazy("督办"),
        gettext_lazy("各件承办人须在所定日期前答复；督办和答复都记入各机关的台账"),
        policy.URGE,
        UrgeForm,
        None,
    ),
}
"""What the law and the roles let be done in many cases at once.

Decisions, extensions and all else that asks for a reason or a letter of its own is
done case by case.
"""


_PHASES = {policy.DOING[act.id]: act.phases for act in acts()}


def ways(desk: Desk, cases: Sequence[Case]) -> dict[str, _StrPromise]:
    """Return what a person may do in some of these cases, with what it is called."""
    known = {ASSIGN: (policy.ASSIGN, gettext_lazy("分派"))}
    known |= {name: (way.policy, way.title) for name, way in WAYS.items()}
    return {
        name: title
        for name, (act, title) in known.items()
        if any(_fits(act, case, desk) for case in cases)
    }


def may_pick(case: Case, desk: Desk) -> bool:
    """Return whether a person may do anything at all in a case among many."""
    known = (policy.ASSIGN, *(way.policy for way in WAYS.values()))
    return any(_fits(act, case, desk) for act in known)


def _fits(act: Act, case: Case, desk: Desk) -> bool:
    """Return whether a person may do an act in a case that stands where it can be done."""
    phases = _PHASES.get(act)
    there = case.phase in phases if phases else case.phase != "archived"
    return there and desk.held.allows(act, case.body)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def many(request: HttpRequest) -> HttpResponse:
    """Name the chosen cases first; then do the act in each and tell how each went.

    Opened anew, nothing is chosen: the list is where one chooses.
    """
    if request.method != "POST":
        return redirect("worklist")
    name = request.POST.get("what", "")
    if name == ASSIGN:
        return assign_many(request)
    if name not in WAYS:
        raise Http404
    desk, way = desk_of(request), WAYS[name]
    chosen = [int(pk) for pk in request.POST.getlist("case") if pk.isdecimal()]
    found = ordered(desk.cases().filter(pk__in=chosen[:MOST]))
    cases = list(found.only(*SHOWN, "version", "delivery"))
    if not cases:
        messages.error(request, _("没有选择案件：请先在列表左侧勾选，再办理"))
        return redirect("worklist")
    begun = {"key": one_time_key(), "on": desk.today}
    form = way.form(request.POST if "key" in request.POST else None, initial=begun)
    context = {"what": name, "way": way, "form": form}
    if not form.is_valid():
        return render(
            request, "desk/worklist/many.html", context | _asked(way, cases, desk)
        )
    given, seen = form.cleaned_data, _seen(request)

    def act(case: Case, key: str) -> object:
        doing = Doing(desk.user, seen.get(case.pk, 0), key)
        if way.event is None:
            return _urged(case, given, doing)
        return do(case, way.event(case, given), doing)

    told = each(cases, given["key"], act)
    refused = sum(one.outcome is Outcome.REFUSED for one in told)
    context |= {
        "told": [(one, _OUTCOMES[one.outcome], address_of(one.case)) for one in told],
        "done": len(told) - refused,
        "refused": refused,
    }
    return render(request, "desk/worklist/many_done.html", context)


def _asked(way: Way, cases: Sequence[Case], desk: Desk) -> dict[str, object]:
    """Return the cases in which an act can be done as of today, and why not the others."""
    usual: Given = {"on": desk.today, "mode": ""}
    whys = {
        case.pk: str(NotAllowedError(way.policy, case.body))
        for case in cases
        if not desk.held.allows(way.policy, case.body)
    }
    made = way.event
    if made is not None:
        whys = against(cases, lambda case: made(case, usual)) | whys
    terms = clocks(cases, desk.today)
    rows = [(case, terms[case.pk], address_of(case), whys.get(case.pk)) for case in cases]
    return {"rows": rows, "able": [row for row in rows if row[-1] is None]}


def _seen(request: HttpRequest) -> dict[int, int]:
    """Return the version that each case had when it was looked at."""
    found = (pair.partition("-") for pair in request.POST.getlist("seen"))
    return {int(pk): int(n) for pk, _dash, n in found if pk.isdecimal() and n.isdecimal()}


urlpatterns = [path("cases/many/", many, name="many")]
