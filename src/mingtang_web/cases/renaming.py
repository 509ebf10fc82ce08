"""An applicant's name or certificate corrected (更正申请人身份信息): by two persons.

Whoever is named otherwise may be somebody else, to whom the answer would then go. So
one proposes, with the reason and the proof that was seen, and another approves; how to
reach the applicant stays one person's act (`mingtang_web.cases.amending`). What is
proposed lies sealed under the applicant's own key until then, and is shown masked.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang_web import clock
from mingtang_web.applicants.actions import (
    AMEND,
    UNMASK,
    open_text,
    opened_for_comparing,
    seal_text,
    unmask,
)
from mingtang_web.applicants.sealing import Person, in_part
from mingtang_web.bodies.queries import require
from mingtang_web.cases import amending
from mingtang_web.cases.actions import SignOffError, came_before
from mingtang_web.cases.amending import FIELDS, IDENTITY, Amendment, AmendmentError
from mingtang_web.cases.locking import locked
from mingtang_web.cases.models import Case, Delivery, Form, Proposal
from mingtang_web.cases.naming import named
from mingtang_web.cases.waiting import PROPOSED, record
from mingtang_web.letters.models import Letter

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from mingtang_web.accounts.models import User

PROOF = 200
"""Characters of what the new name or number is known by."""


class Change(NamedTuple):
    """One field of a correction: what it is called, before and after."""

    label: str
    before: str
    after: str


@transaction.atomic
def propose(case: Case, asked: Amendment, actor: User, key: str | None = None) -> Proposal:
    """Send a correction of who asks for another's approval (送审).

    Raises `NotAllowedError`, `ErasedError`, `AmendmentError`, and `SignOffError` where
    one person may do it or another proposal waits.
    """
    present = locked(case)
    require(actor, AMEND, present.body, clock.today())
    earlier = came_before(present, key, PROPOSED)
    if earlier:
        return present.proposals.get(pk=earlier.content["proposal"])
    amending.nothing_waits(present)
    changed = amending.changes(present, asked)
    if not IDENTITY & set(changed):
        raise SignOffError(_("此事无须审批，可以直接办理"))
    _proved(present, asked)
    held = {
        "person": asdict(asked.person), "delivery": asked.delivery,
        "earlier": asked.earlier, "fields": changed, "form": asked.form,
    }  # fmt: skip
    words = {"why": asked.why.strip(), "proof": asked.proof.strip()}
    made = Proposal.objects.create(
        case=present,
        act=AMEND.name,
        event={},
        reason=_("%(why)s（凭据：%(proof)s）") % words,
        version=present.version,
        proposer=actor,
        proposed_at=clock.now(),
        stage=Proposal.Stage.APPROVAL,
        amends=seal_text(present.applicant, json.dumps(held, ensure_ascii=False)),
    )
    record(made, PROPOSED, actor, key=key)
    return made


def renames(case: Case, asked: Amendment) -> bool:
    """Return whether a correction says otherwise who the applicant is.

    Raises `AmendmentError` and `ErasedError`, as the correction itself would.
    """
    return bool(IDENTITY & set(amending.changes(case, asked)))


def carried_out(case: Case, proposal: Proposal, approver: User) -> Case:
    """Correct what two persons consented to, inside the approval's transaction.

    Raises `SignOffError` where the data were corrected meanwhile, and `ErasedError`.
    """
    asked = _asked(proposal)
    if stale(proposal):
        raise SignOffError(_("申请人信息在送审之后已被更正，这项送审请退回后重新提出"))
    changed = amending.changes(case, asked)
    entry = amending.Told(changed, asked.why, proposal.proposer, approver=approver)
    amending.put(case, asked, entry)
    return case


def stale(proposal: Proposal) -> bool:
    """Return whether the data were corrected since a correction was proposed."""
    return amending.times(proposal.case) != _asked(proposal).earlier


def masked(proposal: Proposal) -> list[Change]:
    """Return what is to change, as it may stand on any screen of the body.

    After it was decided on, what was known before is the last that was replaced: so
    only what waits is compared. Raises `ErasedError`.
    """
    asked, was = _asked(proposal), opened_for_comparing(proposal.case.applicant)
    return _changes(in_part(was), in_part(asked.person), proposal)


@transaction.atomic
def look(proposal: Proposal, reader: User, why: str) -> list[Change]:
    """Return what is to change in clear; who looked, and why, enters the ledger.

    Raises `NotAllowedError`, `ErasedError`, and `ValueError` without a reason.
    """
    case = proposal.case
    require(reader, UNMASK, case.body, clock.today())
    was = unmask(case.applicant, reader, why, case_id=case.pk)
    return _changes(was, _asked(proposal).person, proposal)


def letters_to(case: Case) -> QuerySet[Letter]:
    """Return the letters in force that name the applicant as the data now do."""
    rows = Letter.objects.filter(reader=case.applicant_id, status=Letter.Status.ISSUED)
    return rows.defer("content", "order").order_by("id")


def _proved(case: Case, asked: Amendment) -> None:
    if not asked.proof.strip():
        why = _("改变姓名（名称）、证件、代理人的，须写明看过什么凭据")
        raise AmendmentError(why, "proof")
    if len(asked.proof.strip()) > PROOF:
        why = _("凭据最多%(most)s字；没有截断，请写短一些") % {"most": PROOF}
        raise AmendmentError(why, "proof")
    telling = amending.telling(asked.proof, asked.person) or named(case, asked.proof)
    if telling:
        raise AmendmentError(telling, "proof")


def _asked(proposal: Proposal) -> Amendment:
    """Return what a proposal would correct; raises `ErasedError`."""
    applicant = proposal.case.applicant
    held = json.loads(open_text(applicant, bytes(proposal.amends or b"")))
    person = Person(**held["person"])
    seen, form = held["earlier"], held.get("form")
    return Amendment(person, held["delivery"], proposal.reason, seen, form=form)


def _changes(was: Person, now: Person, proposal: Proposal) -> list[Change]:
    asked = _asked(proposal)
    applicant = proposal.case.applicant
    held = json.loads(open_text(applicant, bytes(proposal.amends or b"")))
    case = proposal.case
    before = asdict(was) | _wish(case.delivery, case.form)
    after = asdict(now) | _wish(asked.delivery, asked.form or "")
    return [Change(str(FIELDS[n]), before[n], after[n]) for n in held["fields"]]


def _wish(delivery: str, form: str) -> dict[str, str]:
    wanted = str(Form(form).label) if form else ""
    return {"delivery": str(Delivery(delivery).label), "form": wanted}
