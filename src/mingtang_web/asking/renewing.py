"""A new query code in place of a lost one: at the counter, on record, the old one void."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingtang.case.recording import parse
from mingtang_web import clock
from mingtang_web.asking import codes
from mingtang_web.asking.actions import HELD, HOLD
from mingtang_web.asking.models import Hold
from mingtang_web.asking.shelf import let_go
from mingtang_web.bodies.models import Role
from mingtang_web.bodies.policy import Act, NotAllowedError
from mingtang_web.bodies.queries import require
from mingtang_web.cases import bridge, policy
from mingtang_web.cases.actions import came_before
from mingtang_web.cases.assigning import ASSIGNED
from mingtang_web.cases.locking import locked
from mingtang_web.ledger.actions import KeyTakenError, Record, append
from mingtang_web.ledger.fingerprints import fingerprint
from mingtang_web.ledger.models import Entry

if TYPE_CHECKING:
    from mingtang_web.accounts.models import User
    from mingtang_web.asking.drafts import Token
    from mingtang_web.cases.models import Case
    from mingtang_web.ledger.canonical import Plain

HAND_OUT = Act("asking.hand_out", "交给申请人查询码", frozenset({Role.CLERK}))
PROOFS = {
    "own": _("申请人本人到场，核对了身份证件"),
    "agent": _("受托人到场，核对了授权委托书和双方的身份证件"),
    "organisation": _("单位经办人到场，核对了单位的证明和本人的身份证件"),
}
"""How somebody at the counter showed to be the applicant; a voice on the telephone
shows nothing."""


class InvolvedError(NotAllowedError):
    """A code asked for by somebody who has a hand in how the case is decided."""

    def __init__(self, case: Case) -> None:
        super().__init__(HAND_OUT, case.body)
        self.args = (
            _(
                "%(case)s号案件由您承办、送审或者审批过，不能由您交给查询码：凭查询码可以用"
                "申请人的名义撤回、补正；请没有经手这件申请的登记人员办理"
            )
            % {"case": case.number},
        )


class HandedOut(NamedTuple):
    """The code that opens a case was given at the counter: the day, and by whom."""

    on: date
    by: str


def involved(case: Case, person: User) -> bool:
    """Return whether somebody has, or had, a hand in how a case is decided.

    Whoever is or was in charge of it, proposed, reviewed or approved something in it,
    or did an act that is a handler's. Having registered it is none.
    """
    signed = Q(proposer=person) | Q(reviewer=person) | Q(closed_by=person)
    if case.handler_id == person.pk or case.proposals.filter(signed).exists():
        return True
    for entry in Entry.objects.filter(case_id=case.pk):
        said = entry.content
        if entry.kind == ASSIGNED and person.pk in said["handler"]:
            return True
        own = entry.actor_id == person.pk and entry.kind.startswith(bridge.EVENT)
        if own and Role.CLERK not in policy.doing(parse(said["event"])).roles:
            return True
    return False


def handed_out(case: Case) -> HandedOut | None:
    """Return how the code that opens a case was given at the counter, none where not."""
    rows = Entry.objects.filter(case_id=case.pk, kind=HELD).select_related("actor")
    last = rows.order_by("-id").first()
    if last is None or last.actor is None or "proof" not in last.content:
        return None
    return HandedOut(date.fromisoformat(last.content["on"]), last.actor.get_full_name())


@transaction.atomic
def hand_out(
    case: Case, token: Token, proof: str, person: User, *, severed: bool = False
) -> str:
    """Let a new code open a case and return it; the one before opens it no more.

    Accounts that the case was put to open it still, unless they are to be ``severed``.

    The code is made from the token, which the page alone holds: sent twice it is the
    same code. ``proof`` is one of `PROOFS`. Raises `NotAllowedError`, `InvolvedError`,
    and `KeyTakenError` where another code was handed out since.
    """
    require(person, HAND_OUT, case.body, clock.today())
    present = locked(case)
    if involved(present, person):
        raise InvolvedError(present)
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
