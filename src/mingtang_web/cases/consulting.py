"""Consultations: whom they go to is kept sealed, the ledger knows a number only."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.case.act import act_of
from mingtang.case.events import Consulted
from mingtang.case.permitting import NotPermittedError
from mingtang_web import clock
from mingtang_web.applicants.actions import (
    ErasedError,
    amend,
    keep,
    opened_for_comparing,
)
from mingtang_web.applicants.sealing import Person
from mingtang_web.bodies.oneself import own_name, plain
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
CITE = "政府信息公开条例（2019年修订）第三十二条、第三十三条第三款"
"""Whose time is taken out of the term: of third parties and of other organs."""


class NobodyElseError(NotPermittedError):
    """Whoever is to be asked is the applicant, or the body itself; ``at`` is the field."""

    at = "person.name"


def nobody_else(case: Case, person: Person) -> str:
    """Return why somebody is nobody else and cannot be asked in a case; blank: may be.

    The time of asking others is not counted (条例第三十三条第三款); who asks the
    applicant, their agent or itself would stop its own clock. Three queries.
    """
    own = own_name(person.name, case.body)
    if own:
        why = _(
            "“%(name)s”是本机关或者本机关的内设机构，向自己征求意见不能停止计算答复期限；"
            "请在本机关内商量，或者填写别的机关、第三方的全称"
        )
        return why % {"name": own}
    whose = _on_the_applicants_side(case, person)
    if not whose:
        return ""
    why = _(
        "与本件的%(whose)s相同：向%(whose)s征求意见不能停止计算答复期限，请填写别的权利人、机关；"
        "确是同名的另一人的，请在姓名后用括号注明住所或者单位"
    )
    return why % {"whose": whose}


def _on_the_applicants_side(case: Case, person: Person) -> str:
    """Return which of applicant and agent somebody is; of the erased nothing is known."""
    try:
        known = opened_for_comparing(case.applicant)
    except ErasedError:
        return ""
    sides = (
        (_("申请人"), known.name, known.identity_number),
        (_("申请人的代理人"), known.agent, known.agent_identity_number),
    )
    name, number = plain(person.name), plain(person.identity_number)
    for whose, own_side, own_number in sides:
        if (name and name == plain(own_side)) or (number and number == plain(own_number)):
            return whose
    return ""


def party_of(case: Case, name: str, events: Iterable[Event]) -> str:
    """Return the number that somebody goes by in a case: once asked, always the same.

    ``events`` are the case's own.
    """
    asked = {event.party for event in events if isinstance(event, Consulted)}
    for row in case.consultations.select_related("person"):
        if _bare(_name(row)) == _bare(name):
            return row.party
    return str(len(asked) + 1)


@transaction.atomic
def consult(
    case: Case, asked: tuple[date, str], person: Person, kind: Kind, doing: Doing
) -> Case:
    """Ask somebody's opinion: the day and role in ``asked``; return the case after it.

    Raises what `mingtang_web.cases.actions.do` raises, and `NobodyElseError`.
    """
    present = locked(case)
    on, role = asked
    party = party_of(present, person.name, bridge.history(present.pk))
    event = Consulted(on=on, party=party, role=role)
    if doing.actor is not None:
        require(doing.actor, policy.doing(event), present.body, clock.today())
    if actions.came_before(present, doing.key, bridge.entry_kind(event)):
        return present
    _put(present, event, (person, kind), doing)
    return actions.do(present, event, doing)


@transaction.atomic
def propose(
    case: Case, event: Consulted, person: Person, kind: Kind, doing: Doing
) -> Proposal:
    """Send the question to one who was asked before for consent.

    Raises what `mingtang_web.cases.signing.propose` raises, and `NobodyElseError`.
    """
    _put(locked(case), event, (person, kind), doing)
    return signing.propose(case, event, doing)


def _put(case: Case, event: Consulted, whom: tuple[Person, Kind], doing: Doing) -> None:
    """Keep whom a consultation goes to.

    Who was asked before may live elsewhere now: what is told anew is put right on
    record; what is not told again stays.
    """
    (person, kind), party = whom, event.party
    why, known_act = nobody_else(case, person), act_of(event)
    if why:
        raise NobodyElseError(known_act.title if known_act else "", why, CITE)
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


def _bare(name: str) -> str:
    return "".join(name.split())
