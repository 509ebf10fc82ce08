"""Where notices leave the house, by SMS or e-mail: a seam, and what stands in for it.

A real gateway is a class with `send`, named by ``MINGTANG_SENDER``. Nothing is
sent from inside a transaction: whoever sends waits until it is through.
"""

from __future__ import annotations

import json
import os
import re
import secrets
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from mingtang_web import clock

if TYPE_CHECKING:
    from pathlib import Path

_KEY = re.compile(r"[A-Za-z0-9_-]{1,80}")


@dataclass(frozen=True)
class Notice:
    """A short message: by which way (``sms`` or ``email``), to which number or mailbox.

    The same ``key`` is sent once, however often it is tried.
    """

    key: str
    way: str
    to: str
    subject: str
    text: str


class NotSentError(Exception):
    """A notice that did not leave; it may be tried again."""


class Sender(Protocol):
    """Sends notices."""

    def send(self, notice: Notice) -> str:
        """Send a notice and return by what the gateway knows it; raises `NotSentError`."""


class FileSender:
    """Lays each notice as a file into ``outbox`` of the data folder; nothing leaves."""

    def send(self, notice: Notice) -> str:
        """Write the notice whole, once; raises `NotSentError` where it cannot."""
        if not _KEY.fullmatch(notice.key):
            message = f"a key that names no file: {notice.key!r}"
            raise NotSentError(message)
        file: Path = settings.DATA / "outbox" / f"{notice.key}.json"
        if file.exists():
            return file.name
        said = asdict(notice) | {"at": clock.now().isoformat()}
        try:
            _write(file, json.dumps(said, ensure_ascii=False, indent=1))
        except OSError as fault:
            raise NotSentError(str(fault)) from fault
        return file.name


def sender() -> Sender:
    """Return the sender that the settings name."""
    made: Sender = import_string(settings.SENDER)()
    return made


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = file.with_name(f".{file.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
        opened.write(text)
        opened.flush()
        os.fsync(opened.fileno())
    draft.replace(file)
