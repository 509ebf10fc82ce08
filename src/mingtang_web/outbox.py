"""Where a short message or a letter leaves the house: one seam, and what stands in for it.

A gateway is a class with `send`, named by ``MINGTANG_SENDER``. E-mail needs none where
``MINGTANG_EMAIL_URL`` names a mail server. Nothing is sent from inside a transaction:
whoever sends waits until it is through.
"""

from __future__ import annotations

import json
import os
import re
import secrets
from typing import TYPE_CHECKING, NamedTuple, Protocol

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from mingtang_web import clock

if TYPE_CHECKING:
    from pathlib import Path

_KEY = re.compile(r"[A-Za-z0-9_-]{1,80}")


class Message(NamedTuple):
    """A message: by which way (``sms`` or ``email``), to which number or mailbox.

    The same ``key`` is the same message, however often it is tried.
    """

    key: str
    way: str
    to: str
    subject: str
    text: str


class NotSentError(Exception):
    """A message that did not leave; says why, without the address.

    ``everything`` tells that no other message would leave either.
    """

    def __init__(self, why: str, *, everything: bool = False) -> None:
        super().__init__(why)
        self.everything = everything


class Sender(Protocol):
    """Sends messages."""

    def send(self, message: Message) -> None:
        """Send a message; raises `NotSentError`."""


class FileSender:
    """Lays each message as a file into ``outbox`` of the data folder; nothing leaves."""

    def send(self, message: Message) -> None:
        """Write the message whole, once; raises `NotSentError` where it cannot."""
        if not _KEY.fullmatch(message.key):
            raise NotSentError(_("消息的标识不能作文件名"))
        file: Path = settings.DATA / "outbox" / f"{message.key}.json"
        said = {**message._asdict(), "at": clock.now().isoformat()}
        try:
            if not file.exists():
                _write(file, json.dumps(said, ensure_ascii=False, indent=1))
        except OSError as fault:
            why = _("写不进发件文件夹（%(what)s）") % {"what": type(fault).__name__}
            raise NotSentError(why, everything=True) from fault


def sender() -> Sender:
    """Return the sender that the settings name; raises `NotSentError` where none is."""
    try:
        made: Sender = import_string(settings.SENDER)()
    except (ImportError, TypeError) as fault:
        why = _("MINGTANG_SENDER 所指的类不能用，请核对后重新启动")
        raise NotSentError(why, everything=True) from fault
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
