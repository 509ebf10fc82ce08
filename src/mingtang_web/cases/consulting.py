"""Consultations: whom they go to is kept sealed, the ledger knows a number only."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from django.db import transaction

from mingtang.case.events import Consulted
from mingtang_web import clock
from mingtang_web.applicants.actions import (
    ErasedError,
    amend,
    keep,
    opened_for_comparing,
)
from mingtang_web.applicants.sealing import Person
from mingtang_web.bodies.queries import require
from mingtang_web.cases import actions, bridge, policy, signing
from mingtang_web.cases.locking import locked
from mingtang_web.cases.models import Case, Consultation
from mingtang_web.ledger.actions import Record, append

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from mingtang.case.events import Event
    from mingtang_web.applicants.models import Kind
    from mingtang_web.cases.actions import Doing
    from mingtang_web.cases.models import Proposal
    from mingtang_web.ledger.canonical import Plain


AMENDED = "case.party_amended"


def party_of(case: Case, name: str, events: Iterable[Event]) -> str:
    """Return the number that somebody goes by in a case: once asked, always the same.

    ``events`` are the case's own.
    """
    asked = {event.party for event in events if isinstance(event, Consulted)}
    for row in case.consultations.select_related("person"):
        if _plain(_name(row)) == _plain(name):
            return row.party
    return str(len(asked) + 1)


@transaction.atomic
def consult(
    case: Case, asked: tuple[date, str], person: Person, kind: Kind, doing: Doing
) -> Case:
    """Ask somebody's opinion: the day and role in ``asked``; return the case after it.

    Raises what `mingtang_web.cases.actions.do` raises.
    """
    present = locked(case)
    on, role = asked
    party = party_of(present, person.name, bridge.history(present.pk))
    event = Consulted(on=on, party=party, role=role)
    if doing.actor is not None:
        require(doing.actor, policy.doing(event), present.body, clock.today())
    if actions.came_before(present, doing.key, bridge.entry_kind(event)):
        return present
    _put(present, party, (person, kind), doing)
    return actions.do(present, event, doing)


@transaction.atomic
def propose(
    case: Case, event: Consulted, person: Person, kind: Kind, doing: Doing
) -> Proposal:
    """Send the question to one who was asked before for consent.

    Raises what `mingtang_web.cases.signing.propose` raises.
    """
    _put(locked(case), event.party, (person, kind), doing)
    return signing.propose(case, event, doing)


def _put(case: Case, party: str, whom: tuple[Person, Kind], doing: Doing) -> None:
    """Keep whom a consultation goes to.

    Who was asked before may live elsewhere now: what is told anew is put right on
    record; what is not told again stays.
    """
    person, kind = whom
    row = case.consultations.select_related("person").filter(party=party).first()
    if row is None:
        sealed = keep(person, kind, case.body)
        Consultation.objects.create(case=case, party=party, person=sealed)
        return
    known = asdict(opened_for_comparing(row.person))
    told = {name: value for name, value in asdict(person).items() if value}
    changed: list[Plain] = [name for name in told if told[name] != known[name]]
    if changed:
        amend(row.person, Person(**(known | told)))
        said: dict[str, Plain] = {"party": party, "fields": changed}
        append(Record(case.body, AMENDED, said, actor=doing.actor, case_id=case.pk))


def _name(row: Consultation) -> str:
    try:
        return opened_for_comparing(row.person).name
    except ErasedError:
        return ""


def _plain(name: str) -> str:
    return "".join(name.split())
