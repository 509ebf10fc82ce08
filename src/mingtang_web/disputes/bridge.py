"""Between rows and the engine's values: entries to histories, disputes to columns."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from mingtang.case.disputes import Appealed, Ruled, parse_dispute, replay_dispute
from mingtang.case.recording import kind_of, plain
from mingtang_web.disputes.models import Step

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mingtang.case.disputes import DisputeEvent
    from mingtang_web.disputes.models import Dispute
    from mingtang_web.ledger.canonical import Plain
    from mingtang_web.ledger.models import Entry

EVENT = "dispute."
"""What the kinds of all entries begin with that are of a dispute."""
STRUCK = "dispute.struck"


def entry_kind(event: DisputeEvent) -> str:
    """Return the kind of entry that records an event."""
    return EVENT + kind_of(event)


def payload(dispute: Dispute, event: DisputeEvent, **more: Plain) -> dict[str, Plain]:
    """Return what an entry says of an event of a dispute, and what belongs to it."""
    return {"dispute": dispute.pk, "event": plain(event), **more}  # type: ignore[dict-item]


def entries(disputes: Iterable[int]) -> dict[int, list[Entry]]:
    """Return the entries of several disputes, by the dispute's id: one query."""
    rows = Step.objects.filter(dispute__in=list(disputes)).select_related("entry")
    found: dict[int, list[Entry]] = defaultdict(list)
    for step in rows.order_by("dispute_id", "entry__sequence"):
        found[step.dispute_id].append(step.entry)
    return found


def standing(recorded: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the entries of one dispute that are events and were not struck."""
    rows = list(recorded)
    struck = {e.content["entry"] for e in rows if e.kind == STRUCK}
    return tuple(
        e for e in rows if "event" in e.content and e.kind != STRUCK and e.pk not in struck
    )


def histories(disputes: Iterable[int]) -> dict[int, tuple[DisputeEvent, ...]]:
    """Return the events of several disputes that count, by the dispute's id: one query."""
    return {
        dispute: tuple(parse_dispute(e.content["event"]) for e in standing(recorded))
        for dispute, recorded in entries(disputes).items()
    }


def history(dispute: int) -> tuple[DisputeEvent, ...]:
    """Return the events of one dispute that count: one query."""
    return histories([dispute]).get(dispute, ())


class Performance(NamedTuple):
    """By when a ruling is to be performed; ``asked`` waits until the ruling binds."""

    asked: date | None = None
    by: date | None = None
    appealed: bool = False

    def after(self, event: DisputeEvent, day: date | None) -> Performance:
        """Return what a further event makes of it, with the day that a ruling orders.

        A higher instance that orders nothing leaves nothing to perform; a retrial does
        not stop what binds (行政诉讼法第九十条).
        """
        if isinstance(event, Appealed):
            return self._replace(appealed=True)
        if not isinstance(event, Ruled):
            return self
        asked = day or (None if self.appealed else self.asked)
        return Performance(asked, asked if event.final else self.by)


def perform_by(recorded: Iterable[Entry]) -> date | None:
    """Return by when a dispute's standing entries are to be performed, none where never."""
    found = Performance()
    for entry in standing(recorded):
        day = (entry.content.get("order") or {}).get("answer_by")
        event = parse_dispute(entry.content["event"])
        found = found.after(event, date.fromisoformat(day) if day else None)
    return found.by


def put(dispute: Dispute, events: Iterable[DisputeEvent]) -> None:
    """Write into a dispute's columns what its events make of it; nothing is saved.

    What is to be performed stands in the entries: `perform_by`.
    """
    made = replay_dispute(events)
    dispute.kind, dispute.filed = made.kind, made.filed
    dispute.copied = made.copy.on if made.copy else None
    dispute.simple = bool(made.copy and made.copy.simple)
    dispute.answer_by = made.copy.answer_by if made.copy else None
    dispute.answered, dispute.suspended = made.answered, made.suspended
    pending = made.appealed or not made.rulings
    dispute.outcome = "" if pending else made.rulings[-1].outcome
    dispute.ended = made.ended.on if made.ended else None
