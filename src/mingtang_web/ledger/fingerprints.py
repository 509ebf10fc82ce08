"""The hash of a row's columns, kept in the entry that wrote it: a changed row shows."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from mingtang_web.ledger.canonical import canonical

if TYPE_CHECKING:
    from django.db.models import Model

    from mingtang_web.ledger.canonical import Plain


def fingerprint(row: Model, *columns: str) -> str:
    """Return the SHA-256 of some of a row's columns.

    Sealed columns count as they lie there: the hash tells nothing of what they hold,
    and outlives their key.
    """
    held = {name: _plain(getattr(row, name)) for name in columns}
    return hashlib.sha256(canonical(held).encode()).hexdigest()


def _plain(value: object) -> Plain:
    if isinstance(value, bytes | bytearray | memoryview):
        return hashlib.sha256(bytes(value)).hexdigest()
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    return value  # type: ignore[return-value]
