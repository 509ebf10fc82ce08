"""A new query code in place of a lost one: at the counter, on record, the old one void."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mingtang_web import clock
from mingtang_web.asking import codes
from mingtang_web.asking.actions import HELD, HOLD
from mingtang_web.asking.models import Hold
from mingtang_web.asking.shelf import let_go
from mingtang_web.bodies.models import Role
from mingtang_web.bodies.policy import Act
from mingtang_web.bodies.queries import require
from mingtang_web.cases.actions import came_before
from mingtang_web.cases.locking import locked
from mingtang_web.ledger.actions import KeyTakenError, Record, append
from mingtang_web.ledger.fingerprints import fingerprint

if TYPE_CHECKING:
    from mingtang_web.accounts.models import User
    from mingtang_web.asking.drafts import Token
    from mingtang_web.cases.models import Case
    from mingtang_web.ledger.canonical import Plain

HAND_OUT = Act("asking.hand_out", "交给申请人查询码", frozenset({Role.CLERK, Role.HANDLER}))
PROOFS = {
    "own": _("申请人本人到场，核对了身份证件"),
    "agent": _("受托人到场，核对了授权委托书和双方的身份证件"),
    "organisation": _("单位经办人到场，核对了单位的证明和本人的身份证件"),
}
"""How somebody at the counter showed to be the applicant; a voice on the telephone
shows nothing."""


@transaction.atomic
def hand_out(
    case: Case, token: Token, proof: str, person: User, *, severed: bool = False
) -> str:
    """Let a new code open a case and return it; the one before opens it no more.

    Accounts that the case was put to open it still, unless they are to be ``severed``.

    The code is made from the token, which the page alone holds: sent twice it is the
    same code. ``proof`` is one of `PROOFS`. Raises `NotAllowedError`, and
    `KeyTakenError` where another code was handed out since.
    """
    require(person, HAND_OUT, case.body, clock.today())
    present = locked(case)
    digest = codes.digest(present.number, token.code)
    row = Hold.objects.filter(case=present).first()
    if came_before(present, token.key, HELD):
        if row is None or row.digest != digest:
            raise KeyTakenError
        return token.code
    row = row or Hold(case=present)
    row.digest, row.made_at = digest, clock.now()
    row.save()
    said: dict[str, Plain] = {
        "hold": row.pk,
        "row": fingerprint(row, *HOLD),
        "proof": proof,
        "on": clock.today().isoformat(),
    }
    if severed:
        let_go(row.kept.all(), person)
    append(Record(present.body, HELD, said, person, case_id=present.pk, key=token.key))
    return token.code
