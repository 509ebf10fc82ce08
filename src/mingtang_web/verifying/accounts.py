"""Accounts against the ledger: a person has one in all bodies, so all chains are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang_web.accounts.models import User
from mingtang_web.keeping.accounts import OPENED, REOPENED, ROW, SHUT
from mingtang_web.ledger.fingerprints import fingerprint
from mingtang_web.ledger.models import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator


def accounts() -> Iterator[str]:
    """Yield every account that is not as it was last opened, shut or let in again.

    Of accounts from before the ledger told of them only that they have no privilege of
    Django's own, which the site gives nobody. Two queries.
    """
    entries = Entry.objects.filter(kind__in=(OPENED, SHUT, REOPENED)).order_by("pk")
    told = {entry.content["user"]: entry.content for entry in entries}
    for user in User.objects.order_by("pk"):
        said, own = told.pop(user.pk, {}), fingerprint(user, *ROW)
        if user.is_superuser or user.is_staff:
            yield f"账号（内部编号{user.pk}）有系统不授予的特权"
        if said.get("row", own) != own:
            yield f"账号（内部编号{user.pk}）与台账不符"
    yield from (f"台账所记的账号（内部编号{pk}）已不在" for pk in told)
