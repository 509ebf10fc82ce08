"""An import by two persons: tried and proposed by one (送审), approved by another.

The consent is to the very file, mapping and trial (`ImportProposal`): another mapping,
or a trial that finds something else, lets it lapse, and an approved one counts no more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang_web import clock
from mingtang_web.bodies.queries import require, standing
from mingtang_web.cases.actions import SignOffError
from mingtang_web.cases.models import Proposal
from mingtang_web.importing import consenting, policy, telling
from mingtang_web.importing.models import ImportProposal
from mingtang_web.importing.opening import allowed, locked, reading_hash
from mingtang_web.ledger.actions import Record, append
from mingtang_web.ledger.fingerprints import fingerprint
from mingtang_web.ledger.models import Entry

if TYPE_CHECKING:
    from mingtang_web.accounts.models import User
    from mingtang_web.importing.models import Source
    from mingtang_web.ledger.canonical import Plain

PROPOSED, APPROVED = "import.proposed", "import.approved"
RETURNED, TAKEN_BACK = "import.returned", "import.taken_back"
OVERTAKEN = "import.overtaken"
PROPOSAL = (
    "source_id", "reading", "found", "trial", "rows", "reason", "proposer_id",
    "proposed_at", "stage", "closed_by_id", "closed_at", "answer",
)  # fmt: skip
"""What the entry of a proposal's last step holds of its row."""
FIGURES = "concluded", "in_time", "late", "denied", "since", "first", "last", "refused"
"""What of a trial its entries say in figures."""
STAGE = Proposal.Stage


@transaction.atomic
def propose(
    source: Source, reason: str, actor: User | None, key: str | None = None
) -> ImportProposal:
    """Send an import for consent (送审), as it was tried.

    ``actor`` is none for whoever runs the server. Raises `NotAllowedError`,
    `UntriedError`, and `SignOffError` where it needs nobody's consent, has it, waits for
    it, or no reason is given.
    """
    allowed(actor, source.body)
    present = locked(source)
    sent = Entry.objects.filter(body=present.body_id, key=key, kind=PROPOSED).first()
    if key is not None and sent:
        return present.proposals.get(pk=sent.content["proposal"])
    if not consenting.is_tried(present):
        raise consenting.UntriedError
    why = consenting.why(present)
    if not why:
        raise SignOffError(_("这次导入无须审批，可以直接导入"))
    if consenting.approval(present):
        raise SignOffError(_("这次导入已经批准，可以直接导入"))
    if present.proposals.filter(stage=STAGE.APPROVAL).exists():
        raise SignOffError(_("这次导入已经送审，正待审批"))
    if not reason.strip():
        raise SignOffError(_("须写明理由和依据：%(why)s") % {"why": why})
    trial = present.trial or {}
    made = ImportProposal.objects.create(
        source=present,
        reading=reading_hash(present),
        found=consenting.found_hash(present),
        trial=trial,
        rows=sum(trial["phases"].values()),
        reason=reason.strip(),
        proposer=actor,
        proposed_at=clock.now(),
        stage=STAGE.APPROVAL,
    )
    _record(made, PROPOSED, actor, key)
    telling.asked(made)
    return made


@transaction.atomic
def approve(proposal: ImportProposal, approver: User, answer: str = "") -> ImportProposal:
    """Consent to an import as it was tried; nothing is taken over yet.

    Raises `NotAllowedError`, and `SignOffError` for one's own, one that does not wait, or
    one whose file is read otherwise by now.
    """
    present = _locked(proposal)
    require(approver, policy.APPROVE, present.source.body, clock.today())
    why = barred(present, approver)
    if why:
        raise SignOffError(why)
    if stale(present):
        why = _("送审之后列的对应、试算或者启用情况有变，请退回，重新试算、送审")
        raise SignOffError(why)
    _close(present, STAGE.APPROVED, approver, answer)
    _record(present, APPROVED, approver)
    telling.answered(present)
    telling.supervisors(present)
    return present


@transaction.atomic
def send_back(proposal: ImportProposal, approver: User, answer: str) -> ImportProposal:
    """Return an import to who proposed it; raises `NotAllowedError`, `SignOffError`."""
    present = _locked(proposal)
    require(approver, policy.APPROVE, present.source.body, clock.today())
    if not answer.strip():
        raise SignOffError(_("退回须写明理由"))
    _close(present, STAGE.RETURNED, approver, answer)
    _record(present, RETURNED, approver)
    telling.answered(present)
    return present


@transaction.atomic
def take_back(proposal: ImportProposal, proposer: User | None) -> ImportProposal:
    """Withdraw one's own proposal while it waits; raises `SignOffError`."""
    present = _locked(proposal)
    if present.proposer_id != (proposer and proposer.pk):
        raise SignOffError(_("只有送审人本人可以撤回"))
    _close(present, STAGE.WITHDRAWN, proposer)
    _record(present, TAKEN_BACK, proposer)
    return present


def lapse_otherwise(source: Source, actor: User | None) -> None:
    """Let what waits lapse where the file is read, or was tried, otherwise by now.

    Inside the transaction of what changed it, the file locked.
    """
    for each in source.proposals.filter(stage=STAGE.APPROVAL):
        if stale(each):
            said = _("列的对应或者试算有变，这项送审失效；仍需导入的，请重新送审")
            _close(each, STAGE.OVERTAKEN, actor, said)
            _record(each, OVERTAKEN, actor)
            telling.answered(each)


def stale(proposal: ImportProposal) -> bool:
    """Return whether a file is not any more what was proposed: read, tried, in use."""
    source = proposal.source
    if not source.trial or not source.content or not consenting.is_tried(source):
        return True
    present = reading_hash(source), consenting.found_hash(source)
    return present != (proposal.reading, proposal.found)


def barred(proposal: ImportProposal, person: User) -> str:
    """Return why a person may not consent; nothing where they may."""
    if person.pk in {proposal.proposer_id, proposal.source.by_id}:
        return _("上传、送审旧台账的人不能自己批准导入，须由另一位审批人办理")
    return ""


def _locked(proposal: ImportProposal) -> ImportProposal:
    """Return the proposal as it now stands and waits, its file locked first."""
    present = locked(proposal.source)
    found = present.proposals.select_for_update(no_key=True).get(pk=proposal.pk)
    if not found.is_waiting:
        raise SignOffError(
            _("这项送审已是“%(stage)s”，不能再办；请刷新后查看")
            % {"stage": found.get_stage_display()}
        )
    found.source = present
    return found


def _close(
    proposal: ImportProposal, stage: Proposal.Stage, person: User | None, answer: str = ""
) -> None:
    proposal.stage, proposal.answer = stage, answer.strip()
    proposal.closed_by, proposal.closed_at = person, clock.now()
    proposal.save()


def _record(
    proposal: ImportProposal, kind: str, actor: User | None, key: str | None = None
) -> None:
    """Record a step with the trial's figures; ``lender`` says in whose stead it was."""
    source = proposal.source
    said: dict[str, Plain] = {
        "proposal": proposal.pk, "stage": proposal.stage, "source": source.pk,
        "digest": source.digest, "rows": proposal.rows,
        "row": fingerprint(proposal, *PROPOSAL),
        **{name: proposal.trial[name] for name in FIGURES},
    }  # fmt: skip
    if actor and kind in {APPROVED, RETURNED}:
        lender = standing(actor, clock.today()).lender_for(policy.APPROVE, source.body)
        said |= {"lender": lender} if lender is not None else {}
    append(Record(source.body, kind, said, actor=actor, key=key))
