"""Reading notices and jobs: one's own, what could not be sent, what ran."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang_web.bodies.models import Role
from mingtang_web.notices.models import Notice, Preference, Run, Sending

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import QuerySet

    from mingtang_web.accounts.models import User
    from mingtang_web.bodies.policy import Standing

TO_DO = (Sending.State.WAITING, Sending.State.FAILED)
IN_TROUBLE = (Sending.State.FAILED, Sending.State.GIVEN_UP)


def own(user: User) -> QuerySet[Notice]:
    """Return a person's notices, with what their words need: one query."""
    cases = Notice.objects.filter(user=user).select_related("case", "body")
    return cases.defer("case__description")


def unread(user_id: int) -> int:
    """Return how many notices a person has not read: one query of a small index."""
    return Notice.objects.filter(user=user_id, read_at__isnull=True).count()


def preference_of(user: User) -> Preference:
    """Return a person's preferences, or the defaults, not saved."""
    return Preference.objects.filter(user=user).first() or Preference(user=user)


def preferences(users: Iterable[int]) -> dict[int, Preference]:
    """Return the preferences of several people, the defaults where nothing was chosen."""
    wanted = set(users)
    chosen = {each.user_id: each for each in Preference.objects.filter(user__in=wanted)}
    return {user: chosen.get(user) or Preference(user_id=user) for user in wanted}


def to_send(now: datetime) -> QuerySet[Sending]:
    """Return what may go out now."""
    return Sending.objects.filter(state__in=TO_DO, next_at__lte=now)


def administered(held: Standing) -> frozenset[int]:
    """Return the bodies that a person administers."""
    return frozenset(h.body_id for h in held.holdings if h.role is Role.ADMINISTRATOR)


def in_administered(held: Standing) -> QuerySet[Sending]:
    """Return the sendings of the bodies that a person administers."""
    return Sending.objects.filter(notice__body__in=administered(held))


def troubled(held: Standing) -> QuerySet[Sending]:
    """Return what could not be sent in the bodies that a person administers."""
    rows = in_administered(held).filter(state__in=IN_TROUBLE)
    related = rows.select_related("notice__user", "notice__case", "notice__body")
    return related.defer("notice__case__description").order_by("-state", "-id")


def last_run(job: str) -> Run | None:
    """Return a job's last run."""
    return Run.objects.filter(job=job).order_by("-id").first()
