"""Answering an objection to a fee (核对收费异议): what was found, told to the applicant.

It is no act of the law's and moves no term: a fee found wrong is refunded or its notice
struck by the acts that are there for it (国办函〔2020〕109号).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang_web import clock
from mingtang_web.bodies.models import Role
from mingtang_web.bodies.policy import Act
from mingtang_web.bodies.queries import require
from mingtang_web.cases.actions import came_before
from mingtang_web.cases.attaching import ATTACHED
from mingtang_web.cases.exchanging import ExchangeError, fit_to_keep
from mingtang_web.cases.locking import locked
from mingtang_web.cases.models import Attachment
from mingtang_web.ledger.actions import Record, append
from mingtang_web.ledger.queries import of_case

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mingtang_web.accounts.models import User
    from mingtang_web.cases.models import Case
    from mingtang_web.ledger.canonical import Plain
    from mingtang_web.ledger.models import Entry

CHECKED = "case.objection_checked"
CHECK = Act("cases.check_objection", "核对收费异议", frozenset({Role.HANDLER}))
FINDINGS = {
    "upheld": gettext_lazy("维持：收费没有算错"),
    "corrected": gettext_lazy("改正：收费算错了，另行通知或者退还"),
}


class Finding(NamedTuple):
    """What was found of a fee: one of `FINDINGS`, and why, for the applicant to read."""

    result: str
    words: str


def objected_to(entries: Iterable[Entry]) -> bool:
    """Return whether an objection to a fee came and was not answered since."""
    waiting = False
    for entry in entries:
        if entry.kind == CHECKED:
            waiting = False
        elif entry.kind == ATTACHED:
            waiting |= entry.content["what"] == Attachment.What.OBJECTION
    return waiting


@transaction.atomic
def check(case: Case, finding: Finding, actor: User, key: str | None = None) -> None:
    """Answer the objections to a fee that wait; sent twice, answered once.

    Raises `NotAllowedError`, `WordsError` where the words are missing or tell of the
    applicant, and `ExchangeError` where no objection waits.
    """
    present = locked(case)
    require(actor, CHECK, present.body, clock.today())
    if came_before(present, key, CHECKED):
        return
    if not objected_to(of_case(present.pk)):
        raise ExchangeError(_("没有等待核对的收费异议，或者已经核对过了"))
    said: dict[str, Plain] = {
        "result": finding.result,
        "words": fit_to_keep(present, finding.words),
        "on": clock.today().isoformat(),
    }
    append(Record(present.body, CHECKED, said, actor, case_id=present.pk, key=key))
