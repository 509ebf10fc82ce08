"""Table three of any period: a month, a quarter, a year to date."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from mingtang.case.counting import lines_between, span
from mingtang.case.replaying import replay
from mingtang.compiling.compiled import Origin
from mingtang.compiling.ledger import CompileError
from mingtang.compiling.origins import numbered_once, told_of
from mingtang.compiling.tables import refuse_strange, total_origin, totals
from mingtang.compiling.tally import applicant_on
from mingtang.form.loading import edition_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from mingtang.case.events import Event
    from mingtang.compiling.ledger import Docket, Ledger

_TABLE = "requests/"


class Period(NamedTuple):
    """Table three from a first to a last day: the figure of each cell and its cases."""

    first: date
    last: date
    figures: Mapping[str, int]
    origins: Mapping[str, Origin]


def compile_period(ledger: Ledger, first: date, last: date) -> Period:
    """Return table three of a period as the cases stood on its last day.

    What came in before the first day and was not done by then is carried in, what
    is not done on the last is carried out. Raises `CompileError` where no ledger of
    cases is kept, and for a period that runs backwards or over two editions of the
    form.
    """
    edition = edition_for(last.year)
    if first > last or edition_for(first.year) is not edition:
        message = f"{first}至{last}不成一个时段，或者跨两个版本的表式；请改日期或分段统计"
        raise CompileError(message)
    if ledger.cases is None:
        message = "没有申请台账，不能统计表三；请先接入台账"
        raise CompileError(message)
    numbers: defaultdict[str, list[str]] = defaultdict(list)
    for docket in numbered_once(ledger.cases):
        for cell in _cells(docket, ledger, first, last):
            numbers[cell].append(docket.number)
    refuse_strange(numbers, edition)
    sums = totals(edition.id)
    every = [cell for cell in edition.cell_ids() if cell.startswith(_TABLE)]
    origins = {
        cell: Origin("cases", tuple(sorted(numbers[cell])))
        for cell in every
        if cell not in sums
    }
    origins |= {cell: total_origin(sums[cell], origins) for cell in every if cell in sums}
    figures = {cell: len(origins[cell].numbers) for cell in every}
    return Period(first, last, figures, origins)


def _cells(docket: Docket[Event], ledger: Ledger, first: date, last: date) -> Iterator[str]:
    with told_of(docket.number):
        stands = span(replay(docket.events), ledger.rules)
    if stands is None:
        return
    column = _column(docket.events, stands.received.year, ledger) or stands.applicant
    for line in lines_between(stands, first, last) or ():
        yield f"{_TABLE}{line}/{column}"


def _column(history: Sequence[Event], year: int, ledger: Ledger) -> str | None:
    """Return the column that was published, None where none was yet."""
    return applicant_on(history, ledger.closed[year]) if year in ledger.closed else None
