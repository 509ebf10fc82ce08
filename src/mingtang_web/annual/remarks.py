"""What goes with a report though it is no part of it: adjustments, findings, corrections.

The form's words are not ours to add to. What was adjusted by hand, and what was found
and left, and what another issue says otherwise than the one before, stands beside the
report in its JSON, under a key of its own, and on its page; by whose office, never by
name.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import translation

from mingtang.writing import write
from mingtang_web import clock
from mingtang_web.annual import policy
from mingtang_web.annual.changes import correction
from mingtang_web.annual.compiling import leaves
from mingtang_web.annual.naming import label_in
from mingtang_web.bodies.models import Role
from mingtang_web.bodies.queries import standing

if TYPE_CHECKING:
    from datetime import date

    from mingtang_web.accounts.models import User
    from mingtang_web.annual.compiling import Draft
    from mingtang_web.annual.models import Adjustment, Annual, Waiver
    from mingtang_web.bodies.models import Body
    from mingtang_web.bodies.policy import Act

KEY = "remarks"
NAMES = ("adjustments", "waived", "corrections")
Remarks = dict[str, list[dict[str, Any]]]


def remarks(annual: Annual, found: Draft) -> Remarks:
    """Return the adjustments that count, the findings left, and what is corrected."""
    adjusted = annual.adjustments.select_related("by", "signed_by")
    waived = annual.waivers.select_related("by")
    return {
        "adjustments": [_adjustment(annual, row) for row in adjusted if row.counts],
        "waived": [
            _waiver(annual, row)
            for row in waived
            if any(leaves(row.code, row.finding, each) for each in found.findings)
        ],
        "corrections": correction(annual, found.report),
    }


def snapshot(annual: Annual, found: Draft) -> bytes:
    """Return a report as it is signed, our own JSON, with its remarks."""
    content = json.loads(write(found.report, "json"))
    content[KEY] = remarks(annual, found)
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def remarks_in(data: bytes) -> Remarks:
    """Return the remarks of a snapshot; one of an earlier version has none."""
    found: Remarks = json.loads(data).get(KEY) or {}
    return {name: found.get(name, []) for name in NAMES}


def _adjustment(annual: Annual, row: Adjustment) -> dict[str, Any]:
    assert row.signed_by and row.signed_on  # noqa: S101, PT018 - it counts
    body, day = annual.body, row.at.astimezone(clock.CHINA).date()
    return {
        "cell": row.cell,
        "label": label_in(annual, row.cell),
        "change": row.change,
        "reason": row.reason,
        "by": _as(row.by, policy.WRITE, body, day),
        "on": day.isoformat(),
        "signed_by": _as(row.signed_by, policy.SIGN_ADJUSTMENT, body, row.signed_on),
        "signed_on": row.signed_on.isoformat(),
    }


def _waiver(annual: Annual, row: Waiver) -> dict[str, Any]:
    day = row.at.astimezone(clock.CHINA).date()
    return {
        "code": row.code,
        "message": row.message,
        "reason": row.reason,
        "by": _as(row.by, policy.WAIVE, annual.body, day),
        "on": day.isoformat(),
    }


def _as(user: User, act: Act, body: Body, day: date) -> str:
    """Return as what somebody did an act: the roles they held for it on the day."""
    held = standing(user, day).roles_in(body) & act.roles
    with translation.override(settings.LANGUAGE_CODE):
        return "、".join(str(role.label) for role in Role if role in held) or act.by
