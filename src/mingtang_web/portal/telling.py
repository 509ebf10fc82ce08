"""A case's course in plain words, each with the law's term; and the one next step."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang.case import events as e
from mingtang.case.consenting import GRANTED
from mingtang.case.recording import kind_of
from mingtang.case.state import Phase
from mingtang.case.vocabulary import ROLES
from mingtang.law.delivery import delivery, receipt
from mingtang.law.grounds import ground
from mingtang_web.bodies.models import Body
from mingtang_web.portal.beside import Line, beside, objection_waits
from mingtang_web.portal.explaining import pay_by
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from django.utils.functional import _StrOrPromise

    from mingtang.case.events import Event
    from mingtang_web.asking.following import Followed


class Next(NamedTuple):
    """The one thing to do now: its title, why; the page where it is done, if on one."""

    title: str
    why: str
    page: str = ""


_PLAIN: Mapping[str, tuple[_StrOrPromise, _StrOrPromise]] = {
    "submitted": (gettext_lazy("您提交了申请"), gettext_lazy("提交申请")),
    "divided": (gettext_lazy("从您原来的申请里分出这一件"), gettext_lazy("一事一申请")),
    "confirmed": (gettext_lazy("机关与您确认收到"), gettext_lazy("收到申请之日")),
    "correction_asked": (gettext_lazy("机关请您把申请说清楚"), gettext_lazy("补正告知")),
    "corrected": (gettext_lazy("机关收到您的补充说明"), gettext_lazy("补正")),
    "reason_asked": (gettext_lazy("机关请您说明申请的理由"), gettext_lazy("说明理由")),
    "reason_given": (gettext_lazy("机关收到您的理由"), gettext_lazy("说明理由")),
    "reason_accepted": (gettext_lazy("机关认可您的理由"), gettext_lazy("理由合理")),
    "consulted": (gettext_lazy("机关去征求别人的意见"), gettext_lazy("征求意见，停止计时")),
    "opinion_received": (gettext_lazy("机关收到对方的意见"), gettext_lazy("恢复计时")),
    "silence_noted": (gettext_lazy("对方到期没有答复机关"), gettext_lazy("恢复计时")),
    "consultation_recalled": (
        gettext_lazy("机关不再征求这一方的意见"),
        gettext_lazy("恢复计时"),
    ),
    "extended": (gettext_lazy("机关需要更多时间"), gettext_lazy("延长答复期限")),
    "fee_notified": (gettext_lazy("机关发出收费通知"), gettext_lazy("信息处理费")),
    "fee_notice_delivered": (gettext_lazy("收费通知送到您手里"), gettext_lazy("送达")),
    "fee_paid": (gettext_lazy("机关收到您缴的费用"), gettext_lazy("缴费，重新计算期限")),
    "fee_refunded": (gettext_lazy("机关退还费用"), gettext_lazy("退付")),
    "dispatched": (gettext_lazy("机关发出答复"), gettext_lazy("处理决定")),
    "delivered": (gettext_lazy("您收到答复"), gettext_lazy("送达")),
    "withdrawn": (gettext_lazy("您撤回了申请"), gettext_lazy("撤回")),
    "transferred": (gettext_lazy("机关把申请转给别的机关"), gettext_lazy("移送")),
    "split": (gettext_lazy("机关把申请分成几件，各自答复"), gettext_lazy("一事一申请")),
    "merged": (gettext_lazy("与您同样的一件申请合并办理"), gettext_lazy("合并")),
    "reopened": (gettext_lazy("机关重新办理"), gettext_lazy("重新作出处理")),
}
"""What an applicant is told. A decision still in the house, and what the office does
among its own files, is not among it."""


def course(seen: Followed) -> list[Line]:
    """Return what happened, the first thing first; of a day, as it was recorded."""
    lines, code = list(beside(seen)), ""
    for said, event in seen.placed:
        if isinstance(event, e.Decided):
            code = event.ground
        if kind_of(event) in _PLAIN:
            plain, term = _PLAIN[kind_of(event)]
            line = Line(event.on, str(plain), str(term), _more(event, code))
            lines.append((said.place, line))
    return [line for place, line in sorted(lines, key=lambda each: (each[1].day, each[0]))]


def _more(event: Event, code: str) -> str:
    if isinstance(event, e.Submitted):
        known = receipt(event.channel)
        return "" if known.awaits_confirmation else _("当天就算收到，第二天起计算期限")
    if isinstance(event, e.Dispatched):
        told = {"way": spoken(delivery(event.mode).what)}
        told["result"] = spoken(ground(code).title)
        return _("结果：%(result)s；方式：%(way)s") % told
    teller = _MORE.get(type(event))
    return teller(event) if teller else ""


def _until(event: e.CorrectionAsked | e.ReasonAsked) -> str:
    return _("最迟 %(day)s 答复机关（含当天）") % {"day": _day(event.until)}


def _accepted(event: e.ReasonAccepted) -> str:
    if event.answer_by is None:
        return ""
    return _("答复期限另定为 %(day)s") % {"day": _day(event.answer_by)}


def _whom(event: e.Consulted) -> str:
    return _("对象：%(whom)s") % {"whom": spoken(ROLES[event.role])}


def _longer(event: e.Extended) -> str:
    return _("延长 %(n)s 个工作日") % {"n": event.days}


def _yuan(event: e.FeeNotified | e.FeePaid | e.FeeRefunded) -> str:
    return _("%(yuan)s 元") % {"yuan": event.yuan}


def _receiver(event: e.Transferred) -> str:
    found = Body.objects.filter(code=event.to).only("name").first()
    return _("转给：%(body)s") % {"body": found.name if found else event.to}


def _parts(event: e.Split) -> str:
    return _("、").join(event.parts)


def _into(event: e.Merged) -> str:
    return _("合并到 %(number)s，请用那一件的查询码查看") % {"number": event.into}


_MORE: Mapping[type[Event], Callable[..., str]] = {
    e.CorrectionAsked: _until,
    e.ReasonAsked: _until,
    e.ReasonAccepted: _accepted,
    e.Consulted: _whom,
    e.Extended: _longer,
    e.FeeNotified: _yuan,
    e.FeePaid: _yuan,
    e.FeeRefunded: _yuan,
    e.Transferred: _receiver,
    e.Split: _parts,
    e.Merged: _into,
}


def next_step(seen: Followed) -> Next:
    """Return the one thing to do now; waiting is one too."""
    made = seen.history
    teller = _NEXT.get(made.phase)
    return teller(seen) if teller else _wait(seen)


def _wait(seen: Followed) -> Next:
    due = seen.clock.due
    if due and seen.today > due:
        why = _(
            "机关最迟应在 %(day)s 答复，已经过了。可以先打电话问，也可以看看有什么救济途径"
        )
        return Next(_("机关逾期没有答复"), why % {"day": _day(due)}, "remedy")
    why = _("机关正在办理。有变化时这里会写出来；到期没有答复，这里会告诉您怎么办")
    return Next(_("现在不用您做什么"), why)


def _unconfirmed(seen: Followed) -> Next:
    body = seen.case.body
    tel = _("，电话 %(tel)s") % {"tel": body.telephone} if body.telephone else ""
    why = _(
        "网上提交的申请，从机关与您确认收到之日起算期限。几天内没有人联系您，请打电话给%(body)s%(tel)s"
    )
    known = {"body": body.disclosure_office or body.name, "tel": tel}
    return Next(_("等机关与您确认收到"), why % known)


def _to_correct(seen: Followed) -> Next:
    asked = seen.history.correction
    day = _day(asked.until) if asked else ""
    why = _("最迟 %(day)s 补充（含当天）；没有正当理由到期不补充的，机关不再办理") % {
        "day": day
    }
    return Next(_("把申请说清楚"), why, "correct")


def _to_explain(seen: Followed) -> Next:
    asked = seen.history.round.reason
    if asked is None or asked.given:
        return _wait(seen)
    why = _("最迟 %(day)s 说明理由（含当天）") % {"day": _day(asked.until)}
    return Next(_("说明申请的理由"), why, "reason")


def _to_pay(seen: Followed) -> Next:
    due = pay_by(seen)
    why = _("自收到收费通知的次日起20个工作日内缴纳")
    if due:
        why = _("最迟 %(day)s 缴纳（含当天）") % {"day": _day(due)}
    if objection_waits(seen):
        why = _("您的异议机关正在核对。%(why)s") % {"why": why}
    return Next(_("缴费，或者看看怎么提异议"), why, "fee")


def _to_read(_seen: Followed) -> Next:
    why = _("看过以后，请确认收到；不满意的，看下面的“对答复不满意怎么办”")
    return Next(_("看答复"), why, "letters")


def _ended(seen: Followed) -> Next:
    if seen.decided is not None:
        return _read_again(seen)
    why = _("这件申请已经结束。还需要信息的，可以重新申请")
    return Next(_("重新申请"), why, "again")


def _read_again(seen: Followed) -> Next:
    granted = seen.decided is not None and seen.decided.ground in GRANTED
    if granted and seen.letters:
        why = _("机关同意提供。不满意的，看下面的“对答复不满意怎么办”")
        return Next(_("看答复，取信息"), why, "letters")
    return _not_satisfied(seen)


def _not_satisfied(seen: Followed) -> Next:
    """Return what is left once an answer came, or its case was filed."""
    why = _("答复已按您选的方式发出。对答复不满意的，可以看看有什么救济途径、到哪一天为止")
    if seen.letters:
        why = _("答复在下面。对答复不满意的，可以看看有什么救济途径、到哪一天为止")
    return Next(_("对答复不满意怎么办"), why, "remedy")


_NEXT: Mapping[Phase, Callable[[Followed], Next]] = {
    Phase.SUBMITTED: _unconfirmed,
    Phase.CORRECTION: _to_correct,
    Phase.REASON: _to_explain,
    Phase.FEE: _to_pay,
    Phase.DISPATCHED: _to_read,
    Phase.DELIVERED: _read_again,
    Phase.CLOSED: _ended,
    Phase.ARCHIVED: _ended,
}


def _day(day: date) -> str:
    return date_format(day, "Y-m-d")
