"""The only way into the ledger."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction

from mingtang_web import clock
from mingtang_web.ledger.canonical import Plain, canonical
from mingtang_web.ledger.chain import ORIGIN, Link
from mingtang_web.ledger.models import Entry, Head
from mingtang_web.masking import personal_data

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mingtang_web.accounts.models import User
    from mingtang_web.bodies.models import Body


@dataclass(frozen=True)
class Record:
    """What is to be recorded.

    ``key`` is the submission's own token: the same submission sent twice
    carries the same key and is recorded once. ``case_id`` is none for what
    concerns no case. ``actor`` is none for what the site does by itself.
    """

    body: Body
    kind: str
    payload: Mapping[str, Plain] = field(default_factory=dict)
    actor: User | None = None
    approver: User | None = None
    case_id: int | None = None
    key: str | None = None


class PersonalDataError(ValueError):
    """A payload with a person's number in clear; personal data are sealed elsewhere."""


class KeyTakenError(ValueError):
    """A submission's key came before, with something else in it."""


@transaction.atomic
def append(record: Record) -> Entry:
    """Record one thing at the end of its body's chain and return the entry.

    A key that came before with the same content returns the first entry, with
    ``is_replay`` set, and records nothing. Runs inside the caller's
    transaction, so that the entry stands or falls with what it records.
    Raises `PersonalDataError`, `KeyTakenError`, and `NotPlainError` for a
    payload that cannot be written down in one way.
    """
    payload = canonical(record.payload)
    _refuse_personal_data(record, payload)
    head = _locked_head(record.body)
    earlier = _earlier(record, payload)
    if earlier:
        return earlier
    link = Link(
        body_id=record.body.pk,
        sequence=head.sequence + 1,
        case_id=record.case_id,
        kind=record.kind,
        payload=payload,
        actor_id=record.actor.pk if record.actor else None,
        approver_id=record.approver.pk if record.approver else None,
        recorded_at=clock.now(),
        key=record.key,
        previous=head.hash,
    )
    entry = Entry(**{**link._asdict(), "hash": link.own_hash()})
    entry.save(force_insert=True)
    Head.objects.filter(pk=head.pk).update(sequence=entry.sequence, hash=entry.hash)
    return entry


def _locked_head(body: Body) -> Head:
    """Return the chain's head, locked until the transaction ends.

    PostgreSQL locks the row; on SQLite the transaction already holds the one
    right to write, because every transaction begins with it.
    """
    heads = Head.objects.select_for_update().filter(body=body)
    head = heads.first()
    if head is None:
        Head.objects.bulk_create([Head(body=body, hash=ORIGIN)], ignore_conflicts=True)
        head = heads.get()
    return head


def _earlier(record: Record, payload: str) -> Entry | None:
    if record.key is None:
        return None
    entry = Entry.objects.filter(body=record.body, key=record.key).first()
    if entry is None:
        return None
    actor = record.actor.pk if record.actor else None
    asked = (record.kind, payload, record.case_id, actor)
    if (entry.kind, entry.payload, entry.case_id, entry.actor_id) != asked:
        message = f"key {record.key!r} was used for another submission, {entry}"
        raise KeyTakenError(message)
    entry.is_replay = True
    return entry


def _refuse_personal_data(record: Record, payload: str) -> None:
    found = personal_data(payload)
    if found:
        message = f"{record.kind}: the payload holds a person's number in clear, {found}"
        raise PersonalDataError(message)
