"""An import by two persons: tried and proposed by one, agreed to by an approver.

What was public on the old site went through no review here; in its place one person
answers for the catalogue, and another agrees to the very file, mapping and trial.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mingtang_web import clock, masking
from mingtang_web.bodies.queries import require, standing
from mingtang_web.bringing import policy
from mingtang_web.bringing.models import State
from mingtang_web.bringing.recording import (
    AGREED,
    PROPOSED,
    RETURNED,
    TAKEN_BACK,
    OutOfTurnError,
    in_turn,
    locked,
    record,
)
from mingtang_web.ledger.canonical import canonical
from mingtang_web.ledger.models import Entry

if TYPE_CHECKING:
    from mingtang_web.accounts.models import User
    from mingtang_web.bringing.models import Catalogue


@transaction.atomic
def propose(
    catalogue: Catalogue, reason: str, actor: User, key: str | None = None
) -> Catalogue:
    """Send an import for consent, as it was tried, saying where it comes from.

    Raises `NotAllowedError`, `OutOfTurnError` and `ValidationError`.
    """
    require(actor, policy.BRING, catalogue.body, clock.today())
    present = locked(catalogue)
    if key is not None and Entry.objects.filter(body=present.body_id, key=key).exists():
        return present
    in_turn(present, State.TRIED, State.RETURNED)
    masking.to_keep(reason, "why")
    if not present.trial.get("public") and not present.trial.get("draft"):
        raise OutOfTurnError(_("试算没有一行可以导入，不用送审；请先改正"))
    present.proposer, present.reason = actor, reason.strip()[:500]
    present.state, present.answer, present.approver = State.PROPOSED, "", None
    return record(present, PROPOSED, actor, key, trial=present.trial, of=hash_of(present))


@transaction.atomic
def agree(catalogue: Catalogue, seen: str, approver: User, answer: str = "") -> Catalogue:
    """Consent to an import as it was tried; nothing is brought in yet.

    ``seen`` is the hash of what the approver looked at (`hash_of`). Raises
    `NotAllowedError`, and `OutOfTurnError` for one's own and for one that changed.
    """
    require(approver, policy.AGREE, catalogue.body, clock.today())
    present = locked(catalogue)
    in_turn(present, State.PROPOSED)
    masking.no_personal_data(answer)
    lender = _lender(present, approver)
    why = barred(present, approver) or _barred_for(present, lender)
    if why:
        raise OutOfTurnError(why)
    if seen != hash_of(present):
        raise OutOfTurnError(_("您看到的试算之后情况有变，没有批准；请看过最新的再办"))
    present.state, present.approver = State.AGREED, approver
    present.answer, present.agreed = answer.strip()[:500], seen
    return record(present, AGREED, approver, trial=present.trial, of=seen, lender=lender)


@transaction.atomic
def send_back(catalogue: Catalogue, approver: User, answer: str) -> Catalogue:
    """Return an import to who proposed it, saying why.

    Raises `NotAllowedError`, `OutOfTurnError` and `ValidationError`.
    """
    require(approver, policy.AGREE, catalogue.body, clock.today())
    present = locked(catalogue)
    in_turn(present, State.PROPOSED)
    if not answer.strip():
        raise ValidationError({"opinion": _("退回须写明理由")})
    masking.no_personal_data(answer)
    present.state, present.approver = State.RETURNED, approver
    present.answer = answer.strip()[:500]
    lender = _lender(present, approver)
    return record(present, RETURNED, approver, lender=lender)


@transaction.atomic
def take_back(catalogue: Catalogue, actor: User) -> Catalogue:
    """Withdraw one's own proposal while it waits; raises `OutOfTurnError`."""
    present = locked(catalogue)
    in_turn(present, State.PROPOSED)
    if present.proposer_id != actor.pk:
        raise OutOfTurnError(_("只有送审人本人可以撤回"))
    present.state, present.proposer, present.reason = State.TRIED, None, ""
    return record(present, TAKEN_BACK, actor)


def barred(catalogue: Catalogue, person: User) -> str:
    """Return why a person may not consent to an import; nothing where they may."""
    if person.pk in {catalogue.proposer_id, catalogue.by_id}:
        return _("上传、送审的人不能自己批准导入，须由另一位审批人办理")
    return ""


def _barred_for(catalogue: Catalogue, lender: int | None) -> str:
    """Return why nobody consents in a person's stead; nothing where they may."""
    if lender is not None and lender in {catalogue.proposer_id, catalogue.by_id}:
        return _("您受托代行的那位上传、送审了这次导入，不能代其批准，须由另一位审批人办理")
    return ""


def hash_of(catalogue: Catalogue) -> str:
    """Return the hash of the very file, how it is read, and what its trial found."""
    said = canonical([catalogue.digest, catalogue.mapping, catalogue.trial])
    return hashlib.sha256(said.encode()).hexdigest()


def _lender(catalogue: Catalogue, approver: User) -> int | None:
    return standing(approver, clock.today()).lender_for(policy.AGREE, catalogue.body)
