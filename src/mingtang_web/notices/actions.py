"""Writing notices, reading marks, preferences, and trying again what was given up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from mingtang_web import clock
from mingtang_web.accounts.models import User
from mingtang_web.bodies.queries import require
from mingtang_web.ledger.actions import Record, append
from mingtang_web.notices import policy
from mingtang_web.notices.models import Channel, Notice, Sending
from mingtang_web.notices.queries import preferences
from mingtang_web.notices.timing import first_moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from mingtang_web.notices.models import Preference
    from mingtang_web.notices.staff import Staff
    from mingtang_web.notices.wanting import Wanted

AT_A_TIME = 500


@transaction.atomic
def tell(wanted: Iterable[Wanted], staff: Staff, now: datetime) -> int:
    """Write what is to be told, and its sendings; return how many notices are new.

    What was told before is left as it is, read or not.
    """
    made = {notice.key: notice for notice in _notices(wanted, staff, now)}
    keys = list(made)
    for start in range(0, len(keys), AT_A_TIME):
        known = Notice.objects.filter(key__in=keys[start : start + AT_A_TIME])
        for key in known.values_list("key", flat=True):
            del made[key]
    fresh = Notice.objects.bulk_create(made.values())
    Sending.objects.bulk_create(_sendings(fresh, now))
    return len(fresh)


def mark_read(user: User, notice_id: int | None = None) -> None:
    """Mark one of a person's own notices as read, or all of them."""
    notices = Notice.objects.filter(user=user, read_at__isnull=True)
    if notice_id is not None:
        notices = notices.filter(pk=notice_id)
    notices.update(read_at=clock.now())


def prefer(preference: Preference) -> None:
    """Keep how a person wants to be told, for what is told from now on.

    Raises `ValidationError` where a value is not offered.
    """
    preference.full_clean()
    preference.save()


@transaction.atomic
def retry(sending: Sending, actor: User, key: str | None = None) -> None:
    """Send once more what could not be sent, from the first attempt on, at once.

    Raises `NotAllowedError`. What has been sent meanwhile is left alone.
    """
    rows = Sending.objects.select_for_update(of=("self",)).select_related("notice__body")
    locked = rows.get(pk=sending.pk)
    body = locked.notice.body
    require(actor, policy.RETRY, body, clock.today())
    said = {"sending": locked.pk}
    entry = append(Record(body, "notices.retried", said, actor=actor, key=key))
    if entry.is_replay or locked.state == Sending.State.SENT:
        return
    locked.state, locked.attempts = Sending.State.WAITING, 0
    locked.next_at = clock.now()
    locked.save()


def _notices(wanted: Iterable[Wanted], staff: Staff, now: datetime) -> Iterator[Notice]:
    for each in wanted:
        for user_id in staff.told(each):
            yield Notice(
                user_id=user_id,
                kind=each.kind,
                body_id=each.body_id,
                case_id=each.case_id,
                day=each.day,
                key=each.key(user_id),
                created_at=now,
            )


def _sendings(notices: list[Notice], now: datetime) -> Iterator[Sending]:
    """Yield what leaves the house: by the person's wish, and where an address is known."""
    users = User.objects.in_bulk({notice.user_id for notice in notices})
    wishes = preferences(users)
    for notice in notices:
        user, wish = users[notice.user_id], wishes[notice.user_id]
        ways = {
            Channel.EMAIL: user.email and notice.kind in wish.email,
            Channel.SMS: user.phone and notice.kind in wish.sms,
        }
        for channel, wished in ways.items():
            if wished:
                moment = first_moment(wish, now)
                yield Sending(notice=notice, channel=channel, next_at=moment)
