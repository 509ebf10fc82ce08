"""Which acts take a second person, and why: by what they are, or as the case stands.

What always does stands in ``acts.yaml``; here are the exceptions, and what a case
adds: a third party who refused, a term that has passed and that an act entered for
an earlier day would undo, a clock that would be stopped on nobody's word but one's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mingtang.case.act import Consent, act_of
from mingtang.case.clock import begins_anew
from mingtang.case.deadlines import (
    answer_term,
    correction_due,
    days_left,
)
from mingtang.case.events import (
    ConsultationDelivered,
    Consulted,
    CorrectionAsked,
    Decided,
    Dispatched,
    FeeNoticeDelivered,
    FeeNotified,
    ReasonAccepted,
    ReasonAsked,
    Reclassified,
    Split,
    Struck,
    Withdrawn,
)
from mingtang.case.judging import round_timeliness
from mingtang.case.overriding import overrides
from mingtang.case.replaying import follow
from mingtang.case.state import Phase
from mingtang.case.steps import ImpossibleHistoryError
from mingtang.case.striking import MISSED, why_two
from mingtang.law.calendar import UncoveredYearError
from mingtang.law.grounds import OpenRemedyError, Remedy, remedy_for
from mingtang.law.parameter import UncoveredDayError

if TYPE_CHECKING:
    from datetime import date

    from mingtang.case.events import Event
    from mingtang.case.situation import Situation

GRANTED = frozenset({"G1", "G2"})
"""The grounds that give the applicant everything: one person's act."""
SERVED = (ConsultationDelivered, FeeNoticeDelivered)
"""The arrival of a letter of the body's own that keeps its clock from running."""
MOVING = (CorrectionAsked, ReasonAsked, Consulted, FeeNotified)
"""What stops, restarts or may lengthen the term of an answer, by the body's own letter."""
_DONE = frozenset({Phase.CLOSED, Phase.ARCHIVED})


class Need(NamedTuple):
    """Whose consent an act needs, and in Chinese why where it does not always."""

    consent: Consent
    why: str = ""


class Overrun(NamedTuple):
    """A term that had passed when an act was entered: its last day, how long ago.

    `days` are working days, None where the calendar of the year is not entered.
    """

    last: date
    days: int | None


def by_nature(event: Event) -> Consent | None:
    """Return whose consent an event needs in any case, None where one person acts alone.

    条例第三十三条、第三十五条: whoever puts off an answer does not do it alone. A
    refusal, in whole or in part, is read by the legal reviewer first.

    >>> from datetime import date
    >>> by_nature(Decided(on=date(2026, 3, 9), ground="N4")).value
    'legal'
    """
    if isinstance(event, Decided) and event.ground in GRANTED:
        return None
    if isinstance(event, ReasonAccepted) and event.answer_by is None:
        return None
    known = act_of(event)
    return known.consent if known else None


def need(event: Event, now: Situation, *, untold: bool = False) -> Need | None:
    """Return whose consent an event needs in a case as it stands today.

    `untold` says that no letter goes out with it. Splitting undoes nothing: the parts
    keep the day of receipt and the term.
    """
    if isinstance(event, Split):
        return None
    if isinstance(event, Decided) and overrides(event, now.case):
        return Need(Consent.LEGAL, "公开第三方不同意公开的内容")
    always = by_nature(event)
    if always:
        return Need(always)
    why = _as_it_stands(event, now, untold=untold)
    return Need(Consent.APPROVAL, why) if why else None


def _as_it_stands(event: Event, now: Situation, *, untold: bool) -> str:
    """Return why an act takes two as the case stands; nothing where it does not."""
    if isinstance(event, Reclassified) and now.phase in _DONE:
        return "案件已经终结、归档，更正类别改变各年表三的列"
    if isinstance(event, Consulted) and _asked_before(event, now):
        return "同一方已就本案征求过意见，再次征求又要停止计时"
    if isinstance(event, Withdrawn) and event.on < now.on:
        return f"补记{event.on}的撤回，申请就此终结"
    if undoes_lateness(event, now):
        entered = "登记" if event.on == now.on else "补记"
        return f"{entered}{event.on}的办理，改变已经届满的期限或者逾期的判断"
    return _unmakes(event, now) or _unproved(event, now, untold=untold) or ""


def _asked_before(event: Consulted, now: Situation) -> bool:
    earlier = now.case.round.opinion(event.party)
    return earlier is not None and earlier.ended is not None


def _unmakes(event: Event, now: Situation) -> str:
    """Return why a strike, or what follows one, is not one person's; nothing where it is.

    What was decided by two, or went out to the applicant, is not unmade by one.
    """
    moved = why_two(event, now)
    if moved or not isinstance(event, Struck):
        return moved
    struck = now.events[event.entry]
    sent = any(isinstance(each, Dispatched) for each in now.events)
    if isinstance(struck, Dispatched) or (
        isinstance(struck, Decided) and (sent or by_nature(struck))
    ):
        return "更正登记撤去经审批作出的决定，或者已经发出的答复"
    return ""


def moves_the_term(event: Event, now: Situation) -> bool:
    """Return whether an act of the body stops, restarts or may lengthen the answer's term.

    条例第三十条、第三十二条至第三十五条; 国办函〔2020〕109号第六条. A correction asked for
    too late restarts nothing (口径 ``late_correction``), nor does asking somebody after
    the term ran out stop anything.
    """
    if isinstance(event, CorrectionAsked):
        return begins_anew(now.case, event.on, now.rulebook)
    if isinstance(event, Consulted):
        term = now.term
        return not (term and term.due and term.due < event.on)
    return isinstance(event, MOVING)


def _unproved(event: Event, now: Situation, *, untold: bool) -> str | None:
    """Return why an act without a letter of its own is not one person's, or None.

    Nobody is told of the remedies, or nothing but one's word moves the term: a letter
    issued here on the very day proves it. One that is composed later is dated later,
    so that whatever is entered for an earlier day has none.
    """
    if isinstance(event, Decided):
        silent = untold and _may_be_disputed(event)
        return "不发文书，申请人得不到救济途径的告知" if silent else None
    if not (untold or event.on < now.on) or not moves_the_term(event, now):
        return None
    if event.on < now.on:
        return f"补记{event.on}的办理影响答复期限的计算，而当日没有在本系统出具文书"
    return "此事影响答复期限的计算，却不发文书"


def undoes_lateness(event: Event, now: Situation) -> bool:
    """Return whether an act entered for an earlier day makes a late case timely.

    Or moves a term that has passed, or asks for a correction in a time that is over
    (条例第三十条). What arrives from outside does so by itself; a withdrawal ends the
    case, and a letter of the body that arrived stops the clock, so that their days are
    worth a second look: that of a letter even where it arrives today.
    """
    known = act_of(event)
    served = isinstance(event, SERVED)
    if known is None or isinstance(event, Split) or (event.on >= now.on and not served):
        return False
    if known.arrives and not (served or isinstance(event, Withdrawn)):
        return False
    if isinstance(event, CorrectionAsked) and _asked_in_time_past(event, now):
        return True
    try:
        after = follow(now.case, event)
    except ImpossibleHistoryError:
        return False
    late = round_timeliness(now.case, now.on, now.rulebook) in MISSED
    if late and round_timeliness(after, now.on, now.rulebook) not in MISSED:
        return True
    term, then = now.term, answer_term(after, now.rulebook)
    passed = term.due if term else None
    return _has_passed(passed, now.on) and (then.due if then else None) != passed


def told_above(event: Event, now: Situation) -> bool:
    """Return whether whoever supervises is told: of lateness undone, of what was unmade."""
    return undoes_lateness(event, now) or bool(_unmakes(event, now))


def overrun(event: Event, now: Situation) -> Overrun | None:
    """Return the term of an act that is over as the case stands, None where none is.

    条例第三十条、第三十三条: of a correction the seven working days to ask for it, of
    anything else the answer's.
    """
    if isinstance(event, CorrectionAsked) and _asked_in_time_past(event, now):
        last: date | None = correction_due(now.case, now.rulebook)
    else:
        answer = now.term
        last = answer.due if answer else None
    if last is None or last >= now.on:
        return None
    try:
        return Overrun(last, -days_left(last, now.on, now.rulebook))
    except UncoveredYearError:
        return Overrun(last, None)


def _asked_in_time_past(event: CorrectionAsked, now: Situation) -> bool:
    try:
        last = correction_due(now.case, now.rulebook)
    except (UncoveredYearError, UncoveredDayError):
        return False
    return event.on <= last < now.on


def _has_passed(day: date | None, today: date) -> bool:
    return day is not None and day < today


def _may_be_disputed(event: Decided) -> bool:
    """Return whether the decision carries a remedy that somebody must be told of."""
    if event.remedy:
        return event.remedy != Remedy.NA
    try:
        return remedy_for(event.ground, event.on, event.withheld) is not Remedy.NA
    except OpenRemedyError:
        return True
