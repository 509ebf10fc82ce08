"""Asking: a request becomes a case, and whoever asked holds it by a query code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from mingtang_web import clock
from mingtang_web.asking import codes
from mingtang_web.asking.models import Draft, Hold
from mingtang_web.cases.actions import register
from mingtang_web.cases.attaching import let_go
from mingtang_web.ledger.actions import Record, append
from mingtang_web.ledger.fingerprints import fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable

    from mingtang_web.accounts.models import User
    from mingtang_web.asking.drafts import Filling
    from mingtang_web.cases.actions import Request
    from mingtang_web.cases.models import Case
    from mingtang_web.ledger.canonical import Plain

HELD = "asking.held"
HOLD = "case_id", "digest", "made_at"
"""What the ledger holds of a hold's row."""


class GoneError(LookupError):
    """A draft that is no more: thrown away meanwhile, or too old."""


class TooOftenError(PermissionError):
    """More requests than one may send from where this one came."""


@transaction.atomic
def ask(asked: Request, code: str, key: str, actor: User | None = None) -> Case:
    """Register a request and return its case, which the code then opens.

    ``actor`` is the clerk at a counter, none where it came by the internet. A request
    sent twice with the same key is one case, and the first code holds. Raises what
    `mingtang_web.cases.actions.register` raises.
    """
    case = register(asked, actor, key)
    if not Hold.objects.filter(case=case).exists():
        hold(case, code, actor)
    return case


def hold(case: Case, code: str, actor: User | None = None) -> Hold:
    """Let a code open a case that none opens yet, in the caller's transaction."""
    digest = codes.digest(case.number, code)
    made = Hold.objects.create(case=case, digest=digest, made_at=clock.now())
    said: dict[str, Plain] = {"hold": made.pk, "row": fingerprint(made, *HOLD)}
    append(Record(case.body, HELD, said, actor=actor, case_id=case.pk))
    return made


@transaction.atomic
def submit(filling: Filling, asked: Request, allowed: Callable[[], bool]) -> Case:
    """Register what a draft asks and return the case; of the draft nothing stays.

    Submitted twice, at once or one after the other, it is one case, and ``allowed``,
    which counts it, is asked once. Raises `GoneError`, `TooOftenError`, and what `ask`
    raises.
    """
    rows = Draft.objects.select_for_update(of=("self",)).select_related("case__body")
    row = rows.filter(pk=filling.row.pk).first()
    if row is None:
        raise GoneError
    if row.case is None:
        if not allowed():
            raise TooOftenError
        token = filling.token
        row.case = ask(asked, token.code, token.key, row.clerk)
        row.sealed, row.saved_at = b"", clock.now()
        row.save()
        let_go(filling.papers())
    filling.row = row
    return row.case
