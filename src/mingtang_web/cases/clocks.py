"""What is said of each case's clock: working days left, standing still, or 待定.

In a list the day a case is due is a column; how many working days that is from today
is counted row by row. A clock that stands still is read from the history, which is
asked for those rows alone.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mingtang.case.deadlines import Running, Timeliness, answer_term, day_by_day, days_left
from mingtang.case.judging import late_before
from mingtang.case.replaying import replay
from mingtang.case.rulebook import Rulebook
from mingtang.case.state import PHASE_NAMES, Phase
from mingtang.law import calendar
from mingtang.law.calendar import UncoveredYearError
from mingtang_web.cases import bridge
from mingtang_web.cases.bridge import Course
from mingtang_web.cases.models import OPEN_PHASES
from mingtang_web.cases.rules import rulebooks
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mingtang.case.deadlines import AnswerTerm
    from mingtang.case.state import Case as History
    from mingtang_web.cases.models import Case

SOON = 3
"""Working days from which a case is said to be due soon (临期)."""


class Mark(StrEnum):
    """How a clock is drawn: each has an icon, a word and a colour of its own."""

    LATE = "late"
    SOON = "soon"
    RUNNING = "running"
    PAUSED = "paused"
    UNSETTLED = "unsettled"
    WAITING = "waiting"
    KEPT = "kept"
    MISSED = "missed"
    NONE = "none"


ICONS = {
    Mark.LATE: "●",
    Mark.SOON: "▲",
    Mark.RUNNING: "",
    Mark.PAUSED: "‖",
    Mark.UNSETTLED: "？",
    Mark.WAITING: "○",
    Mark.KEPT: "✓",
    Mark.MISSED: "✕",
    Mark.NONE: "",
}


class Clock(NamedTuple):
    """A clock on a day.

    ``days`` is how many working days are left, negative where they have passed,
    none where it cannot be said or nothing is to be kept; ``words`` says it beneath
    the head of a column and ``more`` what else must be known; ``due`` is the last
    day, none where there is none.
    """

    mark: Mark
    days: int | None
    words: str
    more: str = ""
    due: date | None = None

    @property
    def icon(self) -> str:
        """The sign that stands beside the words."""
        return ICONS[self.mark]

    @property
    def full(self) -> str:
        """The words for where nothing else says what is counted."""
        if not self.days:
            return self.words
        n = abs(self.days)
        if self.days < 0:
            return ngettext("逾期 %(n)s 个工作日", "逾期 %(n)s 个工作日", n) % {"n": n}
        if self.mark is Mark.PAUSED:
            return _("停止计时，剩余 %(n)s 个工作日") % {"n": n}
        return ngettext("剩余 %(n)s 个工作日", "剩余 %(n)s 个工作日", n) % {"n": n}


def soon(on: date) -> date:
    """Return the last day that is still soon; the year's end where no later is known."""
    try:
        return calendar().add_working_days(on, SOON)
    except UncoveredYearError:
        return date(on.year, 12, 31)


def clocks(cases: Iterable[Case], on: date) -> dict[int, Clock]:
    """Return the clock of each case by its id: no query, or two where one stands still.

    The cases come with their bodies.
    """
    rows = {case: _course(case) for case in cases}
    waiting = [case for case, course in rows.items() if _may_stand_still(course)]
    found = bridge.histories(case.pk for case in waiting) if waiting else {}
    rules = rulebooks({case.body for case in waiting}) if waiting else {}
    still = {
        case.pk: _standing_still(replay(found[case.pk]), on, rules[case.body_id])
        for case in waiting
        if case.pk in found
    }
    return {case.pk: still.get(case.pk) or _clock(rows[case], on) for case in rows}


def _course(case: Case) -> Course:
    waits = bridge.confirm_by(case.channel, case.submitted)
    return Course(case.phase, case.running, case.due, case.kept, waits)


def clock_of(made: History, on: date, rules: Rulebook) -> Clock:
    """Return the clock of one case from its history; ``more`` says why it is so."""
    course = bridge.course(made, on, rules)
    still = _standing_still(made, on, rules) if _may_stand_still(course) else None
    found = still or _clock(course, on)
    term = answer_term(made, rules) if course.running else None
    why = spoken(term.why) if term else ""
    said = [still.more, why] if still else [why or found.more]
    if late_before(made, rules):
        said.append(_("此前的答复逾期，重新处理后全案仍计为逾期"))
    if found.mark in {Mark.RUNNING, Mark.SOON}:
        said.append(doubt(found.due, rules))
    return found._replace(more=_("；").join(filter(None, said)))


def doubt(due: date | None, rules: Rulebook) -> str:
    """Return what a later notice may still change of a last day; nothing where none can.

    Nor where the day was set by somebody in a year whose own notice is not there.
    """
    try:
        if due is None or not rules.calendar.doubt(due):
            return ""
    except UncoveredYearError:
        return ""
    return _("待确认：下一年的放假通知可能调整12月的上班日，最后一日届时重新计算")


def until(due: date, on: date, more: str = "") -> Clock:
    """Return the clock of any term that runs until a day."""
    try:
        left = days_left(due, on, Rulebook(calendar()))
    except UncoveredYearError:
        if on > due:
            return Clock(Mark.LATE, None, _("已逾期"), _("天数待定"), due)
        return Clock(Mark.UNSETTLED, None, _("待定"), more, due)
    if on > due:
        passed = max(-left, 1)
        words = ngettext("逾期%(n)s日", "逾期%(n)s日", passed) % {"n": passed}
        return Clock(Mark.LATE, -passed, words, more, due)
    if left == 0:
        return Clock(Mark.SOON, 0, _("今天到期"), more, due)
    mark = Mark.SOON if left <= SOON else Mark.RUNNING
    return Clock(mark, left, _left(left), more, due)


def _may_stand_still(course: Course) -> bool:
    return course.phase == Phase.CONSULTING and course.running == Running.PAUSED


def _clock(course: Course, on: date) -> Clock:
    """Return the clock of a case that runs, has stopped, or is over."""
    due, is_open = course.due, course.phase in OPEN_PHASES
    if not is_open or course.phase == Phase.DISPATCHED:
        over = _over(course)
        if over or not is_open:
            return over or Clock(Mark.NONE, None, "—" if course.running else _("已终结"))
    if course.running == Running.UNSETTLED:
        return Clock(Mark.UNSETTLED, None, _("待定"), _("放假安排尚未录入"))
    if course.phase == Phase.SUBMITTED:
        return _unconfirmed(course, on)
    if due is None and course.running in {Running.STOPPED, Running.PAUSED}:
        return Clock(
            Mark.PAUSED, None, _("停止计时"), spoken(PHASE_NAMES[Phase(course.phase)])
        )
    if due is None:
        return Clock(Mark.NONE, None, "—")
    return until(due, on, _("另定的期限") if course.running == Running.FIXED else "")


def _unconfirmed(course: Course, on: date) -> Clock:
    """Return the clock of a request that awaits confirmation: late from the next day."""
    if course.confirm_by and course.confirm_by < on:
        more = _("平常信函须在收到当日确认；确认后起算")
        return Clock(Mark.LATE, None, _("未当日确认"), more)
    return Clock(Mark.WAITING, None, _("待确认"), _("确认收到后起算"))


def _over(course: Course) -> Clock | None:
    """Return the clock of a case that was answered, none where the answer is open."""
    if course.kept == Timeliness.IN_TIME:
        return Clock(Mark.KEPT, None, _("按期答复"), due=course.due)
    if course.kept == Timeliness.LATE:
        words = _("逾期答复") if course.running else _("逾期未答复，已终结")
        return Clock(Mark.MISSED, None, words, due=course.due)
    if course.kept == Timeliness.UNSETTLED:
        more = _("是否按期尚不能断定")
        return Clock(Mark.UNSETTLED, None, _("待定"), more, course.due)
    return None


def _standing_still(made: History, on: date, rules: Rulebook) -> Clock | None:
    """Return the clock of a case that waits for an opinion, none where it runs again."""
    opened = made.round.open_opinions
    try:
        term = answer_term(made, rules)
        if term is None or not opened or not _covered(term, on):
            return None
        since = min(opinion.sent for opinion in opened)
        stopped = rules.calendar.count_working_days(since, on)
        left = _left_if_it_ended(made, on, rules)
    except UncoveredYearError:
        return None
    more = (
        ngettext("已停%(n)s日", "已停%(n)s日", stopped) % {"n": stopped} if stopped else ""
    )
    words = _("停止计时") if left is None else _left(left)
    return Clock(Mark.PAUSED, left, words, more, term.due)


def _left(days: int) -> str:
    return ngettext("剩%(n)s日", "剩%(n)s日", days) % {"n": days}


def _covered(term: AnswerTerm, on: date) -> bool:
    """Return whether the wait has an open end, or has not ended yet."""
    return term.due is None or not term.pauses or on <= max(p.last for p in term.pauses)


def _left_if_it_ended(made: History, on: date, rules: Rulebook) -> int | None:
    """Return the working days that would remain if every opinion came today."""
    ended = tuple(
        replace(opinion, ended=on, how="recalled") if opinion.ended is None else opinion
        for opinion in made.round.opinions
    )
    term = answer_term(made.in_round(opinions=ended), rules)
    if term is None or term.due is None or term.running is Running.FIXED:
        return None
    return sum(note.counted for note in day_by_day(term, rules) if note.day > on)
