"""Reading accounts and bodies for who looks after them: a fixed number of queries."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Lower

from mingtang_web import clock
from mingtang_web.accounts.models import User
from mingtang_web.bodies.models import Body, Membership, Role
from mingtang_web.bodies.queries import managed
from mingtang_web.ledger.models import Entry

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet

    from mingtang_web.bodies.policy import Standing

OURS = ("account.", "role.", "body.", "letter.edited")
"""How the kinds of entries begin that tell of looking after, not of cases."""


class Line(NamedTuple):
    """A body in the tree: how deep it stands, and how it is staffed today."""

    body: Body
    depth: int
    people: int
    administrators: int


def accounts(held: Standing) -> QuerySet[User]:
    """Return the accounts with a role, now or once, in a body that a person administers.

    Each bears ``locked`` and ``has_factor``.
    """
    here = Membership.objects.filter(user=OuterRef("pk"), body__in=managed(held))
    since = clock.now() - settings.AXES_COOLOFF_TIME
    failed = AccessAttempt.objects.filter(
        failures_since_start__gte=settings.AXES_FAILURE_LIMIT, attempt_time__gt=since
    )
    named = failed.annotate(low=Lower("username")).filter(low=Lower(OuterRef("username")))
    factors = Authenticator.objects.filter(user=OuterRef("pk"), type="totp")
    rows = User.objects.filter(Exists(here))
    rows = rows.annotate(locked=Exists(named), has_factor=Exists(factors))
    return rows.order_by("-is_active", "display_name", "pk")


STATES: dict[str, Q] = {
    "active": Q(is_active=True),
    "shut": Q(is_active=False),
    "locked": Q(is_active=True, locked=True),
    "waiting": Q(is_active=True, one_time_until__isnull=False),
}
"""How accounts may be narrowed down."""


def held_by(users: Iterable[User], on: date) -> dict[int, list[Membership]]:
    """Return what each of some people holds on a day, by their ids: one query."""
    rows = Membership.objects.filter(
        Q(until__isnull=True) | Q(until__gte=on), user__in=users, since__lte=on
    ).select_related("body")
    found: dict[int, list[Membership]] = {}
    for row in rows.order_by("body__path", "role"):
        found.setdefault(row.user_id, []).append(row)
    return found


def tree(held: Standing, on: date) -> list[Line]:
    """Return the bodies that a person administers, from the top down: one query."""
    there = Q(memberships__since__lte=on, memberships__user__is_active=True) & (
        Q(memberships__until__isnull=True) | Q(memberships__until__gte=on)
    )
    rows = managed(held).select_related("successor").annotate(
        people=Count("memberships__user", filter=there, distinct=True),
        keepers=Count(
            "memberships__user",
            filter=there & Q(memberships__role=Role.ADMINISTRATOR),
            distinct=True,
        ),
    )  # fmt: skip
    bodies = list(rows.order_by("path"))
    top = min((body.path.count("/") for body in bodies), default=0)
    return [
        Line(body, body.path.count("/") - top, body.people, body.keepers) for body in bodies
    ]


def changes(held: Standing) -> QuerySet[Entry]:
    """Return what the ledgers tell of looking after, the last first."""
    ours = Q()
    for beginning in OURS:
        ours |= Q(kind__startswith=beginning)
    rows = Entry.objects.filter(ours, body__in=managed(held), case_id=None)
    return rows.select_related("body", "actor").order_by("-recorded_at", "-id")


def counts(held: Standing) -> dict[str, int]:
    """Return how many accounts are locked, or wait for a first sign-in: two queries."""
    rows = accounts(held)
    return {name: rows.filter(STATES[name]).count() for name in ("locked", "waiting")}
