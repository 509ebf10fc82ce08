"""What a ledger says of stories: every entry in its order, each at its own moment."""

from __future__ import annotations

from contextlib import closing
from copy import copy
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from mingtang.case.act import act_of
from mingtang_web import clock
from mingtang_web.bodies.models import Role
from mingtang_web.cases import bridge, policy
from mingtang_web.cases.actions import SEARCH
from mingtang_web.cases.assigning import ASSIGNED
from mingtang_web.cases.lettering import BY_LETTER
from mingtang_web.cases.models import Proposal
from mingtang_web.cases.waiting import PROPOSAL
from mingtang_web.ledger.actions import Record, append_all
from mingtang_web.ledger.fingerprints import fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator
    from datetime import datetime

    from mingtang_web.accounts.models import User
    from mingtang_web.demonstration.casting import Cast, House
    from mingtang_web.ledger.canonical import Plain


class Step(NamedTuple):
    """One thing that was done, and when."""

    moment: datetime
    record: Record


class Deed(NamedTuple):
    """Something done through the site's own action, and when."""

    moment: datetime
    do: Callable[[], object]


def record_all(
    house: House, casts: list[Cast], origins: dict[int, str], deeds: Iterable[Deed] = ()
) -> None:
    """Enter everything that was done in a body's cases in its ledger, in its order.

    What no deed of the site's own enters is entered many at a time. ``origins``
    says, by a story's key, what is noted of a case that another body transferred.
    """
    steps = [step for cast in casts for step in _steps(house, cast, origins)]
    done: list[Step | Deed] = [*steps, *deeds]
    done.sort(key=lambda each: each.moment)
    for _, some in groupby(done, lambda each: isinstance(each, Deed)):
        run = list(some)
        with closing(_in_time(e for e in run if isinstance(e, Step))) as records:
            append_all(house.body, records)
        for deed in run:
            if isinstance(deed, Deed):
                with clock.fixed(deed.moment):
                    deed.do()


def _in_time(steps: Iterable[Step]) -> Generator[Record]:
    """Yield each record while the clock stands at its moment."""
    for step in steps:
        with clock.fixed(step.moment):
            yield step.record


NO_LETTER = "演示案件由程序编成，没有逐件拟写文书；每个机关各有一份可以打开的登记回执"


def _steps(house: House, cast: Cast, origins: dict[int, str]) -> Iterator[Step]:
    case, key = cast.case, cast.story.key
    for place, (event, moment) in enumerate(zip(cast.events, cast.moments, strict=True)):
        if place in cast.searches:
            search = cast.searches[place]
            said: dict[str, Plain] = {
                "search": search.pk,
                "on": search.on.isoformat(),
                "row": fingerprint(search, *SEARCH),
            }
            record = Record(house.body, "case.searched", said, search.by, case_id=case.pk)
            yield Step(search.recorded_at, record)
        proposal = cast.proposals.get(place)
        if proposal:
            yield from _consents(house, proposal)
        if place in cast.ordered:
            continue
        record = Record(
            house.body,
            bridge.entry_kind(event),
            bridge.payload(event, **_beside(cast, place, origins)),
            actor=None if key in origins and not place else _actor(house, cast, place),
            approver=house.staff.approver if proposal else None,
            case_id=case.pk,
        )
        yield Step(moment, record)
        if place == 0 and case.handler and case.parent is None:
            yield _assigned(house, cast)


def _beside(cast: Cast, place: int, origins: dict[int, str]) -> dict[str, Plain]:
    """Return what an entry says beside its event."""
    case, key = cast.case, cast.story.key
    more: dict[str, Plain] = {}
    if place == 0:
        more = {"number": case.number, "came": case.channel}
        more |= {"form": case.form} if case.form else {}
        more["row"] = fingerprint(case, *bridge.REGISTERED)
        more |= {"note": origins[key]} if key in origins else {}
    elif place in cast.proposals:
        more = {"note": cast.proposals[place].reason}
    known = act_of(cast.events[place])
    if known and known.id in BY_LETTER:
        more["no_letter"] = NO_LETTER
    return more


def _assigned(house: House, cast: Cast) -> Step:
    case = cast.case
    said: dict[str, Plain] = {
        "section": [None, case.section_id],
        "handler": [None, case.handler_id],
    }
    record = Record(house.body, ASSIGNED, said, house.staff.clerk, case_id=case.pk)
    return Step(cast.moments[0] + timedelta(minutes=1), record)


def _consents(house: House, proposal: Proposal) -> Iterator[Step]:
    """Yield who proposed, read and approved, as `mingtang_web.cases.signing` records it.

    The row's hash of each step is that of the row as it was left by that step.
    """
    at, stages = proposal.proposed_at, Proposal.Stage
    row = copy(proposal)
    row.reviewer, row.review, row.closed_by, row.closed_at = None, "", None, None
    if proposal.reviewer:
        yield _consent(house, row, "case.proposed", stages.LEGAL, at)
        row.reviewer, row.review = proposal.reviewer, proposal.review
        read = at + timedelta(minutes=10)
        yield _consent(house, row, "case.reviewed", stages.APPROVAL, read)
    else:
        yield _consent(house, row, "case.proposed", stages.APPROVAL, at)
    approved = proposal.closed_at or at
    yield _consent(house, proposal, "case.approved", stages.APPROVED, approved)


def _consent(
    house: House, row: Proposal, kind: str, stage: Proposal.Stage, moment: datetime
) -> Step:
    said: dict[str, Plain] = {"proposal": row.pk, "event": row.event, "stage": stage}
    said["row"] = fingerprint(row, *PROPOSAL)
    actors = {"case.proposed": row.proposer, "case.reviewed": row.reviewer}
    actor = actors.get(kind, house.staff.approver)
    return Step(moment, Record(house.body, kind, said, actor, case_id=row.case_id))


def _actor(house: House, cast: Cast, place: int) -> User:
    """Return who enters an event: the handler what is decided, the desk what arrives."""
    roles = policy.doing(cast.events[place]).roles if place else {Role.CLERK}
    if Role.CLERK in roles:
        return house.staff.clerk
    return cast.case.handler or house.staff.handlers[0]
