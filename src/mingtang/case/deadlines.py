"""By when a case must be answered; whether it was, `judging` tells.

Every day here is counted from the history anew, so that a calendar entered late
or a rule read otherwise changes what is due and nothing that was recorded. Where
the count runs into a year without its holiday notice there is no day, and
nothing is late: 待定.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from mingtang.case import clock
from mingtang.law.calendar import ONE_DAY, UncoveredYearError
from mingtang.law.clock import DayNote, Pause, days_run, due_date, explain
from mingtang.law.delivery import (
    Dispatch,
    UnsettledDeliveryError,
    answered_on,
)
from mingtang.law.terms import term, term_due

if TYPE_CHECKING:
    from datetime import date

    from mingtang.case.rulebook import Rulebook
    from mingtang.case.state import Case, Fee, Opinion, Round


class Running(StrEnum):
    """What the clock of an answer does (计时状态).

    ``ANSWERED`` is never said of a term: it is how a case stands whose answer is out in
    the law's sense, in time or late, and has yet to arrive. Nothing runs any more.
    """

    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    FIXED = "fixed"
    UNSETTLED = "unsettled"
    ANSWERED = "answered"


class Timeliness(StrEnum):
    """Whether an answer is, or was, in time (是否按期)."""

    OPEN = "open"
    OVERDUE = "overdue"
    IN_TIME = "in_time"
    LATE = "late"
    UNSETTLED = "unsettled"
    NO_TERM = "no_term"


class AnswerTerm(NamedTuple):
    """The term of an answer (答复期限), as it stands after the last event.

    `start` is the day it is counted from, which is not counted itself;
    `working_days` how long it is, the extension included; `due` the last day, None
    where it cannot be said, and then `why` says in Chinese what it waits for. A
    `PAUSED` term may have a `due`: the day it ends if those consulted use up
    their time. `extended` is how many of the working days were told as an extension
    (条例第三十三条第二款), whether or not the last day can be said; `lacking` is the year
    whose holiday notice is missing where the term is `UNSETTLED`.
    """

    start: date
    working_days: int
    pauses: tuple[Pause, ...]
    running: Running
    due: date | None
    why: str
    extended: int = 0
    lacking: int | None = None

    @property
    def legal_days(self) -> int:
        """The working days that the law gives, without the extension."""
        return self.working_days - self.extended


def answer_term(case: Case, rulebook: Rulebook) -> AnswerTerm | None:
    """Return the term of the answer, None before the request counts as received.

    条例第三十条、第三十三条、第三十五条; 国办函〔2020〕109号第六条. Raises
    `UncoveredDayError` where the law has no value for the day of receipt.

    >>> from datetime import date
    >>> from mingtang.case.rulebook import Rulebook
    >>> from mingtang.case.state import Case
    >>> received = Case("in_person", "person", date(2026, 3, 2), date(2026, 3, 2))
    >>> answer_term(received, Rulebook()).due
    datetime.date(2026, 3, 30)
    """
    if case.received is None:
        return None
    told = clock.extension(case, rulebook)
    more = told.days if told else 0
    start = case.round.opened or case.clock or case.received
    try:
        start = clock.start(case, rulebook)
        found = _counted(case, start, term("answer", start).amount + more, rulebook)
    except UncoveredYearError as gap:
        days, why = term("answer", start).amount + more, f"待定：{gap}"
        found = AnswerTerm(start, days, (), Running.UNSETTLED, None, why, lacking=gap.year)
    return found._replace(extended=more)


def day_by_day(answer: AnswerTerm, rulebook: Rulebook) -> tuple[DayNote, ...]:
    """Return every day of a term that has a last day, each with why it counts or not.

    Raises `UncoveredYearError` where the term is unsettled.
    """
    start_day = rulebook.choice("start_day")
    return explain(
        answer.start, answer.working_days, rulebook.calendar, answer.pauses, start_day
    )


def _counted(case: Case, start: date, days: int, rulebook: Rulebook) -> AnswerTerm:
    present = case.round
    stopped = clock.stopped(case, rulebook)
    if stopped:
        return AnswerTerm(start, days, (), Running.STOPPED, None, stopped)
    fixed = clock.fixed_day(present)
    if fixed and fixed.since >= start:
        return AnswerTerm(start, days, (), Running.FIXED, fixed.until, _FIXED)
    answer = _walked(present, start, days, rulebook)
    # A payment begins the term anew, but what was told for a later day still holds.
    if fixed and answer.due and answer.due < fixed.until:
        return answer._replace(running=Running.FIXED, due=fixed.until, why=_FIXED)
    return answer


_FIXED = "另行确定的答复期限"


def _walked(present: Round, start: date, days: int, rulebook: Rulebook) -> AnswerTerm:
    """Return the term walked day by day, unless it stands still and nobody knows how long.

    A letter that goes out after the term has run out keeps nothing waiting.
    """
    pauses = clock.pauses(present, rulebook)
    start_day = rulebook.choice("start_day")
    counting = (rulebook.calendar, pauses, start_day)
    still = clock.stands_still_from(present, rulebook)
    if still and days_run(start, still - ONE_DAY, *counting) < days:
        why = f"征求意见，计时停止（{still}起）"
        return AnswerTerm(start, days, (), Running.PAUSED, None, why)
    due = due_date(start, days, *counting)
    asked = [opinion for opinion in present.open_opinions if opinion.sent < due]
    running = Running.PAUSED if asked else Running.RUNNING
    why = "征求意见，计时停止；按对方用足期限预计" if asked else ""
    if any(opinion.delivered is None for opinion in asked):
        why = _UNSERVED
    if clock.fee_unserved(present):
        running, why = Running.PAUSED, _FEE_UNSERVED
    return AnswerTerm(start, days, pauses, running, due, why)


_FEE_UNSERVED = (
    "等待缴费，计时停止；收费通知没有登记送达的，自发出之日起至多不计20个工作日，"
    "此后仍从原起算日计算"
)
_UNSERVED = "征求意见，计时停止；没有登记送达的，自发出之日起至多不计15个工作日"


def ran_out(answer: AnswerTerm | None, on: date, rulebook: Rulebook) -> bool:
    """Return whether asking somebody on a day comes too late to stop the answer's clock.

    条例第三十三条第三款: what is asked when the term has run out keeps nothing waiting.
    """
    if answer is None or answer.due is None:
        return False
    first = on if rulebook.choice("pause_start") == "day_of_sending" else on + ONE_DAY
    return answer.due < first


def opinion_due(opinion: Opinion, rulebook: Rulebook) -> date | None:
    """Return the last day for an opinion; None where no term runs.

    条例第三十二条、第三十四条; another body has a co-author's, unless the body chose to
    wait for it (口径 ``other_body_pause``). Raises `UncoveredYearError`.
    """
    if opinion.delivered is None or clock.endless(opinion, rulebook):
        return None
    term = "co_author" if opinion.role == "other_body" else opinion.role
    return term_due(term, opinion.delivered, rulebook.calendar)


def payment_due(fee: Fee, rulebook: Rulebook) -> date | None:
    """Return the last day to pay a fee; None until the notice was received.

    国办函〔2020〕109号第六条. Raises `UncoveredYearError`.
    """
    if fee.delivered is None:
        return None
    return term_due("fee_payment", fee.delivered, rulebook.calendar)


def correction_due(case: Case, rulebook: Rulebook) -> date:
    """Return the last day to ask for a correction (条例第三十条).

    Raises `UncoveredYearError`, and `UncoveredDayError` before 2019-05-15.
    """
    received = case.clock or case.received or case.submitted
    return term_due("correction", received, rulebook.calendar)


def net_days(case: Case, rulebook: Rulebook) -> int | None:
    """Return how many working days of its term an answer used up (净工作日).

    Counted as the term is, from its last fresh start and without its pauses, up to
    the day that is held against the last one; on a day of rest after the last one an
    answer is late though no more are used up. None where there is no answer, no term
    or no such day.

    >>> from datetime import date
    >>> from mingtang.case.rulebook import Rulebook
    >>> from mingtang.case.state import Case
    >>> received = Case("in_person", "person", date(2026, 3, 2), date(2026, 3, 2))
    >>> net_days(received, Rulebook())
    """
    answer, given = answer_term(case, rulebook), case.round.answer
    if answer is None or answer.due is None or case.closing:
        return None
    if given is None or given.mode is None or given.dispatched is None:
        return None
    sent = Dispatch(given.mode, given.dispatched, given.delivered)
    try:
        until = answered_on(sent, rulebook.choice("electronic_answer"))
        pauses = clock.pauses(case.round, rulebook)
        start_day = rulebook.choice("start_day")
        return days_run(answer.start, until, rulebook.calendar, pauses, start_day)
    except (UnsettledDeliveryError, UncoveredYearError):
        return None


def days_left(due: date, on: date, rulebook: Rulebook) -> int:
    """Return how many working days are left; negative ones have passed.

    Zero on the last day itself. Raises `UncoveredYearError`.

    >>> from datetime import date
    >>> from mingtang.case.rulebook import Rulebook
    >>> days_left(date(2026, 3, 30), date(2026, 3, 27), Rulebook())
    1
    """
    if on <= due:
        return rulebook.calendar.count_working_days(on, due)
    return -rulebook.calendar.count_working_days(due, on)
