"""Stories of a district: the engine's law at every step, and nothing left out."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from mingtang.case import events as e
from mingtang.case.act import act_of, acts
from mingtang.case.deadlines import Timeliness, answer_term
from mingtang.case.judging import timeliness
from mingtang.case.permitting import admit
from mingtang.case.replaying import replay
from mingtang.case.rulebook import Rulebook
from mingtang.case.state import Phase
from mingtang.law.grounds import ground, grounds
from mingtang_web.demonstration.arriving import Place, Plan
from mingtang_web.demonstration.days import later
from mingtang_web.demonstration.district import BELOW, OFFICE, WHERE
from mingtang_web.demonstration.people import identity_number
from mingtang_web.demonstration.stories import District, Story
from mingtang_web.demonstration.weights import CHANNELS, KINDS
from mingtang_web.masking import personal_data

RULES = Rulebook()
PLACES = tuple(
    Place(outline.short_name, f"code-{n}", outline.kind.value)
    for n, outline in enumerate((OFFICE, *BELOW))
)
[AT_WORK] = [place for place in PLACES if place.name == WHERE]
TODAY = date(2026, 7, 15)


def stories(today: date = TODAY, seed: int = 1) -> tuple[Story, ...]:
    return District(Plan(PLACES, AT_WORK, today, seed, 0.05), RULES).tell()


@pytest.mark.parametrize("today", [TODAY, date(2026, 1, 4), date(2027, 2, 10)])
def test_every_act_ground_line_and_phase_occurs(today):
    told = stories(today)
    every = [event for story in told for event in story.events]
    done = {known.id for known in map(act_of, every) if known}
    assert done == {act.id for act in acts()}
    rested_on = {event.ground for event in every if isinstance(event, e.Decided)}
    assert rested_on == {known.code for known in grounds()}
    lines = {ground(code).line for code in rested_on}
    assert lines == {known.line for known in grounds()}
    phases = {replay(story.events).phase for story in told}
    assert phases == set(Phase)
    assert {story.coming.asking.channel for story in told} == set(CHANNELS)
    assert {story.coming.asking.kind for story in told} == set(KINDS)


def test_the_law_admits_every_step():
    for story in stories():
        for place, event in enumerate(story.events):
            admit(story.events[:place], event, RULES)


def test_the_same_plan_tells_the_same_stories():
    once = stories()
    assert stories() == once
    assert stories(seed=2) != once


def test_nothing_lies_after_the_last_day_of_work_before_today():
    days = [event.on for story in stories(date(2026, 7, 13)) for event in story.events]
    assert max(days) == date(2026, 7, 10)


def test_most_are_granted_or_not_held_and_few_are_late():
    told = District(Plan(PLACES, AT_WORK, TODAY, 3, 0.25), RULES).tell()
    count = Counter(
        event.ground for story in told for event in story.events
        if isinstance(event, e.Decided)
    )  # fmt: skip
    usual = sum(count[code] for code in ("G1", "G2", "P1", "U1a", "U1b"))
    assert usual / count.total() > 0.65
    late = [s for s in told if timeliness(replay(s.events), TODAY, RULES) == "late"]
    assert 0 < len(late) / len(told) < 0.06


def test_the_worklist_has_what_a_desk_has():
    cases = [replay(s.events) for s in stories() if s.coming.place == AT_WORK]
    unanswered = [case for case in cases if case.received and not case.round.answer]
    terms = [answer_term(case, RULES) for case in unanswered if not case.closing]
    due = Counter(term.due for term in terms if term and term.due)
    for days in range(4):
        assert due[later(TODAY, days)] >= 1
    overdue = [case for case in cases if timeliness(case, TODAY, RULES) == "overdue"]
    assert 1 <= len(overdue) <= 3
    assert sum(case.phase is Phase.SUBMITTED for case in cases) >= 3


def test_a_year_without_its_holidays_has_a_worklist_and_nothing_overdue():
    told = stories(date(2028, 3, 1))
    kept = {timeliness(replay(s.events), date(2028, 3, 1), RULES) for s in told}
    assert Timeliness.OVERDUE not in kept
    assert Timeliness.UNSETTLED in kept


def test_numbers_look_right_and_are_nobodys():
    number = identity_number(date(1990, 3, 7), 13)
    assert personal_data(number)  # its check digit is right
    assert number.startswith("990101")
    people = [story.coming.asking for story in stories()]
    for asking in people:
        digits = asking.person.identity_number
        assert digits.startswith("990101" if asking.kind == "person" else "91990101")
