"""How often somebody may do something: counted in the database, for all processes.

Whoever is counted, an address or a number, is kept as a keyed hash and for a day.
"""

from __future__ import annotations

import hmac
from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import transaction

from mingtang_web import clock, keys
from mingtang_web.asking.models import Spent

LONGEST = timedelta(days=1)


class Limit(NamedTuple):
    """So many times within so long."""

    what: str
    most: int
    within: timedelta


ASKED = Limit("asked", 30, timedelta(days=1))
"""Requests from one address; many people may sit behind it."""
ASKED_EASILY = Limit("asked_easily", 3, timedelta(hours=1))
"""After these, each request needs an answer to a question."""
BEGUN = Limit("begun", 120, timedelta(hours=1))
UPLOADED = Limit("uploaded", 60, timedelta(hours=1))
MISSED = Limit("missed", 60, timedelta(hours=1))
"""Wrong codes and passwords from one address."""
MISSED_EASILY = Limit("missed_easily", 3, timedelta(minutes=30))
"""Wrong ones from one address, for one number or account: then a question is asked. None
is ever locked, or anybody could lock its applicant out."""
SIGNED_UP = Limit("signed_up", 20, timedelta(days=1))
"""Accounts from one address."""
TOLD = Limit("told", 40, timedelta(days=1))
"""Mistakes on pages told of from one address."""
TOLD_EASILY = Limit("told_easily", 3, timedelta(hours=1))
"""After these, each takes an answer to a question."""
DONE = Limit("done", 30, timedelta(hours=1))
"""Acts in one case."""


def spend(limit: Limit, whom: str) -> bool:
    """Count one more and return whether it is still within the limit."""
    now = clock.now()
    hidden = _hidden(limit, whom)
    with transaction.atomic():
        fresh = Spent(what=limit.what, whom=hidden, since=now)
        Spent.objects.bulk_create([fresh], ignore_conflicts=True)
        row = Spent.objects.select_for_update().get(what=limit.what, whom=hidden)
        if now - row.since >= limit.within:
            row.since, row.count = now, 0
            Spent.objects.filter(since__lt=now - LONGEST).exclude(pk=row.pk).delete()
        row.count += 1
        row.save(update_fields=("since", "count"))
        return row.count <= limit.most


def exhausted(limit: Limit, *whom: str) -> bool:
    """Return whether any of some has reached a limit; counts nothing: one query."""
    hidden = [_hidden(limit, each) for each in whom]
    since = clock.now() - limit.within
    rows = Spent.objects.filter(what=limit.what, whom__in=hidden, since__gt=since)
    return rows.filter(count__gte=limit.most).exists()


def _hidden(limit: Limit, whom: str) -> str:
    secret = bytes.fromhex(keys.secret(settings.INDEX_KEY))
    return hmac.digest(secret, f"spent:{limit.what}:{whom}".encode(), "sha256").hex()
