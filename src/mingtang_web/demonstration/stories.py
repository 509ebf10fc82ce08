"""A whole district's cases: who asked which body for what, and what became of it.

Pure and deterministic: the same plan makes the same stories.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from mingtang.case import events as e
from mingtang.case.deadlines import answer_term
from mingtang.case.replaying import replay
from mingtang_web.demonstration import weights
from mingtang_web.demonstration.arriving import Coming, coming_to, submitted
from mingtang_web.demonstration.days import later
from mingtang_web.demonstration.leanings import MUST
from mingtang_web.demonstration.particulars import WHOLE, Leaning, Setting
from mingtang_web.demonstration.subjects import subject
from mingtang_web.demonstration.telling import tell

if TYPE_CHECKING:
    from datetime import date

    from mingtang.case.events import Event
    from mingtang.case.rulebook import Rulebook
    from mingtang_web.demonstration.arriving import Plan

LONGEST_WAIT = 6
"""Working days within which a request that came twice is merged."""
DECEMBER = 12


@dataclass(frozen=True)
class Story:
    """A case as it was told; ``key`` is its place in the district's order of arrival."""

    key: int
    coming: Coming
    subject: str
    events: tuple[Event, ...]


class District:
    """The stories of a district, told in the order in which the requests come."""

    def __init__(self, plan: Plan, rules: Rulebook) -> None:
        self.plan, self.rules = plan, rules
        self.random = Random(f"{plan.seed}/{plan.today}/{plan.share}")  # noqa: S311 - no secret
        self.stories: list[Story] = []
        self.waiting: list[tuple[date, int, Coming]] = []
        self.count = 0

    def tell(self) -> tuple[Story, ...]:
        """Return every story, the request that came first before the others."""
        for coming in coming_to(self.plan, self.rules, self.random):
            self._expect(coming)
        while self.waiting:
            self._tell_next(heapq.heappop(self.waiting)[2])
        return tuple(self.stories)

    def _expect(self, coming: Coming) -> None:
        self.count += 1
        heapq.heappush(self.waiting, (coming.first.on, self.count, coming))

    def _tell_next(self, coming: Coming) -> None:
        codes = tuple(p.code for p in self.plan.places if p != coming.place)
        setting = Setting(self.random, coming.leaning, coming.asking.delivery, codes)
        events = tell(coming.first, self.plan.last, setting, self.rules)
        ground = next((v.ground for v in events if isinstance(v, e.Decided)), coming.wish)
        year = coming.first.on.year
        matter = coming.subject or subject(self.random, coming.place.name, ground, year)
        story = Story(len(self.stories), coming, matter, events)
        self.stories.append(story)
        self._branch(story)

    def _branch(self, story: Story) -> None:
        """Expect what a story leads to: parts, a repeat, a case with another body."""
        for place, event in enumerate(story.events):
            if isinstance(event, e.Split):
                for _part in event.parts:
                    self._expect(self._part(story, place, event.on))
            elif isinstance(event, e.Transferred):
                self._expect(self._transferred(story, event))
        again = later(story.events[0].on, 2)
        lasts = _open_until(story, self.plan.last) > later(again, LONGEST_WAIT)
        twice = story.coming.twice or self.random.random() < weights.TWICE
        whole = story.coming.whole is None and again.month < DECEMBER
        if twice and lasts and whole and _received_by(story, again):
            self._expect(self._again(story, again))

    def _part(self, story: Story, place: int, on: date) -> Coming:
        whole = replay(story.events[:place])
        term = answer_term(whole, self.rules)
        received = whole.received or whole.submitted
        first = e.Divided(
            on=on,
            parent=WHOLE,
            channel=whole.channel,
            applicant=whole.applicant,
            received=received,
            clock=term.start if term else received,
            corrected=whole.corrected,
        )
        return Coming(first, story.coming.place, story.coming.asking, whole=story.key)

    def _transferred(self, story: Story, event: e.Transferred) -> Coming:
        asking = story.coming.asking
        first = submitted(event.on, asking)
        [place] = [each for each in self.plan.places if each.code == event.to]
        return Coming(first, place, asking, subject=story.subject, origin=story.key)

    def _again(self, story: Story, on: date) -> Coming:
        asking, place = story.coming.asking, story.coming.place
        leaning = Leaning({"merge": MUST})
        return Coming(
            submitted(on, asking), place, asking, leaning, story.subject, into=story.key
        )


def _open_until(story: Story, last: date) -> date:
    """Return the day of a case's answer or end, or the last of which anything is told."""
    return next((event.on for event in story.events if isinstance(event, _ENDS)), last)


def _received_by(story: Story, on: date) -> bool:
    """Return whether a request was received by a day: what comes then comes after it."""
    received = replay(story.events).received
    return received is not None and received <= on


_ENDS = (e.Decided, e.Withdrawn, e.Transferred, e.Split, e.Merged)
