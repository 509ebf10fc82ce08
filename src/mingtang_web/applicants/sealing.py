"""Personal data sealed: AES-256-GCM under a key of their own, itself under the master key.

A database that leaks shows nothing without the master key, which is a file
outside it. Each seal is bound to its applicant, so that one row's data moved
into another do not open.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from mingtang_web import keys
from mingtang_web.masking import masked_name, masked_number

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

_NONCE = 12
_NEW, _OLD = ".new", ".old"


class NotOpenedError(Exception):
    """Sealed data that do not open: the key is another one, or the data were altered."""


@dataclass(frozen=True)
class Person:
    """What is known of an applicant; blank where it was not given.

    For a body that asks: ``name`` is its name, ``identity_number`` its unified
    code, ``contact`` the person who speaks for it. ``agent`` is whom the applicant let
    ask in their stead (代理人; 民法典第一百六十一条), ``authority`` what proves it and how
    far it reaches (授权委托书; 民法典第一百六十五条).
    """

    name: str
    identity_kind: str = ""
    identity_number: str = ""
    contact: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    postcode: str = ""
    fax: str = ""
    agent: str = ""
    agent_identity_kind: str = ""
    agent_identity_number: str = ""
    agent_phone: str = ""
    authority: str = ""

    @property
    def betraying(self) -> tuple[str, ...]:
        """The words that tell who applicant and agent are, wherever they stand."""
        own = (self.name, self.contact, self.identity_number, self.phone, self.fax)
        agents = (self.agent, self.agent_identity_number, self.agent_phone)
        return tuple(filter(None, (*own, self.email, self.address, *agents)))


@dataclass(frozen=True)
class Sealed:
    """What is stored."""

    data: bytes
    wrapped_key: bytes
    master: str


def seal(person: Person, number: UUID) -> Sealed:
    """Return a person's data sealed under a new key, bound to the applicant ``number``."""
    key = AESGCM.generate_key(256)
    text = json.dumps(asdict(person), ensure_ascii=False)
    data = _encrypt(key, text.encode(), b"person:" + number.bytes)
    master = _current_master()
    return Sealed(data, wrap(key, number, master), fingerprint(master))


def seal_again(sealed: Sealed, person: Person, number: UUID) -> Sealed:
    """Return a person's changed data under the same key; other texts lie under it too."""
    text = json.dumps(asdict(person), ensure_ascii=False)
    data = _encrypt(unwrap(sealed, number), text.encode(), b"person:" + number.bytes)
    return replace(sealed, data=data)


def opened(sealed: Sealed, number: UUID) -> Person:
    """Return the person whose data were sealed for the applicant ``number``.

    Raises `NotOpenedError` when the key is not to be had or the data were altered.
    """
    key = unwrap(sealed, number)
    found = json.loads(_decrypt(key, sealed.data, b"person:" + number.bytes))
    known = {field.name for field in fields(Person)}
    return Person(**{name: value for name, value in found.items() if name in known})


def seal_text(sealed: Sealed, text: str, number: UUID) -> bytes:
    """Return a text sealed under the key of an applicant's data, bound to the applicant."""
    return _encrypt(unwrap(sealed, number), text.encode(), b"text:" + number.bytes)


def open_text(sealed: Sealed, data: bytes, number: UUID) -> str:
    """Return a text that `seal_text` sealed; raises `NotOpenedError`."""
    return _decrypt(unwrap(sealed, number), data, b"text:" + number.bytes).decode()


def seal_bytes(sealed: Sealed, data: bytes, number: UUID) -> bytes:
    """Return a file sealed under the key of an applicant's data, bound to the applicant."""
    return _encrypt(unwrap(sealed, number), data, b"file:" + number.bytes)


def open_bytes(sealed: Sealed, data: bytes, number: UUID) -> bytes:
    """Return a file that `seal_bytes` sealed; raises `NotOpenedError`."""
    return _decrypt(unwrap(sealed, number), data, b"file:" + number.bytes)


def in_part(person: Person) -> Person:
    """Return a person as screens show one: the name's first character, numbers' ends."""
    shown = {
        "name": masked_name(person.name),
        "contact": masked_name(person.contact),
        "identity_number": masked_number(person.identity_number),
        "phone": masked_number(person.phone),
        "fax": masked_number(person.fax),
        "agent": masked_name(person.agent),
        "agent_identity_number": masked_number(person.agent_identity_number),
        "agent_phone": masked_number(person.agent_phone),
        "authority": "…" if person.authority else "",
        "email": _masked_email(person.email),
        "address": f"{person.address[:6]}…" if person.address else "",
    }
    return replace(person, **shown)


def _masked_email(email: str) -> str:
    name, at, host = email.partition("@")
    return f"{name[:1]}***{at}{host}" if email else ""


def wrap(key: bytes, number: UUID, master: bytes) -> bytes:
    """Return an applicant's key under a master key."""
    return _encrypt(master, key, b"key:" + number.bytes)


def unwrap(sealed: Sealed, number: UUID) -> bytes:
    """Return an applicant's own key.

    Raises `NotOpenedError` when the master key that wraps it is not here.
    """
    for master in _masters():
        if fingerprint(master) == sealed.master:
            return _decrypt(master, sealed.wrapped_key, b"key:" + number.bytes)
    message = f"the master key {sealed.master!r} is not in {settings.MASTER_KEY.parent}"
    raise NotOpenedError(message)


def fingerprint(master: bytes) -> str:
    """Return a master key's name, from which the key cannot be told."""
    return hashlib.sha256(b"mingtang master key" + master).hexdigest()[:16]


def index(kind: str, number: str, body_id: int) -> str:
    """Return the blind index of a number within a body; blank for a blank number."""
    plain = "".join(number.split()).replace("-", "").upper()
    if not plain:
        return ""
    secret = bytes.fromhex(keys.secret(settings.INDEX_KEY))
    return hmac.digest(secret, f"{body_id}:{kind}:{plain}".encode(), "sha256").hex()


# The master key and its change -----------------------------------------------


def begin_rotation() -> bytes:
    """Make the next master key, or find the one a rotation cut short has made."""
    return bytes.fromhex(keys.secret(_beside(_NEW)))


def finish_rotation() -> None:
    """Put the next master key in the present one's place; that stays as ``.old``.

    The old one still opens what an overlooked copy of the database holds;
    whoever runs the site destroys it.
    """
    _beside(_OLD).unlink(missing_ok=True)
    os.link(settings.MASTER_KEY, _beside(_OLD))
    _beside(_NEW).replace(settings.MASTER_KEY)


def _beside(ending: str) -> Path:
    file: Path = settings.MASTER_KEY
    return file.with_name(file.name + ending)


def _current_master() -> bytes:
    """Return the key to wrap with: during a rotation already the next one."""
    return _masters()[0]


def _masters() -> list[bytes]:
    files = [_beside(_NEW), settings.MASTER_KEY, _beside(_OLD)]
    return [bytes.fromhex(keys.secret(file)) for file in files if file.exists()]


def _encrypt(key: bytes, text: bytes, bound_to: bytes) -> bytes:
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, text, bound_to)


def _decrypt(key: bytes, data: bytes, bound_to: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(data[:_NONCE], data[_NONCE:], bound_to)
    except InvalidTag as error:
        message = "sealed data were altered, or sealed for another applicant"
        raise NotOpenedError(message) from error
