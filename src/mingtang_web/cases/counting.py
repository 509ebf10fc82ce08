"""What cases add to their body's tables, kept with every act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.case.events import Reclassified
from mingtang.compiling import tally_case
from mingtang_web.cases import bridge
from mingtang_web.cases.models import Case
from mingtang_web.cases.rules import rulebook
from mingtang_web.counts.actions import CASE, Matter, count, count_all
from mingtang_web.counts.queries import closed
from mingtang_web.counts.sources import Source

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from mingtang.case.events import Event
    from mingtang.case.rulebook import Rulebook
    from mingtang.compiling import Stretch
    from mingtang_web.bodies.models import Body


def keep_count(case: Case, events: Sequence[Event], rules: Rulebook) -> None:
    """Let a case add to the tables what its events make of it.

    After its entry is in the ledger, inside the same transaction.
    """
    settled = any(isinstance(each, Reclassified) for each in events)
    days = closed(case.body) if settled else {}
    count(case.body, Matter(CASE, case.pk), tally_case(events, rules, days))


def keep_counts(
    body: Body, histories: Mapping[int, Sequence[Event]], rules: Rulebook
) -> None:
    """Let many cases of a body add to the tables what their events make of them."""
    count_all(body, CASE, _tallied(histories, rules, closed(body)))


def _following(body: Body, after: int, most: int) -> list[int]:
    rows = Case.objects.filter(body=body, pk__gt=after).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:most])


def _tallies(body: Body, ids: Iterable[int]) -> dict[int, Counter[Stretch]]:
    return _tallied(bridge.histories(ids), rulebook(body), closed(body))


def _tallied(
    histories: Mapping[int, Sequence[Event]], rules: Rulebook, days: Mapping[int, date]
) -> dict[int, Counter[Stretch]]:
    found = ((pk, events) for pk, events in histories.items() if events)
    return {pk: tally_case(events, rules, days) for pk, events in found}


SOURCE = Source(_following, _tallies)
