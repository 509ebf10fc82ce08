"""Where the clock of an answer starts, what stops it, and what it must not end before.

Only the history and the rulebook speak here; how far the clock has run, and when it
ends, is counted in `deadlines`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mingtang.case.state import Correction
from mingtang.law.calendar import ONE_DAY, UncoveredYearError
from mingtang.law.parameter import UncoveredDayError
from mingtang.law.terms import (
    Consultation,
    consultation_pauses,
    extension_after_restart,
    fee_pause,
    start_after_correction,
    start_after_payment,
)

if TYPE_CHECKING:
    from datetime import date

    from mingtang.case.rulebook import Rulebook
    from mingtang.case.state import Case, Extension, Opinion, Round
    from mingtang.law.clock import Pause


class Fixed(NamedTuple):
    """A day set for the answer (另行确定的期限): since when, until when."""

    since: date
    until: date


def fixed_day(present: Round) -> Fixed | None:
    """Return the day set for the answer, by a ruling or because the reason was sound."""
    if present.opened and present.answer_by:
        return Fixed(present.opened, present.answer_by)
    reason = present.reason
    if reason and reason.accepted and reason.answer_by:
        return Fixed(reason.accepted, reason.answer_by)
    return None


def start(case: Case, rulebook: Rulebook) -> date:
    """Return the day from which the present answer is counted: the last fresh start."""
    present, correction = case.round, case.correction
    received = present.opened or case.clock or case.received
    assert received is not None  # noqa: S101 - asked only of a received case
    starts = [received]
    if correction and correction.arrived and not present.opened:
        starts.append(_corrected(case, correction, correction.arrived, rulebook))
    if present.fee and present.fee.paid:
        starts.append(start_after_payment(present.fee.paid))
    return max(starts)


def extension(case: Case, rulebook: Rulebook) -> Extension | None:
    """Return the extension that counts, None where none was told or it counts no more.

    A payment, or a correction that begins the term anew, leaves the extension of the
    old term to 口径 ``extension_after_restart``.
    """
    told = case.round.extension
    if told is None or not (told.paid or _restarted(case, rulebook, told)):
        return told
    choice = rulebook.choice("extension_after_restart")
    return told if extension_after_restart(told.days, choice) else None


def _restarted(case: Case, rulebook: Rulebook, told: Extension) -> bool:
    """Return whether a correction that came after an extension began the term anew."""
    asked = case.correction.asked if case.correction else None
    return told.corrected and asked is not None and begins_anew(case, asked, rulebook)


def _corrected(
    case: Case, correction: Correction, arrived: date, rulebook: Rulebook
) -> date:
    """Return the day a correction lets the answer be counted from, were it to come then.

    Before 2019-05-15 the law set no day by which to ask for it.
    """
    received = case.clock or case.received or case.submitted
    choice, days = rulebook.choice("late_correction"), rulebook.calendar
    try:
        return start_after_correction(received, correction.asked, arrived, days, choice)
    except UncoveredDayError:
        return arrived


def begins_anew(case: Case, asked: date, rulebook: Rulebook) -> bool:
    """Return whether a correction asked for on a day begins the term anew when it comes.

    Where the last day to ask for it cannot be said, it was not too late.
    """
    try:
        return _corrected(case, Correction(asked, asked), asked, rulebook) == asked
    except UncoveredYearError:
        return True


def stopped(case: Case, rulebook: Rulebook) -> str | None:
    """Return what the clock has stopped for, in Chinese; None where it has not.

    A correction asked for too late stops nothing, unless the body chose otherwise
    (口径 ``late_correction``). A fee notice that nobody is known to have received
    pauses the clock for the term of payment alone (`pauses`).
    """
    correction = case.correction
    if case.uncorrected and correction:
        last = correction.until
        if _corrected(case, correction, last, rulebook) == last:
            return f"等待补正（{last}前），收到补正后重新计算"
    fee = case.round.fee
    if fee and not fee.paid and fee.delivered:
        return "等待缴费，缴费后重新计算"
    return None


def fee_unserved(present: Round) -> bool:
    """Return whether a fee is unpaid whose notice nobody is known to have received."""
    fee = present.fee
    return fee is not None and fee.paid is None and fee.delivered is None


def endless(opinion: Opinion, rulebook: Rulebook) -> bool:
    """Return whether nothing known ends the pause of a consultation.

    Of another body that has the letter, to which the law sets no term, where the body
    chose to wait for it (口径 ``other_body_pause``). Any other ends as
    `mingtang.law.terms.consultation_pauses` says.
    """
    if rulebook.choice("other_body_pause") != "until_reply":
        return False
    waits = opinion.ended is None and opinion.delivered is not None
    return waits and opinion.role == "other_body"


def stands_still_from(present: Round, rulebook: Rulebook) -> date | None:
    """Return the first day of a pause of which nobody knows the end, None without one."""
    sent = min(
        (each.sent for each in present.opinions if endless(each, rulebook)), default=None
    )
    if sent is None or rulebook.choice("pause_start") == "day_of_sending":
        return sent
    return sent + ONE_DAY


def pauses(present: Round, rulebook: Rulebook) -> tuple[Pause, ...]:
    """Return the pauses whose end is known, or will be when those asked use up their time.

    条例第三十三条第三款; unserved ones end as `consultation_pauses` says, and an
    unserved fee notice as `fee_pause` does. Raises `UncoveredYearError`.
    """
    ending = (opinion for opinion in present.opinions if not endless(opinion, rulebook))
    asked = tuple(_consultation(opinion) for opinion in ending)
    choices = ("pause_start", "pause_end", "other_body_pause")
    chosen = {name: rulebook.choice(name) for name in choices}
    found = consultation_pauses(asked, rulebook.calendar, **chosen)
    if present.fee and fee_unserved(present):
        return (*found, fee_pause(present.fee.notified, rulebook.calendar))
    return found


def _consultation(opinion: Opinion) -> Consultation:
    """Return a consultation as the law counts it; a silence ends with its term."""
    replied = None if opinion.how == "silent" else opinion.ended
    delivered = opinion.delivered
    if delivered and replied:
        delivered = min(delivered, replied)
    role = None if opinion.role == "other_body" else opinion.role
    return Consultation(opinion.sent, delivered, replied, role)
