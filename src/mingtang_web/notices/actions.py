"""Writing notices, reading marks, preferences, and trying again what was given up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mingtang_web import clock
from mingtang_web.accounts.models import User
from mingtang_web.bodies.queries import require
from mingtang_web.ledger.actions import Record, append
from mingtang_web.notices import policy
from mingtang_web.notices.leading import OFFERED, Ahead, told_by
from mingtang_web.notices.models import Channel, LeadTimes, Notice, Sending
from mingtang_web.notices.queries import preferences
from mingtang_web.notices.timing import first_moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from mingtang_web.bodies.models import Body
    from mingtang_web.ledger.canonical import Plain
    from mingtang_web.notices.models import Preference
    from mingtang_web.notices.staff import Staff
    from mingtang_web.notices.wanting import Wanted

AT_A_TIME = 500


@transaction.atomic
def tell(wanted: Iterable[Wanted], staff: Staff, now: datetime) -> int:
    """Write what is to be told, and its sendings; return how many notices are new.

    What was told before is left as it is, read or not.
    """
    told = [(each, user) for each in wanted for user in staff.told(each)]
    wishes = preferences(user for _each, user in told)
    made = {notice.key: notice for notice in _notices(told, Ahead(wishes), now)}
    keys = list(made)
    for start in range(0, len(keys), AT_A_TIME):
        known = Notice.objects.filter(key__in=keys[start : start + AT_A_TIME])
        for key in known.values_list("key", flat=True):
            del made[key]
    fresh = Notice.objects.bulk_create(made.values())
    Sending.objects.bulk_create(_sendings(fresh, wishes, now))
    return len(fresh)


def mark_read(user: User, notice_id: int | None = None) -> None:
    """Mark one of a person's own notices as read, or all of them."""
    notices = Notice.objects.filter(user=user, read_at__isnull=True)
    if notice_id is not None:
        notices = notices.filter(pk=notice_id)
    notices.update(read_at=clock.now())


def seen(user: User, matter: str) -> None:
    """Mark as read what a person was told of a matter that they now see."""
    about = Notice.objects.filter(user=user, read_at__isnull=True, matter=matter)
    if about.exists():
        about.update(read_at=clock.now())


@transaction.atomic
def settle(kinds: Iterable[str], matter: str, *, withdrawn: bool = False) -> None:
    """Let what was told of a matter wait for nobody any more: it has moved on.

    It is read, and what has not gone out by e-mail or SMS does not go. Where what was
    told is ``withdrawn`` altogether, what nobody has read or been sent is taken away.
    """
    told = Notice.objects.filter(kind__in=list(kinds), matter=matter, read_at__isnull=True)
    Sending.objects.filter(notice__in=told).exclude(state=Sending.State.SENT).delete()
    if withdrawn:
        told.filter(sendings__isnull=True).delete()
    told.update(read_at=clock.now())


def prefer(preference: Preference) -> None:
    """Keep how a person wants to be told, for what is told from now on.

    Raises `ValidationError` where a value is not offered.
    """
    preference.full_clean()
    if preference.ahead is not None:
        preference.ahead = _offered(preference.ahead)
    preference.save()


@transaction.atomic
def lead(body: Body, days: Iterable[int], actor: User, key: str | None = None) -> None:
    """Choose how many working days ahead a body's terms are told, and those below it.

    Raises `NotAllowedError`, and `ValidationError` where a number is not offered.
    """
    require(actor, policy.LEAD, body, clock.today())
    chosen = _offered(days)
    said: dict[str, Plain] = {"days": list(chosen)}
    if not append(Record(body, "notices.lead_times", said, actor=actor, key=key)).is_replay:
        LeadTimes.objects.update_or_create(body=body, defaults={"days": chosen})


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


def _offered(days: Iterable[int]) -> list[int]:
    chosen = sorted(set(days), reverse=True)
    if not set(chosen) <= set(OFFERED):
        raise ValidationError({"ahead": _("只能从所列的天数中选择")})
    return chosen


def _notices(
    told: Iterable[tuple[Wanted, int]], ahead: Ahead, now: datetime
) -> Iterator[Notice]:
    for each, user_id in told:
        due = told_by(each, ahead.of(user_id, each.body_id))
        if due:
            yield Notice(
                user_id=user_id,
                kind=due.kind,
                body_id=due.body_id,
                case_id=due.case_id,
                matter=due.matter,
                title=due.title,
                day=due.day,
                key=due.key(user_id),
                created_at=now,
            )


def _sendings(
    notices: list[Notice], wishes: Mapping[int, Preference], now: datetime
) -> Iterator[Sending]:
    """Yield what leaves the house: by the person's wish, and where an address is known."""
    users = User.objects.in_bulk({notice.user_id for notice in notices})
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
