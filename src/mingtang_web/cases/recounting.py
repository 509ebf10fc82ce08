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
from mingtang_web.cases.counting import keep_counts
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
_COUNTED = ("due", "running", "kept", "net_days", "unserved_since", "counted_by")
_OPEN = {Timeliness.OPEN, Timeliness.OVERDUE}


class Some(NamedTuple):
    """Some cases of one body that wait to be counted anew, and by what."""

    ids: list[int]
    rules: Rulebook
    body: Body


class Moved(NamedTuple):
    """A case that was counted anew and changed: its last day before and after.

    None is a day that cannot be said. ``is_due`` tells that it is the last day that
    moved, of a case still to be answered.
    """

    case: Case
    before: str | None
    after: str | None
    is_due: bool


class Recounted(NamedTuple):
    """What became of some cases: those that changed, and why others cannot be counted."""

    moved: list[Moved]
    faults: list[str]


class _Count(NamedTuple):
    due: str | None
    running: str
    kept: str


def outdated(body: Body, rules: Rulebook) -> int:
    """Return how many cases of a body were counted by another rulebook."""
    return Case.objects.filter(body=body).exclude(counted_by=stamp(rules)).count()


def waiting(at_a_time: int = AT_A_TIME) -> Iterator[Some]:
    """Yield the cases that another rulebook counted, some at a time, body by body."""
    bodies = list(Body.objects.all())
    books = rulebooks(bodies)
    for body in bodies:
        last = 0
        while ids := _next(body, books[body.pk], last, at_a_time):
            yield Some(ids, books[body.pk], body)
            last = ids[-1]


def _next(body: Body, rules: Rulebook, after: int, at_a_time: int) -> list[int]:
    rows = Case.objects.filter(body=body, pk__gt=after)
    rows = rows.exclude(counted_by=stamp(rules)).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:at_a_time])


@transaction.atomic
def recounted(some: Some, why: str) -> Recounted:
    """Count some cases anew and enter in the ledger what changed.

    One that cannot be counted keeps no other from it.
    """
    rows = Case.objects.select_for_update(of=("self",), no_key=True).select_related("body")
    cases = list(rows.filter(pk__in=some.ids).order_by("pk"))
    found = bridge.histories(some.ids)
    made, good = Recounted([], []), []
    for case in cases:
        try:
            moved = _recounted(case, some.rules, found.get(case.pk, ()), why)
        except (ValueError, LookupError) as fault:
            made.faults.append(f"案件 {case.number}：{type(fault).__name__}")
            continue
        good.append(case)
        made.moved.extend([moved] if moved else [])
    Case.objects.bulk_update(good, _COUNTED)
    keep_counts(some.body, {each.pk: found.get(each.pk, ()) for each in good}, some.rules)
    return made


def _recounted(
    case: Case, rules: Rulebook, events: tuple[Event, ...], why: str
) -> Moved | None:
    """Count a case anew; none where nothing changed."""
    if not events:
        return None
    before = _count(case)
    bridge.put(case, events, clock.today(), rules)
    after = _count(case)
    if before == after:
        return None
    said: dict[str, Plain] = {
        "before": list(before),
        "after": list(after),
        "why": why or _reason(before),
    }
    append(Record(case.body, RECOUNTED, said, case_id=case.pk))
    moved = (before.due, before.running) != (after.due, after.running)
    return Moved(case, before.due, after.due, is_due=case.is_open and moved)


def _count(case: Case) -> _Count:
    """Return what a rulebook decides; an open case that ran out meanwhile is no change."""
    kept = Timeliness.OPEN if case.kept in _OPEN else Timeliness(case.kept)
    due = case.due.isoformat() if case.due else None
    return _Count(due, str(case.running), str(kept))


def _reason(before: _Count) -> str:
    if before.running == Running.UNSETTLED:
        return "放假安排已录入"
    return "放假安排或者口径有变"
