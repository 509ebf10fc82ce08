"""Recording how a letter reached its reader, with what proves it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang_web import clock
from mingtang_web.applicants.betraying import known_of
from mingtang_web.bodies.queries import require
from mingtang_web.files.actions import ROW as FILE
from mingtang_web.files.actions import keep, taken
from mingtang_web.ledger.actions import Record, append
from mingtang_web.ledger.fingerprints import fingerprint
from mingtang_web.letters import policy
from mingtang_web.letters.actions import LetterError, kept
from mingtang_web.letters.models import MODES, DeliveryRecord, Letter
from mingtang_web.masking import personal_data

if TYPE_CHECKING:
    from datetime import date

    from django.core.files.base import File

    from mingtang_web.accounts.models import User
    from mingtang_web.files.examining import Examined
    from mingtang_web.ledger.canonical import Plain

DELIVERED = "letter.delivered"
_AT_ONCE, _BY_HAND = "on_the_spot", frozenset({"on_the_spot", "direct"})
_RECEIPT = frozenset({DeliveryRecord.Proof.RECEIPT})
_PROVING: Mapping[str, frozenset[str]] = {
    "on_the_spot": _RECEIPT,
    "direct": _RECEIPT,
    "entrusted": _RECEIPT,
    "post": _RECEIPT | {DeliveryRecord.Proof.POST},
    "electronic": frozenset({DeliveryRecord.Proof.SYSTEM}),
    "fax": frozenset({DeliveryRecord.Proof.FAX}),
    "announcement": frozenset({DeliveryRecord.Proof.NOTICE}),
}
"""What proves each way of delivery, beside what is called another proof."""


@dataclass(frozen=True)
class Delivered:
    """A delivery as it is recorded: its way, the day out, the day it arrived, the proof.

    ``received`` is none while nobody knows. ``key`` is the submission's own token.
    ``again`` says that the letter went out once more, or that its record was wrong.
    """

    mode: str
    dispatched: date
    received: date | None
    proof: str
    reference: str = ""
    key: str | None = None
    again: bool = False


def record_delivery(
    letter: Letter, told: Delivered, actor: User, upload: File[bytes] | None = None
) -> DeliveryRecord:
    """Record a delivery of an issued letter of no case and return the record.

    A case's own letters go by `mingtang_web.cases.delivering`, so that the case follows.
    The proof is sealed under the reader's key, for it bears the reader's name.
    Raises `NotAllowedError`, `RefusedFileError`, and `LetterError` where the days,
    the way or the letter do not fit.
    """
    ask(letter, told, actor)
    found = taken(upload, letter.body, actor, letter.reader) if upload else None
    return recorded(letter, told, actor, found)


def ask(letter: Letter, told: Delivered, actor: User) -> None:
    """Let a person record a delivery that fits its letter.

    Raises `NotAllowedError` and `LetterError`.
    """
    require(actor, policy.DELIVER, letter.body, clock.today())
    _fits(letter, told)


@transaction.atomic
def recorded(
    letter: Letter, told: Delivered, actor: User, found: Examined | None
) -> DeliveryRecord:
    """Write the record of a delivery that was asked for, with its proof looked through.

    Raises `LetterError` where the letter is no longer in force, or the record not new.
    """
    now = Letter.objects.select_for_update(no_key=True).get(pk=letter.pk)
    if earlier := kept(letter.body_id, told.key, DELIVERED, letter=letter.pk):
        return DeliveryRecord.objects.get(pk=earlier.content["delivery"])
    _fits(now, told)
    _not_twice(now, told)
    file = keep(found, now.body, actor, now.reader) if found else None
    made = DeliveryRecord.objects.create(
        letter=now,
        mode=told.mode,
        dispatched=told.dispatched,
        received=told.received,
        proof=told.proof,
        reference=told.reference,
        file=file,
        recorded_by=actor,
        recorded_at=clock.now(),
    )
    payload: dict[str, Plain] = {
        "letter": now.pk,
        "kind": now.kind,
        "number": now.number,
        "delivery": made.pk,
        "mode": made.mode,
        "dispatched": told.dispatched.isoformat(),
        "received": told.received.isoformat() if told.received else None,
        "proof": made.proof,
        "file": str(file.pk) if file else None,
        "file_sha256": file.sha256 if file else None,
        "file_row": fingerprint(file, *FILE) if file else None,
        "row": fingerprint(made, "reference", "recorded_by_id", "recorded_at"),
    }
    append(
        Record(now.body, DELIVERED, payload, actor=actor, case_id=now.case_id, key=told.key)
    )
    return made


def _not_twice(letter: Letter, told: Delivered) -> None:
    """Let a delivery pass that is not on record; raises `LetterError` for one that is."""
    same = letter.deliveries.filter(
        mode=told.mode,
        dispatched=told.dispatched,
        received=told.received,
        proof=told.proof,
        reference=told.reference,
    )
    if same.exists():
        why = _("这次送达已经登记过，没有重复登记；再次寄送的请填写那一次的日期、凭证编号")
        raise LetterError(why, "dispatched")
    last = letter.deliveries.last()
    if last is None or told.again or _completes(last, told):
        return
    why = _(
        "这份文书已有送达记录：%(day)s以“%(mode)s”发出；"
        "确系另一次送达，或者要更正原来的记录，请勾选这一项"
    )
    words = {"day": last.dispatched, "mode": last.get_mode_display()}
    raise LetterError(why % words, "again")


def _completes(last: DeliveryRecord, told: Delivered) -> bool:
    """Return whether a record adds the day of arrival to the last one's sending."""
    same = (last.mode, last.dispatched) == (told.mode, told.dispatched)
    return same and last.received is None


def _names(letter: Letter, reference: str) -> bool:
    """Return whether a number's field holds a person: the reader, or anybody's number."""
    return bool(personal_data(reference) or any(known_of(letter.reader, reference)))


def _proves(told: Delivered) -> bool:
    fitting = _PROVING.get(told.mode, frozenset())
    return told.proof in fitting | {DeliveryRecord.Proof.OTHER}


def _fits(letter: Letter, told: Delivered) -> None:
    """Let a record pass; raises `LetterError` with what is wrong."""
    out, arrived, today = told.dispatched, told.received, clock.today()
    faults = (
        (None, not letter.stands, _("只有已出具、没有作废的文书才能登记送达")),
        ("mode", told.mode not in dict(MODES), _("没有这种送达方式")),
        ("proof", told.proof not in DeliveryRecord.Proof.values, _("没有这种凭证")),
        ("proof", not _proves(told), _("这种凭证证明不了所选的送达方式，请核对方式和凭证")),
        (
            "received",
            told.mode in _BY_HAND and arrived is None,
            _("直接送达、当场交付的，须填写签收日期：期限和救济都自签收之日算"),
        ),
        ("dispatched", out < letter.day, _("发出日期早于文书日期")),
        ("dispatched", out > today, _("发出日期还没有到")),
        ("received", bool(arrived and arrived < out), _("签收日期早于发出日期")),
        ("received", bool(arrived and arrived > today), _("签收日期还没有到")),
        (
            "reference",
            _names(letter, told.reference),
            _("凭证编号长期留存，只写编号，不写收件人的姓名、证件号、手机号"),
        ),
        (
            "received",
            told.mode == _AT_ONCE and arrived != out,
            _("当场交付的，发出和签收为同一日"),
        ),
    )
    for field, wrong, why in faults:
        if wrong:
            raise LetterError(why, field)
