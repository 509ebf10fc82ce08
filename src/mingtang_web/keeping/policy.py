"""Who looks after which body and whose account; nobody looks after their own rights.

An administrator manages their own body and all below it. An account is managed by
whoever manages every body that it opens: else a reset password would lend an
administrator below what its owner may do above.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from mingtang_web import clock
from mingtang_web.bodies.models import Body, Delegation, Membership, Role
from mingtang_web.bodies.policy import MANAGE_BODY, ClosedBodyError, NotAllowedError
from mingtang_web.bodies.queries import above, standing

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from mingtang_web.accounts.models import User


class KeepingError(ValueError):
    """A change that must not be made: what, why and what can be done, in Chinese."""


def require_body(actor: User, body: Body) -> None:
    """Let a change in a body pass.

    Raises `NotAllowedError` for who does not administer it or a body above it.
    """
    if not standing(actor, clock.today()).manages(body):
        raise NotAllowedError(MANAGE_BODY, body)


def require_open(body: Body) -> None:
    """Let something new begin in a body.

    Raises `ClosedBodyError` where it is no more.
    """
    if body.closed_on:
        raise ClosedBodyError(MANAGE_BODY, body)


def refuse_own(actor: User, user: User) -> None:
    """Let a change of rights pass.

    Raises `KeepingError` where they are the actor's own.
    """
    if actor.pk == user.pk:
        said = _("不能更改自己的权限和账号状态；请由另一位管理员，或者上级机关的管理员办理")
        raise KeepingError(said)


def opened_by(user: User, on: date) -> list[Body]:
    """Return the bodies that an account opens from a day on, in the order of the tree.

    Lent roles count. An account that opens nothing any more has those it opened.
    """
    coming = Q(until__isnull=True) | Q(until__gte=on)
    mine = Membership.objects.filter(user=user, body=OuterRef("pk"))
    lent = Delegation.objects.filter(borrower=user, body=OuterRef("pk"), until__gte=on)
    found = Body.objects.filter(Exists(mine.filter(coming)) | Exists(lent))
    return list(found) or list(Body.objects.filter(Exists(mine)))


def require_account(actor: User, user: User) -> Body:
    """Let a change of an account pass, and return the body whose ledger tells of it.

    Raises `KeepingError` for one's own, `NotAllowedError` naming a body of the
    account that the actor does not administer.
    """
    refuse_own(actor, user)
    held = standing(actor, clock.today())
    bodies = opened_by(user, clock.today())
    for body in bodies:
        if not held.manages(body):
            raise NotAllowedError(MANAGE_BODY, body)
    if not bodies:
        said = _("这个账号从未任职，网站上没有管理它的机关；请由管理服务器的人员处理")
        raise KeepingError(said)
    return bodies[0]


def refuse_last_administrator(lost: list[Membership], day: date) -> None:
    """Let appointments end with a day, or at once where their holder is shut out.

    Raises `KeepingError` where a body would be left that nobody administers: neither
    there nor above is another administrator for as long as the one who goes.
    """
    ending = [
        each
        for each in lost
        if each.role == Role.ADMINISTRATOR and (each.until is None or each.until >= day)
    ]
    _take_turns(ending)
    for each in ending:
        if not _others(each, day).exclude(pk__in=[gone.pk for gone in lost]).exists():
            said = _(
                "%(body)s没有别的管理员了（上级机关也没有），没有人能再管理它；请先任命另一位管理员"
            )
            raise KeepingError(said % {"body": each.body.name})


def _take_turns(ending: list[Membership]) -> None:
    """Lock the administrators of whole trees: two who remove each other take turns."""
    tops = {each.body.path[: each.body.path.index("/", 1) + 1] for each in ending}
    for top in sorted(tops):
        rows = Membership.objects.filter(
            role=Role.ADMINISTRATOR, body__path__startswith=top
        )
        list(rows.select_for_update().order_by("pk").values_list("pk"))


def _others(ending: Membership, day: date) -> QuerySet[Membership]:
    """Return the appointments of who administers the body then, here or from above."""
    here = [ending.body_id, *above(ending.body).values_list("pk", flat=True)]
    lasting = Q(until__isnull=True)
    if ending.until:
        lasting |= Q(until__gte=ending.until)
    return Membership.objects.filter(
        lasting,
        role=Role.ADMINISTRATOR,
        body__in=here,
        since__lte=max(day, ending.since),
        user__is_active=True,
    )
