"""The job that counts last days anew where the calendar or a choice has changed.

Who is told of a day that moved is written with it, in one transaction: what the
ledger says and what people are told stand or fall together.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mingtang_web.bodies.models import Role
from mingtang_web.cases.recounting import AT_A_TIME, recounted, waiting
from mingtang_web.counts import recounting as tallies
from mingtang_web.counts.actions import CASE, owe
from mingtang_web.counts.sources import SOURCES
from mingtang_web.notices.actions import tell
from mingtang_web.notices.models import Kind
from mingtang_web.notices.running import Part
from mingtang_web.notices.staff import Staff
from mingtang_web.notices.wanting import Wanted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingtang_web.cases.recounting import Moved, Some
    from mingtang_web.notices.running import Pass


def parts(asked: Pass, why: str = "", at_a_time: int = AT_A_TIME) -> Iterator[Part]:
    """Count anew, some cases at a time; what has been counted waits no more.

    ``why`` is written beside what changed. Tallies that are owed are made after.
    """
    staff = Staff(asked.on)
    for some in waiting(at_a_time):
        faults: list[str] = []
        yield Part(some.ids[-1], partial(_counted, some, asked, staff, why, faults))
        if faults:
            yield Part(some.ids[-1], lambda: 0, len(faults), "；".join(faults))
    for owed in tallies.waiting():
        yield Part(owed.after, partial(tallies.part, owed))


def _counted(some: Some, asked: Pass, staff: Staff, why: str, faults: list[str]) -> int:
    made = recounted(some, why)
    owe([some.body], SOURCES.keys() - {CASE})
    faults += made.faults
    told = [_wanted(each, asked) for each in made.moved if each.is_due]
    tell(told, staff, asked.now)
    return len(some.ids) - len(made.faults)


def _wanted(moved: Moved, asked: Pass) -> Wanted:
    case = moved.case
    days = f"{moved.before or '—'} → {moved.after or '—'}"
    return Wanted(
        Kind.RECOUNTED,
        case.body_id,
        asked.on,
        (Role.HANDLER, Role.APPROVER),
        case.pk,
        case.handler_id,
        about=case.counted_by,
        title=days,
    )
