"""Telling at once, with the act itself, those who wait for it or go on from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang_web import clock
from mingtang_web.bodies.models import Role
from mingtang_web.cases.models import Case, Proposal
from mingtang_web.notices.actions import tell
from mingtang_web.notices.models import Kind
from mingtang_web.notices.staff import Staff
from mingtang_web.notices.wanting import Wanted

if TYPE_CHECKING:
    from mingtang_web.cases.belated import SignedLate

KINDS = {
    Proposal.Stage.APPROVED: Kind.APPROVED,
    Proposal.Stage.RETURNED: Kind.RETURNED,
    Proposal.Stage.OVERTAKEN: Kind.LAPSED,
}


def told(proposal: Proposal) -> None:
    """Tell the proposer, or whose business the case is where the proposer has left."""
    case, today = proposal.case, clock.today()
    wanted = Wanted(
        KINDS[Proposal.Stage(proposal.stage)],
        case.body_id,
        today,
        (Role.HANDLER,),
        case.pk,
        proposal.proposer_id,
        about=str(proposal.pk),
        but=frozenset({proposal.closed_by_id or 0}),
    )
    tell([wanted], Staff(today), clock.now())


def by_applicant(case: Case, what: str, key: str, role: Role = Role.HANDLER) -> None:
    """Tell whose business the case is what the applicant did; ``key`` is the act's own.

    Or tell all who hold another ``role`` in the body.
    """
    today, roles = clock.today(), (role,)
    wanted = Wanted(
        Kind.BY_APPLICANT,
        case.body_id,
        today,
        roles,
        case.pk,
        case.handler_id,
        about=key,
        title=what,
    )
    tell([wanted], Staff(today), clock.now())


def belated(case: Case, signed: SignedLate | None) -> None:
    """Tell those who supervise that something entered late undid a lateness.

    Or that it was ``signed`` late and nothing else, with both days.
    """
    today, roles = clock.today(), (Role.SUPERVISOR,)
    about = str(case.version)
    wanted = Wanted(Kind.BELATED, case.body_id, today, roles, case.pk, about=about)
    if signed:
        days = "" if signed.days is None else str(signed.days)
        title = f"{signed.proposed.isoformat()} {days}"
        wanted = wanted._replace(kind=Kind.SIGNED_LATE, title=title)
    tell([wanted], Staff(today), clock.now())
