"""Whether a case is, or was, answered in time: round by round, and as a whole.

A case whose last day cannot be said is never late.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mingtang.case.deadlines import Running, Timeliness, answer_term
from mingtang.law.delivery import (
    Dispatch,
    UnsettledDeliveryError,
    answered_on,
    delivery,
)

if TYPE_CHECKING:
    from datetime import date

    from mingtang.case.deadlines import AnswerTerm
    from mingtang.case.rulebook import Rulebook
    from mingtang.case.state import Case, Closing


def timeliness(case: Case, on: date, rulebook: Rulebook) -> Timeliness:
    """Return whether a case is answered in time, as of a day: every round of it.

    What was answered late stays late, whatever is ordered later. A case opened anew
    whose earlier answers were in time is so until the new round is late, or its
    answer has gone out. See `round_timeliness`.
    """
    now = round_timeliness(case, on, rulebook)
    before = _earlier(case, rulebook)
    if not before:
        return now
    answer = case.round.answer
    unanswered = answer is None or answer.dispatched is None
    judged = {*before} if unanswered and now in _NOT_YET else {*before, now}
    order = (Timeliness.LATE, Timeliness.OVERDUE, Timeliness.UNSETTLED, Timeliness.OPEN)
    worst = next((each for each in order if each in judged), None)
    return worst or (Timeliness.IN_TIME if Timeliness.IN_TIME in judged else now)


_NOT_YET = frozenset({Timeliness.OPEN, Timeliness.UNSETTLED})


def late_before(case: Case, rulebook: Rulebook) -> bool:
    """Return whether a round before the present one was answered late."""
    return Timeliness.LATE in _earlier(case, rulebook)


def _earlier(case: Case, rulebook: Rulebook) -> list[Timeliness]:
    """Return how each round before the present one ended, on the day of the next.

    What was overdue then is late for good; what was on its way in time is not judged.
    """
    found = []
    for place, following in enumerate(case.rounds[1:], start=1):
        assert following.opened is not None  # noqa: S101 - all but the first are opened
        then = replace(case, rounds=case.rounds[:place], closing=None)
        ended = round_timeliness(then, following.opened, rulebook)
        found.append(Timeliness.LATE if ended is Timeliness.OVERDUE else ended)
    return [ended for ended in found if ended is not Timeliness.OPEN]


def round_timeliness(case: Case, on: date, rulebook: Rulebook) -> Timeliness:
    """Return whether the answer of the present round is in time, as of a day.

    国办公开办函〔2016〕235号: by post the day it was posted counts. A case whose
    last day cannot be said is never late. A case that ended otherwise, or because
    the applicant did not correct or pay, has no term to keep, unless it had passed.
    """
    answer = answer_term(case, rulebook)
    if answer is None:
        return Timeliness.NO_TERM
    if case.closing:
        return _when_it_ended(case.closing, answer.due)
    given = case.round.answer
    if answer.due is None:
        return _without_a_day(answer, answered=given is not None)
    if given is None or given.mode is None or given.dispatched is None:
        return Timeliness.OVERDUE if on > answer.due else Timeliness.OPEN
    sent = Dispatch(given.mode, given.dispatched, given.delivered)
    return _held_against(sent, answer.due, on, rulebook)


def _when_it_ended(closing: Closing, due: date | None) -> Timeliness:
    """Return how a case without an answer ended; what was late by then stays late.

    The parts of a split request are late themselves.
    """
    if due is None or closing.on <= due or closing.how == "split":
        return Timeliness.NO_TERM
    return Timeliness.LATE


def _without_a_day(answer: AnswerTerm, *, answered: bool) -> Timeliness:
    if answer.running is Running.UNSETTLED:
        return Timeliness.UNSETTLED
    return Timeliness.NO_TERM if answered else Timeliness.OPEN


def _held_against(sent: Dispatch, due: date, on: date, rulebook: Rulebook) -> Timeliness:
    if delivery(sent.mode).answered is None:
        return _whichever_day(sent, due)
    try:
        answered = answered_on(sent, rulebook.choice("electronic_answer"))
    except UnsettledDeliveryError:
        return Timeliness.OVERDUE if on > due else Timeliness.OPEN
    return Timeliness.LATE if answered > due else Timeliness.IN_TIME


def _whichever_day(sent: Dispatch, due: date) -> Timeliness:
    """Return what holds whichever of its days the law may mean (公告送达)."""
    if sent.dispatched > due:
        return Timeliness.LATE
    in_time = sent.received and sent.received <= due
    return Timeliness.IN_TIME if in_time else Timeliness.UNSETTLED
