"""Keeping applicants' data: seal, show on record, erase, change the master key."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang_web import clock
from mingtang_web.applicants import sealing
from mingtang_web.applicants.models import Applicant, Earlier, Kind
from mingtang_web.bodies.models import Role
from mingtang_web.bodies.policy import Act
from mingtang_web.bodies.queries import require
from mingtang_web.ledger.actions import Record, append
from mingtang_web.masking import masked_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from mingtang_web.accounts.models import User
    from mingtang_web.bodies.models import Body

_DAILY = frozenset({Role.CLERK, Role.HANDLER, Role.LEGAL_REVIEWER, Role.APPROVER})
UNMASK = Act("applicants.unmask", "查看申请人完整信息", _DAILY)
AMEND = Act("applicants.amend", "更正申请人信息", frozenset({Role.CLERK, Role.HANDLER}))
ERASE = Act("applicants.erase", "销毁申请人信息", frozenset({Role.ADMINISTRATOR}))
UNMASKED = "applicants.unmasked"
ERASED = "applicants.erased"
HANDED_OVER = "applicants.handed_over"
AT_A_TIME = 500
FORGETTING: list[Callable[[Applicant], object]] = []
"""What apps above this one forget of an applicant who is erased, with it."""


class ErasedError(Exception):
    """An applicant whose data were destroyed and cannot be shown again."""


def keep(person: sealing.Person, kind: Kind, body: Body) -> Applicant:
    """Seal a person's data as a new applicant of a body and return it."""
    applicant = sealed(person, kind, body, uuid4())
    applicant.save(force_insert=True)
    return applicant


def sealed(person: sealing.Person, kind: Kind, body: Body, number: UUID) -> Applicant:
    """Return a person's data as an applicant of that number, not saved yet."""
    applicant = Applicant(pk=number, body=body, kind=kind)
    _put(applicant, person, sealing.seal(person, number))
    return applicant


def seal_text(applicant: Applicant, text: str) -> bytes:
    """Return an applicant's own words sealed under the applicant's key.

    Erasing the applicant makes them unreadable too. Raises `ErasedError`.
    """
    _refuse_erased(applicant)
    return sealing.seal_text(_sealed(applicant), text, applicant.pk)


def open_text(applicant: Applicant, sealed: bytes) -> str:
    """Return words that `seal_text` sealed; raises `ErasedError`."""
    _refuse_erased(applicant)
    return sealing.open_text(_sealed(applicant), bytes(sealed), applicant.pk)


def seal_bytes(applicant: Applicant, data: bytes) -> bytes:
    """Return a file sealed under an applicant's key, as `seal_text` does with words."""
    _refuse_erased(applicant)
    return sealing.seal_bytes(_sealed(applicant), data, applicant.pk)


def open_bytes(applicant: Applicant, sealed: bytes) -> bytes:
    """Return a file that `seal_bytes` sealed; raises `ErasedError`."""
    _refuse_erased(applicant)
    return sealing.open_bytes(_sealed(applicant), sealed, applicant.pk)


def for_letters(applicant: Applicant) -> sealing.Person:
    """Return a person's data for the one use that shows them to nobody here.

    A letter is addressed with them and sealed at once, or looked through for
    them. They may not come to a screen, a log or the ledger. Raises `ErasedError`.
    """
    _refuse_erased(applicant)
    return sealing.opened(_sealed(applicant), applicant.pk)


@transaction.atomic
def hand_over(applicant: Applicant, body: Body) -> Applicant:
    """Seal an applicant's data anew for another body, to which a request goes on.

    Nobody reads them; that they went over enters the first body's ledger.
    Raises `ErasedError`.
    """
    _refuse_erased(applicant)
    person = sealing.opened(_sealed(applicant), applicant.pk)
    made = keep(person, Kind(applicant.kind), body)
    payload = {"applicant": str(applicant.pk), "to": body.code}
    append(Record(applicant.body, HANDED_OVER, payload))
    return made


@transaction.atomic
def amend(applicant: Applicant, person: sealing.Person) -> None:
    """Replace an applicant's data; the key stays, for other texts lie under it.

    What was known before stays too, sealed, until the applicant is erased. Permission
    and record are the caller's. Raises `ErasedError` when the data were destroyed.
    """
    locked = Applicant.objects.select_for_update(no_key=True).get(pk=applicant.pk)
    _refuse_erased(locked)
    locked.earlier.create(sealed=bytes(locked.sealed), kept_at=clock.now())
    _put(locked, person, sealing.seal_again(_sealed(locked), person, locked.pk))
    locked.save()
    applicant.refresh_from_db()


@transaction.atomic
def unmask(
    applicant: Applicant, reader: User, why: str, *, case_id: int | None = None
) -> sealing.Person:
    """Return an applicant's data in clear; who looked, and why, enters the ledger.

    The only way to them. 个人信息保护法第五十一条: access is by authority and on record.
    Raises `NotAllowedError`, `ErasedError`, and `ValueError` without a reason.
    """
    require(reader, UNMASK, applicant.body, clock.today())
    if not why.strip():
        raise ValueError(_("查看完整信息须写明理由"))
    _refuse_erased(applicant)
    person = sealing.opened(_sealed(applicant), applicant.pk)
    payload = {"applicant": str(applicant.pk), "why": why.strip()}
    append(Record(applicant.body, UNMASKED, payload, actor=reader, case_id=case_id))
    return person


@transaction.atomic
def erase(
    applicant: Applicant,
    actor: User,
    why: str,
    *,
    approver: User | None = None,
    case_id: int | None = None,
) -> None:
    """Destroy an applicant's data for good; the ledger goes on to hold.

    The key is what is destroyed: copies of the sealed data in backups made
    without that key's row open no more. 个人信息保护法第四十七条.
    Raises `NotAllowedError`, and `ValueError` without a reason.
    """
    require(actor, ERASE, applicant.body, clock.today())
    if not why.strip():
        raise ValueError(_("销毁申请人信息须写明理由"))
    locked = Applicant.objects.select_for_update(no_key=True).get(pk=applicant.pk)
    if locked.erased_at is None:
        locked.sealed, locked.wrapped_key, locked.master = b"", None, ""
        locked.identity_index = locked.phone_index = ""
        locked.erased_at = clock.now()
        locked.save()
        Earlier.objects.filter(applicant=locked).delete()
        payload = {"applicant": str(locked.pk), "why": why.strip()}
        append(Record(locked.body, ERASED, payload, actor, approver, case_id))
        for forget in FORGETTING:
            forget(locked)
    applicant.refresh_from_db()


def masked(applicant: Applicant) -> sealing.Person:
    """Return what may stand on any screen of the body: names and numbers in part.

    Raises `ErasedError` when the data were destroyed.
    """
    return sealing.in_part(opened_for_comparing(applicant))


def masked_consulted(applicant: Applicant) -> sealing.Person:
    """Return what may stand on a body's screens of somebody consulted.

    As `masked`, but the name of what is no natural person is nobody's personal data and
    stands whole. Raises `ErasedError`.
    """
    person = opened_for_comparing(applicant)
    return replace(sealing.in_part(person), name=shown_name(applicant, person.name))


def shown_name(applicant: Applicant, name: str) -> str:
    """Return the name of somebody consulted as screens show it: a person's in part."""
    return masked_name(name) if applicant.kind == Kind.PERSON else name


def opened_for_comparing(applicant: Applicant) -> sealing.Person:
    """Return an applicant's data in clear, for a program to compare with, never to show.

    Raises `ErasedError` when the data were destroyed.
    """
    _refuse_erased(applicant)
    return sealing.opened(_sealed(applicant), applicant.pk)


def rotate_master_key() -> int:
    """Wrap every applicant's key anew under a new master key; return how many.

    Runs beside a working site, and goes on where it was cut short.
    """
    master = sealing.begin_rotation()
    name = sealing.fingerprint(master)
    waiting = Applicant.objects.filter(wrapped_key__isnull=False).exclude(master=name)
    changed = 0
    while some := list(waiting.order_by("pk").values_list("pk", flat=True)[:AT_A_TIME]):
        changed += _wrap_anew(some, master)
    sealing.finish_rotation()
    return changed


@transaction.atomic
def _wrap_anew(chosen: list[UUID], master: bytes) -> int:
    rows = Applicant.objects.select_for_update(no_key=True).filter(
        pk__in=chosen, wrapped_key__isnull=False
    )
    changed = list(rows)
    for applicant in changed:
        key = sealing.unwrap(_sealed(applicant), applicant.pk)
        applicant.wrapped_key = sealing.wrap(key, applicant.pk, master)
        applicant.master = sealing.fingerprint(master)
    Applicant.objects.bulk_update(changed, ("wrapped_key", "master"))
    return len(changed)


def _put(applicant: Applicant, person: sealing.Person, made: sealing.Sealed) -> None:
    applicant.sealed, applicant.wrapped_key = made.data, made.wrapped_key
    applicant.master = made.master
    number, phone = person.identity_number, person.phone
    applicant.identity_index = sealing.index("identity", number, applicant.body_id)
    applicant.phone_index = sealing.index("phone", phone, applicant.body_id)


def _sealed(applicant: Applicant) -> sealing.Sealed:
    wrapped = bytes(applicant.wrapped_key or b"")
    return sealing.Sealed(bytes(applicant.sealed), wrapped, applicant.master)


def _refuse_erased(applicant: Applicant) -> None:
    if applicant.erased_at is not None:
        raise ErasedError(_("申请人信息已按规定销毁，无法再查看"))
