"""What each event must itself say: its days in order, its amounts as the law counts them.

One function a kind of event; each returns what is wrong, in Chinese, or None.
Days need not be recorded in their order, because a return receipt may come in
late; but none may lie before the day it depends on.
"""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING

from mingtang.case import events
from mingtang.case.choosing import ground_refusal, part_refusal
from mingtang.case.conditions import delay_refusal, past_fee_term, payment_lapsed, silent
from mingtang.case.events import Event
from mingtang.case.situation import Situation
from mingtang.case.vocabulary import APPLICANTS, CAUSES, ROLES, STANCES
from mingtang.law.delivery import deliveries
from mingtang.law.fees import FeeCountError, fee_by_pages, fee_of_item
from mingtang.law.grounds import CHOSEN, Remedy, ground, grounds
from mingtang.law.terms import term

if TYPE_CHECKING:
    from datetime import date

    from mingtang.case.state import Opinion

_FEWEST_PARTS = 2


@singledispatch
def fault(_event: Event, _now: Situation) -> str | None:
    """Return what is wrong with an event's particulars, in Chinese, or None.

    Asked only where the act itself is permitted.
    """
    return None


@fault.register
def _(event: events.Confirmed, now: Situation) -> str | None:
    return _not_before(event.on, now.case.submitted, "收到申请")


@fault.register
def _(event: events.Reclassified, now: Situation) -> str | None:
    if event.applicant not in APPLICANTS:
        return f"没有“{event.applicant}”这种申请人类别"
    return "申请人类别与原来相同" if event.applicant == now.case.applicant else None


@fault.register
def _(event: events.CorrectionAsked, now: Situation) -> str | None:
    if event.until <= event.on:
        return "补正期限须晚于告知之日"
    return _since_start(event, now)


@fault.register
def _(event: events.Corrected, now: Situation) -> str | None:
    correction = now.case.correction
    return _not_before(event.on, correction.asked, "告知补正") if correction else None


@fault.register
def _(event: events.ReasonAsked, now: Situation) -> str | None:
    if event.until <= event.on:
        return "说明理由的期限须晚于告知之日"
    return _since_start(event, now)


@fault.register
def _(event: events.ReasonGiven, now: Situation) -> str | None:
    reason = now.case.round.reason
    return _not_before(event.on, reason.asked, "要求说明理由") if reason else None


@fault.register
def _(event: events.ReasonAccepted, now: Situation) -> str | None:
    reason = now.case.round.reason
    if event.answer_by:
        why = delay_refusal(event.answer_by, now)
        if why:
            return why
    given = reason.given if reason else None
    return _not_before(event.on, given, "收到理由说明") if given else None


@fault.register
def _(event: events.Consulted, now: Situation) -> str | None:
    if event.role not in ROLES:
        return f"没有“{event.role}”这种征求对象"
    if any(each.party == event.party for each in now.case.round.open_opinions):
        return "对这一方的征求意见尚未结束"
    return _since_start(event, now)


@fault.register
def _(event: events.ConsultationDelivered, now: Situation) -> str | None:
    asked = _asked(event.party, now)
    if asked is None:
        return "没有正在征求这一方的意见"
    if asked.delivered:
        return "征求意见书的送达已经登记"
    return _not_before(event.on, asked.sent, "发出征求意见书")


@fault.register
def _(event: events.OpinionReceived, now: Situation) -> str | None:
    if event.stance not in STANCES:
        return f"没有“{event.stance}”这种意见"
    return _ends(event.party, event.on, now)


@fault.register
def _(event: events.ConsultationRecalled, now: Situation) -> str | None:
    return _ends(event.party, event.on, now)


@fault.register
def _(event: events.SilenceNoted, now: Situation) -> str | None:
    asked = _asked(event.party, now)
    if asked is None:
        return "没有正在征求这一方的意见"
    return None if silent(asked, now) else "其答复期限尚未届满，或者无从判断"


@fault.register
def _(event: events.Extended, now: Situation) -> str | None:
    longest = term("extension", now.case.received or event.on)
    if not 1 <= event.days <= longest.amount:
        return f"延长的期限须为1至{longest.amount}个工作日"
    return _since_start(event, now)


@fault.register
def _(event: events.FeeNotified, now: Situation) -> str | None:
    counts = {"items": fee_of_item, "pages": fee_by_pages}
    if event.basis not in counts:
        return "收费只能按件或者按量计算，一件只用一种；请改选其中一种"
    try:
        owed = counts[event.basis](event.pieces, event.on)
    except FeeCountError as problem:
        return str(problem)
    if owed != event.yuan:
        return f"按标准应为{owed}元，而不是{event.yuan}元"
    if not owed:
        return "按标准不收费，不发收费通知"
    return past_fee_term(now) or _since_start(event, now)


@fault.register
def _(event: events.FeeNoticeDelivered, now: Situation) -> str | None:
    fee = now.case.round.fee
    return _not_before(event.on, fee.notified, "发出收费通知") if fee else None


@fault.register
def _(event: events.FeePaid, now: Situation) -> str | None:
    fee = now.case.round.fee
    if fee is None or event.yuan != fee.yuan:
        return f"应缴{fee.yuan if fee else 0}元，须一次缴清"
    if payment_lapsed(now):
        return "缴费期限已经届满，视为放弃申请，不再收取"
    return _not_before(event.on, fee.delivered or fee.notified, "收费通知")


@fault.register
def _(event: events.FeeRefunded, now: Situation) -> str | None:
    fees = [each.fee for each in now.case.rounds if each.fee]
    left = sum(fee.collected - fee.refunded for fee in fees)
    if not 1 <= event.yuan <= left:
        return f"可以退付的金额为1至{left}元"
    paid = next((fee.paid for fee in fees if fee.paid), None)
    return _not_before(event.on, paid, "缴费") if paid else None


@fault.register
def _(event: events.Decided, now: Situation) -> str | None:
    if event.ground not in {known.code for known in grounds()}:
        return f"办理结果中没有“{event.ground}”"
    parts = part_refusal(event, now)
    why = ground_refusal(event.ground, now) or parts or _remedy(event)
    return why or _not_before(event.on, _latest(now), "前一项办理")


@fault.register
def _(event: events.Dispatched, now: Situation) -> str | None:
    if event.mode not in {known.mode for known in deliveries()}:
        return f"没有“{event.mode}”这种送达方式"
    answer = now.case.round.answer
    return _not_before(event.on, answer.on, "作出决定") if answer else None


@fault.register
def _(event: events.Delivered, now: Situation) -> str | None:
    answer = now.case.round.answer
    sent = answer.dispatched if answer else None
    if answer and answer.mode == "on_the_spot" and sent != event.on:
        return "当场交付的，发出和送达为同一日"
    return _not_before(event.on, sent, "发出答复") if sent else None


@fault.register
def _(event: events.Withdrawn, now: Situation) -> str | None:
    return _before_receipt(event, now)


@fault.register
def _(event: events.Transferred, now: Situation) -> str | None:
    return _before_receipt(event, now)


@fault.register
def _(event: events.Split, now: Situation) -> str | None:
    distinct = len(set(event.parts))
    if distinct < _FEWEST_PARTS or distinct < len(event.parts):
        return "拆分须得到两件以上互不相同的案件"
    return _since_start(event, now)


@fault.register
def _(event: events.Merged, now: Situation) -> str | None:
    return _before_receipt(event, now)


@fault.register
def _(event: events.Reopened, now: Situation) -> str | None:
    if event.cause not in CAUSES:
        return f"没有“{event.cause}”这种重新处理的原因"
    if event.answer_by and event.answer_by <= event.on:
        return "重新答复的期限须晚于重新处理之日"
    answer = now.case.round.answer
    sent = answer.dispatched if answer else None
    return _not_before(event.on, sent, "发出答复") if sent else None


@fault.register
def _(event: events.Archived, now: Situation) -> str | None:
    answer, closing = now.case.round.answer, now.case.closing
    ended = closing.on if closing else answer.delivered if answer else None
    return _not_before(event.on, ended, "办结") if ended else None


def _remedy(event: events.Decided) -> str | None:
    """Return a fault of the remedy that a person chose; what the law settles none does."""
    if event.remedy is None:
        return None
    if ground(event.ground).remedy is not Remedy.BY_CASE:
        return "这类结果的救济途径由法律写定，不由人选"
    if event.remedy == Remedy.RF:
        return (
            "只有依条例第十四、十五、十六条不予公开的，才须先申请行政复议"
            "（行政复议法第二十三条）；依这几条不予公开的，请选相应的办理结果，"
            "其他情形请选别的救济途径"
        )
    return None if event.remedy in CHOSEN else f"没有“{event.remedy}”这种救济途径"


def _asked(party: str, now: Situation) -> Opinion | None:
    found = now.case.round.opinion(party)
    return found if found and found.ended is None else None


def _ends(party: str, on: date, now: Situation) -> str | None:
    asked = _asked(party, now)
    if asked is None:
        return "没有正在征求这一方的意见"
    return _not_before(on, asked.delivered or asked.sent, "征求意见书送达")


def _before_receipt(event: Event, now: Situation) -> str | None:
    """Return a fault where a case would end before it is new."""
    received = now.case.received or now.case.submitted
    return _not_before(event.on, received, "收到申请")


def _since_start(event: Event, now: Situation) -> str | None:
    """Return a fault where an event lies before the present round began."""
    correction = now.case.correction
    arrived = correction.arrived if correction else None
    began = now.case.round.opened or arrived or now.case.clock or now.case.received
    return _not_before(event.on, began, "收到申请或者补正") if began else None


def _latest(now: Situation) -> date:
    """Return the last day on which anything happened that a decision must follow."""
    present, case = now.case.round, now.case
    days = [case.submitted, case.received, present.opened]
    days += [case.correction.asked, case.correction.arrived] if case.correction else []
    days += [each.ended for each in present.opinions]
    days += [present.fee.notified, present.fee.paid] if present.fee else []
    days += [why.asked, why.given, why.accepted] if (why := present.reason) else []
    days += [present.extension.told] if present.extension else []
    return max(day for day in days if day)


def _not_before(on: date, day: date, what: str) -> str | None:
    return f"日期{on}早于{what}之日{day}" if on < day else None
