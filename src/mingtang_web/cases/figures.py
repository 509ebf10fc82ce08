"""What cases come to in figures, year by year: of one body, or of it and all below it."""

from __future__ import annotations

import time
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count, Q
from django.db.models.functions import ExtractYear

from mingtang.case.deadlines import Timeliness
from mingtang_web import clock
from mingtang_web.cases.fees import fee_rows
from mingtang_web.cases.models import Case, KeptFigures
from mingtang_web.cases.queries import answered, late_again, open_ones, overdue

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from mingtang_web.bodies.models import Body

SLOW = 0.25
"""What takes more seconds to count is kept."""
FRESH = timedelta(hours=1)
"""So long it is shown, with the moment it was counted."""
WANTED = timedelta(days=2)
"""So long after somebody looked, jobs count it again."""


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

    ``received``: year, applicant's kind, how many. ``decided``: year, whether in time,
    ground, net working days, how many; without a ground nothing was answered.
    ``fees``: year, what (notices, payments, refunds), how many, yuan.
    """

    received: list[list]  # type: ignore[type-arg]
    decided: list[list]  # type: ignore[type-arg]
    fees: list[list]  # type: ignore[type-arg]


class Year:
    """One year's figures: requests by their day of receipt, answers by that of decision.

    ``ended`` were closed without an answer. ``fees`` are how many and how many yuan,
    by what they are.
    """

    def __init__(self) -> None:
        self.kinds: Counter[str] = Counter()
        self.kept: Counter[str] = Counter()
        self.grounds: Counter[str] = Counter()
        self.days: Counter[int] = Counter()
        self.ended = 0
        self.fees: dict[str, tuple[int, int]] = {}

    @property
    def received(self) -> int:
        """How many requests were received."""
        return self.kinds.total()

    @property
    def answered(self) -> int:
        """How many were answered."""
        return self.grounds.total()

    @property
    def held(self) -> int:
        """How many answers fell under a term of which can be said whether it was kept."""
        return self.kept[Timeliness.IN_TIME] + self.kept[Timeliness.LATE]


class Counted(NamedTuple):
    """The figures of every year, and since when they are not counted anew, if kept."""

    years: dict[int, Year]
    as_of: datetime | None = None


def figures(scope: Scope) -> Counted:
    """Return the figures of all years: live, or kept where counting takes long.

    A body's own are always live; four queries and those of the fees.
    """
    kept = KeptFigures.objects.filter(top=scope.body).first() if scope.below else None
    now = clock.now()
    if kept and kept.made_at > now - FRESH:
        KeptFigures.objects.filter(pk=kept.pk, asked_at__lt=now - FRESH).update(
            asked_at=now
        )
        return Counted(years(Rows(**kept.content)), kept.made_at)
    start = time.perf_counter()
    rows = count(scope)
    if scope.below and time.perf_counter() - start > SLOW:
        keep(scope.body, rows)
    return Counted(years(rows))


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
    """Return the counts of all years: one look over the cases by each of two days.

    And one over the open ones: what was answered in time, ordered anew and is late now
    moves from one to the other.
    """
    cases = Case.objects.filter(scope.q).order_by()
    received = (
        cases.filter(received__isnull=False)
        .values_list(ExtractYear("received"), "applicant_kind")
        .annotate(Count("id"))
    )
    decided = (
        cases.filter(decided__isnull=False)
        .values_list(ExtractYear("decided"), "kept", "ground", "net_days")
        .annotate(Count("id"))
    )
    again = (
        cases.filter(late_again(clock.today()), decided__isnull=False)
        .values_list(ExtractYear("decided"), "ground", "net_days")
        .annotate(Count("id"))
    )
    moved = [
        [year, kept, ground, days, n * sign]
        for year, ground, days, n in again
        for kept, sign in ((Timeliness.IN_TIME, -1), (Timeliness.LATE, 1))
    ]
    return Rows([*map(list, received)], [*map(list, decided), *moved], fee_rows(scope.q))


def years(rows: Rows) -> dict[int, Year]:
    """Return the figures by year, the first one first."""
    found: dict[int, Year] = {}
    for year, kind, n in rows.received:
        found.setdefault(year, Year()).kinds[kind] += n
    for year, kept, ground, days, n in rows.decided:
        of = found.setdefault(year, Year())
        if not ground:
            of.ended += n
            continue
        of.grounds[ground] += n
        of.kept[kept] += n
        if days is not None:
            of.days[days] += n
    for year, what, n, yuan in rows.fees:
        found.setdefault(year, Year()).fees[what] = (n, yuan)
    return dict(sorted(found.items()))


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
