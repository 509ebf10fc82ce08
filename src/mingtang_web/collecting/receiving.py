"""On which day a report reached its office, where somebody says so afterwards.

条例第四十九条 sets the day, and being in time (按期) must not be made afterwards: a day
that is typed once the last one has passed, or of before the season was opened, is a claim
that rests on the office's incoming post (收文登记). Honest paper of January comes in by
it, though the office opened its season late; but it counts only once another person has
looked at that post, and board, bulletin and line tell that it was entered afterwards.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mingtang_web import clock, masking
from mingtang_web.bodies.queries import require
from mingtang_web.collecting import policy
from mingtang_web.collecting.models import Delivery, Receipt, State, Step
from mingtang_web.collecting.recording import (
    Done,
    OutOfTurnError,
    came_before,
    in_turn,
    in_words,
    locked,
    record,
)

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from mingtang_web.cases.actions import Doing
    from mingtang_web.collecting.models import Member


def check_received(member: Member, on: date, source: str) -> None:
    """Refuse a day of receipt that cannot be, or that nothing shows: `ValidationError`.

    No report on a year comes before that year is over.
    """
    first = first_day(member)
    if on > clock.today():
        raise ValidationError({"on": _("收到日期不能晚于今天")})
    if on < first:
        said = _("%(year)s年度还没有过完，收到日期不能早于%(day)s")
        known = {"year": member.season.year, "day": first.isoformat()}
        raise ValidationError({"on": said % known})
    masking.to_keep(source, "source")


def first_day(member: Member) -> date:
    """Return the first day on which a report on the season's year can be there."""
    return date(member.season.year + 1, 1, 1)


def is_afterwards(member: Member, on: date) -> bool:
    """Return whether a day of receipt has to be looked at by another person.

    It has where it lies before the season, and where it alone makes the report be in
    time: its last day has passed by now.
    """
    opened = member.season.opened_at.astimezone(clock.CHINA).date()
    return on < opened or on <= member.due < clock.today()


def claim(delivery: Delivery, on: date, doing: Doing) -> Receipt:
    """Keep a day of receipt that somebody else has to look at; within the handing in."""
    return Receipt.objects.create(
        delivery=delivery, on=on, by=doing.person, entered_on=clock.today()
    )


def pending(member: Member) -> QuerySet[Receipt]:
    """Return the days of receipt that somebody else is to look at."""
    rows = Receipt.objects.filter(delivery__member=member, holds=None)
    return rows.exclude(delivery__state=State.WITHDRAWN).select_related("delivery")


def receipt_of(delivery: Delivery) -> Receipt | None:
    """Return the day of receipt entered afterwards, none where the clock gave it."""
    return Receipt.objects.filter(delivery=delivery).select_related("by", "seen_by").first()


@transaction.atomic
def vouch(delivery: Delivery, doing: Doing) -> Member:
    """Say that a report came on the day that somebody else entered: it counts from then on.

    ``doing.note`` says what of the incoming post was looked at. Raises
    `NotAllowedError`, `OutOfTurnError` and `ValidationError`.
    """
    return _looked(delivery, doing, holds=True)


@transaction.atomic
def deny(delivery: Delivery, doing: Doing) -> Member:
    """Say that a day of receipt is not so, ``doing.note`` why: the day of entry counts.

    Whoever entered it may do this too. Raises as `vouch`.
    """
    return _looked(delivery, doing, holds=False)


def _looked(delivery: Delivery, doing: Doing, *, holds: bool) -> Member:
    present = locked(delivery.member_id)
    require(doing.person, policy.VOUCH, present.season.body, clock.today())
    if came_before(present.body, doing):
        return present
    in_turn(present, doing)
    in_words(doing.note, "note")
    row = Delivery.objects.select_for_update(of=("self",)).get(pk=delivery.pk)
    receipt = receipt_of(row)
    if receipt is None or not receipt.is_pending or row.state == State.WITHDRAWN:
        raise OutOfTurnError(_("这次报送没有待核实的收到日期"))
    if holds and receipt.by_id == doing.person.pk:
        raise OutOfTurnError(_("收到日期是您自己补录的，请另一人对照收文登记核实"))
    receipt.holds, receipt.seen_by, receipt.seen_on = holds, doing.person, clock.today()
    receipt.save()
    if holds:
        row.handed_on = receipt.on
        row.save()
    verdict = Step.Verdict.VOUCHED if holds else Step.Verdict.DENIED
    return record(present, Done(verdict, doing.note.strip(), row, (row, receipt)), doing)
