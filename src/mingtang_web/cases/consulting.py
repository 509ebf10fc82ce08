"""Consultations: whom they go to is kept sealed, the ledger knows a number only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from mingtang.case.events import Consulted
from mingtang_web import clock
from mingtang_web.applicants.actions import keep
from mingtang_web.bodies.queries import require
from mingtang_web.cases import actions, bridge, policy
from mingtang_web.cases.models import Case, Consultation

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from mingtang.case.events import Event
    from mingtang_web.applicants.models import Kind
    from mingtang_web.applicants.sealing import Person
    from mingtang_web.cases.actions import Doing


def next_party(events: Iterable[Event]) -> str:
    """Return the number that the next consulted one of a history goes by."""
    asked = [event for event in events if isinstance(event, Consulted)]
    return str(len(asked) + 1)


@transaction.atomic
def consult(
    case: Case, asked: tuple[date, str], person: Person, kind: Kind, doing: Doing
) -> Case:
    """Ask somebody's opinion: the day and role in ``asked``; return the case after it.

    Raises what `mingtang_web.cases.actions.do` raises.
    """
    present = actions.locked(case)
    on, role = asked
    event = Consulted(on=on, party=next_party(bridge.history(present.pk)), role=role)
    if doing.actor is not None:
        require(doing.actor, policy.doing(event), present.body, clock.today())
    if actions.came_before(present, doing.key, bridge.entry_kind(event)):
        return present
    sealed = keep(person, kind, present.body)
    Consultation.objects.create(case=present, party=event.party, person=sealed)
    return actions.do(present, event, doing)
