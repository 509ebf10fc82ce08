"""What must be so before an act may be done, apart from the phase.

One function an act: it returns why the act may not be done, in Chinese, or None.
Where a last day cannot be said because a holiday notice is missing, what the
law lets the body do before it stays open, and what may be held against the
applicant only after it stays shut.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from mingtang.case.clock import extension
from mingtang.case.deadlines import (
    correction_due,
    opinion_due,
    payment_due,
)
from mingtang.law.calendar import UncoveredYearError
from mingtang.law.parameter import UncoveredDayError, parameter
from mingtang.law.terms import term

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from mingtang.case.situation import Situation
    from mingtang.case.state import Opinion

_SHORT, _LONG = 5, 30
"""Working days for a correction below and beyond which one is asked to look again."""
_DAYS_FOR_ONE = timedelta(days=1.4)
"""Days for one working day, where the calendar does not tell."""


def condition(act: str, now: Situation) -> str | None:
    """Return why an act may not be done now, in Chinese; None where it may.

    The phase of the case is not asked here.
    """
    found = _CONDITIONS.get(act)
    return found(now) if found else None


def last_day(act: str, now: Situation) -> date | None:
    """Return the last day on which an act is in time; None where none is set or known."""
    if act == "confirm":
        return now.case.submitted if now.case.channel == "plain_post" else None
    try:
        if act == "ask_correction":
            return correction_due(now.case, now.rulebook)
        if act in {"extend", "notify_fee", "decide", "dispatch"}:
            answer = now.term
            return answer.due if answer else None
        if act == "record_payment" and now.case.round.fee:
            return payment_due(now.case.round.fee, now.rulebook)
    except (UncoveredYearError, UncoveredDayError):
        return None
    return None


def silent(opinion: Opinion, now: Situation) -> bool:
    """Return whether the term of an open consultation has surely ended."""
    try:
        due = opinion_due(opinion, now.rulebook)
    except UncoveredYearError:
        return False
    return due is not None and now.on > due


def payment_lapsed(now: Situation) -> bool:
    """Return whether the term of payment has surely ended unpaid."""
    fee = now.case.round.fee
    try:
        due = payment_due(fee, now.rulebook) if fee and not fee.paid else None
    except UncoveredYearError:
        return False
    return due is not None and now.on > due


def delay_refusal(until: date, now: Situation) -> str | None:
    """Return why the answer may not be put off to a day (条例第三十五条), or None."""
    if now.case.round.answer_by:
        return "答复期限已由复议决定或者判决确定，本机关不得另定"
    if until <= now.on:
        return "延迟答复的期限须晚于告知之日"
    answer = now.term
    if answer and answer.due and until <= answer.due:
        return f"延迟答复的期限须晚于原来的答复期限{answer.due}"
    return _past_due(now, "延迟答复应当在答复期限届满前告知")


def delay_warning(until: date, now: Situation) -> str | None:
    """Return why a delay is so long that it must be justified, in Chinese, or None.

    条例第三十五条 says 合理期限 only; what goes beyond the longest extension of
    条例第三十三条 is said to be long.
    """
    answer = now.term
    if answer is None or answer.due is None:
        return None
    longest = term("extension", now.case.received or now.on).amount
    try:
        last = now.rulebook.calendar.add_working_days(answer.due, longest)
    except UncoveredYearError:
        last = answer.due + longest * _DAYS_FOR_ONE
    if until <= last:
        return None
    return (
        f"定到{until}，比原来的答复期限{answer.due}延后超过{longest}个工作日；"
        "条例只许定合理的期限，请写明为什么需要这样久"
    )


def correction_warning(until: date, now: Situation) -> str | None:
    """Return why a term for a correction may not be reasonable, in Chinese, or None.

    条例第三十条 says 合理的补正期限 and gives no number; the bounds are ours, to make
    whoever sets a day think twice.
    """
    try:
        days = now.rulebook.calendar.count_working_days(now.on, until)
    except UncoveredYearError:
        return None
    if _SHORT <= days <= _LONG:
        return None
    return f"补正期限为{days}个工作日；条例第三十条要求期限合理（未定天数），请核对"


def confirmation_warning(on: date, now: Situation) -> str | None:
    """Return how late a confirmation on a day is, in Chinese; None where it is not.

    条例第三十一条: a letter nobody signs for is confirmed on the day it comes.
    """
    came = last_day("confirm", now)
    if came is None or on <= came:
        return None
    try:
        days = now.rulebook.calendar.count_working_days(came, on)
    except UncoveredYearError:
        days = 0
    if not days:
        return f"平常信函应当在收到当日（{came}）与申请人确认，{on}已过当日，请写明原因"
    return f"平常信函应当在收到当日（{came}）与申请人确认，已迟{days}个工作日，请写明原因"


def _ask_correction(now: Situation) -> str | None:
    if now.case.corrected or now.case.correction:
        return "补正只能告知一次，已经告知过"
    if len(now.case.rounds) > 1:
        return "重新作出处理时不再要求补正"
    return None


def _ask_reason(now: Situation) -> str | None:
    return "已经要求说明过理由" if now.case.round.reason else None


def _accept_reason(now: Situation) -> str | None:
    reason = now.case.round.reason
    return None if reason and reason.given else "尚未收到理由说明"


def _receive_reason(now: Situation) -> str | None:
    reason = now.case.round.reason
    return "理由说明已经收到" if reason and reason.given else None


def _note_silence(now: Situation) -> str | None:
    open_ones = now.case.round.open_opinions
    if any(silent(opinion, now) for opinion in open_ones):
        return None
    return "被征求意见者的答复期限尚未届满，或者送达之日、放假安排未登记，无从判断"


def _record_consultation_delivery(now: Situation) -> str | None:
    open_ones = now.case.round.open_opinions
    if any(opinion.delivered is None for opinion in open_ones):
        return None
    return "征求意见书的送达都已登记"


def _extend(now: Situation) -> str | None:
    present = now.case.round
    if extension(now.case, now.rulebook):
        return "答复期限只可延长一次，已经延长过"
    if present.extension and now.rulebook.choice("extension_after_restart") == "spent":
        return (
            f"答复期限只可延长一次：{present.extension.told}已经告知延长过，"
            "期限虽已重新计算，按本单位口径不得再延长"
        )
    if present.answer_by or (present.reason and present.reason.answer_by):
        return "答复期限已经另行确定，不再适用延长"
    paid = present.fee and present.fee.paid
    if paid and now.rulebook.choice("extension_after_payment") == "refused":
        return "按本单位口径，缴费后重新计算的期限不得延长"
    return _past_due(now, "延长应当在答复期限届满前告知申请人")


def _notify_fee(now: Situation) -> str | None:
    if now.case.round.fee:
        return "收费通知已经发出过"
    if len(now.case.rounds) > 1:
        return "重新作出处理时不再收费"
    try:
        parameter("fee_by_items").at(now.on)
    except UncoveredDayError:
        return "该日尚无信息处理费的规定"
    return None


def past_fee_term(now: Situation) -> str | None:
    """Return why a fee notice of a day comes too late, in Chinese, or None.

    国办函〔2020〕109号第六条. One that went out in time may be entered after the term.
    """
    return _past_due(now, "收费通知应当在处理期限内发出")


def _past_due(now: Situation, rule: str) -> str | None:
    answer = now.term
    if answer and answer.due and now.on > answer.due:
        return f"{rule}，期限已于{answer.due}届满"
    return None


def _record_fee_delivery(now: Situation) -> str | None:
    fee = now.case.round.fee
    return "收费通知的送达已经登记" if fee and fee.delivered else None


def _record_refund(now: Situation) -> str | None:
    fees = [each.fee for each in now.case.rounds if each.fee]
    if any(fee.collected > fee.refunded for fee in fees):
        return None
    return "没有可以退付的费用"


def _only_this_year(now: Situation) -> str | None:
    received = now.case.received
    if received and received.year != now.on.year:
        return f"该件已计入{received.year}年的新收和结转，跨年不得再拆分或者合并"
    return None


def _withdraw(now: Situation) -> str | None:
    answer = now.case.round.answer
    by_decision = now.rulebook.choice("result_year") == "decided"
    if answer and by_decision and answer.on.year != now.on.year:
        return f"决定已计入{answer.on.year}年的办理结果，应当发出"
    return None


def _split(now: Situation) -> str | None:
    if now.case.parent:
        return "拆分出来的案件不再拆分"
    present = now.case.round
    if present.opinions or present.fee or present.reason or len(now.case.rounds) > 1:
        return "已经征求意见、要求说明理由、收费或者作出过决定的案件不再拆分"
    return _only_this_year(now)


def _merge(now: Situation) -> str | None:
    if len(now.case.rounds) > 1:
        return "已经作出过决定的案件不能合并"
    due = now.term
    if due and due.due and due.due < now.on:
        return (
            f"答复期限已于{due.due}届满而没有答复，逾期的不能并入另一案件："
            "请就本件作出答复，逾期照记"
        )
    return _only_this_year(now)


def _reopen(now: Situation) -> str | None:
    if now.case.round.answer and not now.case.closing:
        return None
    return "案件没有答复过，不存在重新处理"


_CONDITIONS: Mapping[str, Callable[[Situation], str | None]] = {
    "ask_correction": _ask_correction,
    "ask_reason": _ask_reason,
    "receive_reason": _receive_reason,
    "accept_reason": _accept_reason,
    "note_silence": _note_silence,
    "record_consultation_delivery": _record_consultation_delivery,
    "extend": _extend,
    "notify_fee": _notify_fee,
    "record_fee_delivery": _record_fee_delivery,
    "record_refund": _record_refund,
    "withdraw": _withdraw,
    "split": _split,
    "merge": _merge,
    "reopen": _reopen,
}
