"""Everything that can be done in the registers: permission, order and record at once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mingtang_web import clock
from mingtang_web.activities import policy
from mingtang_web.activities.checking import FILLED, put
from mingtang_web.activities.models import Activity, Step, What
from mingtang_web.activities.rules import SILENCE, Register, kept
from mingtang_web.bodies.policy import ClosedBodyError
from mingtang_web.bodies.queries import require
from mingtang_web.cases.actions import Doing, not_in_the_future
from mingtang_web.days import all_plausible
from mingtang_web.ledger.stepping import Stepping
from mingtang_web.numbering.actions import next_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mingtang_web.accounts.models import User
    from mingtang_web.bodies.models import Body

SAID = ("form", "title", "day", "pending", "due", *FILLED)
"""What somebody said of it."""
ROWS = Stepping(
    Activity,
    Step,
    "activity",
    SAID,
    registered=("body_id", "register", "number", "created_at"),
    now=(*SAID, "seen", "posted", "struck", "version"),
    step=("activity_id", "what", "held", "why", "of_id", "seen", "posted", "silent"),
)
"""How its entries go on, and what the ledger holds of each."""
KINDS = tuple(f"{ROWS.name}.{what}" for what in What)
"""The kinds of entries that tell of a row."""


@transaction.atomic
def record(
    body: Body,
    register: Register,
    said: Mapping[str, object],
    actor: User,
    key: str | None = None,
) -> Activity:
    """Enter what was done and return it; a submission sent twice is one entry.

    ``said`` holds form, title, day and what the register asks for, by column. Raises
    `NotAllowedError`, `ClosedBodyError`, `FutureError` and `ValidationError`.
    """
    require(actor, policy.RECORD, body, clock.today())
    if body.closed_on:
        raise ClosedBodyError(policy.RECORD, body)
    earlier = ROWS.of_key(body, key)
    if earlier:
        return earlier
    row = Activity(body=body, register=register)
    put(row, said)
    count = next_number(body, f"{ROWS.name}.{register}", row.day.year)
    row.number = f"{kept(register).prefix}{row.day.year}-{count:03d}"
    return ROWS.begun(row, Doing(actor, 0, key))


@transaction.atomic
def amend(activity: Activity, said: Mapping[str, object], doing: Doing) -> Activity:
    """Say an entry anew, for the reason in ``doing.note``; its steps keep what it said.

    Raises `NotAllowedError`, `MovedOnError`, `FutureError` and `ValidationError`.
    """
    present = ROWS.begin(activity, policy.AMEND, doing)
    if ROWS.came_before(present, doing.key):
        return present
    ROWS.in_turn(present, doing)
    before = ROWS.held(present)
    put(present, said)
    return ROWS.amended(present, before, doing)


@transaction.atomic
def observe(activity: Activity, seen: date, posted: date, doing: Doing) -> Activity:
    """Record that somebody looked at an account on a day, and the day of its newest post.

    Raises `NotAllowedError`, `MovedOnError`, `FutureError` and `ValidationError`.
    """
    present = ROWS.begin(activity, policy.OBSERVE, doing)
    if ROWS.came_before(present, doing.key):
        return present
    if present.register != Register.ACCOUNT:
        raise ValidationError(_("只有新媒体账号登记巡查"))
    ROWS.in_turn(present, doing)
    all_plausible({"seen": seen, "posted": posted})
    not_in_the_future(seen)
    if posted > seen:
        raise ValidationError({"posted": _("最近更新日期晚于巡查日期，请核对两个日期")})
    if seen < present.day or (present.ended and seen > present.ended):
        raise ValidationError({"seen": _("巡查日期不在账号开设至注销之间，请核对")})
    step = Step(activity=present, what=What.OBSERVED, seen=seen, posted=posted)
    step.silent = seen - posted >= timedelta(days=SILENCE)
    if present.seen is None or seen >= present.seen:
        present.seen, present.posted = seen, posted
    return ROWS.write(present, step, doing, reason=False)


@transaction.atomic
def strike(activity: Activity, doing: Doing, of: Step | None = None) -> Activity:
    """Strike an entry made wrongly, or one observation: it stays and counts no more.

    The reason is ``doing.note``. Raises `NotAllowedError`, `MovedOnError` and
    `ValidationError`.
    """
    present = ROWS.begin(activity, policy.STRIKE, doing)
    if ROWS.came_before(present, doing.key):
        return present
    ROWS.in_turn(present, doing)
    if of is None:
        present.struck = True
    else:
        _withdraw(present, of)
    return ROWS.write(present, Step(activity=present, what=What.STRUCK, of=of), doing)


def _withdraw(activity: Activity, of: Step) -> None:
    rows = activity.steps.filter(what=What.OBSERVED, struck=False)
    if not rows.filter(pk=of.pk).update(struck=True):
        raise ValidationError(_("这次巡查不在这个账号里，或者已经作废"))
    latest = rows.order_by("seen", "id").last()
    activity.seen = latest.seen if latest else None
    activity.posted = latest.posted if latest else None
