"""Stories made into rows: cases, applicants, those consulted, searches, proposals.

Rows are written many at a time; the columns of a case are what
`mingtang_web.cases.bridge` makes of its history, as everywhere.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from mingtang.case import events as e
from mingtang.case.recording import plain
from mingtang.case.replaying import replay
from mingtang.case.situation import Situation
from mingtang_web import clock
from mingtang_web.applicants.actions import seal_text, sealed
from mingtang_web.applicants.models import Applicant, Kind
from mingtang_web.cases import bridge, policy
from mingtang_web.cases.models import Case, Consultation, Proposal, SearchRecord
from mingtang_web.demonstration import people, subjects, weights
from mingtang_web.demonstration.days import later

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from random import Random

    from mingtang.case.events import Event
    from mingtang.case.rulebook import Rulebook
    from mingtang_web.accounts.models import User
    from mingtang_web.bodies.models import Body
    from mingtang_web.demonstration.staff import Staff
    from mingtang_web.demonstration.stories import Story

REVIEW = "review"
OPENS, CLOSES = time(8, 50), 300
"""When an office opens, and for how many minutes people begin something."""
AUTHORITIES = ("西山区自然资源局", "西山区生态环境局", "西山区档案馆", "长汀市城市管理局")


@dataclass
class Cast:
    """A story with its rows: one moment an event, one proposal an event that took two.

    ``ordered`` are the places of what a ruling orders: it enters the case with it.
    """

    story: Story
    case: Case
    events: tuple[Event, ...]
    moments: tuple[datetime, ...]
    proposals: dict[int, Proposal] = field(default_factory=dict)
    searches: dict[int, SearchRecord] = field(default_factory=dict)
    ordered: frozenset[int] = frozenset()


@dataclass(frozen=True)
class House:
    """A body with what its cases are made of; their columns are those of ``today``."""

    body: Body
    staff: Staff
    rules: Rulebook
    today: date
    random: Random


def cast_all(
    house: House, stories: Sequence[Story], numbers: Mapping[int, str]
) -> list[Cast]:
    """Return a body's stories as rows that are saved."""
    parts_of: dict[int, list[str]] = defaultdict(list)
    for story in stories:
        if story.coming.whole is not None:
            parts_of[story.coming.whole].append(numbers[story.key])
    casts = [_cast(house, story, numbers, parts_of[story.key]) for story in stories]
    by_key = {cast.story.key: cast for cast in casts}
    wholes = [cast for cast in casts if cast.story.coming.whole is None]
    parts = [cast for cast in casts if cast.story.coming.whole is not None]
    Applicant.objects.bulk_create([cast.case.applicant for cast in wholes])
    Case.objects.bulk_create([cast.case for cast in wholes])
    for cast in parts:
        _join(cast.case, by_key[cast.story.coming.whole or 0].case)
    Case.objects.bulk_create([cast.case for cast in parts])
    _consulted(house, casts)
    SearchRecord.objects.bulk_create(_searches(house, casts))
    Proposal.objects.bulk_create(_proposals(house, casts))
    return casts


def named(
    event: Event, story: Story, numbers: Mapping[int, str], parts: Sequence[str]
) -> Event:
    """Return an event with the numbers of other cases in the place of their stand-ins."""
    if isinstance(event, e.Split):
        return replace(event, parts=tuple(parts))
    if isinstance(event, e.Divided) and story.coming.whole is not None:
        return replace(event, parent=numbers[story.coming.whole])
    if isinstance(event, e.Merged) and story.coming.into is not None:
        return replace(event, into=numbers[story.coming.into])
    return event


def _cast(
    house: House, story: Story, numbers: Mapping[int, str], parts: Sequence[str]
) -> Cast:
    events = tuple(named(event, story, numbers, parts) for event in story.events)
    moments = _moments(house.random, events)
    asking = story.coming.asking
    number = UUID(int=house.random.getrandbits(128), version=4)
    applicant = sealed(
        people.represented(asking.person, number), Kind(asking.kind), house.body, number
    )
    case = Case(
        body=house.body,
        number=numbers[story.key],
        applicant=applicant,
        channel=asking.channel,
        subject=story.subject,
        description=seal_text(applicant, subjects.words(house.random, story.subject)),
        delivery=asking.delivery,
        form=_form(asking.delivery, number),
        created_at=moments[0],
    )
    bridge.put(case, events, house.today, house.rules)
    if _is_assigned(house, case, moments[0]):
        case.section = house.staff.section
        case.handler = house.random.choice(_handlers(house))
    ordered = (
        n for n, v in enumerate(events) if isinstance(v, e.Reopened) and v.cause == REVIEW
    )
    return Cast(story, case, events, moments, ordered=frozenset(ordered))


def _form(delivery: str, number: UUID) -> str:
    """Return in what form somebody wants the information; some do not say."""
    return weights.FORMS[delivery] if number.int % weights.UNSAID else ""


def _handlers(house: House) -> tuple[User, ...]:
    """Return whom cases are given to, the one whose account is told twice as often."""
    return (house.staff.handlers[0], *house.staff.handlers)


def _is_assigned(house: House, case: Case, came: datetime) -> bool:
    recent = later(came.astimezone(clock.CHINA).date(), 2) >= house.today
    return case.phase != "submitted" and not (recent and case.version == 1)


def _join(part: Case, whole: Case) -> None:
    part.parent, part.applicant = whole, whole.applicant
    part.description = whole.description
    part.section, part.handler = whole.section, whole.handler


def _moments(random: Random, events: tuple[Event, ...]) -> tuple[datetime, ...]:
    """Return when each event was recorded: on its day or when it became known, in order."""
    made: list[datetime] = []
    for event in events:
        opens = datetime.combine(event.on, OPENS, clock.CHINA)
        moment = opens + timedelta(minutes=random.randrange(CLOSES))
        if made and moment <= made[-1]:
            moment = made[-1] + timedelta(minutes=random.randrange(35, 50))
        made.append(moment.astimezone(UTC))
    return tuple(made)


def _consulted(house: House, casts: list[Cast]) -> None:
    """Write down, sealed, whom each consultation went to."""
    rows = []
    for cast in casts:
        for event in cast.events:
            if isinstance(event, e.Consulted):
                applicant = _party(house, event.role)
                rows.append(
                    Consultation(case=cast.case, party=event.party, person=applicant)
                )
    Applicant.objects.bulk_create([row.person for row in rows])
    Consultation.objects.bulk_create(rows)


def _party(house: House, role: str) -> Applicant:
    number = UUID(int=house.random.getrandbits(128), version=4)
    if role == "third_party":
        kind = house.random.choice((Kind.COMPANY, Kind.COMPANY, Kind.PERSON))
        return sealed(people.applicant(house.random, kind), kind, house.body, number)
    person = people.authority(house.random.choice(AUTHORITIES))
    return sealed(person, Kind.OTHER, house.body, number)


def _searches(house: House, casts: list[Cast]) -> list[SearchRecord]:
    """Return a search record for every decision that something is not held."""
    for cast in casts:
        for place, event in enumerate(cast.events):
            if isinstance(event, e.Decided) and "U1a" in (event.ground, *event.withheld):
                moment = cast.moments[place] - timedelta(minutes=30)
                cast.searches[place] = searched(house, cast.case, moment)
    return [record for cast in casts for record in cast.searches.values()]


def searched(house: House, case: Case, moment: datetime) -> SearchRecord:
    """Return how a body looked for what it does not hold, unsaved."""
    found = house.random.choice(subjects.SEARCHES)
    return SearchRecord(
        case=case,
        scope=found.scope,
        method=found.method,
        on=moment.astimezone(clock.CHINA).date(),
        result=found.result,
        by=case.handler or house.staff.handlers[0],
        recorded_at=moment,
    )


def _proposals(house: House, casts: list[Cast]) -> list[Proposal]:
    """Return the proposals, all approved, of the events that took two people."""
    for cast in casts:
        for place, event in enumerate(cast.events):
            if not place or place in cast.ordered:
                continue
            stage = policy.first_stage(event, _before(house, cast, place))
            if stage is not None:
                cast.proposals[place] = _approved(house, cast, place, stage)
    return [made for cast in casts for made in cast.proposals.values()]


def _before(house: House, cast: Cast, place: int) -> Situation:
    """Return a case as it stood when an event of it was entered."""
    made = replay(cast.events[:place])
    return Situation(made, cast.events[place].on, house.rules)


def _approved(house: House, cast: Cast, place: int, stage: Proposal.Stage) -> Proposal:
    event, staff = cast.events[place], house.staff
    reason = house.random.choice(subjects.REASONS)
    reads = stage == Proposal.Stage.LEGAL
    return Proposal(
        case=cast.case,
        act=policy.doing(event).name,
        event=plain(event),
        reason=subjects.ONE_REQUEST if isinstance(event, e.Merged) else reason,
        version=place,
        proposer=cast.case.handler or staff.handlers[0],
        proposed_at=cast.moments[place] - timedelta(minutes=20),
        stage=Proposal.Stage.APPROVED,
        reviewer=staff.reviewer if reads else None,
        review=house.random.choice(subjects.OPINIONS) if reads else "",
        closed_by=staff.approver,
        closed_at=cast.moments[place],
    )
