"""In which cells of a year's table four one review or suit stands, as of a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from mingtang.case.disputes import Appealed, Ruled, standing_on
from mingtang.law.option import option

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mingtang.case.disputes import DisputeEvent

KINDS = ("review", "suit_direct", "suit_after_review")
COLUMNS = ("upheld", "corrected", "other", "pending")
_ONE_DAY = timedelta(days=1)


class Cell(NamedTuple):
    """A cell of table four: its block, ``kind``, and its column."""

    kind: str
    column: str


def cells(
    history: Sequence[DisputeEvent], day: date, choices: Mapping[str, str]
) -> Iterator[Cell]:
    """Yield the cells of the table of ``day``'s year in which a dispute counts on a day.

    Whatever was pending at the end of the year before counts again, unless the body
    chose otherwise (口径 ``pending_from_last_year``); what had ended by then was
    counted then. Instances count together or each for itself (``second_instance``).
    """
    eve = date(day.year, 1, 1) - _ONE_DAY
    for instance in _instances(history, _chosen("second_instance", choices)):
        now = standing_on(instance, day, choices)
        before = standing_on(instance, eve, choices)
        again = _chosen("pending_from_last_year", choices) == "counted_when_concluded"
        if now and (before is None or (again and before[1] == "pending")):
            yield Cell(*now)


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
