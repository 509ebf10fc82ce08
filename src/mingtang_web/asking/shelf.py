"""The cases put to an account: on record when put there and when taken away."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from django.db import transaction

from mingtang_web import clock
from mingtang_web.asking.models import Citizen, Hold, Kept
from mingtang_web.ledger.actions import Record, append
from mingtang_web.ledger.actions import hold as hold_chains
from mingtang_web.ledger.fingerprints import fingerprint

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from mingtang_web.accounts.models import User
    from mingtang_web.ledger.canonical import Plain

KEPT_CASE, LET_GO = "asking.kept", "asking.let_go"
KEPT = "citizen_id", "hold_id", "kept_at"
"""What the ledger holds of the row of a case in an account."""


class ShutError(LookupError):
    """The account is no more, or the case has a new code since it was opened."""


@transaction.atomic
def keep(citizen: Citizen, hold: Hold) -> None:
    """Put a case to an account, once, by the hold that opened it; raises `ShutError`."""
    _locked(citizen)
    row = Hold.objects.select_for_update(no_key=True).filter(pk=hold.pk).first()
    if row is None or not hmac.compare_digest(row.digest, hold.digest):
        raise ShutError
    made, fresh = Kept.objects.get_or_create(
        citizen=citizen, hold=row, defaults={"kept_at": clock.now()}
    )
    if fresh:
        said: dict[str, Plain] = {"kept": made.pk, "row": fingerprint(made, *KEPT)}
        said["on"] = clock.today().isoformat()
        append(Record(row.case.body, KEPT_CASE, said, case_id=row.case_id))


@transaction.atomic
def take_away(citizen: Citizen, hold: Hold) -> None:
    """Take a case out of an account; the case stays as it is. Raises `ShutError`."""
    _locked(citizen)
    let_go(citizen.kept.filter(hold=hold))


def let_go(rows: QuerySet[Kept], actor: User | None = None) -> None:
    """Take cases out of accounts, in the caller's transaction."""
    gone = list(rows.select_related("hold__case__body"))
    rows.delete()
    hold_chains(*(each.hold.case.body for each in gone))
    for each in gone:
        case = each.hold.case
        said: dict[str, Plain] = {"kept": each.pk, "gone": True}
        said["on"] = clock.today().isoformat()
        append(Record(case.body, LET_GO, said, actor, case_id=case.pk))


def kept_by(citizen: Citizen) -> list[tuple[int, Hold]]:
    """Return the cases of an account, each with its place: one query, the last first."""
    rows = citizen.kept.select_related("hold__case__body").order_by("pk")
    places = enumerate((row.hold for row in rows), 1)
    return list(places)[::-1]


def is_kept(citizen: Citizen, hold: Hold) -> bool:
    """Return whether a case is in an account."""
    return citizen.kept.filter(hold=hold).exists()


def _locked(citizen: Citizen) -> None:
    if not Citizen.objects.select_for_update(no_key=True).filter(pk=citizen.pk).exists():
        raise ShutError
