"""What the ledger says of the files of a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang_web.files.actions import ROW
from mingtang_web.ledger.fingerprints import fingerprint

if TYPE_CHECKING:
    from mingtang_web.files.models import StoredFile
    from mingtang_web.ledger.canonical import Plain


def said_of(file: StoredFile) -> dict[str, Plain]:
    """Return what the ledger says of a file."""
    return {"file": str(file.pk), "sha256": file.sha256, "row": fingerprint(file, *ROW)}
