"""The named terms of the law, and the acts that move them.

Each name is a parameter whose unit is time (``answer``, ``correction``,
``review_application`` …). The value is the one in force on the day the term
starts. What stops the clock of an answer is a consultation; what lengthens it
is one extension; what starts it anew is a correction or a payment.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from mingtang.law.calendar import ONE_DAY
from mingtang.law.clock import CountError, Pause, due_date, natural_due_date
from mingtang.law.option import option
from mingtang.law.parameter import UNIT_NAMES, Unit, parameter, parameters

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from mingtang.law.calendar import Calendar

_TIME = frozenset({Unit.WORKING_DAY, Unit.DAY, Unit.MONTH, Unit.YEAR})


class ExtensionError(CountError):
    """An answer is extended twice, or for longer than the law allows."""


class Term(NamedTuple):
    """A term of the law as it stands on one day (法定期限)."""

    id: str
    what: str
    amount: int
    unit: Unit
    cite: str
    unsettled: str | None

    def __str__(self) -> str:
        return f"{self.what}：{self.amount}{UNIT_NAMES[self.unit]}（{self.cite}）"


class Consultation(NamedTuple):
    """A letter that asks someone else's opinion (征求意见).

    `term` is ``third_party`` (条例第三十二条: silence leaves the decision to the
    body), ``co_author`` (第三十四条: silence is consent), or None for another
    body, to which the law sets no term. `delivered` is the day the letter was
    received, from which the term runs; None where nobody recorded that it was.
    """

    sent: date
    delivered: date | None
    replied: date | None = None
    term: str | None = "third_party"


def term_names() -> tuple[str, ...]:
    """Return the ids of the parameters that are terms."""
    return tuple(known.id for known in parameters() if known.unit in _TIME)


def term(name: str, on: date) -> Term:
    """Return a term as it stands on a day.

    Raises `KeyError` for a name that is not a term and `UncoveredDayError`
    where the data has no value for that day.

    >>> from datetime import date
    >>> print(term("answer", date(2026, 3, 2)))
    答复政府信息公开申请的期限：20个工作日（政府信息公开条例（2019年修订）第三十三条第二款）
    """
    known = parameter(name)
    if known.unit not in _TIME:
        message = f"“{known.what}”（{name}）不是期限，可用：{'、'.join(term_names())}"
        raise KeyError(message)
    value = known.at(on)
    return Term(name, known.what, value.whole, known.unit, value.cite, value.unsettled)


def term_due(
    name: str,
    start: date,
    calendar: Calendar,
    pauses: Iterable[Pause] = (),
    choice: str | None = None,
) -> date:
    """Return the last day of a named term that starts on a day.

    Only terms in working days can be paused. `choice` settles the open point of
    the term's unit: ``start_day`` for working days, ``last_day`` for others.
    Raises what `term`, `due_date` and `natural_due_date` raise.

    >>> from datetime import date
    >>> from mingtang.law.calendar import Calendar
    >>> term_due("review_answer_simple", date(2026, 9, 28), Calendar())
    datetime.date(2026, 10, 10)
    """
    found = term(name, start)
    if found.unit is Unit.WORKING_DAY:
        return due_date(start, found.amount, calendar, pauses, choice)
    if tuple(pauses):
        message = f"“{found.what}”不以工作日计，没有不计入的时间"
        raise CountError(message)
    return natural_due_date(start, found.amount, found.unit, calendar, choice)


def answer_due(
    received: date,
    calendar: Calendar,
    pauses: Iterable[Pause] = (),
    extensions: Sequence[int] = (),
    start_day: str | None = None,
) -> date:
    """Return the last day on which an answer is in time.

    条例第三十三条: an answer may be extended once; `extensions` holds the working
    days of that extension; `start_day` is an open point. Raises
    `ExtensionError` for a second one or one too long, and what `term_due` raises.

    >>> from datetime import date
    >>> from mingtang.law.calendar import Calendar
    >>> answer_due(date(2026, 3, 2), Calendar(), extensions=[20])
    datetime.date(2026, 4, 28)
    """
    longest = term("extension", received)
    if len(extensions) > 1:
        message = f"答复期限只可延长一次（{longest.cite}），却延长了{len(extensions)}次"
        raise ExtensionError(message)
    for days in extensions:
        if type(days) is not int or not 1 <= days <= longest.amount:
            message = (
                f"延长的期限须为 1 至 {longest.amount} 个工作日的整数（{longest.cite}），"
                f"却是 {days!r}"
            )
            raise ExtensionError(message)
    days = term("answer", received).amount + sum(extensions)
    return due_date(received, days, calendar, pauses, start_day)


def start_after_correction(
    received: date,
    asked: date,
    corrected: date,
    calendar: Calendar,
    late_correction: str | None = None,
) -> date:
    """Return the day from which an answer is counted after a correction (补正).

    条例第三十条: the day the correction was received; where the body asked for it
    too late, the day of the request itself (`late_correction`, an open point).
    """
    choice = option("late_correction").choose(late_correction)
    in_time = asked <= term_due("correction", received, calendar)
    return corrected if in_time or choice == "restart" else received


def start_after_payment(paid: date) -> date:
    """Return the day from which an answer is counted after a fee was paid in full.

    国办函〔2020〕109号第六条: the day after payment is the first day, so that the
    day returned, which is not counted itself, is the day of payment. Raises
    `UncoveredDayError` before 2021.
    """
    first = parameter("recount_after_payment").at(paid).whole
    return paid + timedelta(days=first - 1)


def answer_due_after_payment(
    paid: date,
    calendar: Calendar,
    pauses: Iterable[Pause] = (),
    extensions: Sequence[int] = (),
    extension_after_payment: str | None = None,
) -> date:
    """Return the last day for an answer whose term began anew with a payment.

    Raises `ExtensionError` where extending it is refused
    (`extension_after_payment`, an open point), and what `answer_due` raises.

    >>> from datetime import date
    >>> from mingtang.law.calendar import Calendar
    >>> answer_due_after_payment(date(2026, 4, 1), Calendar())
    datetime.date(2026, 4, 30)
    """
    choice = option("extension_after_payment").choose(extension_after_payment)
    if extensions and choice == "refused":
        message = "按本单位口径（extension_after_payment），缴费后重新计算的期限不得延长"
        raise ExtensionError(message)
    return answer_due(start_after_payment(paid), calendar, pauses, extensions)


def extension_after_restart(days: int, extension_after_restart: str | None = None) -> int:
    """Return how many working days still count of an extension told before a fresh start.

    条例第三十条 (a correction arrived) and 国办函〔2020〕109号第六条 (a fee was paid) begin
    the term anew and are silent about an extension of the old one
    (`extension_after_restart`, an open point): one rule for both.

    >>> extension_after_restart(20), extension_after_restart(20, "carried")
    (0, 20)
    """
    choice = option("extension_after_restart").choose(extension_after_restart)
    return days if choice == "carried" else 0


def consultation_pauses(
    consultations: Iterable[Consultation],
    calendar: Calendar,
    pause_start: str | None = None,
    pause_end: str | None = None,
    other_body_pause: str | None = None,
) -> tuple[Pause, ...]:
    """Return the days that consultations keep out of the answer's term.

    条例第三十三条第三款: from the day after the letter goes out to the day the
    opinion arrives, or the consulted party's term ends, whichever is first
    (`pause_start` and `pause_end` are open points). An opinion that arrives on
    the day the letter goes out pauses nothing. What nobody recorded as delivered
    pauses no longer than if it had arrived on the day it went out: no time is gained
    by what was not recorded. Another body, to which the law sets no term, has that of
    a co-author (条例第三十四条), so that no pause is without an end, unless a body
    chose to wait for a reply to what was delivered (`other_body_pause`).

    Raises `CountError` for dates in an impossible order, or where neither a
    term nor a reply ends the pause.

    >>> from datetime import date
    >>> from mingtang.law.calendar import Calendar
    >>> asked = Consultation(date(2026, 3, 6), date(2026, 3, 9), date(2026, 3, 20))
    >>> [pause] = consultation_pauses([asked], Calendar())
    >>> str(pause.first), str(pause.last)
    ('2026-03-07', '2026-03-20')
    """
    open_end = option("other_body_pause").choose(other_body_pause) == "until_reply"
    after = option("pause_start").choose(pause_start) == "day_after_sending"
    through = option("pause_end").choose(pause_end) == "day_of_reply"
    pauses = []
    for asked in consultations:
        first = asked.sent + ONE_DAY if after else asked.sent
        end = _consultation_end(asked, calendar, open_end)
        last = end if through else end - ONE_DAY
        if first <= last:
            pauses.append(Pause(first, last, _REASONS[asked.term]))
    return tuple(pauses)


def fee_pause(sent: date, calendar: Calendar) -> Pause:
    """Return the days that a fee notice nobody recorded as delivered keeps out at most.

    国办函〔2020〕109号第六条: twenty working days to pay, counted as if the notice had
    arrived on the day it was sent; then the answer's term runs on from its old start,
    for no time is gained by what was not recorded. Raises what `term_due` raises.

    >>> from datetime import date
    >>> from mingtang.law.calendar import Calendar
    >>> pause = fee_pause(date(2026, 3, 12), Calendar())
    >>> str(pause.first), str(pause.last)
    ('2026-03-13', '2026-04-10')
    """
    last = term_due("fee_payment", sent, calendar)
    return Pause(sent + ONE_DAY, last, "等待缴费（收费通知没有登记送达）")


_REASONS = {
    "third_party": "征求第三方意见",
    "co_author": "征求共同制作机关意见",
    None: "征求其他机关意见",
}


def _consultation_end(asked: Consultation, calendar: Calendar, open_end: bool) -> date:  # noqa: FBT001 - a choice of the body's
    """Return the day a consultation ends: reply or end of term, whichever is first."""
    order = [day for day in (asked.sent, asked.delivered, asked.replied) if day]
    if order != sorted(order) or asked.term not in _REASONS:
        message = (
            f"征求意见的日期或者对象不合常理：{asked.sent}发出、{asked.delivered}送达、"
            f"{asked.replied}答复，对象 {asked.term}；请核对"
        )
        raise CountError(message)
    if open_end and asked.term is None and asked.delivered:
        if asked.replied is None:
            message = f"{asked.sent}征求其他机关意见，法律未定答复期限，须等收到意见"
            raise CountError(message)
        return asked.replied
    expiry = term_due(asked.term or "co_author", asked.delivered or asked.sent, calendar)
    return min(expiry, asked.replied) if asked.replied else expiry
