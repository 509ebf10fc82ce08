"""The folder of stored files: each whole or not there, each named by its own hash."""

from __future__ import annotations

import hashlib
import os
import secrets
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

_DRAFT = ".draft-"


def put(data: bytes) -> str:
    """Write bytes into the folder and return their hash, which is their name there.

    They are written under another name, carried to the disk and then renamed: no
    crash leaves half a file. Bytes that are there already are only marked as
    fresh, so that a cleaning under way leaves them.
    """
    name = hashlib.sha256(data).hexdigest()
    file = _place(name)
    if file.exists():
        os.utime(file)
        return name
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = file.with_name(f"{_DRAFT}{os.getpid()}-{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(data)
        opened.flush()
        os.fsync(opened.fileno())
    draft.replace(file)
    _carry_to_disk(file.parent)
    return name


def get(name: str) -> bytes:
    """Return stored bytes; raises `OSError` when they are gone."""
    return _place(name).read_bytes()


def older_than(moment: datetime) -> Iterator[Path]:
    """Yield every file of the folder that was last written before a moment, drafts too."""
    folder = settings.MEDIA_ROOT
    for file in sorted(folder.glob("*/*")) if folder.exists() else ():
        if file.is_file() and file.stat().st_mtime < moment.timestamp():
            yield file


def is_draft(file: Path) -> bool:
    """Return whether a file was never finished."""
    return file.name.startswith(_DRAFT)


def _place(name: str) -> Path:
    folder: Path = settings.MEDIA_ROOT
    return folder / name[:2] / name


def _carry_to_disk(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
