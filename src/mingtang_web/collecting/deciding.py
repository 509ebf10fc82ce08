"""What the office does with a report: returned with its marks, accepted, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.combining.totals import why_unusable
from mingtang_web import clock, masking
from mingtang_web.bodies.queries import require
from mingtang_web.collecting import policy
from mingtang_web.collecting.models import State, Step
from mingtang_web.collecting.opening import tell_returned
from mingtang_web.collecting.recording import (
    OutOfTurnError,
    came_before,
    in_words,
    last_in,
    locked,
    moved,
)
from mingtang_web.collecting.reports import blocking, report_of

if TYPE_CHECKING:
    from mingtang_web.cases.actions import Doing
    from mingtang_web.collecting.models import Delivery, Member
    from mingtang_web.ledger.canonical import Plain


@transaction.atomic
def give_back(delivery: Delivery, doing: Doing) -> Member:
    """Return a report with its findings and a remark, ``doing.note``; its body is told.

    Raises `NotAllowedError`, `OutOfTurnError` and `ValidationError`.
    """
    present = _decided(delivery, doing)
    if came_before(present.body, doing):
        return present
    row = last_in(present, delivery, doing, State.READ)
    masking.to_keep(doing.note, "note")
    row.state = State.RETURNED
    made = moved(present, row, Step.Verdict.RETURNED, doing)
    tell_returned(made)
    return made


@transaction.atomic
def accept(delivery: Delivery, doing: Doing) -> Member:
    """Accept a report: from now on it counts; ``doing.note`` may say something of it.

    It must say why, in real words, where breaches or contradictions are open: they are
    kept in the ledger with it, and totals and bulletin name them. That the body itself
    waived one at its desk closes nothing here, for the office answers for its totals.
    Raises `NotAllowedError`, `ValidationError`, and `OutOfTurnError` also for one that
    cannot be added up.
    """
    present = _decided(delivery, doing)
    if came_before(present.body, doing):
        return present
    row = last_in(present, delivery, doing, State.READ)
    masking.no_personal_data(doing.note)
    still_open = blocking(row)
    if still_open:
        in_words(doing.note, "note")
    why = why_unusable(report_of(row))
    if why:
        said = _("这份报告%(why)s，不能汇总，没有接受；请退回")
        raise OutOfTurnError(said % {"why": why})
    row.state = State.ACCEPTED
    open_findings: dict[str, Plain] = dict(still_open)
    return moved(present, row, Step.Verdict.ACCEPTED, doing, open=open_findings)


@transaction.atomic
def take_back(delivery: Delivery, doing: Doing) -> Member:
    """Take an acceptance back, ``doing.note`` saying why: it is to be decided on again.

    Raises `NotAllowedError`, `OutOfTurnError` and `ValidationError`.
    """
    present = _decided(delivery, doing)
    if came_before(present.body, doing):
        return present
    row = last_in(present, delivery, doing, State.ACCEPTED)
    masking.to_keep(doing.note, "note")
    row.state = State.READ
    return moved(present, row, Step.Verdict.TAKEN_BACK, doing)


def _decided(delivery: Delivery, doing: Doing) -> Member:
    """Return the member of a version, locked, for whoever decides on it."""
    present = locked(delivery.member_id)
    require(doing.person, policy.DECIDE, present.season.body, clock.today())
    return present
