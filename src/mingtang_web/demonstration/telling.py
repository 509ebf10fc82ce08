"""One case told from its first event on: day after day, one of what the law offers.

Pure: nothing here knows a database. The law is the engine's own; what is chosen
among its offers follows the weights of an ordinary district and the story's
leaning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.case.deadlines import Running, answer_term
from mingtang.case.particulars import fault
from mingtang.case.permitting import offers
from mingtang.case.replaying import follow, replay
from mingtang.case.situation import Situation
from mingtang.case.state import Phase
from mingtang_web.demonstration import weights
from mingtang_web.demonstration.days import earlier, later
from mingtang_web.demonstration.particulars import event_of

if TYPE_CHECKING:
    from datetime import date

    from mingtang.case.act import Act
    from mingtang.case.events import Divided, Event, Submitted
    from mingtang.case.rulebook import Rulebook
    from mingtang.case.state import Case
    from mingtang_web.demonstration.particulars import Setting

PRESSING = 3
"""Working days before the last one from which an answer can wait no longer."""
MOST_CONSULTED = 2
HEARD = 8
"""Working days after an answer within which no ruling over it comes."""
MOST_READ = 6
"""Working days within which a request is read and a correction asked."""
RARELY_TWICE = 0.05
"""The factor to an act that was done before, or that has no time left."""
_WORK = {Phase.IN_HAND, Phase.CONSULTING, Phase.REASON}
_AT_ONCE = {"on_the_spot", "electronic"}


def tell(
    first: Submitted | Divided, last: date, setting: Setting, rules: Rulebook
) -> tuple[Event, ...]:
    """Return what became of a request until a day.

    The story ends where the case is archived, or the leaning says.
    """
    told = _Telling(first, setting, rules)
    day = first.on
    while told.goes_on:
        day = told.next_day(day)
        if day > last:
            break
        told.live(day)
    return tuple(told.events)


class _Telling:
    """A story as far as it is told."""

    def __init__(self, first: Event, setting: Setting, rules: Rulebook) -> None:
        self.events = [first]
        self.case: Case = replay(self.events)
        self.setting, self.rules = setting, rules
        self.done: set[str] = set()
        self.pressed: date | None = None
        self._look_ahead()

    @property
    def goes_on(self) -> bool:
        """Whether anything more is to be told."""
        ends = self.setting.leaning.until
        if ends == self.case.phase and self.wished <= self.done:
            return False
        return self.case.phase != Phase.ARCHIVED

    @property
    def wished(self) -> set[str]:
        """The acts to which the story leans."""
        return {act for act, factor in self.setting.leaning.acts.items() if factor > 1}

    def next_day(self, day: date) -> date:
        """Return the next day on which somebody looks at the case."""
        phase = self.case.phase
        first, last = weights.GAPS[phase]
        answer = self.case.round.answer
        if answer and phase == Phase.DISPATCHED and answer.mode in _AT_ONCE:
            first = last = 0
        if self.setting.leaning.until and phase == Phase.DELIVERED:
            first, last = 1, 3
        chosen = later(day, self.setting.random.randint(first, last))
        if self.pressed and day < self.pressed < chosen and phase in _WORK:
            return self.pressed
        return chosen

    def live(self, day: date) -> None:
        """Do one of the acts that are offered on a day, or nothing."""
        now = Situation(self.case, day, self.rules)
        able = {offer.act: self._weight(offer.act, now) for offer in offers(now)}
        acts = [act for act, weight in able.items() if weight]
        wait = self._wait(now)
        if not acts or self.setting.random.random() * (sum(able.values()) + wait) < wait:
            return
        [act] = self.setting.random.choices(acts, [able[act] for act in acts])
        event = event_of(act, now, self.setting)
        if fault(event, now) is None:
            self._follow(event, act)

    def _follow(self, event: Event, act: Act) -> None:
        self.events.append(event)
        self.case = follow(self.case, event)
        self.done.add(act.id)
        self._look_ahead()

    def _look_ahead(self) -> None:
        """See from which day on the answer can wait no longer; none where none is known."""
        term = answer_term(self.case, self.rules)
        runs = term and term.due and term.running in {Running.RUNNING, Running.FIXED}
        if self.case.round.answer or not term or not term.due or not runs:
            self.pressed = None
        elif self.setting.leaning.slow:
            self.pressed = later(term.due, self.setting.random.randint(1, 5))
        else:
            self.pressed = earlier(term.due, PRESSING)

    def _wait(self, now: Situation) -> float:
        hurried = now.phase in _WORK and not self.wished <= self.done
        if self._late(now) or hurried:
            return 1.0
        return weights.WAIT[now.phase]

    def _weight(self, act: Act, now: Situation) -> float:
        phase = now.phase
        if self._out_of_time(act, now):
            return 0.0
        usual = weights.ACTS[act.id]
        if act.id == "decide" and phase not in {Phase.IN_HAND, Phase.REASON}:
            usual = weights.LAPSED["decide"]
        elif phase in _WORK:
            usual = self._pressed_weight(act, usual, now)
        wish = self.setting.leaning.acts.get(act.id, 1.0)
        if act.id not in self.done:
            return usual * wish
        return usual * min(wish, 1.0) * (1.0 if act.id in _REPEATED else RARELY_TWICE)

    def _ruled_at_the_soonest(self, now: Situation) -> date:
        """Return the first day on which a ruling over the answer can have come."""
        answer = now.case.round.answer
        return later(answer.dispatched or answer.on, HEARD) if answer else now.on

    def _out_of_time(self, act: Act, now: Situation) -> bool:
        """Return whether nobody would do a lawful act yet, or any more."""
        if act.event == "consulted":
            return len(now.case.round.opinions) >= MOST_CONSULTED
        if act.id == "merge":
            return act.id not in self.wished
        if act.id == "ask_correction":
            return now.on > later(_began(now.case), MOST_READ)
        if act.id == "archive":
            return "reopen" in self.wished - self.done
        return act.id == "reopen" and now.on < self._ruled_at_the_soonest(now)

    def _pressed_weight(self, act: Act, usual: float, now: Situation) -> float:
        """Return a weight as the last day comes near, or is let pass."""
        if self._late(now):
            return weights.LAST_DAYS.get(act.id, usual * RARELY_TWICE)
        if self.setting.leaning.slow and act.id in weights.LAST_DAYS:
            return 0.0
        return usual

    def _late(self, now: Situation) -> bool:
        return self.pressed is not None and now.on >= self.pressed


_REPEATED = {
    "record_consultation_delivery",
    "receive_opinion",
    "note_silence",
    "dispatch",
    "record_delivery",
    "decide",
    "archive",
}


def _began(case: Case) -> date:
    return case.clock or case.received or case.submitted
