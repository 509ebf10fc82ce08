"""The site's own secrets: files made once, readable by their owner alone."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MASTER_BYTES = 32


def secret(file: Path, made: str = "") -> str:
    """Return the text in ``file``, putting ``made`` there on the first run, or 256 bits.

    Two processes that start at once agree: the one that comes second reads
    what the first has written.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _read(file)
    except FileNotFoundError:
        _write_once(file, made or secrets.token_hex(MASTER_BYTES))
        return _read(file)


def readable_by_others(file: Path) -> bool:
    """Return whether anybody but the owner may read ``file``."""
    return file.exists() and bool(file.stat().st_mode & 0o077)


def _read(file: Path) -> str:
    return file.read_text("ascii").strip()


def _write_once(file: Path, text: str) -> None:
    """Write a whole file under another name, then link it: none is ever half there."""
    draft = file.with_name(f".{file.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as opened:
        opened.write(f"{text}\n")
        opened.flush()
        os.fsync(opened.fileno())
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
