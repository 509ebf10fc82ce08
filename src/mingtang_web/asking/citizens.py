"""Accounts of those who ask: a name and a password, both kept as hashes, and no more.

Nothing here is an officer's: another table, another cookie, no session, no rights but
to the cases that were put to the account by who held them.
"""

from __future__ import annotations

import hmac
import secrets
from functools import cache
from unicodedata import normalize

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.core import signing
from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from mingtang_web import clock, keys
from mingtang_web.asking.following import OPEN_FOR
from mingtang_web.asking.models import Citizen
from mingtang_web.asking.shelf import let_go

_SALT = "mingtang.asking.citizens"


def hidden(name: str) -> str:
    """Return the keyed hash of a name, whatever its width and case.

    >>> hidden(" Moon  Light") == hidden("moon light")
    True
    """
    secret = bytes.fromhex(keys.secret(settings.INDEX_KEY))
    plain = " ".join(normalize("NFKC", name).casefold().split())
    return hmac.digest(secret, f"citizen:{plain}".encode(), "sha256").hex()


def sign_up(name: str, password: str) -> Citizen | None:
    """Make an account; none where the name is somebody's already."""
    made = Citizen(name=hidden(name), made_at=clock.now())
    made.password = make_password(password)
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        return None
    return made


def recognised(name: str, password: str) -> Citizen | None:
    """Return the account of a name and its password; none where either is wrong.

    Whichever is wrong costs the same: one look-up, one hash of the password.
    """
    nobodys, row = _nobodys(), Citizen.objects.filter(name=hidden(name)).first()
    right = check_password(password, row.password if row else nobodys)
    return row if right else None


def confirmed(citizen: Citizen, password: str) -> bool:
    """Return whether a password is the account's."""
    return check_password(password, citizen.password)


def change_password(citizen: Citizen, password: str) -> None:
    """Keep another password; whoever came by the old one is signed out."""
    citizen.password = make_password(password)
    citizen.save(update_fields=("password",))


@transaction.atomic
def close(citizen: Citizen) -> None:
    """Delete an account; its cases stay, and open by number and code as before."""
    row = Citizen.objects.select_for_update().filter(pk=citizen.pk).first()
    if row is not None:
        let_go(row.kept.all())
        row.delete()


def pass_of(citizen: Citizen) -> str:
    """Return by what a browser is known for a while; signed, not stored."""
    return signing.dumps([citizen.pk, _mark(citizen)], salt=_SALT)


def known(given: str) -> Citizen | None:
    """Return whose pass it is, none where it is none, too old or of an old password."""
    try:
        pk, mark = signing.loads(given, salt=_SALT, max_age=OPEN_FOR)
    except (signing.BadSignature, ValueError):
        return None
    row = Citizen.objects.filter(pk=pk).first()
    return row if row and hmac.compare_digest(_mark(row), mark) else None


def _mark(citizen: Citizen) -> str:
    return salted_hmac(_SALT, citizen.password, algorithm="sha256").hexdigest()[:16]


@cache
def _nobodys() -> str:
    """Return a hash to compare with where there is no account: nobody's password."""
    return make_password(secrets.token_hex())
