"""Giving people roles, taking them back, and lending them: each with its days."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from mingtang_web import clock
from mingtang_web.bodies import actions
from mingtang_web.bodies.models import Delegation, Membership
from mingtang_web.bodies.policy import NEVER_LENT
from mingtang_web.bodies.queries import standing
from mingtang_web.keeping.policy import (
    KeepingError,
    refuse_last_administrator,
    refuse_own,
    require_body,
    require_open,
)
from mingtang_web.keeping.recording import came_before, write

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from mingtang_web.accounts.models import User
    from mingtang_web.keeping.recording import By
    from mingtang_web.ledger.canonical import Plain

APPOINTED, ENDED = "role.given", "role.ended"
LENT, RETURNED = "role.lent", "role.returned"


def coming(user: User, on: date) -> QuerySet[Membership]:
    """Return what a person holds from a day on, what begins later included."""
    mine = Membership.objects.filter(Q(until__isnull=True) | Q(until__gte=on), user=user)
    return mine.select_related("body", "section")


@transaction.atomic
def appoint(membership: Membership, by: By) -> Membership:
    """Give a person a role in a body and return it; nobody gives one to themselves.

    Raises `NotAllowedError`, `ClosedBodyError`, `KeepingError` and `ValidationError`.
    """
    if by.actor:
        require_body(by.actor, membership.body)
        refuse_own(by.actor, membership.user)
    before = came_before(membership.body, APPOINTED, by)
    if before:
        return Membership.objects.get(pk=before.content["appointment"])
    return appointed(membership, by)


def appointed(membership: Membership, by: By) -> Membership:
    """Give a role that may be given, and write it down; inside a transaction."""
    require_open(membership.body)
    _refuse_shut(membership.user)
    _refuse_twice(membership)
    actions.appoint(membership)
    write(membership.body, APPOINTED, by, **_told(membership))
    return membership


@transaction.atomic
def end(membership: Membership, until: date, by: By) -> Membership:
    """Let a role end with a day and return it; what was done in it stays.

    Yesterday ends it at once. Raises `NotAllowedError`, and `KeepingError` for one's
    own, for the last administrator's, and for a day that cannot be.
    """
    if by.actor:
        require_body(by.actor, membership.body)
        refuse_own(by.actor, membership.user)
    if came_before(membership.body, ENDED, by):
        return membership
    _refuse_odd_end(membership.since, membership.until, until)
    refuse_last_administrator([membership], until + timedelta(days=1))
    membership.until = until
    membership.save(update_fields=("until",))
    write(membership.body, ENDED, by, **_told(membership))
    return membership


@transaction.atomic
def lend(loan: Delegation, by: By) -> Delegation:
    """Lend a person's roles in a body to another for some days, and return it.

    The lender does it, or an administrator for others; nobody borrows for themselves.
    Raises `NotAllowedError`, `ClosedBodyError`, `KeepingError` and `ValidationError`.
    """
    if by.actor and by.actor.pk != loan.lender_id:
        require_body(by.actor, loan.body)
        refuse_own(by.actor, loan.borrower)
    before = came_before(loan.body, LENT, by)
    if before:
        return Delegation.objects.get(pk=before.content["loan"])
    require_open(loan.body)
    _refuse_shut(loan.borrower)
    _refuse_nothing_to_lend(loan)
    actions.lend(loan)
    write(loan.body, LENT, by, **_said(loan), reason=loan.reason)
    return loan


@transaction.atomic
def give_back(loan: Delegation, by: By) -> Delegation:
    """End a loan before its time: at once, or with today where it began today.

    Raises `NotAllowedError` for who neither lent it nor administers the body.
    """
    if by.actor and by.actor.pk != loan.lender_id:
        require_body(by.actor, loan.body)
    if came_before(loan.body, RETURNED, by):
        return loan
    yesterday = clock.today() - timedelta(days=1)
    loan.until = min(loan.until, max(loan.since, yesterday))
    loan.save(update_fields=("until",))
    write(loan.body, RETURNED, by, **_said(loan))
    return loan


def _told(membership: Membership) -> dict[str, Plain]:
    until = membership.until
    return {
        "appointment": membership.pk,
        "user": membership.user_id,
        "role": str(membership.role),
        "section": membership.section_id,
        "since": membership.since.isoformat(),
        "until": until.isoformat() if until else None,
    }


def _said(loan: Delegation) -> dict[str, Plain]:
    return {
        "loan": loan.pk,
        "lender": loan.lender_id,
        "borrower": loan.borrower_id,
        "since": loan.since.isoformat(),
        "until": loan.until.isoformat(),
    }


def _refuse_shut(user: User) -> None:
    if not user.is_active:
        said = _("%(name)s的账号已停用，请先恢复账号，或者另选一人")
        raise KeepingError(said % {"name": user.display_name})


def _refuse_twice(new: Membership) -> None:
    """Refuse a role that the person holds in that body on some of those days."""
    held = Membership.objects.filter(
        Q(until__isnull=True) | Q(until__gte=new.since),
        user=new.user,
        body=new.body,
        role=new.role,
    )
    if new.until:
        held = held.filter(since__lte=new.until)
    if held.exists():
        said = _("%(name)s在%(body)s这段时间已有“%(role)s”角色；请改日期，或者先结束原任职")
        raise KeepingError(
            said
            % {
                "name": new.user.display_name,
                "body": new.body.name,
                "role": new.get_role_display(),
            }
        )


def _refuse_odd_end(since: date, present: date | None, until: date) -> None:
    yesterday = clock.today() - timedelta(days=1)
    first = max(since, yesterday)
    if until < first:
        said = _("最后一天不能早于%(day)s：已经过去的任职不能追改")
        raise KeepingError(said % {"day": first})
    if present and until > present:
        said = _("任职原定到%(day)s为止，不能在这里延长；需要延长的，请另行任命")
        raise KeepingError(said % {"day": present})


def _refuse_nothing_to_lend(loan: Delegation) -> None:
    held = standing(loan.lender, max(loan.since, clock.today())).holdings
    own = {
        each.role for each in held if not each.lender_id and each.body_id == loan.body_id
    }
    if not own - NEVER_LENT:
        said = _("%(name)s在%(body)s没有可以委托的角色（管理、监督不能委托）")
        names = {"name": loan.lender.display_name, "body": loan.body.name}
        raise KeepingError(said % names)
