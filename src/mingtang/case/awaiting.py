"""What a case waits for now, by when, and who must act: for lists and reminders."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from mingtang.case.clock import fee_unserved
from mingtang.case.deadlines import (
    Timeliness,
    answer_term,
    correction_due,
    opinion_due,
    payment_due,
)
from mingtang.case.judging import round_timeliness
from mingtang.case.state import Case, Phase
from mingtang.case.vocabulary import ROLES
from mingtang.law.calendar import ONE_DAY, UncoveredYearError
from mingtang.law.parameter import UncoveredDayError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from mingtang.case.deadlines import AnswerTerm
    from mingtang.case.rulebook import Rulebook
    from mingtang.case.state import Opinion
    from mingtang.law.calendar import Calendar


_TO_SERVE = 5
"""Working days after which a letter that was not recorded as served is asked after."""


class Deadline(NamedTuple):
    """A day by which somebody must act (期限提醒).

    `kind` is ``confirmation``, ``answer``, ``ask_correction``, ``correction``,
    ``reason``, ``opinion`` or ``payment``; `party` the consulted one; `who` is
    ``body``, ``applicant`` or ``consulted``. `day` is None where it cannot be
    said, and then `why` says in Chinese what is missing.
    """

    kind: str
    what: str
    who: str
    day: date | None
    why: str = ""
    party: str = ""


def deadlines(case: Case, rulebook: Rulebook) -> tuple[Deadline, ...]:
    """Return what the case waits for, the body's own deadlines first.

    >>> from datetime import date
    >>> from mingtang.case.rulebook import Rulebook
    >>> case = Case("in_person", "person", date(2026, 3, 2), date(2026, 3, 2))
    >>> [(waiting.kind, str(waiting.day)) for waiting in deadlines(case, Rulebook())]
    [('answer', '2026-03-30'), ('ask_correction', '2026-03-11')]
    """
    if case.phase in {Phase.DELIVERED, Phase.CLOSED, Phase.ARCHIVED}:
        return ()
    if case.received is None:
        return (_confirmation(case),)
    return (*_own(case, rulebook), *_others(case, rulebook))


def unserved_since(case: Case) -> date | None:
    """Return since when the oldest consultation waits that nobody is known to have got.

    None where none waits.
    """
    waiting = (each.sent for each in case.round.open_opinions if each.delivered is None)
    return None if case.closing else min(waiting, default=None)


def last_to_serve(on: date, days: Calendar) -> date | None:
    """Return the last day of sending that is too long ago on a day not to be served.

    None where a year without its holiday notice is in between. See `unserved`.

    >>> from datetime import date
    >>> from mingtang.law.calendar import Calendar
    >>> str(last_to_serve(date(2026, 3, 16), Calendar()))
    '2026-03-08'
    """
    sent = on
    try:
        while days.count_working_days(sent, on) <= _TO_SERVE:
            sent -= ONE_DAY
    except UncoveredYearError:
        return None
    return sent


def unserved(case: Case, on: date, rulebook: Rulebook) -> tuple[Opinion, ...]:
    """Return the consultations that nobody is known to have received for too long.

    They keep the clock stopped as if they had arrived on the day they went out, and no
    longer; after five working days somebody is to ask why. A year without its holiday
    notice tells nothing.
    """
    try:
        return tuple(
            each
            for each in case.round.open_opinions
            if each.delivered is None
            and rulebook.calendar.count_working_days(each.sent, on) > _TO_SERVE
        )
    except UncoveredYearError:
        return ()


def fee_unserved_since(case: Case, on: date, rulebook: Rulebook) -> date | None:
    """Return the day a fee notice was sent that nobody is known to have got for too long.

    None where none waits; see `unserved`.
    """
    fee = case.round.fee
    if fee is None or case.phase is not Phase.FEE or fee.delivered:
        return None
    try:
        waits = rulebook.calendar.count_working_days(fee.notified, on)
    except UncoveredYearError:
        return None
    return fee.notified if waits > _TO_SERVE else None


def _confirmation(case: Case) -> Deadline:
    """Return by when the receipt is to be confirmed (条例第三十一条).

    On the day it came for a letter nobody signs for; of the internet and the fax the
    Regulation says only that the day both confirm counts.
    """
    day = case.submitted if case.channel == "plain_post" else None
    why = "须在收到当日与申请人确认" if day else "双方确认之日为收到之日，宜尽快确认"
    return Deadline("confirmation", "与申请人确认收到", "body", day, why)


def _own(case: Case, rulebook: Rulebook) -> Iterator[Deadline]:
    answer = answer_term(case, rulebook)
    if answer and not (
        case.phase is Phase.DISPATCHED and _answered(case, answer, rulebook)
    ):
        yield Deadline("answer", "答复", "body", answer.due, answer.why)
    fresh = not (case.corrected or case.correction or len(case.rounds) > 1)
    if case.phase is Phase.IN_HAND and fresh:
        try:
            last = correction_due(case, rulebook)
        except (UncoveredYearError, UncoveredDayError):
            return
        yield Deadline("ask_correction", "一次性告知补正", "body", last)


def _answered(case: Case, answer: AnswerTerm, rulebook: Rulebook) -> bool:
    """Return whether the day the answer went out settles if it was in time."""
    if answer.due is None:
        return True
    kept = round_timeliness(case, answer.due, rulebook)
    return kept in {Timeliness.IN_TIME, Timeliness.LATE}


def _others(case: Case, rulebook: Rulebook) -> Iterator[Deadline]:
    present = case.round
    if case.phase is Phase.CORRECTION and case.correction:
        until = case.correction.until
        yield Deadline("correction", "申请人补正", "applicant", until)
    if case.phase is Phase.REASON and present.reason and not present.reason.given:
        yield Deadline("reason", "申请人说明理由", "applicant", present.reason.until)
    if case.phase is Phase.FEE and present.fee:
        day, why = _counted(partial(payment_due, present.fee, rulebook))
        why = _FEE_TO_SERVE if fee_unserved(present) else why
        yield Deadline("payment", "申请人缴费", "applicant", day, why)
    for opinion in present.open_opinions:
        what = f"{ROLES[opinion.role]}答复意见"
        day, why = _counted(partial(opinion_due, opinion, rulebook))
        yield Deadline("opinion", what, "consulted", day, why, opinion.party)


_FEE_TO_SERVE = "收费通知没有登记送达，缴费期限无从起算，请登记送达之日"


def _counted(count: Callable[[], date | None]) -> tuple[date | None, str]:
    try:
        day = count()
    except UncoveredYearError as gap:
        return None, f"待定：{gap}"
    return day, "" if day else "送达之日尚未登记，或者没有法定期限"
