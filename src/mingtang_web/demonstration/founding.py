"""The demonstration's two years of cases, entered in one transaction: all or none."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from random import Random
from typing import TYPE_CHECKING

from django.db import transaction

from mingtang_web import clock
from mingtang_web.cases.models import Case
from mingtang_web.cases.numbering import case_numbers
from mingtang_web.cases.rules import rulebooks
from mingtang_web.counts.recounting import work_off
from mingtang_web.demonstration.arriving import Place, Plan
from mingtang_web.demonstration.casting import House, cast_all
from mingtang_web.demonstration.complaining import matters
from mingtang_web.demonstration.disputing import disputes
from mingtang_web.demonstration.district import WHERE, bodies_in_order
from mingtang_web.demonstration.papers import scans
from mingtang_web.demonstration.people import REGION
from mingtang_web.demonstration.receipting import receipts
from mingtang_web.demonstration.recording import record_all
from mingtang_web.demonstration.spelling import spells
from mingtang_web.demonstration.staff import staff_of
from mingtang_web.demonstration.stories import District
from mingtang_web.demonstration.undertaking import activities
from mingtang_web.demonstration.worklist import lay_out
from mingtang_web.ledger.queries import head_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from mingtang_web.bodies.models import Body
    from mingtang_web.demonstration.stories import Story

SEED = 836
SHARE = 1.0


@transaction.atomic
def found_cases(
    seed: int = SEED, share: float = SHARE, told: Callable[[str], None] = lambda _: None
) -> int:
    """Fill the district with cases, once, and return how many were made.

    ``told`` hears how far it is. Broken off, it leaves nothing and is done anew.
    """
    if Case.objects.filter(body__region=REGION).exists():
        return 0
    bodies = {body.code: body for body in bodies_in_order()}
    plan = _plan(bodies, seed, share)
    rules = rulebooks(bodies.values())
    told("正在建立演示案件：先按条例逐件推演两年的办理经过……")
    stories = District(plan, rules[bodies[plan.at_work.code].pk]).tell()
    numbers = _numbers(stories, bodies)
    of_body: dict[str, list[Story]] = defaultdict(list)
    for story in stories:
        of_body[story.coming.place.code].append(story)
    origins = _origins(stories, numbers, bodies)
    for done, (code, body) in enumerate(bodies.items(), 1):
        random = Random(f"{seed}/{code}")  # noqa: S311 - no secret
        house = House(body, staff_of(body), rules[body.pk], plan.today, random)
        casts = cast_all(house, of_body[code], numbers)
        deeds = chain(
            disputes(house, casts, plan.last),
            matters(house, plan.last),
            scans(house, casts),
            receipts(house, casts),
            activities(house, plan.last),
            spells(house, plan.last),
        )
        record_all(house, casts, origins, deeds)
        lay_out(house, casts, plan.last)
        work_off(body)
        told(
            f"  {done}/{len(bodies)} {body.short_name}：{len(casts)} 件，"
            f"台账 {head_of(body)[0]} 条"
        )
    return len(stories)


def _plan(bodies: dict[str, Body], seed: int, share: float) -> Plan:
    places = tuple(Place(b.short_name, b.code, b.kind) for b in bodies.values())
    [at_work] = [place for place in places if place.name == WHERE]
    return Plan(places, at_work, clock.today(), seed, share)


def _year(story: Story) -> int:
    return story.events[0].on.year


def _numbers(stories: tuple[Story, ...], bodies: dict[str, Body]) -> dict[int, str]:
    """Return the numbers of all cases: those of a body and year in the order they came."""
    keys: dict[tuple[str, int], list[int]] = defaultdict(list)
    for story in stories:
        keys[story.coming.place.code, _year(story)].append(story.key)
    return {
        key: number
        for (code, year), some in keys.items()
        for key, number in zip(
            some, case_numbers(bodies[code], year, len(some)), strict=True
        )
    }


def _origins(
    stories: tuple[Story, ...], numbers: dict[int, str], bodies: dict[str, Body]
) -> dict[int, str]:
    """Return what is noted of each case that another body transferred."""
    found = {}
    for story in stories:
        origin = story.coming.origin
        if origin is not None:
            sender = bodies[stories[origin].coming.place.code]
            found[story.key] = f"由{sender.name}移送，原编号{numbers[origin]}"
    return found
