"""How much time is left, for the eye: a number, an icon and a word, never colour alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mingtang.case.deadlines import Running, Timeliness, answer_term, days_left, timeliness
from mingtang.case.state import Phase
from mingtang.law.calendar import UncoveredYearError

if TYPE_CHECKING:
    from datetime import date

    from mingtang.case.conditions import Situation
    from mingtang.case.deadlines import AnswerTerm

SOON = 3
"""So many working days before the last day a case is marked as due soon."""
_ANSWERED = {Phase.DISPATCHED, Phase.DELIVERED, Phase.ARCHIVED}


class Remaining(NamedTuple):
    """What the head of a case says of its clock.

    ``tone`` is ``late``, ``soon``, ``ample``, ``still`` or ``ended``; ``due`` the last
    day, None where there is none or it cannot be said; ``why`` explains.
    """

    tone: str
    icon: str
    words: str
    due: date | None = None
    why: str = ""


def remaining(now: Situation) -> Remaining:
    """Return what is to be shown of the clock of a case on a day."""
    case = now.case
    if case.closing:
        return Remaining("ended", "✓", _("已终结"))
    term = answer_term(case, now.rulebook)
    if term is None:
        return Remaining("still", "‖", _("待确认"), why=_("与申请人确认之日才起算"))
    if case.phase in _ANSWERED:
        return _ended(term, now)
    if term.due is None:
        waits = term.running is Running.UNSETTLED
        icon, words = ("?", _("待定")) if waits else ("‖", _("已停止计时"))
        return Remaining("still", icon, words, why=term.why)
    return _running(term, term.due, now)


def _ended(term: AnswerTerm, now: Situation) -> Remaining:
    kept = timeliness(now.case, now.on, now.rulebook)
    if kept in {Timeliness.LATE, Timeliness.OVERDUE}:
        return Remaining("late", "●", _("逾期答复"), term.due, term.why)
    if kept is Timeliness.IN_TIME:
        return Remaining("ended", "✓", _("按期答复"), term.due, term.why)
    return Remaining("still", "?", _("是否按期待定"), term.due, term.why)


def _running(term: AnswerTerm, due: date, now: Situation) -> Remaining:
    try:
        left = days_left(due, now.on, now.rulebook)
    except UncoveredYearError as gap:
        return Remaining("still", "?", _("待定"), due, str(gap))
    if now.on > due:
        words = ngettext("逾期 %(n)s 个工作日", "逾期 %(n)s 个工作日", -left) % {"n": -left}
        return Remaining("late", "●", words, due, term.why)
    words = ngettext("剩余 %(n)s 个工作日", "剩余 %(n)s 个工作日", left) % {"n": left}
    if term.running is Running.PAUSED:
        return Remaining("still", "‖", words, due, term.why)
    tone, icon = ("soon", "⚠") if left <= SOON else ("ample", "○")
    return Remaining(tone, icon, words, due, term.why)
