"""Registering a request by whatever channel it came, and its receipt."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from mingtang.case.deadlines import answer_term, correction_due, day_by_day
from mingtang.case.replaying import replay
from mingtang.law.calendar import UncoveredYearError
from mingtang.law.delivery import receipt
from mingtang_web.applicants.actions import UNMASK, ErasedError, masked
from mingtang_web.applicants.comparing import other_names
from mingtang_web.applicants.sealing import index
from mingtang_web.bodies.models import Body
from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.cases import bridge, policy
from mingtang_web.cases.actions import register
from mingtang_web.cases.attaching import held, hold, let_go, papers_in
from mingtang_web.cases.clocks import doubt
from mingtang_web.cases.lacking import lacking
from mingtang_web.cases.models import Channel, Delivery
from mingtang_web.cases.queries import alike
from mingtang_web.cases.rules import rulebook
from mingtang_web.desk.offering import makable
from mingtang_web.desk.opening import Opened
from mingtang_web.desk.request_form import RequestForm
from mingtang_web.desk.sitting import address_of, desk_of, one_time_key
from mingtang_web.desk.submitting import tried
from mingtang_web.files.actions import RefusedFileError
from mingtang_web.ledger.actions import KeyTakenError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from mingtang.case.deadlines import AnswerTerm
    from mingtang.case.rulebook import Rulebook
    from mingtang.case.state import Case as History
    from mingtang.law.clock import DayNote
    from mingtang_web.accounts.models import User
    from mingtang_web.applicants.sealing import Person
    from mingtang_web.cases.actions import Request
    from mingtang_web.cases.models import Attachment, Case

AGENT = gettext_lazy("由代理人代为申请的")
AGENTS = (
    "agent", "agent_phone", "agent_identity_kind", "agent_identity_number", "authority",
    "authority_files",
)  # fmt: skip
GROUPS = (
    (
        gettext_lazy("来件"),
        ("body", "channel", "arrived", "late", "read_back", "confirmation"),
    ),
    (
        gettext_lazy("申请人"),
        (
            "kind", "name", "identity_kind", "identity_number", "contact", "phone",
            "email", "fax", "postcode", "address",
        ),
    ),
    (AGENT, AGENTS),
    (gettext_lazy("要什么信息"), ("description", "subject", "coincidence")),
    (
        gettext_lazy("申请材料"),
        ("request_files", "identity_files"),
    ),
    (gettext_lazy("怎么答复"), ("form", "delivery")),
)  # fmt: skip
"""The fields in the order of a paper form."""


class Repeat(NamedTuple):
    """A case that this request resembles."""

    case: Case
    score: int
    same_applicant: bool
    address: str


@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Show the form; register what it says, once likely repeats have been looked at."""
    desk = desk_of(request)
    bodies = Body.objects.filter(pk__in=desk.own(*policy.REGISTER.roles), closed_on=None)
    if not bodies:
        first = desk.bodies().first()
        if first is None:
            raise Http404
        raise NotAllowedError(policy.REGISTER, first)
    if request.method != "POST":
        start = {"arrived": desk.today, "key": one_time_key(), "delivery": Delivery.POST}
        return _form(request, RequestForm(bodies, initial=start))
    form = RequestForm(bodies, request.POST, request.FILES)
    tray = _tray(request, form, desk.user, bodies[0])
    if not form.is_valid():
        return _form(request, form, tray=tray)
    repeats = _unseen_repeats(form)
    if repeats:
        return _form(request, form, repeats, tray=tray)

    def act() -> HttpResponse:
        key = form.cleaned_data["key"]
        case = registered(form.request(papers_in(key, desk.user)), desk.user, key)
        let_go(held(key, desk.user))
        if other_names(case.applicant):
            why = _("这个证件号以前登记过别的姓名、名称，请核对姓名和证件号有没有写错")
            messages.warning(request, why)
        return redirect("receipt", case.pk)

    return tried(form, act) or _form(request, form, tray=tray)


def _tray(
    request: HttpRequest, form: RequestForm, user: User, first: Body
) -> QuerySet[Attachment]:
    """Put what was sent into the form's tray, take out what is unwanted, return the rest.

    What is refused stands at its field; the rest stays, whatever else is wrong.
    """
    form.is_valid()
    key = str(form.data.get("key", ""))[:40]
    unwanted = [pk for pk in request.POST.getlist("unwanted") if pk.isdecimal()]
    let_go(held(key, user).filter(pk__in=unwanted))
    body = form.cleaned_data.get("body") or first
    for field, what in form.brings():
        for upload in form.cleaned_data.get(field, ()):
            try:
                hold(upload, what, body, user, key)
            except RefusedFileError as why:
                form.add_error(field, f"{upload.name}：{why}")
    return held(key, user)


@require_safe
@login_required
def receipt_of(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was registered: number, day of receipt and why, last day, its working."""
    desk = desk_of(request)
    case = desk.case(pk)
    seen = Opened(case, desk.user, desk.held, desk.today)
    rules = rulebook(case.body)
    history = replay(bridge.history(case.pk))
    term = answer_term(history, rules)
    person = _masked(case)
    context = {
        "case": case,
        "address": address_of(case),
        "received": history.received,
        "by": receipt(history.channel),
        "oral": case.channel == Channel.ORAL,
        "term": term,
        "days": _working(term, rules),
        "doubt": doubt(term.due, rules) if term else "",
        "person": person,
        "lacking": lacking(case, person) if person else [],
        "correction": _correction(history, rules),
        "today": desk.today,
        "attached": [each.get_what_display() for each in case.attachments.all()],
        "may_unmask": desk.held.allows(UNMASK, case.body),
        "may_register": desk.held.allows(policy.REGISTER, case.body),
        "makable": [each for each in makable(seen) if each.goes == "alone"],
        "makable_open": True,
    }
    return render(request, "desk/worklist/receipt.html", context)


def registered(asked: Request, actor: User, key: str) -> Case:
    """Return the case of a request; one form that comes in twice at once is one case.

    Raises what `mingtang_web.cases.actions.register` raises.
    """
    try:
        return register(asked, actor, key)
    except KeyTakenError:
        # The other one was still at it when this one looked; by now it is through.
        return register(asked, actor, key)


def _form(
    request: HttpRequest,
    form: RequestForm,
    repeats: Sequence[Repeat] = (),
    *,
    tray: Iterable[Attachment] = (),
) -> HttpResponse:
    fields = form.fields
    hidden = {"body"} if len(form.fields["body"].queryset) == 1 else set()  # type: ignore[attr-defined]
    hidden |= set() if form.coincided else {"coincidence"}
    hidden |= set() if form.questioned else {"late"}
    groups = [
        (title, [form[name] for name in names if name in fields and name not in hidden])
        for title, names in GROUPS
    ]
    context = {
        "form": form,
        "groups": groups,
        "agent": AGENT,
        "agent_told": any(form[name].errors or form[name].value() for name in AGENTS),
        "only_body": form.fields["body"].queryset[0] if "body" in hidden else None,  # type: ignore[attr-defined]
        "repeats": repeats,
        "tray": tray,
        "looked_at": ",".join(str(each.case.pk) for each in repeats),
    }
    return render(request, "desk/worklist/register.html", context)


def _unseen_repeats(form: RequestForm) -> list[Repeat]:
    """Return what resembles the request and has not been shown yet."""
    given = form.cleaned_data
    body: Body = given["body"]
    same = index("identity", given["identity_number"], body.pk)
    seen = set(given["looked_at"].split(","))
    found = alike(body, given["subject"], same)
    if all(str(each.case.pk) in seen for each in found):
        return []
    return [
        Repeat(each.case, each.score, each.same_applicant, address_of(each.case))
        for each in found
    ]


def _working(term: AnswerTerm | None, rules: Rulebook) -> tuple[DayNote, ...]:
    try:
        return day_by_day(term, rules) if term and term.due else ()
    except UncoveredYearError:
        return ()


def _correction(history: History, rules: Rulebook) -> object:
    """Return the last day to ask once for what is lacking, none where it cannot be said."""
    try:
        return correction_due(history, rules) if history.received else None
    except UncoveredYearError:
        return None


def _masked(case: Case) -> Person | None:
    try:
        return masked(case.applicant)
    except ErasedError:
        return None


urlpatterns = [
    path("cases/new/", new, name="register"),
    path("cases/<int:pk>/receipt/", receipt_of, name="receipt"),
]
