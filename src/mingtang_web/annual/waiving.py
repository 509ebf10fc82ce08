"""Leaving a finding as it is, for a reason; and which findings nobody can leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang_web import clock
from mingtang_web.annual import policy
from mingtang_web.annual.compiling import draft
from mingtang_web.annual.faults import NEVER_LEFT
from mingtang_web.annual.models import WRITTEN, Waiver
from mingtang_web.annual.reasons import to_stay
from mingtang_web.annual.recording import (
    OutOfTurnError,
    begin,
    came_before,
    in_turn,
    made,
    record,
)

if TYPE_CHECKING:
    from mingtang.finding import Finding
    from mingtang_web.annual.models import Annual
    from mingtang_web.bodies.policy import Standing
    from mingtang_web.cases.actions import Doing


def may_waive(held: Standing, annual: Annual) -> bool:
    """Return whether a person may leave findings of a report now: page and act ask this."""
    return annual.is_written and held.allows(policy.WAIVE, annual.body)


@transaction.atomic
def waive(annual: Annual, finding: str, reason: str, doing: Doing) -> Annual:
    """Leave a finding as it is, for a reason that stays with the report.

    ``finding`` is its fingerprint. Raises `NotAllowedError`, `OutOfTurnError` and
    `ValidationError`.
    """
    present = begin(annual, policy.WAIVE, doing)
    if came_before(present, doing):
        return present
    in_turn(present, doing, *WRITTEN)
    now = draft(present, clock.today())
    found = next((each for each in now.findings if each.fingerprint == finding), None)
    if found is None or now.is_waived(found):
        raise OutOfTurnError(_("这条发现已经不在了，或者已经说明过理由"))
    if found.rule.code in NEVER_LEFT:
        raise OutOfTurnError(str(NEVER_LEFT[found.rule.code]))
    row = made(present, _waiver(found, to_stay(reason, found.message)), doing)
    return record(present, "waived", doing, [row])


def _waiver(found: Finding, reason: str) -> Waiver:
    return Waiver(
        finding=found.fingerprint,
        code=found.rule.code,
        message=found.message,
        reason=reason,
    )
