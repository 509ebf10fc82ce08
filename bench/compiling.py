"""How long a year takes to be compiled: from histories, and from a kept tally."""

from __future__ import annotations

import time
from collections import Counter
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from bench.measuring import race, row
from mingtang.case import events as e
from mingtang.case.replaying import replay
from mingtang.case.rulebook import Rulebook
from mingtang.compiling import (
    Books,
    Docket,
    Ledger,
    compile_report,
    compile_tally,
    tally_case,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from mingtang.case.events import Event

_RULES = Rulebook()
_GROUNDS = ("G1", "G2", "N1", "N4", "U1a", "U2", "X1", "O3")
_KINDS = ("person", "company", "other")
_YEAR = 2025


def _history(chance: Random) -> tuple[Event, ...]:
    """Return a case of some five events: asked, perhaps corrected, mostly answered."""
    day = date(_YEAR - 1, 1, 2) + timedelta(days=chance.randrange(700))
    kind = chance.choice(_KINDS)
    history: list[Event] = [e.Submitted(on=day, channel="in_person", applicant=kind)]
    if chance.random() < 1 / 5:
        asked, come = day + timedelta(days=2), day + timedelta(days=9)
        history += [
            e.CorrectionAsked(on=asked, until=day + timedelta(days=20)),
            e.Corrected(on=come),
        ]
    if chance.random() < 9 / 10:
        answered = day + timedelta(days=15)
        history += [
            e.Decided(on=answered, ground=chance.choice(_GROUNDS)),
            e.Dispatched(on=answered, mode="post"),
            e.Delivered(on=answered + timedelta(days=3)),
            e.Archived(on=answered + timedelta(days=20)),
        ]
    return tuple(history)


def compilings(count: int) -> None:
    """Print how many cases a second one process compiles, and the tally's time."""
    chance = Random(1)  # noqa: S311 - figures for a bench
    dockets = [Docket(str(number), _history(chance)) for number in range(count)]
    kept: Counter[object] = Counter()
    for docket in dockets:
        kept.update(tally_case(docket.events, _RULES, {}))
    ledger = Ledger("某区某局", dockets, (), rules=_RULES)
    print("## A year, compiled\n")
    print(row("from", "cases a second"))
    print(row(*("---",) * 2))
    for name, work in (
        ("replay alone", lambda: [replay(each.events) for each in dockets]),
        ("replay and tally", lambda: _tallied(dockets)),
        ("replay, tally, report, origins", lambda: compile_report(ledger, _YEAR)),
    ):
        print(row(name, f"{count / _taken(work):,.0f}"))
    books = Books(ledger.body, kept)
    taken = race({"kept": lambda: compile_tally(books, _YEAR)}, 5)["kept"]
    print(f"\nfrom a kept tally of {len(kept)} stretches: {taken.best:.1f} ms\n")


def _tallied(dockets: list[Docket[Event]]) -> None:
    found: Counter[object] = Counter()
    for docket in dockets:
        found.update(tally_case(docket.events, _RULES, {}))


def _taken(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
