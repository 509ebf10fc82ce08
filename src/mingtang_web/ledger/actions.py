"""The only way into the ledger."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang_web import clock
from mingtang_web.ledger.canonical import Plain, canonical
from mingtang_web.ledger.chain import ORIGIN, Link
from mingtang_web.ledger.models import Entry, Head
from mingtang_web.masking import personal_data

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from mingtang_web.accounts.models import User
    from mingtang_web.bodies.models import Body

AT_A_TIME = 500


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
    """A submission's key came before, with something else in it; nothing was done."""

    def __init__(self) -> None:
        super().__init__(
            _("这次提交的内容与先前用过同一凭证的不同，没有改动；请重新打开页面再办")
        )


class ForeignRecordError(ValueError):
    """A record of another body among those of one chain."""


@transaction.atomic
def append(record: Record) -> Entry:
    """Record one thing at the end of its body's chain and return the entry.

    A key that came before with the same content returns the first entry, with
    ``is_replay`` set, and records nothing. Runs inside the caller's
    transaction, so that the entry stands or falls with what it records.
    Raises `PersonalDataError`, `KeyTakenError`, and `NotPlainError` for a
    payload that cannot be written down in one way.
    """
    head = _locked_head(record.body)
    reached = _reached(record)
    earlier = _earlier(record.body, [reached]).get(record.key)
    if earlier:
        return _replay(earlier, reached)
    entry = _follow(head, reached)
    entry.save(force_insert=True)
    Head.objects.filter(pk=head.pk).update(sequence=head.sequence, hash=head.hash)
    return entry


@transaction.atomic
def append_all(body: Body, records: Iterable[Record], at_a_time: int = AT_A_TIME) -> int:
    """Record many things of one body in their order and return how many were new.

    What `append` does one by one, with the same hashes, but with one lock and one
    move of the head. Records are taken as they come, and the moment of each is asked
    when it is reached. Raises what `append` raises, and `ForeignRecordError`.
    """
    head = _locked_head(body)
    first = head.sequence
    coming = (_reached(record) for record in records)
    while some := list(islice(coming, at_a_time)):
        Entry.objects.bulk_create(_following(head, some))
    Head.objects.filter(pk=head.pk).update(sequence=head.sequence, hash=head.hash)
    return head.sequence - first


def hold(*bodies: Body) -> None:
    """Lock the chains of some bodies until the transaction ends, always in one order.

    For whoever will write in several of them, so that two who do never wait for each
    other. Everywhere rows are locked in the order of cases, chains, series of numbers.
    """
    for body in sorted(set(bodies), key=lambda each: each.pk):
        _locked_head(body)


class _Reached(NamedTuple):
    """A record as it will stand, and the moment it is recorded."""

    record: Record
    payload: str
    moment: datetime


def _reached(record: Record) -> _Reached:
    payload = canonical(record.payload)
    _refuse_personal_data(record, payload)
    return _Reached(record, payload, clock.now())


def _following(head: Head, some: list[_Reached]) -> list[Entry]:
    """Return the entries of those records that did not come before."""
    earlier = _earlier(head.body, some)
    made = []
    for reached in some:
        if reached.record.body != head.body:
            message = f"{reached.record.kind}: not of {head.body}, whose chain is written"
            raise ForeignRecordError(message)
        before = earlier.get(reached.record.key)
        if before:
            _replay(before, reached)
            continue
        entry = _follow(head, reached)
        made.append(entry)
        if entry.key is not None:
            earlier[entry.key] = entry
    return made


def _follow(head: Head, reached: _Reached) -> Entry:
    """Return the entry that comes next, unsaved; the head moves on to it, unsaved."""
    record = reached.record
    link = Link(
        body_id=head.body_id,
        sequence=head.sequence + 1,
        case_id=record.case_id,
        kind=record.kind,
        payload=reached.payload,
        actor_id=record.actor.pk if record.actor else None,
        approver_id=record.approver.pk if record.approver else None,
        recorded_at=reached.moment,
        key=record.key,
        previous=head.hash,
    )
    head.sequence, head.hash = link.sequence, link.own_hash()
    return Entry(**{**link._asdict(), "hash": head.hash})


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


def _earlier(body: Body, some: list[_Reached]) -> dict[str | None, Entry]:
    """Return what was recorded before with the keys of some records, by its key."""
    keys = {reached.record.key for reached in some} - {None}
    if not keys:
        return {}
    found = Entry.objects.filter(body=body, key__in=keys)
    return {entry.key: entry for entry in found}


def _replay(entry: Entry, reached: _Reached) -> Entry:
    """Return an entry as the answer to the same submission sent again."""
    record = reached.record
    actor = record.actor.pk if record.actor else None
    asked = (record.kind, reached.payload, record.case_id, actor)
    if (entry.kind, entry.payload, entry.case_id, entry.actor_id) != asked:
        raise KeyTakenError
    entry.is_replay = True
    return entry


def _refuse_personal_data(record: Record, payload: str) -> None:
    found = personal_data(payload)
    if found:
        message = f"{record.kind}: the payload holds a person's number in clear, {found}"
        raise PersonalDataError(message)
