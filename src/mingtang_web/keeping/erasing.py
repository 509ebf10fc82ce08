"""Destroying an applicant's data by two persons: one asks, another confirms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from mingtang.case.state import Phase
from mingtang_web import clock
from mingtang_web.applicants.actions import ERASE, erase
from mingtang_web.applicants.betraying import traces_of
from mingtang_web.bodies.models import Role
from mingtang_web.bodies.policy import Act
from mingtang_web.bodies.queries import require
from mingtang_web.cases.actions import came_before
from mingtang_web.cases.locking import locked
from mingtang_web.cases.models import Case
from mingtang_web.disputes.models import Dispute
from mingtang_web.keeping.policy import KeepingError
from mingtang_web.ledger.actions import Record, append
from mingtang_web.ledger.models import Entry

if TYPE_CHECKING:
    from mingtang_web.accounts.models import User
    from mingtang_web.applicants.models import Applicant

CONFIRM = Act(
    "applicants.confirm_erasure",
    "确认销毁申请人信息",
    frozenset({Role.ADMINISTRATOR, Role.APPROVER}),
)
ASKED, DROPPED = "applicants.erasure_asked", "applicants.erasure_dropped"


def against(applicant: Applicant) -> str:
    """Return why an applicant's data must stay for now; nothing where they may go."""
    asked = Q(applicant=applicant) | Q(consultations__person=applicant)
    cases = Case.objects.filter(asked)
    alive = cases.exclude(phase=Phase.ARCHIVED).order_by("pk").first()
    if alive:
        return _("案件%(number)s还没有归档，申请人信息仍须使用") % {"number": alive.number}
    running = Dispute.objects.filter(cases__in=cases, ended=None).first()
    if running:
        return _("%(number)s还没有审结，申请人信息仍须使用") % {"number": running.number}
    return ""


def waiting(case: Case) -> Entry | None:
    """Return the entry of a request to destroy that waits for a second person."""
    steps = Entry.objects.filter(case_id=case.pk, kind__in=(ASKED, DROPPED))
    last = steps.select_related("actor").order_by("sequence").last()
    return last if last and last.kind == ASKED else None


@transaction.atomic
def ask(case: Case, why: str, actor: User, key: str | None = None) -> None:
    """Ask that the data of a case's applicant be destroyed; nothing goes yet.

    Raises `NotAllowedError` and `KeepingError`.
    """
    present = locked(case)
    require(actor, ERASE, present.body, clock.today())
    if came_before(present, key, ASKED):
        return
    _may_go(present)
    if waiting(present):
        raise KeepingError(_("已经有人提出销毁，等待另一人确认"))
    if traces_of(present.applicant, why):
        raise KeepingError(_("理由长期留存，请删去其中的姓名、号码和地址"))
    _note(present, ASKED, actor, key, why=why.strip())


@transaction.atomic
def confirm(case: Case, actor: User) -> None:
    """Destroy what another person asked to be destroyed.

    Raises `NotAllowedError`, and `KeepingError` where nobody else asked, or the data
    are wanted again.
    """
    present = locked(case)
    require(actor, CONFIRM, present.body, clock.today())
    asked = waiting(present)
    if asked is None or asked.actor is None:
        raise KeepingError(_("没有等待确认的销毁，或者已经撤回"))
    if asked.actor == actor:
        raise KeepingError(_("提出的人不能自己确认，请由另一位管理员或者审批人确认"))
    _may_go(present)
    why = asked.content["why"]
    erase(present.applicant, asked.actor, why, approver=actor, case_id=present.pk)


@transaction.atomic
def drop(case: Case, actor: User, key: str | None = None) -> None:
    """Let the data stay: whoever may confirm, or who asked, takes the request back.

    Raises `NotAllowedError` and `KeepingError`.
    """
    present = locked(case)
    require(actor, CONFIRM, present.body, clock.today())
    if came_before(present, key, DROPPED):
        return
    if waiting(present) is None:
        raise KeepingError(_("没有等待确认的销毁，或者已经撤回"))
    _note(present, DROPPED, actor, key)


def _may_go(case: Case) -> None:
    if case.applicant.erased_at is not None:
        raise KeepingError(_("申请人信息已经销毁"))
    why = against(case.applicant)
    if why:
        raise KeepingError(why)


def _note(case: Case, kind: str, actor: User, key: str | None, **said: str) -> None:
    told = {"applicant": str(case.applicant_id), **said}
    append(Record(case.body, kind, told, actor=actor, case_id=case.pk, key=key))
