"""Reading bodies, their tree and people's roles: a fixed number of queries each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import F, Q, Value
from django.db.models.functions import StrIndex

from mingtang.text import squeeze
from mingtang_web.accounts.models import User
from mingtang_web.bodies.models import Body, Delegation, Membership, Role
from mingtang_web.bodies.policy import NEVER_LENT, Act, Holding, NotAllowedError, Standing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet


def below(body: Body) -> QuerySet[Body]:
    """Return the bodies below ``body``, itself left out."""
    return Body.objects.filter(path__startswith=body.path).exclude(pk=body.pk)


def above(body: Body) -> QuerySet[Body]:
    """Return the bodies above ``body``, from the top down, itself left out."""
    return (
        Body.objects.annotate(found=StrIndex(Value(body.path), F("path")))
        .filter(found=1)
        .exclude(pk=body.pk)
    )


def is_named(named: str, body: Body) -> bool:
    """Return whether words name a body: by its present, short or a former name."""
    names = {body.name, body.short_name}
    names |= set(body.former_names.values_list("name", flat=True))
    return squeeze(named) in {squeeze(name) for name in names if name}


def called(rows: QuerySet[Body], words: str, most: int) -> list[Body]:
    """Return the bodies that people mean by a few words, the nearest names first.

    A name or short name that has the words comes before one that has their characters
    in this order, as abbreviations do: 住建局 for 住房和城乡建设局. One query.
    """
    wanted = squeeze(words)
    nearer: list[Body] = []
    farther: list[Body] = []
    for body in rows.only("name", "short_name", "code"):
        names = squeeze(body.name), squeeze(body.short_name)
        if any(wanted in name for name in names):
            nearer.append(body)
        elif _in_order(wanted, names[0]):
            farther.append(body)
    return [*nearer, *farther][:most]


def _in_order(wanted: str, name: str) -> bool:
    left = iter(name)
    return all(character in left for character in wanted)


def standing(user: User | AnonymousUser, on: date) -> Standing:
    """Return what a person holds on a day, lent roles included: two queries."""
    if not user.is_authenticated or not user.is_active or user.pk is None:
        return Standing(None)
    own = Membership.objects.filter(_in_force(on), user_id=user.pk)
    holdings = [
        Holding(Role(role), body, path)
        for role, body, path in own.values_list("role", "body_id", "body__path")
    ]
    return Standing(user.pk, (*holdings, *_borrowed(user.pk, on)))


def _borrowed(user_id: int, on: date) -> list[Holding]:
    """Return what others lend; a role the lender no longer holds lends nothing."""
    loans = Delegation.objects.filter(
        borrower_id=user_id,
        since__lte=on,
        until__gte=on,
        lender__is_active=True,
        lender__memberships__body=F("body"),
        lender__memberships__since__lte=on,
    ).filter(
        Q(lender__memberships__until__isnull=True) | Q(lender__memberships__until__gte=on)
    )
    rows = loans.values_list(
        "lender__memberships__role", "body_id", "body__path", "lender_id"
    )
    return [
        Holding(Role(role), body, path, lender)
        for role, body, path, lender in rows
        if role not in NEVER_LENT
    ]


def _in_force(on: date) -> Q:
    return Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gte=on))


def may(user: User | AnonymousUser, act: Act, body: Body, on: date) -> bool:
    """Return whether a person may do an act in a body on a day: two queries.

    Where several acts or bodies are asked about, take `standing` once.
    """
    return standing(user, on).allows(act, body)


def require(user: User | AnonymousUser, act: Act, body: Body, on: date) -> None:
    """Let an act pass.

    Raises `NotAllowedError` when the person may not do it in that body.
    """
    if not may(user, act, body, on):
        raise NotAllowedError(act, body)


def roles(user: User, on: date) -> QuerySet[Membership]:
    """Return the roles that a person holds themselves on a day, with their bodies."""
    mine = Membership.objects.filter(_in_force(on), user_id=user.pk)
    return mine.select_related("body", "section").order_by("body__path", "role")


def holders(body: Body, role: Role, on: date) -> QuerySet[User]:
    """Return the people who hold a role in a body on a day, in the order of names."""
    held = Membership.objects.filter(_in_force(on), body=body, role=role)
    found = User.objects.filter(pk__in=held.values("user"), is_active=True)
    return found.order_by("display_name", "pk")


def able(
    body: Body, roles: Collection[Role], on: date, never_for: Collection[int] = ()
) -> set[int]:
    """Return the ids of who holds one of some roles in a body on a day, or has it on loan.

    Only who can sign in is counted, and what is lent by somebody in ``never_for`` is
    not: two queries.
    """
    held = Membership.objects.filter(_in_force(on), body=body, role__in=roles)
    own = held.filter(user__is_active=True)
    lent = Delegation.objects.filter(
        body=body, since__lte=on, until__gte=on, borrower__is_active=True,
        lender__in=own.values("user"),
    ).exclude(lender__in=list(never_for))  # fmt: skip
    own = own.exclude(user__password__startswith=UNUSABLE_PASSWORD_PREFIX)
    lent = lent.exclude(borrower__password__startswith=UNUSABLE_PASSWORD_PREFIX)
    return {*own.values_list("user", flat=True), *lent.values_list("borrower", flat=True)}


def loans(user: User, on: date) -> QuerySet[Delegation]:
    """Return what others lend a person on a day."""
    lent = Delegation.objects.filter(borrower_id=user.pk, since__lte=on, until__gte=on)
    return lent.select_related("body", "lender").order_by("body__path", "until")


def managed(held: Standing) -> QuerySet[Body]:
    """Return the bodies that a person administers, those below included."""
    return Body.objects.filter(_under(held.managed_paths()))


def seen(held: Standing) -> QuerySet[Body]:
    """Return the bodies a person sees: their own, and below where they supervise."""
    own = Q(pk__in=held.body_ids())
    return Body.objects.filter(own | _under(held.seen_paths()))


def _under(paths: Iterable[str]) -> Q:
    found = Q(pk__in=())
    for path in paths:
        found |= Q(path__startswith=path)
    return found
