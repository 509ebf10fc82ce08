"""Acts of two persons: proposed by one, read by the legal reviewer, approved by another.

Nothing is in the case until the last consent; then the event is written as
proposed, or refused as a whole when the case or the law has moved on. An act is
made on the day it is signed: the day of the last consent is the event's and the
letters', and the law is asked as of that day. The day of the proposal stays in
its own entry.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.case.consenting import MOVING, by_nature
from mingtang.case.events import Reclassified, Split, Struck, Transferred
from mingtang.case.permitting import NotPermittedError, admit
from mingtang.case.recording import parse, plain
from mingtang.law.calendar import UncoveredYearError
from mingtang_web import clock
from mingtang_web.bodies.queries import require, standing
from mingtang_web.cases import (
    actions,
    backing,
    belated,
    bridge,
    lettering,
    locking,
    merging,
    policy,
    reissuing,
    renaming,
    waiting,
)
from mingtang_web.cases.actions import Doing, SignOffError, StaleError
from mingtang_web.cases.branching import hand_on, receivers
from mingtang_web.cases.models import UNTOLD, Case, Proposal
from mingtang_web.cases.naming import refuse_names
from mingtang_web.cases.rules import rulebook
from mingtang_web.cases.waiting import PROPOSED, WAITING, close, record, tell
from mingtang_web.ledger.actions import KeyTakenError, hold
from mingtang_web.words import spoken

if TYPE_CHECKING:
    from datetime import date

    from mingtang.case.events import Event
    from mingtang_web.accounts.models import User


@transaction.atomic
def propose(case: Case, event: Event, doing: Doing) -> Proposal:
    """Send an act for consent (送审); the law is asked already now.

    Its letters are kept as drafts, whole but for their numbers. Raises
    `NotAllowedError`, `StaleError`, `NotPermittedError`, `LetterMissingError`,
    `NotReadyError`, and `SignOffError` where the act needs nobody's consent or
    another proposal waits.
    """
    merging.hold(case, event)
    locked = locking.locked(case)
    actor = _known(doing.actor)
    require(actor, policy.doing(event), locked.body, clock.today())
    earlier = actions.came_before(locked, doing.key, PROPOSED)
    if earlier and earlier.content["event"] != plain(event):
        raise KeyTakenError
    if earlier:
        return locked.proposals.get(pk=earlier.content["proposal"])
    refuse_names(locked, note=doing.note, no_letter=doing.unsent)
    asked = belated.needed(locked, event, doing)
    if asked is None:
        raise SignOffError(_("此事无须审批，可以直接办理"))
    if asked.why and not doing.note.strip():
        raise SignOffError(_("须写明理由和依据：%(why)s") % {"why": spoken(asked.why)})
    if any(len(why.strip()) > UNTOLD for why in (doing.no_letter, *doing.untold.values())):
        why = _("不发文书、不告知一位第三方的理由超过%(most)s字，没有送审；请写短一些")
        raise SignOffError(why % {"most": UNTOLD})
    reissuing.nothing_waits(locked)
    if doing.version != locked.version:
        raise StaleError(locked)
    admit(bridge.history(locked.pk), event, rulebook(locked.body))
    backing.ask(locked, event)
    backing.ask_proof(event, doing.note, belated.now_of(locked), locked)
    lettering.ask(locked, event, doing)
    made = Proposal.objects.create(
        case=locked,
        act=policy.doing(event).name,
        event=plain(event),
        reason=doing.note,
        version=locked.version,
        proposer=actor,
        proposed_at=clock.now(),
        stage=Proposal.Stage(asked.consent),
        no_letter=doing.unsent,
    )
    made.letters.set(lettering.drafted(locked, event, doing))
    record(made, PROPOSED, actor, key=doing.key)
    return made


@transaction.atomic
def review(proposal: Proposal, reviewer: User, opinion: str, *, agrees: bool) -> Proposal:
    """Give the legal reviewer's opinion: on to the approver, or back to the proposer.

    Raises `NotAllowedError`, and `SignOffError` for the proposer's own proposal, one
    that does not wait for review, or a return without a word.
    """
    case, locked = _locked(proposal, Proposal.Stage.LEGAL)
    require(reviewer, policy.REVIEW, case.body, clock.today())
    _another(locked, reviewer)
    refuse_names(case, opinion=opinion)
    locked.reviewer, locked.review = reviewer, opinion.strip()
    if agrees:
        locked.stage = Proposal.Stage.APPROVAL
        locked.save()
    else:
        _returned(locked, reviewer, opinion)
    record(locked, "case.reviewed", reviewer, policy.REVIEW)
    return locked


@transaction.atomic
def approve(proposal: Proposal, approver: User, answer: str = "") -> Case:
    """Consent to a proposal and do what it proposes; return the case after it.

    The letters go out as consented to; one issued anew takes the other's place and
    leaves the case as it is, and so does a correction of who asks. Raises
    `NotAllowedError`, `SignOffError`, `StaleError` where the case has moved on,
    `NotPermittedError` where the law no longer permits it, and `ChangedError` where a
    letter would no longer be the same.
    """
    if proposal.event:
        merging.hold(proposal.case, parse(proposal.event))
    case, locked = _locked(proposal, Proposal.Stage.APPROVAL)
    require(approver, policy.APPROVE, case.body, clock.today())
    _another(locked, approver)
    _not_lent(locked, approver)
    refuse_names(case, opinion=answer)
    if locked.amends is not None:
        _consented(locked, approver, answer)
        return renaming.carried_out(case, locked, approver)
    event = dated(locked, clock.today())
    if isinstance(event, Split) and locked.replaces is None:
        raise SignOffError(_("拆分不再审批：请退回，由送审人直接办理，各子件随即登记"))
    if locked.replaces is None:
        waiting.coming_in(case, event)  # before the ledgers, as whoever answers them
        hold(case.body, *receivers(event))
    _consented(locked, approver, answer)
    if locked.replaces is not None:
        return reissuing.carried_out(case, locked, approver)
    doing = Doing(
        *(locked.proposer, locked.version),
        approver=approver, note=locked.reason, no_letter=locked.no_letter,
        drafts=tuple(locked.letters.order_by("id")),
    )  # fmt: skip
    try:
        after = actions.write(case, event, doing)
    except NotPermittedError as refused:
        raise _in_vain(refused, locked, event) from refused
    if isinstance(event, Transferred):
        hand_on(after, event)
    return after


def _in_vain(
    refused: NotPermittedError, proposal: Proposal, event: Event
) -> NotPermittedError:
    """Return a refusal that tells when the act was sent, where that was another day."""
    sent = proposal.proposed_at.astimezone(clock.CHINA).date()
    if event.on <= sent:
        return refused
    said = _(
        "%(why)s。本件%(sent)s送审，%(today)s才审批，已隔%(n)s个工作日；"
        "此事自批准之日起才算办理，不能倒签到送审之日，请退回并写明原因"
    )
    words = {"why": refused.why, "sent": sent, "today": event.on}
    try:
        days: object = rulebook(proposal.case.body).calendar.count_working_days(
            sent, event.on
        )
    except UncoveredYearError:
        days = "—"
    return NotPermittedError(refused.title, said % (words | {"n": days}), refused.cite)


def _consented(proposal: Proposal, approver: User, answer: str) -> None:
    close(proposal, Proposal.Stage.APPROVED, approver, answer)
    tell(proposal)
    record(proposal, "case.approved", approver, policy.APPROVE)


def answered_by(proposal: Proposal, person: User, *, approves: bool) -> str:
    """Return how a proposal was answered, where it waits for this person no more.

    Nothing where it still waits for them, or for somebody else than it was read by;
    a reviewer who ``approves`` too may have both to do.
    """
    if not proposal.is_waiting:
        stage = proposal.get_stage_display()
        if proposal.closed_by_id == person.pk:
            said = _("这项送审已由您办过，现在是“%(stage)s”，没有再改动")
        else:
            said = _("这项送审已是“%(stage)s”，不能再办；请刷新后查看")
        return said % {"stage": stage}
    passed = proposal.stage == Proposal.Stage.APPROVAL
    if passed and proposal.reviewer_id == person.pk and not approves:
        return _("这项送审已由您同意，转送审批，没有再改动")
    return ""


def dated(proposal: Proposal, on: date) -> Event:
    """Return the event that consent on a day would write: made when it is signed.

    What came from outside came when it did. What one person could have done alone on
    an earlier day keeps that day, and so does what was told otherwise than by a letter
    from here: what is consented to then is that it was done.
    """
    event = parse(proposal.event)
    if isinstance(event, Reclassified):
        return replace(event, on=on)  # no column of a year that is over moves back
    proposed = proposal.proposed_at.astimezone(clock.CHINA).date()
    told_elsewhere = isinstance(event, MOVING) and bool(proposal.no_letter)
    came = policy.doing(event) in policy.FROM_OUTSIDE
    if by_nature(event) is None and (event.on < proposed or told_elsewhere or came):
        return event
    return replace(event, on=on)


@transaction.atomic
def send_back(proposal: Proposal, approver: User, answer: str) -> Proposal:
    """Return a proposal to its proposer, with the reason.

    Raises `NotAllowedError` and `SignOffError`.
    """
    case, locked = _locked(proposal, Proposal.Stage.APPROVAL)
    require(approver, policy.APPROVE, case.body, clock.today())
    refuse_names(case, opinion=answer)
    _returned(locked, approver, answer)
    record(locked, "case.returned", approver, policy.APPROVE)
    return locked


@transaction.atomic
def take_back(proposal: Proposal, proposer: User) -> Proposal:
    """Withdraw one's own proposal while it waits; raises `SignOffError`."""
    locked = _locked(proposal, *WAITING)[1]
    if locked.proposer_id != proposer.pk:
        raise SignOffError(_("只有送审人本人可以撤回"))
    close(locked, Proposal.Stage.WITHDRAWN, proposer)
    record(locked, "case.taken_back", proposer)
    return locked


def _locked(proposal: Proposal, *stages: Proposal.Stage) -> tuple[Case, Proposal]:
    """Return the case, locked first as everywhere, and the proposal as it now stands."""
    case = locking.locked(proposal.case)
    found = Proposal.objects.select_for_update(no_key=True).get(pk=proposal.pk)
    if found.stage not in stages:
        raise SignOffError(
            _("这项送审已是“%(stage)s”，不能再办；请刷新后查看")
            % {"stage": found.get_stage_display()}
        )
    return case, found


def _another(proposal: Proposal, person: User) -> None:
    if proposal.proposer_id == person.pk:
        raise SignOffError(_("送审人不能审核、批准自己的送审，须由另一人办理"))
    if proposal.replaces and proposal.replaces.issued_by_id == person.pk:
        raise SignOffError(_("原文书的出具人不能审核、批准重新出具，须由另一人办理"))


def signs_own(proposal: Proposal, person: User) -> bool:
    """Return whether a proposal would strike what this very person entered."""
    event = parse(proposal.event) if proposal.event and not proposal.replaces_id else None
    if not isinstance(event, Struck):
        return False
    rows = bridge.recorded(proposal.case_id)
    return rows[event.entry].actor_id == person.pk


def _not_lent(proposal: Proposal, approver: User) -> None:
    why = barred(proposal, approver)
    if why:
        raise SignOffError(why)


def barred(proposal: Proposal, approver: User) -> str:
    """Return why an approver may not consent who reviewed it too; nothing where they may.

    In somebody's stead, either time, one person cannot do both. Nor does anybody
    consent to striking what they entered themselves.
    """
    if signs_own(proposal, approver):
        return _("要更正的记录是您登记的，不能由您批准更正，须由另一人审批")
    if proposal.reviewer_id != approver.pk or proposal.stage != Proposal.Stage.APPROVAL:
        return ""
    held, body = standing(approver, clock.today()), proposal.case.body
    lent = [held.lender_for(act, body) for act in (policy.REVIEW, policy.APPROVE)]
    if lent != [None, None] or proposal.replaces_id:
        return _("您已办过法制审核，不能再由您批准，须由另一人审批")
    return ""


def _returned(proposal: Proposal, person: User, why: str) -> None:
    if not why.strip():
        raise SignOffError(_("退回须写明理由"))
    close(proposal, Proposal.Stage.RETURNED, person, why)
    tell(proposal)


def _known(actor: User | None) -> User:
    if actor is None:
        raise SignOffError(_("送审须有送审人"))
    return actor
