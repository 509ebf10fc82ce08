"""Counting anew what is due, where the calendar or a choice has changed.

What is due stands in columns made from the history. When another rulebook counts
than they were made by, they are made again, and the ledger says what changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction

from mingtang.case.deadlines import Running, Timeliness
from mingtang_web import clock
from mingtang_web.bodies.models import Body
from mingtang_web.cases import bridge
from mingtang_web.cases.models import Case
from mingtang_web.cases.rules import rulebooks, stamp
from mingtang_web.ledger.actions import Record, append

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang.case.events import Event
    from mingtang.case.rulebook import Rulebook
    from mingtang_web.ledger.canonical import Plain

RECOUNTED = "case.recounted"
AT_A_TIME = 200
_OPEN = {Timeliness.OPEN, Timeliness.OVERDUE}


class Progress(NamedTuple):
    """How far counting anew has come: cases looked at, and those that changed."""

    counted: int
    changed: int


class _Count(NamedTuple):
    due: str | None
    running: str
    kept: str


def outdated(body: Body, rules: Rulebook) -> int:
    """Return how many cases of a body were counted by another rulebook."""
    return Case.objects.filter(body=body).exclude(counted_by=stamp(rules)).count()


def recount(why: str, at_a_time: int = AT_A_TIME) -> Iterator[Progress]:
    """Count anew every case that another rulebook counted, and tell after each batch.

    Each batch is a transaction; cut short, it goes on where it stopped. ``why`` is
    written beside what changed.
    """
    done = Progress(0, 0)
    bodies = list(Body.objects.all())
    books = rulebooks(bodies)
    for body in bodies:
        rules = books[body.pk]
        last = 0
        while ids := _next(body, rules, last, at_a_time):
            done = Progress(done.counted + len(ids), done.changed + _batch(ids, rules, why))
            last = ids[-1]
            yield done


def _next(body: Body, rules: Rulebook, after: int, at_a_time: int) -> list[int]:
    waiting = Case.objects.filter(body=body, pk__gt=after)
    waiting = waiting.exclude(counted_by=stamp(rules)).order_by("pk")
    return list(waiting.values_list("pk", flat=True)[:at_a_time])


@transaction.atomic
def _batch(ids: list[int], rules: Rulebook, why: str) -> int:
    """Count some cases anew and return how many changed."""
    rows = Case.objects.select_for_update(of=("self",)).select_related("body")
    cases = list(rows.filter(pk__in=ids).order_by("pk"))
    found = bridge.histories(ids)
    changed = sum(_recounted(case, rules, found, why) for case in cases)
    Case.objects.bulk_update(cases, ("due", "running", "kept", "counted_by"))
    return changed


def _recounted(
    case: Case, rules: Rulebook, found: dict[int, tuple[Event, ...]], why: str
) -> bool:
    """Count a case anew; enter what changed in the ledger and return whether it did."""
    events = found.get(case.pk)
    if not events:
        return False
    before = _count(case)
    bridge.put(case, events, clock.today(), rules)
    after = _count(case)
    if before == after:
        return False
    said: dict[str, Plain] = {
        "before": list(before),
        "after": list(after),
        "why": why or _reason(before),
    }
    append(Record(case.body, RECOUNTED, said, case_id=case.pk))
    return True


def _count(case: Case) -> _Count:
    """Return what a rulebook decides; an open case that ran out meanwhile is no change."""
    kept = Timeliness.OPEN if case.kept in _OPEN else Timeliness(case.kept)
    due = case.due.isoformat() if case.due else None
    return _Count(due, str(case.running), str(kept))


def _reason(before: _Count) -> str:
    if before.running == Running.UNSETTLED:
        return "放假安排已录入"
    return "放假安排或者口径有变"
