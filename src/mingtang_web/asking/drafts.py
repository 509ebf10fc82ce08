"""Requests on their way: kept sealed under what only the applicant's browser has.

The browser's token makes everything that belongs to a draft: its name here, the key it
is sealed with, the key of its submission, and the query code. So a submission sent
twice is one case with one code, and the site keeps neither token nor code.
"""

from __future__ import annotations

import hmac
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import transaction

from mingtang_web import clock
from mingtang_web.asking.codes import code_from
from mingtang_web.asking.models import Draft
from mingtang_web.cases.attaching import held, let_go

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from mingtang_web.accounts.models import User
    from mingtang_web.cases.models import Attachment

KEPT, SHOWN = timedelta(days=1), timedelta(hours=1)
"""How long a draft is kept, and a receipt with its code can be seen again."""
_BYTES, _NONCE = 32, 12
Said = dict[str, str]


@dataclass(frozen=True)
class Token:
    """What the browser keeps; nothing of it is stored here."""

    secret: bytes

    @classmethod
    def fresh(cls) -> Token:
        """Make one of 256 bits."""
        return cls(secrets.token_bytes(_BYTES))

    @classmethod
    def read(cls, text: str) -> Token | None:
        """Return the token a cookie holds; none for anything else."""
        try:
            secret = urlsafe_b64decode(text.encode("ascii"))
        except (Error, ValueError):
            return None
        return cls(secret) if len(secret) == _BYTES else None

    def __str__(self) -> str:
        return urlsafe_b64encode(self.secret).decode()

    @property
    def name(self) -> str:
        """By what the draft is found."""
        return self._made(b"name").hex()

    @property
    def key(self) -> str:
        """The submission's one-time key."""
        return self._made(b"submission").hex()[:40]

    @property
    def code(self) -> str:
        """The query code of the case that comes of the draft."""
        return code_from(self.secret)

    def seal(self, said: Said) -> bytes:
        """Return what was said, sealed."""
        nonce = secrets.token_bytes(_NONCE)
        text = json.dumps(said, ensure_ascii=False).encode()
        return nonce + AESGCM(self._made(b"seal")).encrypt(nonce, text, None)

    def open(self, sealed: bytes) -> Said:
        """Return what `seal` sealed; nothing of what was altered or is no more."""
        try:
            text = AESGCM(self._made(b"seal")).decrypt(
                sealed[:_NONCE], sealed[_NONCE:], None
            )
        except (InvalidTag, ValueError):
            return {}
        found: Said = json.loads(text)
        return found

    def sign(self, text: str) -> str:
        """Return what tells a text from any other, and nothing of it."""
        return self._made(b"seen:" + text.encode()).hex()

    def _made(self, what: bytes) -> bytes:
        return hmac.digest(self.secret, what, "sha256")


@dataclass
class Filling:
    """A draft as somebody fills it in: its row, its token, what was said so far."""

    row: Draft
    token: Token
    said: Said

    def save(self, **more: str) -> None:
        """Keep what was said, and ``more`` with it."""
        self.said |= more
        self.row.sealed, self.row.saved_at = self.token.seal(self.said), clock.now()
        rows = Draft.objects.filter(pk=self.row.pk, case=None)
        rows.update(sealed=self.row.sealed, saved_at=self.row.saved_at)

    @property
    def seen(self) -> str:
        """What tells this content, files included, from any other of the draft."""
        papers = list(self.papers().order_by("pk").values_list("pk", flat=True))
        return self.token.sign(json.dumps([self.said, papers], sort_keys=True))

    def papers(self) -> QuerySet[Attachment]:
        """Return the files that were put to it."""
        return held(self.token.name, self.row.clerk)


def begin(said: Said, clerk: User | None = None) -> Filling:
    """Begin a draft with what was said first; old ones go."""
    clear_away()
    token = Token.fresh()
    row = Draft.objects.create(
        name=token.name, sealed=token.seal(said), clerk=clerk, saved_at=clock.now()
    )
    return Filling(row, token, said)


def opened(token: Token | None, clerk: User | None = None) -> Filling | None:
    """Return the draft of a token, none where there is none or another's: one query."""
    if token is None:
        return None
    since = clock.now() - KEPT
    # Its name is one draft's alone: `first` would ask for an order as well.
    row = next(iter(Draft.objects.filter(name=token.name, saved_at__gte=since)), None)
    if row is None or row.clerk_id != (clerk.pk if clerk else None):
        return None
    if row.case_id and row.saved_at < clock.now() - SHOWN:
        return None
    return Filling(row, token, token.open(bytes(row.sealed)))


@transaction.atomic
def drop(filling: Filling) -> None:
    """Throw a draft away with its files; a case that came of it stays."""
    let_go(filling.papers())
    filling.row.delete()


def clear_away() -> int:
    """Delete what has lain for longer than a day; return how many."""
    return Draft.objects.filter(saved_at__lt=clock.now() - KEPT).delete()[0]
