"""The first body and its administrator, and the way back in where nobody is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang_web import clock
from mingtang_web.bodies.models import Membership, Role
from mingtang_web.keeping import accounts, tree
from mingtang_web.keeping.policy import KeepingError
from mingtang_web.keeping.recording import By

if TYPE_CHECKING:
    from mingtang_web.accounts.models import User
    from mingtang_web.bodies.models import Body
    from mingtang_web.keeping.accounts import Opened

SERVER = By(None)
"""Who does it: whoever administers the server, by a command."""


@transaction.atomic
def begin(body: Body, user: User) -> Opened:
    """Found a tree's topmost body, and open the account of its administrator.

    All or none. Raises `ValidationError` where a field is wrong or taken.
    """
    if not body.path:
        tree.found(body, SERVER)
    elif _administrators(body):
        said = _("%(body)s已有管理员，请由他在网站上建立账号；忘了口令的，用 reset_account")
        raise KeepingError(said % {"body": body.name})
    first = Membership(body=body, role=Role.ADMINISTRATOR, since=clock.today())
    return accounts.open_account(user, first, SERVER)


@transaction.atomic
def help_in(user: User) -> Opened:
    """Let somebody in again whom no administrator can help: password, lock, code.

    Raises `KeepingError` for an account that is shut or never held a role.
    """
    if not user.is_active or not user.memberships.exists():
        raise KeepingError(
            _("这个账号已停用或者从未任职，不能从服务器重置；请由管理员办理")
        )
    accounts.reset_second_factor(user, SERVER)
    return accounts.reset_password(user, SERVER)


def _administrators(body: Body) -> int:
    rows = Membership.objects.filter(
        body=body, role=Role.ADMINISTRATOR, user__is_active=True
    )
    return rows.exclude(until__lt=clock.today()).count()
