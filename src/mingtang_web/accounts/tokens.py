"""Tokens by which programs call as a person: made, known again, ended."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mingtang_web import clock
from mingtang_web.accounts.models import Token

if TYPE_CHECKING:
    from datetime import date

    from mingtang_web.accounts.models import User

SIGN = "mt_"
SHOWN = 10
MOST, LONGEST = 20, timedelta(days=366)
"""So many that open something at once, and for so long."""
_OFTEN = timedelta(minutes=5)


def make(user: User, name: str, scope: str, until: date) -> tuple[Token, str]:
    """Return a new token and its words, which nobody can show again.

    Raises `ValidationError`.
    """
    today = clock.today()
    if scope not in Token.Scope.values:
        raise ValidationError({"scope": _("请选择范围")})
    if not name.strip():
        raise ValidationError({"name": _("请填写这一项")})
    if not today <= until <= today + LONGEST:
        raise ValidationError({"until": _("有效期须在今天以后，最长一年")})
    if sum(each.holds(today) for each in user.tokens.all()) >= MOST:
        most = {"most": MOST}
        raise ValidationError(_("有效的令牌已有%(most)s个，请先停用不用的") % most)
    words = SIGN + secrets.token_urlsafe(32)
    row = Token.objects.create(
        user=user,
        name=name.strip(),
        scope=scope,
        start=words[:SHOWN],
        hash=_hash(words),
        made_at=clock.now(),
        until=until,
    )
    return row, words


def end(token: Token) -> None:
    """End a token at once; it stays in the list."""
    if token.ended_at is None:
        token.ended_at = clock.now()
        token.save(update_fields=("ended_at",))


def known(words: str) -> Token | None:
    """Return the token of some words that opens something now, with its person.

    One whose person may not sign in opens nothing, nor while their password is one that
    an administrator was shown.
    """
    if not words.startswith(SIGN):
        return None
    row = Token.objects.select_related("user").filter(hash=_hash(words)).first()
    if row is None or not row.holds(clock.today()):
        return None
    if not row.user.is_active or row.user.one_time_until is not None:
        return None
    now = clock.now()
    if row.used_at is None or now - row.used_at > _OFTEN:
        Token.objects.filter(pk=row.pk).update(used_at=now)
    return row


def _hash(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()
