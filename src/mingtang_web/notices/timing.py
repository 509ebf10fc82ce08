"""When a message may go out: quiet hours, the hour of the digest, the gaps of retries."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from mingtang_web.clock import CHINA

if TYPE_CHECKING:
    from datetime import time

    from mingtang_web.notices.models import Preference

GAPS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720))
"""How long after each failure it is tried again; after the last it is given up."""
DAY = timedelta(days=1)


def first_moment(preference: Preference, now: datetime) -> datetime:
    """Return when a notice made now may go out."""
    if preference.digest_hour is None:
        return awake(preference, now)
    local = now.astimezone(CHINA)
    at = local.replace(hour=preference.digest_hour, minute=0, second=0, microsecond=0)
    return awake(preference, at if at >= local else at + DAY)


def awake(preference: Preference, moment: datetime) -> datetime:
    """Return the moment itself, or the end of the quiet hours it falls into."""
    local = moment.astimezone(CHINA)
    if not _is_quiet(preference, local.time()):
        return moment
    end = datetime.combine(local.date(), preference.quiet_until, CHINA)
    return end if end > local else end + DAY


def _is_quiet(preference: Preference, at: time) -> bool:
    """Return whether quiet hours cover a time; the end itself is no longer quiet."""
    start, end = preference.quiet_from, preference.quiet_until
    if start <= end:
        return start <= at < end
    return at >= start or at < end
