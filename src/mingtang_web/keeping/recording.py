"""How changes are written down: who changed what in whose ledger, each submission once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mingtang_web.ledger.actions import KeyTakenError, Record, append, hold
from mingtang_web.ledger.models import Entry

if TYPE_CHECKING:
    from mingtang_web.accounts.models import User
    from mingtang_web.bodies.models import Body
    from mingtang_web.ledger.canonical import Plain


class By(NamedTuple):
    """Who changes something, with the submission's own token.

    Without an actor it is whoever administers the server, by a command.
    """

    actor: User | None
    key: str | None = None


def came_before(body: Body, kind: str, by: By) -> Entry | None:
    """Return the entry of the same submission, none where it comes for the first time.

    To be asked in the transaction of the change, before any row is locked: of two that
    come at the same moment the second waits here until the first is through. Raises
    `KeyTakenError` where the token was used for something else.
    """
    if by.key is None:
        return None
    hold(body)
    entry = Entry.objects.filter(body=body, key=by.key).first()
    if entry and (entry.kind, entry.actor) != (kind, by.actor):
        raise KeyTakenError
    return entry


def write(body: Body, kind: str, by: By, /, **told: Plain) -> Entry:
    """Write a change into a body's ledger, in the caller's transaction."""
    return append(Record(body, kind, told, actor=by.actor, key=by.key))
