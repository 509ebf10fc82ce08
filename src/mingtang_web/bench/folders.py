"""The private folder of one check: each file in it whole or not there."""

from __future__ import annotations

import json
import os
import secrets
import shutil
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

REPORT, BEFORE = "report", "before"
"""What was handed in: the report, and last year's beside it where that was given."""
ORDER, PROGRESS, FAULT, DONE = "order.json", "progress.json", "fault.json", "done.json"
PAPER, OBJECT, SHEET, MARKED = "paper.html", "findings.json", "findings.xlsx", "marked"
FACTS, SNAPSHOT = "facts.json", "snapshot.json"
LOCK = "lock"
"""Held for as long as the process that works here lives; holds that process's id."""
_MADE = (PROGRESS, FAULT, DONE, PAPER, OBJECT, SHEET, MARKED, FACTS, SNAPSHOT)


class Folder:
    """Files of one check, readable by the site's own account alone."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def make(self) -> None:
        """Make the folder, empty."""
        self.path.mkdir(parents=True, mode=0o700)

    def is_there(self) -> bool:
        """Return whether it was made and not yet removed."""
        return self.path.is_dir()

    def remove(self) -> None:
        """Remove it with everything in it."""
        shutil.rmtree(self.path, ignore_errors=True)

    def begin_anew(self) -> None:
        """Remove what a process made, and leave what was handed in."""
        for name in _MADE:
            (self.path / name).unlink(missing_ok=True)

    def put(self, name: str, data: bytes) -> None:
        """Write a file, whole or not at all."""
        draft = self.path / f".{name}-{secrets.token_hex(4)}"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(data)
        draft.replace(self.path / name)

    def get(self, name: str) -> bytes:
        """Return a file; raises `FileNotFoundError`."""
        return (self.path / name).read_bytes()

    def has(self, name: str) -> bool:
        """Return whether a file is there."""
        return (self.path / name).exists()

    def tell(self, name: str, /, **said: object) -> None:
        """Write what is to be known under a name."""
        self.put(name, json.dumps(said, ensure_ascii=False).encode())

    def told(self, name: str) -> dict[str, Any] | None:
        """Return what was told under a name, None where nothing was."""
        try:
            said: dict[str, Any] = json.loads(self.get(name))
        except FileNotFoundError:
            return None
        return said
