"""In which lines of table three a case counts, and in which cells of table four a dispute.

Each case adds one to what came in and one to what became of it, in the same column,
so that the year balances whatever the cases are. Nothing is added up here.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from mingtang.case.disputes import PENDING, Appealed, Ruled, standing_on
from mingtang.law.calendar import ONE_DAY
from mingtang.law.grounds import ground
from mingtang.law.option import option

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mingtang.case.disputes import DisputeEvent
    from mingtang.case.rulebook import Rulebook
    from mingtang.case.state import Case

NEW, CARRIED_IN, CARRIED_OUT = "received", "carried_in", "carried_out"
KINDS = ("review", "suit_direct", "suit_after_review")
COLUMNS = ("upheld", "corrected", "other", "pending")
_NEITHER = frozenset({"split", "merged"})
_OTHERWISE = "O3"
_FIRST_OF_2021 = 2021


class Place(NamedTuple):
    """Where one case stands in table three.

    The year it counts as new, the year and line of its result (None while it is
    open), and the column.
    """

    received: int
    done: int | None
    line: str | None
    applicant: str


class Span(NamedTuple):
    """From which day to which one case counts in table three, its line and its column.

    `received` is the day of receipt, `done` that of the result, None while it is open.
    """

    received: date
    done: date | None
    line: str | None
    applicant: str


class Cell(NamedTuple):
    """A cell of table four: its block, ``kind``, and its column."""

    kind: str
    column: str


def span(case: Case, rules: Rulebook) -> Span | None:
    """Return from when to when a case counts in table three, None where nowhere.

    A request that was not confirmed, one that was split and one merged into another
    count nowhere; an answer given anew does not count again. The day of a result is
    the decision's (口径 ``result_year``).
    """
    if case.received is None or (case.closing and case.closing.how in _NEITHER):
        return None
    done, code = _result(case, rules)
    line = None
    if done:
        known = ground(code)
        line = known.line if done.year >= _FIRST_OF_2021 else known.line_2019
    return Span(case.received, done, line, case.applicant)


def place(case: Case, rules: Rulebook) -> Place | None:
    """Return where a case stands in the tables of the years, None where nowhere.

    >>> from mingtang.case.rulebook import Rulebook
    >>> from mingtang.case.state import Case
    >>> asked = Case("in_person", "person", date(2026, 3, 2), date(2026, 3, 2))
    >>> place(asked, Rulebook())
    Place(received=2026, done=None, line=None, applicant='person')
    """
    stands = span(case, rules)
    if stands is None:
        return None
    year = stands.done.year if stands.done else None
    return Place(stands.received.year, year, stands.line, stands.applicant)


def lines(stands: Place, year: int) -> tuple[str, str] | None:
    """Return the two lines of a year's table three in which a case counts.

    How it came in, ``received`` or ``carried_in``, and what became of it, a result
    or ``carried_out``; None in a year before it came or after it was done.

    >>> lines(Place(2025, 2026, "granted", "person"), 2025)
    ('received', 'carried_out')
    >>> lines(Place(2025, 2026, "granted", "person"), 2026)
    ('carried_in', 'granted')
    """
    over = stands.done is not None and stands.done < year
    if stands.received > year or over:
        return None
    came = NEW if stands.received == year else CARRIED_IN
    ended = stands.done == year and stands.line
    return came, ended or CARRIED_OUT


def lines_between(stands: Span, first: date, last: date) -> tuple[str, str] | None:
    """Return the two lines in which a case counts in table three of any period.

    Both days belong to the period; see `lines`.

    >>> march = date(2026, 3, 1), date(2026, 3, 31)
    >>> lines_between(Span(date(2026, 2, 2), None, None, "person"), *march)
    ('carried_in', 'carried_out')
    """
    over = stands.done is not None and stands.done < first
    if stands.received > last or over:
        return None
    came = NEW if stands.received >= first else CARRIED_IN
    ended = stands.done is not None and stands.done <= last and stands.line
    return came, ended or CARRIED_OUT


def cells(
    history: Sequence[DisputeEvent], day: date, choices: Mapping[str, str]
) -> Iterator[Cell]:
    """Yield the cells of the table of ``day``'s year in which a dispute counts on a day.

    Whatever was pending at the end of the year before counts again, unless the body
    chose otherwise (口径 ``pending_from_last_year``); what had ended by the end of
    any year before was counted then, also where it is tried anew. Instances count
    together or each for itself (``second_instance``).
    """
    for instance in _instances(history, _chosen("second_instance", choices)):
        now = standing_on(instance, day, choices)
        if now and _counts_again(instance, day.year, choices):
            yield Cell(*now)


def _result(case: Case, rules: Rulebook) -> tuple[date | None, str]:
    """Return the day and the ground of a result; the day is None while there is none."""
    answer = case.first_answer
    if answer is None:
        return (case.closing.on if case.closing else None), _OTHERWISE
    if rules.choice("result_year") == "dispatched":
        return answer.dispatched, answer.ground
    return answer.on, answer.ground


def _counts_again(
    history: Sequence[DisputeEvent], year: int, choices: Mapping[str, str]
) -> bool:
    """Return whether no earlier year's table has settled the dispute."""
    for earlier in range(history[0].on.year, year):
        stood = standing_on(history, date(earlier + 1, 1, 1) - ONE_DAY, choices)
        again = _chosen("pending_from_last_year", choices) == "counted_when_concluded"
        if stood and not (again and stood[1] == PENDING):
            return False
    return True


def _instances(
    history: Sequence[DisputeEvent], choice: str
) -> Iterator[Sequence[DisputeEvent]]:
    """Yield the parts of a history that count for themselves, each from its filing."""
    if choice == "one_case":
        yield history
        return
    filed, part = history[0], [history[0]]
    for event in history[1:]:
        if isinstance(event, Appealed):
            yield part
            part = [replace(filed, on=event.on)]
        elif isinstance(event, Ruled):
            part = [e for e in part if not isinstance(e, Ruled)]
            part.append(replace(event, final=True))
        elif event.on >= part[0].on:
            part.append(event)
    yield part


def _chosen(name: str, choices: Mapping[str, str]) -> str:
    return option(name).choose(choices.get(name))
