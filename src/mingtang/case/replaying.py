"""Histories read into cases: one small step an event, and nothing remembered.

Reading raises `ImpossibleHistoryError` only where an event cannot follow what
came before it, whatever the law says. What the law permits is asked in
`permitting`, before the event is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.case import events
from mingtang.case.act import phases_of, title_of
from mingtang.case.recording import kind_of
from mingtang.case.state import PHASE_NAMES, Case, Extension, Round
from mingtang.case.steps import ImpossibleHistoryError, step
from mingtang.law.delivery import receipt

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mingtang.case.events import Event


def standing(history: Iterable[Event], undone: int | None = None) -> tuple[Event, ...]:
    """Return the events that count: without those struck, and without the strikes.

    `undone` is the place of a strike to be read as if it had not been made.
    Raises `ImpossibleHistoryError` for a strike that names no earlier event, a
    strike, or one struck before.
    """
    entries = tuple(history)
    struck: set[int] = set()
    for place, event in enumerate(entries):
        if isinstance(event, events.Struck):
            named = entries[event.entry] if 0 <= event.entry < place else None
            if named is None or isinstance(named, events.Struck) or event.entry in struck:
                message = f"第{place + 1}条更正登记所指的第{event.entry + 1}条不能更正"
                raise ImpossibleHistoryError(message)
            struck |= {event.entry, place}
    again = entries[undone] if undone is not None else None
    if isinstance(again, events.Struck):
        struck.discard(again.entry)
    return tuple(event for place, event in enumerate(entries) if place not in struck)


def replay(history: Iterable[Event]) -> Case:
    """Return the case that a history makes.

    Raises `ImpossibleHistoryError` for an empty history, one that does not begin
    with a request, or an event that cannot follow what came before it.

    >>> from datetime import date
    >>> case = replay([events.Submitted(on=date(2026, 3, 2), channel="online",
    ...                                 applicant="person")])
    >>> case.phase.value, case.received
    ('submitted', None)
    """
    first, *rest = standing(history) or (None,)
    case = _begin(first)
    for event in rest:
        case = follow(case, event)
    return case


def follow(case: Case, event: Event) -> Case:
    """Return the case after one more event; raises `ImpossibleHistoryError`."""
    if case.phase not in phases_of(kind_of(event)):
        message = f"“{PHASE_NAMES[case.phase]}”的案件不能接着登记“{title_of(event)}”"
        raise ImpossibleHistoryError(message)
    return step(event, case)


def _begin(event: Event | None) -> Case:
    if isinstance(event, events.Divided):
        return _part(event)
    if not isinstance(event, events.Submitted):
        message = "案件的第一条记录须是收到申请"
        raise ImpossibleHistoryError(message)
    waits = receipt(event.channel).awaits_confirmation
    return Case(event.channel, event.applicant, event.on, None if waits else event.on)


def _part(event: events.Divided) -> Case:
    told = Extension(event.extended, event.days) if event.extended else None
    return Case(
        event.channel,
        event.applicant,
        submitted=event.on,
        received=event.received,
        parent=event.parent,
        clock=event.clock,
        corrected=event.corrected,
        rounds=(Round(extension=told),),
    )
