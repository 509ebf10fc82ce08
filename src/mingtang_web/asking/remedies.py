"""What an applicant may do against the very answer that was given, or against silence."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mingtang.drafting.remedies import (
    Reader,
    remedy_for_silence,
    remedy_paragraph,
    remedy_told,
)
from mingtang.drafting.setting import ELECTRONIC, Setting, SettingError
from mingtang.law import calendar
from mingtang.law.calendar import UncoveredYearError
from mingtang.law.delivery import Dispatch, UnsettledDeliveryError, remedy_starts_on
from mingtang.law.grounds import OpenRemedyError, Remedy
from mingtang.law.parameter import UncoveredDayError
from mingtang.law.terms import term_due
from mingtang_web.letters.bridge import office

if TYPE_CHECKING:
    from datetime import date

    from mingtang.case.events import Decided
    from mingtang_web.asking.following import Followed


class Last(NamedTuple):
    """The last day of a term; one that is ``open`` may still move on.

    It lies in a year whose holidays are not announced: it holds, and is later where
    it turns out to be a day off.
    """

    day: date
    open: bool = False


class Way(NamedTuple):
    """What may be done: the remedy, the law's words, and by which days.

    No ``remedy`` where the law leaves it open, and then ``words`` say why; without
    ``words`` the body has not entered what they name. ``review`` and ``suit`` are the
    last days, none where they cannot be said or do not apply. ``arrived`` is the last
    day to ask for a review where an electronic answer came the day it was sent.
    """

    remedy: Remedy | None
    words: str = ""
    review: Last | None = None
    suit: Last | None = None
    arrived: Last | None = None


class Gone(NamedTuple):
    """Which of the last days of a way are over on a day.

    One in a year whose holidays are not announced is never said to be over: it may
    still turn out to be later.
    """

    review: bool
    suit: bool
    arrived: bool


def gone(way: Way, on: date) -> Gone:
    """Return which of a way's terms are over on a day; of one not known nothing is said."""
    return Gone(*(_over(last, on) for last in (way.review, way.suit, way.arrived)))


def _over(last: Last | None, on: date) -> bool:
    return last is not None and not last.open and last.day < on


def against(seen: Followed, decision: Decided) -> Way:
    """Return what may be done against a decision that went out."""
    try:
        remedy = _remedy(seen, decision)
    except (OpenRemedyError, UncoveredDayError) as why:
        return Way(None, str(why))
    if remedy is Remedy.NA:
        return Way(remedy)
    start = _start(seen)
    suit = _last(start, "suit_direct") if remedy is Remedy.RS else None
    review = _last(start, "review_application")
    arrived = _last(_sent(seen), "review_application")
    sooner = arrived if review is None or arrived != review else None
    return Way(remedy, _words(seen, remedy), review, suit, sooner)


def against_silence(seen: Followed) -> Way:
    """Return what may be done where no answer came in time.

    Both roads, as 法释〔2025〕8号第二条 lets the applicant choose, unless the body found
    that a review comes first: that the law is disputed is for officers to settle, and
    takes no road from the applicant. The terms run from the last day of the answer
    (行政复议法实施条例 on duties not performed; 法释〔2018〕1号第六十六条).
    """
    try:
        remedy = remedy_for_silence(seen.rules.choices.get("silence_remedy"))
    except OpenRemedyError:
        remedy = Remedy.RS
    start = seen.clock.due
    suit = _last(start, "suit_direct") if remedy is Remedy.RS else None
    return Way(remedy, "", _last(start, "review_application"), suit)


def _remedy(seen: Followed, decision: Decided) -> Remedy:
    if decision.remedy:
        return Remedy(decision.remedy)
    return remedy_told(decision.ground, _setting(seen), decision.withheld)


def _words(seen: Followed, remedy: Remedy) -> str:
    try:
        return remedy_paragraph(remedy, _setting(seen), Reader(paper="这份答复")) or ""
    except SettingError:
        return ""


def _setting(seen: Followed) -> Setting:
    """Return what surrounds the answer; the mailbox it went to is not repeated."""
    answer = seen.history.round.answer
    mode = (answer.mode if answer else None) or "post"
    return Setting(
        office=office(seen.case.body),
        day=answer.on if answer else seen.today,
        number=None,
        delivery=mode,
        system="电子邮箱" if mode == ELECTRONIC else None,
        choices=seen.rules.choices,
    )


def _start(seen: Followed) -> date | None:
    """Return the day from which the terms run, none while nobody knows it."""
    answer = seen.history.round.answer
    if answer is None or answer.mode is None or answer.dispatched is None:
        return None
    try:
        return remedy_starts_on(Dispatch(answer.mode, answer.dispatched, answer.delivered))
    except UnsettledDeliveryError:
        return None


def _sent(seen: Followed) -> date | None:
    """Return when an electronic answer went out, which as a rule is when it arrived.

    The terms run from its arrival in the mailbox, not from when it is said to be read
    (行政复议法实施条例第二十三条第一款).
    """
    answer = seen.history.round.answer
    return answer.dispatched if answer and answer.mode == ELECTRONIC else None


def _last(start: date | None, name: str) -> Last | None:
    if start is None:
        return None
    try:
        return Last(term_due(name, start, calendar()))
    except UncoveredYearError:
        return Last(term_due(name, start, calendar(), choice="same_day"), open=True)
    except UncoveredDayError:
        return None
