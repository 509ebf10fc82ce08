"""The tally: how often each cell counts, from which year to which; small and addable.

A case adds a handful of stretches, whatever happens to it. Tallies add up like
numbers (any order, any grouping, nothing is the empty one), so that a site may
keep one row a stretch, take away what a case added before and add what it adds
now, and compile a year of a million cases from a few hundred rows.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from mingtang.case import events
from mingtang.case.counting import Place, cells, lines, place
from mingtang.case.disputes import replay_dispute
from mingtang.case.replaying import replay, standing
from mingtang.case.steps import ImpossibleHistoryError
from mingtang.publication.effective import Kind, years_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mingtang.case.disputes import DisputeEvent
    from mingtang.case.events import Event
    from mingtang.case.rulebook import Rulebook
    from mingtang.publication.events import ValidityEvent

FEES = "fees/"
NOTICES, ASKED = f"{FEES}notices", f"{FEES}asked"
COLLECTED, REFUNDED = f"{FEES}collected", f"{FEES}refunded"
"""What of the fees is tallied beside the cells: notices in pieces, amounts in yuan."""


DOCUMENT_LINES = {
    Kind.REGULATION: "disclosure/regulations",
    Kind.NORMATIVE: "disclosure/normative_documents",
}
"""The lines of table two that rules and normative documents count in."""
_FIRST_YEAR = 2021
"""The first year whose form counts what was issued, repealed and is in force."""


class Stretch(NamedTuple):
    """A cell and the years in which something counts there, the last included.

    `last` is None while nothing has ended it: it counts again every year.
    """

    cell: str
    first: int
    last: int | None

    def covers(self, year: int) -> bool:
        """Return whether it counts in that year's report."""
        return self.first <= year and (self.last is None or year <= self.last)


Tally = Counter[Stretch]


def tally_case(
    history: Sequence[Event], rules: Rulebook, closed: Mapping[int, date]
) -> Tally:
    """Return what a case adds to the tables and fees of all years.

    The applicant's column is settled when the report of the year of receipt is
    signed: `closed` gives that day, and whoever is reclassified later stays in the
    column that was published (decision 22). Raises `ImpossibleHistoryError`.
    """
    case = replay(history)
    found: Tally = Counter()
    stands = settled(place(case, rules), history, closed)
    if stands is not None:
        if stands.done is not None and stands.done < stands.received:
            message = f"收到申请在{stands.received}年，办理结果却在{stands.done}年"
            raise ImpossibleHistoryError(message)
        found.update(_stretches(stands))
    if any(each.fee for each in case.rounds):
        for name, year, amount in _paid(standing(history)):
            found[Stretch(name, year, year)] += amount
    return found


def tally_dispute(history: Sequence[DisputeEvent], rules: Rulebook) -> Tally:
    """Return what a dispute adds to table four of all years.

    Raises `ImpossibleHistoryError`.
    """
    replay_dispute(history)
    last = max(event.on.year for event in history)
    found: Tally = Counter()
    for year in range(history[0].on.year, last + 2):
        for kind, column in cells(history, date(year, 12, 31), rules.choices):
            # Nothing happens any more after its last event: what counts in the
            # year after that counts in every later one.
            until = year if year <= last else None
            found[Stretch(f"disputes/{kind}/{column}", year, until)] += 1
    return found


def tally_document(events: Sequence[ValidityEvent], kind: Kind, rules: Rulebook) -> Tally:
    """Return what a rule or a normative document adds to table two of all years.

    Years before 2021 had another form, and nothing of it is counted here. Raises
    `RefusedError` for a history that cannot be.
    """
    counted = years_of(events, rules.choices)
    line = DOCUMENT_LINES[kind]
    found: Tally = Counter()
    for column, years in (("issued", counted.issued), ("repealed", counted.repealed)):
        for year in years:
            if year >= _FIRST_YEAR:
                found[Stretch(f"{line}/{column}", year, year)] += 1
    first, last = counted.first, counted.last
    if first is not None and (last is None or last >= _FIRST_YEAR):
        found[Stretch(f"{line}/in_force", max(first, _FIRST_YEAR), last)] += 1
    return found


def figures_of(tally: Mapping[Stretch, int], year: int) -> Counter[str]:
    """Return the cells and fees of a year, those that nothing counts in left out."""
    found: Counter[str] = Counter()
    for stretch, count in tally.items():
        if stretch.covers(year):
            found[stretch.cell] += count
    return found


def settled(
    stands: Place | None, history: Sequence[Event], closed: Mapping[int, date]
) -> Place | None:
    """Return a place in the column that was published when its year was closed."""
    closing = None if stands is None else closed.get(stands.received)
    if stands is None or closing is None:
        return stands
    return stands._replace(applicant=applicant_on(history, closing))


def applicant_on(history: Sequence[Event], day: date) -> str:
    """Return the applicant's column as the ledger had it on a day."""
    struck = {
        each.entry for each in history if isinstance(each, events.Struck) and each.on <= day
    }
    first = history[0]
    column: str = first.applicant  # type: ignore[attr-defined]
    for number, each in enumerate(history):
        told = isinstance(each, events.Reclassified) and each.on <= day
        if told and number not in struck:
            column = each.applicant  # type: ignore[attr-defined]
    return column


@lru_cache(maxsize=65536)
def _stretches(stands: Place) -> tuple[Stretch, ...]:
    return tuple(_years(stands))


def _years(stands: Place) -> Iterator[Stretch]:
    """Yield the cells of each year; an open case is every later year what it is next."""
    goes_on = stands.received + 1
    for year in range(stands.received, (stands.done or goes_on) + 1):
        until = None if stands.done is None and year == goes_on else year
        for line in lines(stands, year) or ():
            yield Stretch(f"requests/{line}/{stands.applicant}", year, until)


def _paid(history: Iterable[Event]) -> Iterator[tuple[str, int, int]]:
    for event in history:
        if isinstance(event, events.FeeNotified):
            yield NOTICES, event.on.year, 1
            yield ASKED, event.on.year, event.yuan
        elif isinstance(event, events.FeePaid):
            yield COLLECTED, event.on.year, event.yuan
        elif isinstance(event, events.FeeRefunded):
            yield REFUNDED, event.on.year, event.yuan
