"""Table 2: issued, repealed and in force, by body and year, with the documents behind.

The engine counts (`mingtang.publication.effective`); a body that has not said that its
stock is entered in full has no count of what is in force: a blank is not a zero.
"""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Min

from mingtang.compiling.publications import CleanUp
from mingtang.publication.effective import History, Kind, counts_here, tally
from mingtang.publication.explaining import explain
from mingtang.publication.moving import movement
from mingtang_web import clock
from mingtang_web.cases.rules import rulebook
from mingtang_web.clock import CHINA
from mingtang_web.publication.cleanups import CleanUpItem
from mingtang_web.publication.forces import Told
from mingtang_web.publication.models import Document
from mingtang_web.publication.norms import ForceEvent, in_register
from mingtang_web.publication.stock import stock_taken

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from django.db.models import QuerySet

    from mingtang.publication.effective import Counts
    from mingtang.publication.events import ValidityEvent
    from mingtang.publication.explaining import Explanation
    from mingtang.publication.moving import Moved
    from mingtang_web.bodies.models import Body


class Line(NamedTuple):
    """A line of table 2 in a year; ``in_force`` is None where the stock is not in full."""

    counts: Counts
    in_force: int | None
    explanation: Explanation


def of_body(body: Body) -> list[History]:
    """Return what happened to each of a body's documents, as the engine counts it.

    One query. Each is named by its index number.
    """
    rows = ForceEvent.objects.filter(document__body=body, stage=ForceEvent.Stage.STANDS)
    rows = rows.filter(in_register("document__")).order_by("document_id", "pk")
    known = (_Row(*row) for row in rows.values_list(*_COLUMNS))
    return [
        _history(sorted(some, key=_in_order))
        for _document, some in groupby(known, key=attrgetter("document"))
    ]


def kept(body: Body) -> list[History] | None:
    """Return the same for a report; None unless the body's stock is entered in full.

    Otherwise how many are in force is not known, and a report is not compiled from it.
    """
    return of_body(body) if stock_taken(body) else None


def counts(body: Body, year: int) -> dict[Kind, Counts]:
    """Return both lines of table 2 of a body's year, by its own choices.

    The register alone speaks: whether the stock is in it, `stock_taken` says.
    """
    return tally(of_body(body), year, rulebook(body).choices)


def lines(
    body: Body,
    year: int,
    before: Mapping[Kind, int | None] | None = None,
    told: Sequence[History] | None = None,
    *,
    known: bool | None = None,
) -> dict[Kind, Line]:
    """Return both lines with what explains them against last year's published figures.

    ``before`` is what last year's report printed, None for what it left blank; without
    it nothing is held against it. ``told`` is `of_body`, and ``known`` whether the stock
    is in full (`stock.stock_taken`), where that was asked before.
    """
    if known is None:
        known = stock_taken(body) is not None
    found = {}
    histories = of_body(body) if told is None else told
    for kind, each in tally(histories, year, rulebook(body).choices).items():
        in_force = each.in_force.number if known else None
        explained = explain(each, (before or {}).get(kind))
        found[kind] = Line(each, in_force, explained)
    return found


class Year(NamedTuple):
    """How a line of table 2 moved in a year; ``other`` is what neither was."""

    year: int
    carried: int
    issued: int
    repealed: int
    other: int
    in_force: int


def course_of(
    body: Body, told: Sequence[History], years_: Sequence[int]
) -> dict[Kind, list[Year]]:
    """Return how both lines of a body moved in some years, in their order.

    By the register as it is now, which is ``told`` (`of_body`): what a report printed
    then is not changed by it. Of a line in which nothing ever was there are no years.
    """
    moved = movement(told, years_, rulebook(body).choices)
    found = {
        kind: [
            Year(year, n.carried, n.issued, n.repealed, _other(n), n.in_force)
            for year, n in of_kind.items()
        ]
        for kind, of_kind in moved.items()
    }
    return {kind: rows for kind, rows in found.items() if any(any(r[1:]) for r in rows)}


def _other(moved: Moved) -> int:
    """Return by how much something else than issue and repeal moved a count."""
    return moved.in_force - moved.carried - moved.issued + moved.repealed


def documents(numbers: Iterable[str]) -> QuerySet[Document]:
    """Return the documents behind a figure, in the order of their issue."""
    rows = Document.objects.filter(index_number__in=list(numbers))
    return rows.select_related("body").order_by("formed_on", "pk")


def cleaned(body: Body, year: int) -> CleanUp | None:
    """Return what the clean-ups that a body signed in a year came to, None without one."""
    rows = CleanUpItem.objects.filter(
        campaign__body=body, campaign__signed_on__year=year, campaign__stage="closed"
    )
    over = rows.filter(moot=True).count()
    found = Counter(rows.exclude(moot=True).values_list("conclusion", flat=True))
    if not found and not over:
        return None
    named = CleanUpItem.Conclusion
    ended = found[named.KEEP], found[named.REPEAL], found[named.VOID]
    # what is to be amended is none of these yet
    return CleanUp(found.total() + over, *ended, over)


def not_counted(body: Body, told: Iterable[History]) -> list[Document]:
    """Return what of a register (`of_body`) another body counts, by day of issue.

    None where the body chose to count what it issued jointly with another in the lead.
    """
    choices = rulebook(body).choices
    elsewhere = [each.number for each in told if not counts_here(each, choices)]
    return list(documents(elsewhere)) if elsewhere else []


def years(body: Body) -> list[int]:
    """Return the years of which a body's register tells, the newest first."""
    rows = ForceEvent.objects.filter(
        document__body=body, stage=ForceEvent.Stage.STANDS, kind=ForceEvent.Kind.ISSUED
    )
    first = rows.order_by().aggregate(first=Min("on"))["first"]
    this = clock.today().year
    return list(range(this, (first.year if first else this) - 1, -1))


class _Row(NamedTuple):
    """What is read of a row of a document's history, and of its document."""

    document: int
    pk: int
    number: str
    norm: str
    source: str
    out_on: date | None
    begun_at: datetime
    lead: str
    at: datetime
    kind: str
    on: date
    effective_on: date | None
    expires_on: date | None
    trial: bool
    by_name: str
    by_title: str | None
    campaign: str | None

    @property
    def event(self) -> ValidityEvent:
        """The engine's event."""
        by = self.by_name or self.by_title or ""
        days = self.on, self.effective_on, self.expires_on
        return Told(self.kind, *days, self.trial, by, self.campaign or "").event


_COLUMNS = (
    "document_id", "pk", "document__index_number", "norm", "source",
    "document__first_published_on", "document__created_at", "revision__lead_attribute",
    "at", "kind", "on", "effective_on", "expires_on",
    "trial", "by_name", "by_document__title", "campaign__name",
)  # fmt: skip


def _in_order(row: _Row) -> tuple[date, bool, int]:
    """Return by what rows are ordered, as `forces.in_order` does."""
    return row.on, row.kind != ForceEvent.Kind.ISSUED, row.pk


def _history(rows: Sequence[_Row]) -> History:
    issue = rows[0]
    entered = _day(issue.at)
    if issue.source == ForceEvent.Source.PUBLICATION and issue.out_on:
        entered = max(issue.out_on, _day(issue.begun_at))  # an old site's came later
    return History(
        number=issue.number,
        kind=Kind(issue.norm),
        events=[row.event for row in rows],
        entered=entered if entered.year > issue.on.year else None,
        led_elsewhere=bool(issue.lead),
    )


def _day(moment: datetime) -> date:
    return moment.astimezone(CHINA).date()
