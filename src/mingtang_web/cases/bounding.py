"""Days that a body sets so far ahead that it says why: the law asks for reasonable terms.

条例第三十条 and 第三十五条 say 合理 and give no number; the bounds are ours. A slip of the
year looks like such a day, and would let a case wait for ever.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from mingtang.case import events
from mingtang.law.calendar import UncoveredYearError

if TYPE_CHECKING:
    from datetime import date

    from mingtang.case.events import Event
    from mingtang.case.situation import Situation

LONGEST_CORRECTION = 30
"""Working days for a correction beyond which one says why."""
LONGEST = timedelta(days=366)
"""From the day of an act: an answer put off for longer is explained."""
_DAYS_FOR_ONE = 1.4
"""Days for one working day, where the calendar does not tell."""


def unbounded(event: Event, then: Situation) -> str:
    """Return why the day that an event sets must be explained; mostly nothing."""
    if isinstance(event, events.CorrectionAsked):
        return _correction(event.until, event.on, then)
    if isinstance(event, events.ReasonAccepted | events.Reopened):
        own = isinstance(event, events.ReasonAccepted) or event.cause == "own"
        return _answer(event.answer_by, event.on) if own and event.answer_by else ""
    return ""


def _correction(until: date, on: date, then: Situation) -> str:
    try:
        days = then.rulebook.calendar.count_working_days(on, until)
    except UncoveredYearError:
        days = int((until - on).days / _DAYS_FOR_ONE)
    if days <= LONGEST_CORRECTION:
        return ""
    why = _(
        "补正期限定到%(until)s，超过%(most)s个工作日；条例第三十条要求期限合理，"
        "请核对年月日，确要这样久的，请写明原因"
    )
    return why % {"until": until, "most": LONGEST_CORRECTION}


def _answer(until: date, on: date) -> str:
    if until <= on + LONGEST:
        return ""
    why = _("答复期限定到%(until)s，在一年以后；请核对年月日，确要这样久的，请写明原因")
    return why % {"until": until}
