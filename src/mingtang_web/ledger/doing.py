"""Who does an act, on what they had seen: the same in every app that keeps a ledger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from mingtang_web.accounts.models import User


@dataclass(frozen=True)
class Doing:
    """Who does an act, on which version of its object, with which submission token.

    ``note`` is kept in the ledger beside the act, in words without personal data.
    ``actor`` is none for what the site does by itself.
    """

    actor: User | None
    version: int
    key: str | None = None
    approver: User | None = None
    note: str = ""

    @property
    def person(self) -> User:
        """Whoever does it, where the site itself may not; raises `ValueError`."""
        if self.actor is None:
            raise ValueError(_("登记须有登记人"))
        return self.actor
