"""Where documents stand by their events: read by the engine, shown in the lists' columns.

The law is `mingtang.publication.validity`; here rows become its events.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from mingtang.publication.events import Amended, DeclaredVoid, Issued, Kept, Repealed
from mingtang.publication.validity import course, state_on
from mingtang_web.publication.norms import ForceEvent, Validity

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from mingtang.publication.events import ValidityEvent
    from mingtang_web.publication.models import Document

Kind = ForceEvent.Kind
Stage = ForceEvent.Stage
_TRIAL = ("试行", "暂行")


def on_trial(title: str) -> bool:
    """Return whether a document calls itself one on trial (试行、暂行)."""
    return any(word in title for word in _TRIAL)


class Told(NamedTuple):
    """What a row says, as the engine reads it; ``by`` is a document, ``campaign`` named."""

    kind: str
    on: date
    effective_on: date | None
    expires_on: date | None
    trial: bool
    by: str
    campaign: str

    @property
    def event(self) -> ValidityEvent:
        """The engine's event."""
        on, by, campaign = self.on, self.by, self.campaign
        begins, ends = self.effective_on, self.expires_on
        match self.kind:
            case Kind.ISSUED:
                return Issued(on=on, effective_on=begins, expires_on=ends, trial=self.trial)
            case Kind.AMENDED:
                return Amended(on=on, by=by, effective_on=begins, expires_on=ends)
            case Kind.KEPT:
                return Kept(on=on, expires_on=ends, campaign=campaign)
            case Kind.REPEALED:
                return Repealed(on=on, by=by, effective_on=begins, campaign=campaign)
        return DeclaredVoid(on=on, campaign=campaign)


def event_of(row: ForceEvent) -> ValidityEvent:
    """Return a row as the engine reads it; its document and clean-up are looked up."""
    by = row.by_name or (row.by_document.title if row.by_document else "")
    campaign = row.campaign.name if row.campaign else ""
    days = row.on, row.effective_on, row.expires_on
    return Told(row.kind, *days, row.trial, by, campaign).event


def standing_rows(document: Document) -> list[ForceEvent]:
    """Return what stands of a document, in the order it happened: one query."""
    rows = document.forceevents.filter(stage=Stage.STANDS)
    return sorted(rows.select_related("by_document", "campaign"), key=in_order)


def in_order(row: ForceEvent) -> tuple[date, bool, int]:
    """Return by what rows are ordered: its issue is the first of its day."""
    return row.on, row.kind != Kind.ISSUED, row.pk or 0


def history(document: Document) -> list[ValidityEvent]:
    """Return what happened to a document and stands: one query."""
    return [event_of(row) for row in standing_rows(document)]


def histories(documents: Iterable[int]) -> dict[int, list[ForceEvent]]:
    """Return what stands of several documents, by their ids: one query."""
    rows = ForceEvent.objects.filter(document__in=documents, stage=Stage.STANDS)
    found: dict[int, list[ForceEvent]] = defaultdict(list)
    for row in rows.select_related("document", "by_document", "campaign"):
        found[row.document_id].append(row)
    return {pk: sorted(each, key=in_order) for pk, each in found.items()}


def led_elsewhere(body: Iterable[int]) -> set[int]:
    """Return which documents of some bodies another body led as they were issued: a query.

    By the revision that their issue was entered with: what was drafted since, and nobody
    looked at, changes nothing.
    """
    rows = ForceEvent.objects.filter(stage=Stage.STANDS, kind=Kind.ISSUED)
    rows = rows.filter(document__body__in=body).exclude(revision__lead_attribute="")
    return set(rows.order_by().values_list("document", flat=True))


def show(document: Document, on: date) -> None:
    """Let a document's columns say where it stands on a day; nothing is saved.

    Raises `mingtang.publication.refused.RefusedError` for a history that cannot be.
    """
    rows = standing_rows(document)
    shown = columns([event_of(row) for row in rows], on)
    document.norm = rows[0].norm if rows else ""
    document.validity, document.expires_on, document.turns_on = shown


def columns(events: list[ValidityEvent], on: date) -> tuple[str, date | None, date | None]:
    """Return validity, last day of force and the next day on which it turns by itself."""
    if not events:
        return Validity.NONE, None, None
    read, state = course(events), state_on(events, on)
    days = [read.effective_on, *(each.effective_on for each in read.amended)]
    days += [read.ends.since] if read.ends else []
    turns = min((day for day in days if day and day > on), default=None)
    return (
        Validity(state.status.value) if state else Validity.NONE,
        read.expires_on if read.ended is None else None,
        turns,
    )
