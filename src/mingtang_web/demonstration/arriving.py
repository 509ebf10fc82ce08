"""The requests that come to a district: the usual ones, those that must be, a worklist."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import cycle
from typing import TYPE_CHECKING

from mingtang.case import events as e
from mingtang.case.deadlines import answer_term
from mingtang.case.replaying import replay
from mingtang.case.state import Phase
from mingtang_web.cases.models import Channel
from mingtang_web.demonstration import people, weights
from mingtang_web.demonstration.days import earlier, later, working_days
from mingtang_web.demonstration.leanings import (
    DIRECT,
    MUST,
    STEADY,
    of_the_past,
    of_these_days,
)
from mingtang_web.demonstration.particulars import Leaning

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from random import Random

    from mingtang.case.rulebook import Rulebook
    from mingtang_web.applicants.sealing import Person

YEARS = 2
SETTLED = 130
"""Working days after which nearly every story has come to its end."""
DISPUTED = 200
"""Working days after which a review and a suit that follows it have come to an end."""
REFUSED = ("N6", "U1a", "U1b", "X1", "N5", "N7", "N2", "U2", "P1")
"""Answers that are surely there to be disputed."""
FREE_OF_CHARGE = 10
"""Requests of one applicant in a month that cost nothing (国办函〔2020〕109号第四条)."""
SURELY_TWICE = 4
WISHES = (
    ("U1a", "legal"),
    ("N6", "legal"),
    ("U1b", "approval"),
    ("extend", "approval"),
    ("X1", "returned"),
    ("G2", "answered"),
)
"""What is proposed in the worklist, and where the proposal stands; or answered."""


@dataclass(frozen=True)
class Place:
    """A body as stories know it: its short name, code and kind."""

    name: str
    code: str
    kind: str


@dataclass(frozen=True)
class Asking:
    """Who asks, in which way, and how the answer is wanted."""

    person: Person
    kind: str
    channel: str
    delivery: str


@dataclass(frozen=True)
class Plan:
    """What is told: of which bodies, where the accounts work, until the day before today.

    ``share`` is the part of the usual requests that come.
    """

    places: tuple[Place, ...]
    at_work: Place
    today: date
    seed: int = 1
    share: float = 1.0

    @property
    def began(self) -> date:
        """The first day of which anything is told."""
        return self.today - timedelta(days=365 * YEARS)

    @property
    def last(self) -> date:
        """The last day of which anything is told: the last day of work before today."""
        return earlier(self.today - timedelta(days=1), 0)


@dataclass(frozen=True)
class Coming:
    """A request that is to come, and what is settled about it already.

    ``whole``, ``into`` and ``origin`` name other stories by their keys: the request it
    is a part of, the one it repeats, the one another body transferred. ``wish`` is
    the ground, or ``extend``, that will be proposed, and ``stage`` where that will
    stand. ``twice`` says that it surely comes a second time.
    """

    first: e.Submitted | e.Divided
    place: Place
    asking: Asking
    leaning: Leaning = field(default_factory=Leaning)
    subject: str = ""
    whole: int | None = None
    into: int | None = None
    origin: int | None = None
    wish: str = ""
    stage: str = ""
    twice: bool = False


def coming_to(plan: Plan, rules: Rulebook, random: Random) -> Iterator[Coming]:
    """Yield the requests that come to a district, in no order."""
    coming = _Requests(plan, rules, random)
    for place in plan.places:
        yield from coming.usual(place)
    yield from coming.certain()
    yield from coming.by_one_person()
    yield from coming.worklist()


def submitted(on: date, asking: Asking) -> e.Submitted:
    """Return the first event of a request."""
    came = Channel(asking.channel).received_as
    return e.Submitted(on=on, channel=came, applicant=asking.kind)


class _Requests:
    """Requests as they are drawn."""

    def __init__(self, plan: Plan, rules: Rulebook, random: Random) -> None:
        self.plan, self.rules, self.random = plan, rules, random
        self.known: dict[str, list[tuple[Person, str]]] = {}

    def usual(self, place: Place) -> Iterator[Coming]:
        """Yield what anybody asks a body."""
        first, most = weights.A_YEAR[place.kind]
        count = sum(self.random.randint(first, most) for _ in range(YEARS))
        days = working_days(self.plan.began, self.plan.last)
        for _ in range(max(1, round(count * self.plan.share))):
            leaning = Leaning(slow=self.random.random() < weights.SLOW)
            yield self._request(place, self.random.choice(days), leaning)

    def certain(self) -> Iterator[Coming]:
        """Yield what leads to every ground and every act, and some that come twice."""
        places = [each for each in self.plan.places if each.kind != "township"]
        days = working_days(self.plan.began, earlier(self.plan.today, SETTLED))
        channels, kinds = cycle(weights.CHANNELS), cycle(weights.KINDS)
        for leaning in of_the_past():
            channel = "online" if "confirm" in leaning.acts else next(channels)
            place, day = self.random.choice(places), self.random.choice(days)
            yield self._request(place, day, leaning, channel, next(kinds))
        slowed = Leaning({**STEADY, "consult_co_author": MUST})
        for day in self.random.sample(days, SURELY_TWICE):
            request = self._request(self.plan.at_work, day, slowed, "in_person")
            yield replace(request, twice=True)
        reviewed = Leaning({**STEADY, **DIRECT, "reopen": MUST}, cause="review")
        yield self._request(
            self.plan.at_work, self.random.choice(days), reviewed, "in_person"
        )
        days = working_days(self.plan.began, earlier(self.plan.today, DISPUTED))
        for code in REFUSED:
            refused = Leaning({**STEADY, **DIRECT}, {code: MUST})
            yield self._request(self.plan.at_work, self.random.choice(days), refused)

    def by_one_person(self) -> Iterator[Coming]:
        """Yield the many requests of one person in one month, the last ones charged."""
        asking = Asking(
            people.applicant(self.random, "person"), "person", "in_person", "post"
        )
        month = (self.plan.today - timedelta(days=240)).replace(day=1)
        for number in range(1, FREE_OF_CHARGE + 3):
            charged = number > FREE_OF_CHARGE
            wishes = {"notify_fee": MUST} if charged else {}
            leaning = Leaning({**STEADY, **wishes}, position=number if charged else 0)
            first = submitted(later(month, number), asking)
            yield Coming(first, self.plan.at_work, asking, leaning)

    def worklist(self) -> Iterator[Coming]:
        """Yield what lies on the desk where the accounts work."""
        at_work, today = self.plan.at_work, self.plan.today
        waiting = Leaning(until=Phase.IN_HAND)
        for day in self._received_so_that_due():
            yield self._request(at_work, day, waiting, "in_person")
        for days, channel in ((0, "online"), (0, "online"), (2, "plain_post")):
            day = earlier(self.plan.last, days)
            yield self._request(at_work, day, Leaning(until=Phase.SUBMITTED), channel)
        for leaning in of_these_days():
            day = earlier(today, self.random.randint(10, 14))
            yield self._request(at_work, day, leaning, "in_person")
        for wish, stage in WISHES:
            day = earlier(today, self.random.randint(9, 14))
            request = self._request(at_work, day, waiting, "signed_post")
            posted = replace(request.asking, delivery="post")
            yield replace(request, asking=posted, wish=wish, stage=stage)

    def _received_so_that_due(self) -> Iterator[date]:
        """Yield days of receipt by which answers are overdue, due today, and soon due."""
        today = self.plan.today
        wanted = [earlier(today, 3), earlier(today, 1)]
        wanted += [later(today, days) for days in (0, 1, 2, 3)]
        asking = Asking(people.authority(""), "person", "in_person", "post")
        for day in working_days(earlier(today, 30), earlier(today, 10)):
            term = answer_term(replay([submitted(day, asking)]), self.rules)
            if term and term.due in wanted:
                wanted.remove(term.due)
                yield day

    def _request(
        self, place: Place, on: date, leaning: Leaning, channel: str = "", kind: str = ""
    ) -> Coming:
        person, kind = self._somebody(place, kind)
        asking = Asking(
            person,
            kind,
            channel or self._draw(weights.CHANNELS),
            self._draw(weights.DELIVERIES),
        )
        return Coming(submitted(on, asking), place, asking, leaning)

    def _somebody(self, place: Place, kind: str) -> tuple[Person, str]:
        """Return who asks: sometimes somebody who has asked the same body before."""
        known = self.known.setdefault(place.name, [])
        if known and not kind and self.random.random() < weights.AGAIN:
            return self.random.choice(known)
        kind = kind or self._draw(weights.KINDS)
        somebody = (people.applicant(self.random, kind), kind)
        known.append(somebody)
        return somebody

    def _draw(self, choices: Mapping[str, float]) -> str:
        names = list(choices)
        return self.random.choices(names, [choices[name] for name in names])[0]
