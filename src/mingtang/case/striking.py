"""What a strike makes of the answer's term, and what is entered in the place of it.

Whoever strikes an entry and enters it anew moves a day as surely as whoever enters
one late: both are asked here whether the answer is put off by it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.case.deadlines import Running, Timeliness, answer_term
from mingtang.case.events import Struck
from mingtang.case.judging import round_timeliness, timeliness
from mingtang.case.recording import kind_of
from mingtang.case.replaying import follow, replay, standing
from mingtang.case.steps import ImpossibleHistoryError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingtang.case.deadlines import AnswerTerm
    from mingtang.case.events import Event
    from mingtang.case.situation import Situation
    from mingtang.case.state import Case

MISSED = frozenset({Timeliness.OVERDUE, Timeliness.LATE})


def why_two(event: Event, now: Situation) -> str:
    """Return why a strike, or what is entered after one, takes two; nothing where not."""
    if isinstance(event, Struck):
        moved = _struck_puts_off(event, now)
        return "更正登记使答复期限推后、计时停止，或者改变逾期的判断" if moved else ""
    if _again_puts_off(event, now):
        return "代替已经更正的登记，使答复期限比原来的登记推后，或者改变逾期的判断"
    return ""


def puts_off(before: Case, after: Case, now: Situation) -> bool:
    """Return whether a case that is written otherwise is to be answered later.

    Its last day is later or known no more, the clock stands still, a lateness is
    gone, or the request does not count as received any more (条例第三十一条、第三十三条).
    """
    for judge in (round_timeliness, timeliness):
        late = judge(before, now.on, now.rulebook) in MISSED
        if late and judge(after, now.on, now.rulebook) not in MISSED:
            return True
    was, then = answer_term(before, now.rulebook), answer_term(after, now.rulebook)
    if was is None:
        return False
    return then is None or _later(was, then)


def _later(was: AnswerTerm, then: AnswerTerm) -> bool:
    if was.due is not None:
        return then.due is None or then.due > was.due
    if was.running is Running.UNSETTLED and then.due is None:
        return then.running is not Running.UNSETTLED or then.start > was.start
    return False


def _struck_puts_off(event: Struck, now: Situation) -> bool:
    try:
        after = replay((*now.events, event))
    except ImpossibleHistoryError:
        return False
    return puts_off(now.case, after, now)


def _again_puts_off(event: Event, now: Situation) -> bool:
    """Return whether an event puts the answer off against a struck one of its kind."""
    befores = tuple(_before_strikes(event, now.events))
    if not befores:
        return False
    try:
        after = follow(now.case, event)
    except ImpossibleHistoryError:
        return False
    return any(puts_off(before, after, now) for before in befores)


def _before_strikes(event: Event, events: Sequence[Event]) -> Iterator[Case]:
    """Yield the case as it would be, had one of the event's kind not been struck."""
    for place, each in enumerate(events):
        if not isinstance(each, Struck) or not _alike(events[each.entry], event):
            continue
        try:
            yield replay(standing(events, undone=place))
        except ImpossibleHistoryError:
            continue


def _alike(one: Event, other: Event) -> bool:
    """Return whether two events tell of the same thing: of one kind, about one party."""
    parties = getattr(one, "party", None), getattr(other, "party", None)
    return kind_of(one) == kind_of(other) and parties[0] == parties[1]
