"""A case while a proposal waits in it: what is refused meanwhile, what overtakes it.

What the body itself chooses to do is refused until the proposal is answered or
taken back. What reaches it from outside (a delivery, an opinion, a payment, a
withdrawal, a ruling) cannot wait: it is recorded, and in the same transaction the
proposal, made on another state of the case, lapses with an entry that says so.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from mingtang.case.events import Decided, Merged, Split, Transferred, Withdrawn
from mingtang_web import clock
from mingtang_web.bodies.queries import standing
from mingtang_web.cases import lettering, policy
from mingtang_web.cases.models import Case, Proposal
from mingtang_web.ledger.actions import Record, append
from mingtang_web.ledger.fingerprints import fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable

    from mingtang.case.events import Event
    from mingtang_web.accounts.models import User
    from mingtang_web.bodies.policy import Act

PROPOSED, OVERTAKEN = "case.proposed", "case.overtaken"
PROPOSAL = (
    "case_id", "act", "reason", "version", "proposer_id", "proposed_at", "reviewer_id",
    "review", "closed_by_id", "closed_at", "answer", "no_letter",
)  # fmt: skip
"""What the entry of a proposal's last step holds of its row, beside event and stage."""
ANSWERED: list[Callable[[Proposal], None]] = []
"""What apps above this one do once a proposal is approved, returned or lapses, with it."""
WAITING = (Proposal.Stage.LEGAL, Proposal.Stage.APPROVAL)
ENDING = (Decided, Withdrawn, Transferred, Split, Merged)
"""What answers or ends a case, so that no other can join it any more."""


def waiting_in(case: Case) -> Proposal | None:
    """Return the proposal that waits in a case, none where none does."""
    return case.proposals.filter(stage__in=WAITING).first()


def against(act: Act, waiting: Proposal | None) -> str:
    """Return why an act must wait for a proposal; nothing where it need not."""
    if waiting is None or act in policy.FROM_OUTSIDE:
        return ""
    return _(
        "本案有一项送审%(stage)s，批准、退回或者撤回之前不能办“%(act)s”；"
        "请先由送审人撤回，或者等审核、审批办结"
    ) % {"stage": waiting.get_stage_display(), "act": act.label}


def overtaken_by(waiting: Proposal, event: Event) -> bool:
    """Return whether an event leaves a proposal nothing to be consented to.

    A correction of who asks rests on no state of the case, and lapses with its end.
    """
    return waiting.amends is None or isinstance(event, ENDING)


def overtake(waiting: Proposal, event: Event, actor: User | None) -> None:
    """Let a proposal lapse for what has been recorded in its case; inside a transaction."""
    why = _("已登记“%(act)s”，案情有变，这项送审失效；仍需办理的，请重新送审")
    said = why % {"act": policy.doing(event).label}
    close(waiting, Proposal.Stage.OVERTAKEN, actor, said)
    record(waiting, OVERTAKEN, actor)
    tell(waiting)


def coming_in(case: Case, event: Event) -> list[Proposal]:
    """Return the proposals to merge others into a case that an event closes to them.

    Locked, and before anything is entered, so that none is answered meanwhile. Of an
    event after which others can still join it none: mostly no query.
    """
    if not isinstance(event, ENDING):
        return []
    rows = Proposal.objects.select_for_update(of=("self",), no_key=True).filter(
        stage__in=WAITING,
        act=policy.DOING["merge"].name,
        case__body=case.body_id,
        event__into=case.number,
    )
    return list(rows.select_related("case__body").order_by("pk"))


def turned_away(
    comers: list[Proposal], case: Case, event: Event, actor: User | None
) -> None:
    """Let proposals lapse that would have merged others into a case; see `coming_in`."""
    why = _("要并入的%(into)s已登记“%(act)s”，这项送审失效；请就本件另行办理")
    said = why % {"into": case.number, "act": policy.doing(event).label}
    for each in comers:
        close(each, Proposal.Stage.OVERTAKEN, actor, said)
        record(each, OVERTAKEN, actor)
        tell(each)


def close(
    proposal: Proposal, stage: Proposal.Stage, person: User | None, answer: str = ""
) -> None:
    """Close a proposal; unless it is carried out, its drafts are made void."""
    proposal.stage, proposal.answer = stage, answer.strip()
    proposal.closed_by, proposal.closed_at = person, clock.now()
    if stage is not Proposal.Stage.APPROVED:
        lettering.dropped(proposal)
    proposal.save()


def tell(proposal: Proposal) -> None:
    """Tell the apps above that a proposal was answered or has lapsed."""
    for told in ANSWERED:
        told(proposal)


def record(
    proposal: Proposal,
    kind: str,
    actor: User | None,
    act: Act | None = None,
    key: str | None = None,
) -> None:
    """Record a step of a proposal; ``lender`` says in whose stead a delegate took it."""
    case = proposal.case
    said = {"proposal": proposal.pk, "event": proposal.event, "stage": proposal.stage}
    said["row"] = fingerprint(proposal, *PROPOSAL)
    if proposal.amends is not None:
        said["amends"] = hashlib.sha256(bytes(proposal.amends)).hexdigest()
    if proposal.replaces_id:
        said["replaces"] = proposal.replaces_id
    drafts = list(proposal.letters.order_by("id").values_list("sha256", flat=True))
    if drafts:
        said["drafts"] = drafts
    if act and actor:
        lender = standing(actor, clock.today()).lender_for(act, case.body)
        said |= {"lender": lender} if lender is not None else {}
    append(Record(case.body, kind, said, actor=actor, case_id=case.pk, key=key))
