"""The last page before a request goes off, and the receipt after it."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mingtang.case.deadlines import answer_term, day_by_day
from mingtang.case.events import Confirmed
from mingtang.case.replaying import replay
from mingtang.law.calendar import UncoveredYearError
from mingtang_web import clock
from mingtang_web.accounts.lockout import address
from mingtang_web.applicants.models import Kind
from mingtang_web.applicants.sealing import Person
from mingtang_web.asking.actions import GoneError, TooOftenError, submit
from mingtang_web.asking.codes import spaced
from mingtang_web.asking.drafts import drop
from mingtang_web.asking.following import ticket
from mingtang_web.asking.limiting import ASKED, ASKED_EASILY, exhausted, spend
from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.cases import bridge
from mingtang_web.cases.actions import Request
from mingtang_web.cases.attaching import papers_in
from mingtang_web.cases.clocks import doubt
from mingtang_web.cases.models import Attachment, Channel, Delivery, Form
from mingtang_web.cases.rules import rulebook
from mingtang_web.files.actions import AlteredFileError
from mingtang_web.portal.asking import body_of, gone_back, sent_with, shown, too_often
from mingtang_web.portal.doors import ASK, by_both, door_of
from mingtang_web.portal.forms import (
    DELIVERIES,
    FORMS,
    KINDS,
    CheckForm,
    CounterForm,
)
from mingtang_web.portal.guest import keep
from mingtang_web.portal.steps import lacking

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.http import HttpRequest, HttpResponse
    from django.utils.functional import _StrOrPromise

    from mingtang.law.clock import DayNote
    from mingtang_web.asking.drafts import Filling, Said
    from mingtang_web.cases.models import Case
    from mingtang_web.portal.doors import Door

What = Attachment.What
_PERSON = (
    "name", "identity_kind", "identity_number", "contact", "phone", "email", "address",
    "postcode", "fax",
)  # fmt: skip
_AGENT = (
    "agent", "agent_identity_kind", "agent_identity_number", "agent_phone", "authority",
)  # fmt: skip


class Row(NamedTuple):
    """One thing that was said, and the name of the page on which it is changed.

    What is not ``always`` shown is left out where nothing was said.
    """

    label: _StrOrPromise
    words: object
    address: str
    always: bool = False


def check(request: HttpRequest, door: str) -> HttpResponse:
    """Show everything that was said; send it off."""
    here = door_of(request, door)
    filling = here.filling(request)
    if filling is None or filling.row.case_id or lacking(filling.said, "check"):
        return gone_back(here, filling, "check")
    whence = address(request)
    asks = not here.at_counter and exhausted(ASKED_EASILY, whence)
    kind = CounterForm if here.at_counter else CheckForm
    form = kind(filling.said, sent_with(request), asks=asks)
    if request.method == "POST" and form.is_valid():
        try:
            fault = _sent(filling, form, whence)
        except TooOftenError:
            return too_often(request, ASKED)
        if not fault:
            return here.go("receipt")
        form.add_error(None, fault)
    if asks:
        form.ask_anew()
    context = {
        "form": form,
        "rows": _rows(here, filling),
        "lacks": _lacks(filling),
        "seen": filling.seen,
    }
    return shown(request, here, "check", context)


@require_safe
def receipt(request: HttpRequest, door: str) -> HttpResponse:
    """Show number, code, the last day for the answer and its working, for an hour."""
    here = door_of(request, door)
    filling = here.filling(request)
    if filling is None or filling.row.case is None:
        return here.go("start") if filling is None else gone_back(here, filling, "check")
    case = filling.row.case
    context = {
        "door": here,
        "base": here.template,
        "case": case,
        "body": case.body,
        "code": spaced(filling.token.code),
        "site": request.build_absolute_uri(reverse("follow")),
        **expected(case, clock.today()),
    }
    return render(request, "portal/ask/receipt.html", context)


@require_POST
def save(request: HttpRequest, door: str) -> HttpResponse:
    """Open the case just filed, to be put to an account."""
    here = door_of(request, door)
    filling = here.filling(request)
    if filling is None or filling.row.case is None:
        return gone_back(here, filling, "check")
    answer = redirect("mine_keep")
    keep(request, answer, ticket(filling.row.case.hold))
    return answer


@require_POST
def leave(request: HttpRequest, door: str) -> HttpResponse:
    """Leave the receipt: its code is shown no more."""
    here = door_of(request, door)
    filling = here.filling(request)
    if filling is not None:
        drop(filling)
    if not here.at_counter:
        messages.success(request, _("回执已关闭。以后用编号和查询码在这里查看"))
    answer = here.go("start") if here.at_counter else redirect("follow")
    here.forget(answer)
    return answer


def expected(case: Case, on: date) -> dict[str, object]:
    """Return by when a case is answered, day by day; if it were confirmed today, else."""
    rules, events = rulebook(case.body), bridge.history(case.pk)
    history = replay(events)
    received = history.received is not None
    if not received:
        history = replay((*events, Confirmed(on=on)))
    term = answer_term(history, rules)
    days: tuple[DayNote, ...] = ()
    with suppress(UncoveredYearError):
        days = day_by_day(term, rules) if term and term.due else ()
    doubted = doubt(term.due, rules) if term else ""
    return {"received": received, "term": term, "days": days, "doubt": doubted}


def _sent(filling: Filling, form: CheckForm, whence: str) -> str:
    """Register what a draft says; return why not, in words, where it is refused.

    What was looked at is what is sent: another window may have changed the draft.
    Raises `TooOftenError`.
    """

    def allowed() -> bool:
        if filling.row.clerk_id:
            return True
        spend(ASKED_EASILY, whence)
        return spend(ASKED, whence)

    if form.data.get("seen") != filling.seen:
        return _("这份申请在别的窗口里改过，没有提交。请把下面的内容再核对一遍，再提交")
    try:
        submit(filling, _request(filling, form), allowed)
    except (NotAllowedError, AlteredFileError) as why:
        return str(why)
    except GoneError:
        return _("这份草稿已经清除，没有提交；请重新填写")
    return ""


def _request(filling: Filling, form: CheckForm) -> Request:
    said, given = filling.said, form.cleaned_data
    channel = given.get("channel") or Channel.ONLINE
    names = (*_PERSON, *_AGENT) if said.get("by_agent") else _PERSON
    return Request(
        body=body_of(filling),
        person=Person(**{name: said.get(name, "").strip() for name in names}),
        kind=Kind(said["kind"]),
        channel=channel,
        arrived=clock.today(),
        subject=said["subject"],
        description=said["description"],
        delivery=said["delivery"],
        papers=papers_in(filling.token.name, filling.row.clerk),
        note=_how_it_came(channel, given),
        form=said.get("form", ""),
    )


def _how_it_came(channel: str, given: Mapping[str, str]) -> str:
    """Return what the ledger says of how it was asked; in Chinese, like all it says."""
    if channel == Channel.ONLINE:
        return "申请人在网上提交"
    return given["confirmation"] if channel == Channel.ORAL else ""


def _rows(here: Door, filling: Filling) -> list[Row]:
    """Return what was said, in the order of the pages; what was left out stays out."""
    said = filling.said
    paper = " ".join(filter(None, (said.get("identity_kind"), said.get("identity_number"))))
    papers = _("、").join(str(each.get_what_display()) for each in filling.papers())
    rows = (
        Row(_("向哪个机关申请"), body_of(filling).name, "start"),
        Row(_("身份"), dict(KINDS)[Kind(said["kind"])], "kind"),
        Row(_("姓名或者单位名称"), said["name"], "who"),
        Row(_("证件"), paper, "who", always=True),
        Row(_("联系人"), said.get("contact"), "who"),
        Row(_("联系电话"), said.get("phone"), "who", always=True),
        *_agent_rows(said),
        Row(_("上传的材料"), papers, "papers", always=True),
        Row(_("名称或者概括"), said["subject"], "what"),
        Row(_("具体要什么"), said["description"], "what"),
        Row(_("希望的形式"), dict(FORMS)[Form(said.get("form") or Form.ANY)], "how"),
        Row(_("答复怎么给您"), dict(DELIVERIES)[Delivery(said["delivery"])], "how"),
        Row(_("电子邮箱"), said.get("email"), "how"),
        Row(_("通信地址"), said.get("address"), "how"),
        Row(_("邮政编码"), said.get("postcode"), "how"),
        Row(_("传真号码"), said.get("fax"), "how"),
    )
    return [
        row._replace(address=f"{here.name}_{row.address}", words=row.words or _("没有"))
        for row in rows
        if row.words or row.always
    ]


def _agent_rows(said: Said) -> list[Row]:
    if not said.get("by_agent"):
        return []
    paper = said.get("agent_identity_kind"), said.get("agent_identity_number")
    return [
        Row(_("代理人"), said.get("agent"), "agent"),
        Row(_("代理人的证件"), " ".join(filter(None, paper)), "agent", always=True),
        Row(_("代理人的电话"), said.get("agent_phone"), "agent", always=True),
        Row(_("授权委托书"), said.get("authority"), "agent", always=True),
    ]


def _lacks(filling: Filling) -> list[str]:
    """Return what proves too little, by name (条例第二十九条); it may come later."""
    said = filling.said
    proved = set(filling.papers().values_list("what", flat=True))
    lack = []
    if not said.get("identity_number") and What.IDENTITY not in proved:
        lack.append(_("身份证明"))
    unproved = said.get("by_agent") and not said.get("authority")
    if unproved and What.AUTHORITY not in proved:
        lack.append(_("代理人的授权委托书"))
    return lack


urlpatterns = [
    path("ask/receipt/save/", save, {"door": ASK}, name="ask_save"),
    *by_both("check/", check, "check"),
    *by_both("receipt/", receipt, "receipt"),
    *by_both("receipt/leave/", leave, "leave"),
]
