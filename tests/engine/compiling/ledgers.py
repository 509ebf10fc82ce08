"""Ledgers for tests: a case in a line, and what a golden case tells."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from mingtang.case import events as e
from mingtang.case.disputes import parse_dispute
from mingtang.case.recording import parse
from mingtang.case.rulebook import Rulebook
from mingtang.compiling import (
    CleanUp,
    Docket,
    Figure,
    Interpreted,
    Ledger,
    Publications,
)
from mingtang.publication.effective import History, Kind, tally
from mingtang.publication.events import EVENT_KINDS
from mingtang.publication.explaining import explain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mingtang.case.events import Event

BODY = "清河市东湖区水务局"
D = date


def asked(number: str, on: date, *more: Event, applicant: str = "person") -> Docket[Event]:
    """Return a case that was received on a day, and what came after."""
    first = e.Submitted(on=on, channel="in_person", applicant=applicant)
    return Docket(number, (first, *more))


def answered(
    number: str, on: date, until: date, applicant: str = "person"
) -> Docket[Event]:
    """Return a case received on one day and granted on another."""
    return asked(number, on, e.Decided(on=until, ground="G2"), applicant=applicant)


def told(golden: Mapping[str, object]) -> Ledger:
    """Return the ledger that a golden case tells."""
    return Ledger(
        BODY,
        _dockets(golden, "cases", parse),
        _dockets(golden, "disputes", parse_dispute),
        [
            Figure(cell, value, source)
            for cell, (value, source) in golden.get("figures", {}).items()
        ],
        rules=Rulebook(choices=golden.get("choices", {})),
        documents=documents(golden),
        publications=published(golden),
    )


def documents(golden: Mapping[str, object]) -> list[History] | None:
    """Return the documents of a golden case: their kind, and what happened to them."""
    if "documents" not in golden:
        return None
    return [
        History(number, Kind(kind), tuple(_happened(**each) for each in told), entered)
        for number, (kind, entered, told) in golden["documents"].items()
    ]


def published(golden: Mapping[str, object]) -> Publications:
    """Return what a golden case knows of the year's publications."""
    known = dict(golden.get("publications", {}))
    for name in ("columns", "means"):
        known[name] = tuple(known.get(name, {}).items())
    for name, kind in (("interpreted", Interpreted), ("cleaned", CleanUp)):
        known[name] = kind(*known[name]) if name in known else None
    before = known.pop("effective_before", {})
    counts = tally(documents(golden) or (), golden["year"], golden.get("choices", {}))
    explained = [explain(counts[Kind(kind)], count) for kind, count in before.items()]
    return Publications(**known, explanations=tuple(explained))


def _happened(day, kind, **fields):
    return EVENT_KINDS[kind](on=day, **fields)


def _dockets(golden, name, read):
    """Return the histories of a golden case, whose days stand under ``day``."""
    if name not in golden:
        return None
    return [
        Docket(number, tuple(read(_record(**each)) for each in records))
        for number, records in golden[name].items()
    ]


def _record(day, **fields):
    return {**fields, "on": str(day)}
