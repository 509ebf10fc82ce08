"""Opening accounts, helping people back in, shutting out who left; never deleting."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from allauth.mfa.models import Authenticator
from axes.utils import reset as forget_failures
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mingtang_web import clock
from mingtang_web.accounts.models import User
from mingtang_web.keeping.appointing import appointed, coming
from mingtang_web.keeping.policy import (
    refuse_last_administrator,
    require_account,
    require_body,
)
from mingtang_web.keeping.recording import came_before, write
from mingtang_web.ledger.fingerprints import fingerprint

if TYPE_CHECKING:
    from datetime import datetime

    from mingtang_web.bodies.models import Body, Membership
    from mingtang_web.keeping.recording import By

VALID = timedelta(days=7)
"""For how long a one-time password opens the page where a person sets their own."""
# Without the letters and digits that are read for one another.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
OPENED, AMENDED, RESET = "account.opened", "account.amended", "account.password_reset"
UNLOCKED, FACTOR_RESET = "account.unlocked", "account.second_factor_reset"
SHUT, REOPENED = "account.shut", "account.reopened"
CARD = ("display_name", "email", "phone")
ROW = ("username", "is_active", "is_superuser", "is_staff")
"""What the entry of an account holds of its row; the rest people mend themselves."""


class Opened(NamedTuple):
    """An account with its one-time password, which is told this once.

    ``password`` is empty where the same submission came before: it has been shown.
    """

    user: User
    password: str
    until: datetime


@transaction.atomic
def open_account(user: User, first: Membership, by: By) -> Opened:
    """Enter a person with a first appointment, and return the password to be told.

    Raises `NotAllowedError`, `ClosedBodyError`, and `ValidationError` where a field is
    wrong or the username is taken.
    """
    if by.actor:
        require_body(by.actor, first.body)
    before = came_before(first.body, OPENED, by)
    if before:
        known = User.objects.get(pk=before.content["user"])
        return Opened(known, "", known.one_time_until or clock.now())
    password = _one_time(user)
    _refuse_lookalike(user)
    user.full_clean()
    user.save(force_insert=True)
    write(first.body, OPENED, by, user=user.pk, row=fingerprint(user, *ROW))
    first.user = user
    appointed(first, by._replace(key=None))
    return Opened(user, password, clock.now() + VALID)


@transaction.atomic
def reset_password(user: User, by: By) -> Opened:
    """Give a person a new one-time password and end their sessions.

    Raises `KeepingError` and `NotAllowedError`.
    """
    body = _body_of(user, by)
    if came_before(body, RESET, by):
        return Opened(user, "", user.one_time_until or clock.now())
    password = _one_time(user)
    user.save(update_fields=("password", "one_time_until"))
    forget_failures(username=user.username.lower())
    write(body, RESET, by, user=user.pk)
    return Opened(user, password, clock.now() + VALID)


@transaction.atomic
def unlock(user: User, by: By) -> None:
    """Let a person try again who typed a wrong password too often.

    Raises `KeepingError` and `NotAllowedError`.
    """
    body = _body_of(user, by)
    if not came_before(body, UNLOCKED, by):
        forget_failures(username=user.username.lower())
        write(body, UNLOCKED, by, user=user.pk)


@transaction.atomic
def reset_second_factor(user: User, by: By) -> None:
    """Take away a lost authenticator and its spare codes; the person sets up another.

    Raises `KeepingError` and `NotAllowedError`.
    """
    body = _body_of(user, by)
    if not came_before(body, FACTOR_RESET, by):
        Authenticator.objects.filter(user=user).delete()
        write(body, FACTOR_RESET, by, user=user.pk)


@transaction.atomic
def amend(user: User, card: dict[str, str], by: By) -> None:
    """Mend a person's name and how they are reached; the username stays.

    The ledger tells which fields changed, not what they say. Raises `KeepingError`,
    `NotAllowedError`, and `ValidationError` where a field is wrong.
    """
    body = _body_of(user, by)
    changed: list[str] = [name for name in CARD if getattr(user, name) != card[name]]
    if not changed or came_before(body, AMENDED, by):
        return
    for name in changed:
        setattr(user, name, card[name])
    user.full_clean(exclude=("password",))
    user.save(update_fields=changed)
    write(body, AMENDED, by, user=user.pk, fields=list(changed))


@transaction.atomic
def shut(user: User, why: str, by: By) -> None:
    """Shut out a person who has left; what they did stays under their name.

    Raises `KeepingError`, for the last administrator too, and `NotAllowedError`.
    """
    body = _body_of(user, by)
    if came_before(body, SHUT, by) or not user.is_active:
        return
    today = clock.today()
    refuse_last_administrator(list(coming(user, today)), today)
    User.objects.filter(pk=user.pk).update(is_active=False)
    user.is_active = False
    write(body, SHUT, by, user=user.pk, why=why, row=fingerprint(user, *ROW))


@transaction.atomic
def reopen(user: User, by: By) -> None:
    """Let a person in again who was shut out.

    Raises `KeepingError` and `NotAllowedError`.
    """
    body = _body_of(user, by)
    if came_before(body, REOPENED, by) or user.is_active:
        return
    User.objects.filter(pk=user.pk).update(is_active=True)
    user.is_active = True
    write(body, REOPENED, by, user=user.pk, row=fingerprint(user, *ROW))


def _body_of(user: User, by: By) -> Body:
    if by.actor:
        return require_account(by.actor, user)
    return user.memberships.select_related("body").order_by("body__path")[0].body


def _one_time(user: User) -> str:
    """Give an account a password that must be changed, and return it in clear."""
    password = "-".join(
        "".join(secrets.choice(_LETTERS) for _n in range(4)) for _group in range(4)
    )
    user.set_password(password)
    user.one_time_until = clock.now() + VALID
    return password


def _refuse_lookalike(user: User) -> None:
    """Refuse a username that is another's but for capitals: both would count as one."""
    if User.objects.filter(username__iexact=user.username).exists():
        said = _("用户名“%(name)s”已有人用，请换一个") % {"name": user.username}
        raise ValidationError({"username": said})
