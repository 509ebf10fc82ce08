"""Everything that can be done in the registers: permission, order and record at once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mingtang_web import clock, masking
from mingtang_web.activities import policy
from mingtang_web.activities.checking import FILLED, put
from mingtang_web.activities.models import Activity, Step, What
from mingtang_web.activities.rules import SILENCE, Register, kept
from mingtang_web.bodies.policy import ClosedBodyError
from mingtang_web.bodies.queries import require
from mingtang_web.cases.actions import Doing, not_in_the_future
from mingtang_web.days import all_plausible
from mingtang_web.ledger.actions import Record, append
from mingtang_web.ledger.fingerprints import fingerprint
from mingtang_web.numbering.actions import next_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mingtang_web.accounts.models import User
    from mingtang_web.bodies.models import Body
    from mingtang_web.bodies.policy import Act
    from mingtang_web.ledger.canonical import Plain

KIND = "activity."
KINDS = tuple(f"{KIND}{what}" for what in What)
"""The kinds of entries that tell of a row."""
REGISTERED = "body_id", "register", "number", "created_at"
"""What the first entry holds of a row."""
SAID = ("form", "title", "day", "pending", "due", *FILLED)
"""What somebody said of it."""
NOW = (*SAID, "seen", "posted", "struck", "version")
"""What every entry holds of where the row stands after it."""
STEP = "activity_id", "what", "held", "why", "of_id", "seen", "posted", "silent"
"""What an entry holds of the step beside it."""


class MovedOnError(Exception):
    """The entry has been changed since it was looked at; nothing was done."""

    def __init__(self, activity: Activity) -> None:
        super().__init__(
            _("%(number)s在您打开之后已有新的登记，本次未作任何改动；请看过最新情况再办")
            % {"number": activity.number}
        )


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
    earlier = _of_key(body, key)
    if earlier:
        return earlier
    row = Activity(body=body, register=register, created_at=clock.now(), version=1)
    put(row, said)
    count = next_number(body, f"{KIND}{register}", row.day.year)
    row.number = f"{kept(register).prefix}{row.day.year}-{count:03d}"
    row.save(force_insert=True)
    step = Step(activity=row, what=What.RECORDED, held=_held(row))
    _enter(step, Doing(actor, 0, key), row=fingerprint(row, *REGISTERED))
    return row


@transaction.atomic
def amend(activity: Activity, said: Mapping[str, object], doing: Doing) -> Activity:
    """Say an entry anew, for the reason in ``doing.note``; its steps keep what it said.

    Raises `NotAllowedError`, `MovedOnError`, `FutureError` and `ValidationError`.
    """
    present = _begin(activity, policy.AMEND, doing)
    if _came_before(present, doing.key):
        return present
    _in_turn(present, doing)
    before = _held(present)
    put(present, said)
    if _held(present) == before:
        raise ValidationError(_("没有改动任何一项，所以没有登记"))
    step = Step(activity=present, what=What.AMENDED, held=_held(present))
    return _write(present, step, doing)


@transaction.atomic
def observe(activity: Activity, seen: date, posted: date, doing: Doing) -> Activity:
    """Record that somebody looked at an account on a day, and the day of its newest post.

    Raises `NotAllowedError`, `MovedOnError`, `FutureError` and `ValidationError`.
    """
    present = _begin(activity, policy.OBSERVE, doing)
    if _came_before(present, doing.key):
        return present
    if present.register != Register.ACCOUNT:
        raise ValidationError(_("只有新媒体账号登记巡查"))
    _in_turn(present, doing)
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
    return _write(present, step, doing, reason=False)


@transaction.atomic
def strike(activity: Activity, doing: Doing, of: Step | None = None) -> Activity:
    """Strike an entry made wrongly, or one observation: it stays and counts no more.

    The reason is ``doing.note``. Raises `NotAllowedError`, `MovedOnError` and
    `ValidationError`.
    """
    present = _begin(activity, policy.STRIKE, doing)
    if _came_before(present, doing.key):
        return present
    _in_turn(present, doing)
    if of is None:
        present.struck = True
    else:
        _withdraw(present, of)
    return _write(present, Step(activity=present, what=What.STRUCK, of=of), doing)


def _withdraw(activity: Activity, of: Step) -> None:
    rows = activity.steps.filter(what=What.OBSERVED, struck=False)
    if not rows.filter(pk=of.pk).update(struck=True):
        raise ValidationError(_("这次巡查不在这个账号里，或者已经作废"))
    latest = rows.order_by("seen", "id").last()
    activity.seen = latest.seen if latest else None
    activity.posted = latest.posted if latest else None


def _begin(activity: Activity, act: Act, doing: Doing) -> Activity:
    """Return the row locked, once the person may."""
    rows = Activity.objects.select_for_update(of=("self",), no_key=True)
    present = rows.select_related("body").get(pk=activity.pk)
    require(doing.person, act, present.body, clock.today())
    return present


def _in_turn(activity: Activity, doing: Doing) -> None:
    if doing.version != activity.version:
        raise MovedOnError(activity)
    if activity.struck:
        raise ValidationError(_("这一条已经作废，不能再改；确需登记的，请另登记一条"))


def _write(
    activity: Activity, step: Step, doing: Doing, *, reason: bool = True
) -> Activity:
    if reason:
        masking.to_keep(doing.note, "why")
    step.why = doing.note.strip()
    activity.version += 1
    activity.save(force_update=True)
    _enter(step, doing)
    return activity


def _enter(step: Step, doing: Doing, **more: Plain) -> None:
    row = step.activity
    said: dict[str, Plain] = {"activity": row.pk, "number": row.number, **more}
    said |= {"now": fingerprint(row, *NOW), "step": fingerprint(step, *STEP)}
    if step.of_id:
        said["of"] = step.of_id
    entry = append(
        Record(row.body, f"{KIND}{step.what}", said, actor=doing.actor, key=doing.key)
    )
    step.entry = entry
    step.save(force_insert=True)


def _held(activity: Activity) -> dict[str, Plain]:
    """Return what a row says, as its step keeps it; what is blank is left out."""
    said = {name: getattr(activity, name) for name in SAID}
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in said.items()
        if value is not None and value != "" and value is not False
    }


def _came_before(activity: Activity, key: str | None) -> bool:
    return key is not None and activity.steps.filter(entry__key=key).exists()


def _of_key(body: Body, key: str | None) -> Activity | None:
    if key is None:
        return None
    return Activity.objects.filter(steps__entry__key=key, body=body).first()
