"""Ledgers for tests: a case in a line, and what a golden case tells."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from mingtang.case import events as e
from mingtang.case.disputes import parse_dispute
from mingtang.case.recording import parse
from mingtang.compiling import Docket, Figure, Ledger

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
    )


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
