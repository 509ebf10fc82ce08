"""Giving cases to sections and people: one, many, or all that somebody leaves behind."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang_web import clock
from mingtang_web.bodies.models import Role
from mingtang_web.bodies.policy import NotAllowedError
from mingtang_web.bodies.queries import holders, require
from mingtang_web.cases import policy
from mingtang_web.cases.actions import came_before
from mingtang_web.cases.exchanging import WordsError, fit_to_keep
from mingtang_web.cases.locking import locked
from mingtang_web.ledger.actions import Record, append

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mingtang_web.accounts.models import User
    from mingtang_web.bodies.models import Section
    from mingtang_web.cases.models import Case

ASSIGNED = "case.assigned"


class AssignmentError(ValueError):
    """A case cannot be given to this section or person."""


@dataclass(frozen=True)
class Target:
    """To whom cases go; what is none stays as it is.

    ``note`` is kept in the ledger, in words without personal data.
    """

    section: Section | None = None
    handler: User | None = None
    note: str = ""


class Outcome(StrEnum):
    """What became of one case among many."""

    DONE = "done"
    BEFORE = "before"
    REFUSED = "refused"


class Told(NamedTuple):
    """One case among many, what became of it, and why not where it was refused."""

    case: Case
    outcome: Outcome
    why: str = ""


def assign(case: Case, to: Target, actor: User, key: str | None = None) -> Case:
    """Give a case to a section, a handler, or both (分派), and return it.

    Raises `NotAllowedError`, `WordsError`, and `AssignmentError` where the case is
    closed, or the section or person is not of the case's body.
    """
    return _assigned(case, to, actor, key)[0]


def assign_each(
    cases: Iterable[Case], to: Target, actor: User, key: str
) -> tuple[Told, ...]:
    """Give many cases away, each in its own transaction, and tell how each went.

    The same key again goes on where the first time was cut short.
    """
    return tuple(_told(case, to, actor, f"{key}:{case.pk}") for case in cases)


def _told(case: Case, to: Target, actor: User, key: str) -> Told:
    try:
        present, changed = _assigned(case, to, actor, key)
    except (NotAllowedError, AssignmentError, WordsError) as problem:
        return Told(case, Outcome.REFUSED, str(problem))
    return Told(present, Outcome.DONE if changed else Outcome.BEFORE)


@transaction.atomic
def _assigned(case: Case, to: Target, actor: User, key: str | None) -> tuple[Case, bool]:
    """Return the case, and whether this very call changed it."""
    present = locked(case)
    require(actor, policy.ASSIGN, present.body, clock.today())
    if came_before(present, key):
        return present, False
    _refuse_unfit(present, to)
    note = fit_to_keep(present, to.note, required=False)
    before = (present.section_id, present.handler_id)
    present.section = to.section or present.section
    present.handler = to.handler or present.handler
    after = (present.section_id, present.handler_id)
    if before == after:
        return present, False
    present.save(update_fields=("section", "handler"))
    said = {"section": [before[0], after[0]], "handler": [before[1], after[1]]}
    append(
        Record(
            present.body,
            ASSIGNED,
            said | ({"note": note} if note else {}),
            actor=actor,
            case_id=present.pk,
            key=key,
        )
    )
    return present, True


def _refuse_unfit(case: Case, to: Target) -> None:
    if not case.is_open:
        raise AssignmentError(
            _("案件%(number)s已经办结，无须再分派") % {"number": case.number}
        )
    if to.section is None and to.handler is None:
        raise AssignmentError(_("没有选择承办机构，也没有选择承办人"))
    if to.section and to.section.body_id != case.body_id:
        raise AssignmentError(
            _("内设机构“%(section)s”不属于%(body)s")
            % {"section": to.section.name, "body": case.body.name}
        )
    handlers = holders(case.body, Role.HANDLER, clock.today())
    if to.handler and not handlers.filter(pk=to.handler.pk).exists():
        raise AssignmentError(
            _("%(person)s在%(body)s没有承办的角色，请另选，或者先请管理员分配角色")
            % {"person": to.handler, "body": case.body.name}
        )
