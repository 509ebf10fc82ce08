"""What cases come to in figures, year by year: of one body, or of it and all below it."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from datetime import timedelta
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count, Q
from django.db.models.functions import ExtractYear

from mingtang.case.counting import CARRIED_IN, CARRIED_OUT, NEW
from mingtang.case.deadlines import Timeliness
from mingtang.case.state import Phase
from mingtang.compiling import FEES, Stretch, figures_of
from mingtang.compiling.compiled import Fees
from mingtang_web import clock
from mingtang_web.applicants.models import Kind
from mingtang_web.bodies.models import Body
from mingtang_web.cases.models import Case, KeptFigures
from mingtang_web.cases.queries import answered, judged, late_again, open_ones, overdue
from mingtang_web.cases.rules import rulebooks
from mingtang_web.cases.standing import in_parts, nowhere
from mingtang_web.counts.actions import stretch
from mingtang_web.counts.models import Owed, Tally
from mingtang_web.counts.queries import summed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime

    from django.db.models import QuerySet

SLOW = 0.25
"""What takes more seconds to count is kept."""
FRESH = timedelta(hours=1)
"""So long it is shown, with the moment it was counted."""
WANTED = timedelta(days=2)
"""So long after somebody looked, jobs count it again."""
LATELY = 20
"""So many years back each is shown, whether anything happened in it or not."""
REQUESTS = "requests/"
ENTERED = ("received", "unconfirmed", "unreceived")


class Scope(NamedTuple):
    """Whose cases: a body's own, or those of all below it too."""

    body: Body
    below: bool = False

    @property
    def q(self) -> Q:
        """What marks rows that name their body as ``body``."""
        if self.below:
            return Q(body__path__startswith=self.body.path)
        return Q(body=self.body.pk)


class Rows(NamedTuple):
    """The counts as the database gives them, which is how they are kept.

    ``tallied``: what the bodies' matters add up to in the tables, cell, first year,
    last year, how many. ``registered``: year, what became of the registration (see
    `Year`), how many. ``decided``: year, whether in time, net working days, how many.
    ``imported``: year, how many of these came out of an old ledger, in time and late.
    ``collected``: year, yuan that the reports give as collected. ``owed``: whether a
    part of the tallies is still to be counted anew.
    """

    tallied: list[list]  # type: ignore[type-arg]
    registered: list[list]  # type: ignore[type-arg]
    decided: list[list]  # type: ignore[type-arg]
    imported: list[list]  # type: ignore[type-arg]
    collected: list[list]  # type: ignore[type-arg]
    owed: bool


class Year:
    """One year's figures, those of the report's tables from what its cells add up to.

    ``cells`` are the tables' cells and the fees by their ids. ``registered`` are the
    requests entered here, by the day of receipt or else of arrival: those ``received``,
    of which ``merged`` and ``split`` count nowhere, and those that were not confirmed,
    ``unconfirmed`` as long as it may still be, ``unreceived`` when they have ended.
    ``kept`` and ``days`` are of what was decided or ended in the year, ``imported`` of
    ``kept`` what came out of an old ledger.
    """

    def __init__(self) -> None:
        self.cells: Counter[str] = Counter()
        self.registered: Counter[str] = Counter()
        self.kept: Counter[str] = Counter()
        self.imported: Counter[str] = Counter()
        self.days: Counter[int] = Counter()
        self.collected = 0

    def line(self, line: str) -> int:
        """Return a line of table three, all its columns together."""
        return sum(self.cells[f"{REQUESTS}{line}/{kind}"] for kind in Kind.values)

    @property
    def received(self) -> int:
        """How many requests were new (本年新收)."""
        return self.line(NEW)

    @property
    def concluded(self) -> int:
        """How many got a result (本年度办理结果总计)."""
        told = (n for cell, n in self.cells.items() if cell.startswith(REQUESTS))
        return sum(told) - sum(map(self.line, (NEW, CARRIED_IN, CARRIED_OUT)))

    @property
    def entered(self) -> int:
        """How many were entered here (登记), whether they count in the tables or not."""
        return sum(self.registered[name] for name in ENTERED)

    @property
    def held(self) -> int:
        """Of how many can be said whether their term was kept."""
        return self.kept[Timeliness.IN_TIME] + self.kept[Timeliness.LATE]


class Counted(NamedTuple):
    """The figures of every year, and since when they are not counted anew, if kept.

    ``owed`` says that the tables' figures are not whole yet.
    """

    years: dict[int, Year]
    as_of: datetime | None = None
    owed: bool = False


def figures(scope: Scope) -> Counted:
    """Return the figures of all years: live, or kept where counting takes long.

    A body's own are always live; nine queries, two more where there were fees.
    """
    kept = KeptFigures.objects.filter(top=scope.body).first() if scope.below else None
    now = clock.now()
    if kept and kept.made_at > now - FRESH and {*kept.content} == {*Rows._fields}:
        KeptFigures.objects.filter(pk=kept.pk, asked_at__lt=now - FRESH).update(
            asked_at=now
        )
        kept_rows = Rows(**kept.content)
        return Counted(years(kept_rows), kept.made_at, kept_rows.owed)
    start = time.perf_counter()
    rows = count(scope)
    if scope.below and time.perf_counter() - start > SLOW:
        keep(scope.body, rows)
    return Counted(years(rows), owed=rows.owed)


def keep(top: Body, rows: Rows) -> None:
    """Keep what was counted of a body and all below it."""
    now = clock.now()
    fields = {"content": rows._asdict(), "made_at": now}
    KeptFigures.objects.update_or_create(
        top=top, defaults=fields, create_defaults=fields | {"asked_at": now}
    )


def stale() -> list[KeptFigures]:
    """Return what is kept, was looked at of late and will soon be too old to show."""
    now = clock.now()
    rows = KeptFigures.objects.filter(
        asked_at__gt=now - WANTED, made_at__lt=now - FRESH / 2
    )
    return list(rows.select_related("top").order_by("pk"))


def count(scope: Scope) -> Rows:
    """Return the counts of all years: the tallies, and one look by each of two days.

    And one over the open ones: what was answered in time, ordered anew and is late now
    moves from one to the other.
    """
    cases = Case.objects.filter(scope.q).order_by()
    decided = (
        cases.filter(decided__isnull=False)
        .values_list(ExtractYear("decided"), "kept", "net_days")
        .annotate(Count("id"))
    )
    return Rows(
        [*map(list, summed(scope.q))],
        [*_registered(cases)],
        [*map(list, decided), *_late_again(cases)],
        [*map(list, _imported(cases))],
        [*_collected(scope.q)],
        Owed.objects.filter(scope.q).exists(),
    )


def _late_again(cases: QuerySet[Case]) -> Iterator[list[object]]:
    """Yield what moves from in time to late, as rows of what was decided: one query."""
    again = (
        cases.filter(late_again(clock.today()), decided__isnull=False)
        .values_list(ExtractYear("decided"), "net_days")
        .annotate(Count("id"))
    )
    for year, days, n in again:
        yield [year, Timeliness.IN_TIME, days, -n]
        yield [year, Timeliness.LATE, days, n]


def _imported(cases: QuerySet[Case]) -> QuerySet[Case, tuple[int, int, int]]:
    """Return year, how many of old ledgers were in time, how many late: one query."""
    today = clock.today()
    in_time, late = judged(Timeliness.IN_TIME, today), judged(Timeliness.LATE, today)
    rows = cases.filter(imported__isnull=False, decided__isnull=False)
    return rows.values_list(ExtractYear("decided")).annotate(
        in_time=Count("id", filter=in_time), late=Count("id", filter=late)
    )


def _registered(cases: QuerySet[Case]) -> Iterator[list[object]]:
    """Yield year, what became of the registration, how many: three queries."""
    got = cases.filter(received__isnull=False)
    for year, n in got.values_list(ExtractYear("received")).annotate(Count("id")):
        yield [year, "received", n]
    still = cases.filter(received=None).values_list(ExtractYear("submitted"), "phase")
    for year, phase, n in still.annotate(Count("id")):
        yield [year, "unconfirmed" if phase == Phase.SUBMITTED else "unreceived", n]
    apart = got.filter(nowhere()).annotate(in_parts=in_parts())
    rows = apart.values_list(ExtractYear("received"), "in_parts").annotate(Count("id"))
    for year, divided, n in rows:
        yield [year, "split" if divided else "merged", n]


def _collected(bodies: Q) -> Iterator[list[int]]:
    """Yield year and yuan collected as each body's own report gives it: two queries."""
    fees: dict[int, Counter[Stretch]] = defaultdict(Counter)
    rows = Tally.objects.filter(bodies, cell__startswith=FEES).exclude(n=0)
    for body, cell, first, last, n in rows.values_list(
        "body", "cell", "first", "last", "n"
    ):
        fees[body][stretch(cell, first, last)] = n
    books = rulebooks(Body.objects.filter(pk__in=fees)) if fees else {}
    for body, tally in fees.items():
        for year in sorted({each.first for each in tally}):
            yield [year, Fees.of(figures_of(tally, year), books[body]).collected]


def years(rows: Rows) -> dict[int, Year]:
    """Return the figures by year, from the first in which anything was up to this one."""
    tally = {stretch(cell, first, last): n for cell, first, last, n in rows.tallied}
    named = {year for year, *_ in chain(rows.registered, rows.decided)}
    named |= {each.first for each in tally}
    found = {year: Year() for year in _all_years(named)}
    for year, of in found.items():
        of.cells = figures_of(tally, year)
    for year, what, n in rows.registered:
        found[year].registered[what] += n
    for year, kept, days, n in rows.decided:
        found[year].kept[kept] += n
        if days is not None:
            found[year].days[days] += n
    for year, in_time, late in rows.imported:
        found[year].imported.update({Timeliness.IN_TIME: in_time, Timeliness.LATE: late})
    for year, yuan in rows.collected:
        found[year].collected += yuan
    return found


def _all_years(named: set[int]) -> list[int]:
    """Return the years that are named and, of late ones, those between them and today.

    What is carried over counts in years in which nothing happened, and an open case in
    all that come; a year mistyped long ago draws none after it.
    """
    now = clock.today().year
    past = {year for year in named if year <= now}
    late = range(max(min(past, default=now + 1), now - LATELY), now + 1)
    return sorted(past.union(late)) if past else []


class Now(NamedTuple):
    """The clocks of the open cases on a day; ``phases`` are those of the overdue ones."""

    open: int
    soon: int
    late: int
    paused: int
    unsettled: int
    phases: dict[str, int]


def now_open(scope: Scope, on: date, soon: date) -> Now:
    """Return how the open cases stand against their clocks: two queries."""
    cases = open_ones(Case.objects.filter(scope.q)).order_by()
    unanswered = ~answered()
    found = cases.aggregate(
        open=Count("id"),
        soon=Count("id", filter=unanswered & Q(due__range=(on, soon))),
        late=Count("id", filter=unanswered & Q(due__lt=on)),
        paused=Count("id", filter=Q(running__in=("paused", "stopped"))),
        unsettled=Count("id", filter=Q(running="unsettled")),
    )
    phases = overdue(cases, on).values_list("phase").annotate(Count("id"))
    return Now(**found, phases=dict(phases.values_list("phase", "id__count")))


def quantile(days: Counter[int], share: float) -> int | None:
    """Return within how many days so large a share was answered; None of nothing.

    >>> quantile(Counter({3: 1, 20: 1}), 0.5), quantile(Counter({3: 9, 20: 1}), 0.9)
    (3, 3)
    """
    passed, wanted = 0, share * days.total()
    for day, n in sorted(days.items()):
        passed += n
        if passed >= wanted:
            return day
    return None


def between(days: Counter[int], first: int, last: int | None) -> int:
    """Return how many took so many days, both counted in; without a last, or more."""
    return sum(_within(days.items(), first, last))


def _within(days: Iterable[tuple[int, int]], first: int, last: int | None) -> Iterable[int]:
    return (n for day, n in days if first <= day and (last is None or day <= last))
