"""What reviews and suits add to their body's table four, kept with every record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingtang.compiling import tally_dispute
from mingtang_web.cases.rules import rulebook
from mingtang_web.counts.actions import DISPUTE, Matter, count
from mingtang_web.counts.sources import Source
from mingtang_web.disputes import bridge
from mingtang_web.disputes.models import Dispute

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Sequence

    from mingtang.case.disputes import DisputeEvent
    from mingtang.compiling import Stretch
    from mingtang_web.bodies.models import Body


def keep_count(dispute: Dispute, events: Sequence[DisputeEvent]) -> None:
    """Let a dispute add to table four what its events make of it.

    After its entry is in the ledger, inside the same transaction.
    """
    body = dispute.body
    count(body, Matter(DISPUTE, dispute.pk), tally_dispute(events, rulebook(body)))


def _following(body: Body, after: int, most: int) -> list[int]:
    rows = Dispute.objects.filter(body=body, pk__gt=after).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:most])


def _tallies(body: Body, ids: Iterable[int]) -> dict[int, Counter[Stretch]]:
    rules = rulebook(body)
    found = bridge.histories(ids).items()
    return {pk: tally_dispute(events, rules) for pk, events in found}


SOURCE = Source(_following, _tallies)
