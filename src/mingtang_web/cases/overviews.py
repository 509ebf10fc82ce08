"""All bodies' clocks in figures, for whoever supervises them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count, Q

from mingtang.case.deadlines import Timeliness
from mingtang_web.cases.models import OPEN_PHASES, Case
from mingtang_web.cases.queries import answered, judged, unserved

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from mingtang_web.bodies.models import Body


class Figures(NamedTuple):
    """How a body stands on a day.

    ``kept`` of ``held`` answers that were decided this year and fell under a term
    that can be told went out in time, in every round; ``unsettled`` ones are in neither.
    ``unserved`` have a consultation that nobody is known to have received for too long.
    ``imported`` of the ``kept`` came out of an old ledger: nobody saw them answered here.
    """

    open: int = 0
    soon: int = 0
    late: int = 0
    unsettled: int = 0
    kept: int = 0
    held: int = 0
    imported: int = 0
    unserved: int = 0

    @property
    def rate(self) -> str:
        """The share that was in time, in per cent with one decimal; blank of nothing.

        >>> Figures(kept=2, held=3).rate
        '66.7%'
        """
        return f"{100 * self.kept / self.held:.1f}%" if self.held else ""

    def __add__(self, other: object) -> Figures:
        """Return the figures of both together."""
        if not isinstance(other, Figures):
            return NotImplemented
        return Figures(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


def figures(bodies: Iterable[Body], on: date, soon: date) -> dict[int, Figures]:
    """Return the figures of several bodies by their ids; one without cases has zeros.

    Two queries: what waits to be served is read off an index of its own.
    """
    ids = [body.pk for body in bodies]
    is_open = Q(phase__in=OPEN_PHASES)
    unanswered = is_open & ~answered()
    this_year = Q(decided__year=on.year)
    of_old_ledger = Q(imported__isnull=False)
    late, in_time = judged(Timeliness.LATE, on), judged(Timeliness.IN_TIME, on)
    rows = (
        Case.objects.filter(is_open | this_year, body__in=ids)
        .order_by()
        .values("body")
        .annotate(
            of_open=Count("id", filter=is_open),
            of_soon=Count("id", filter=unanswered & Q(due__range=(on, soon))),
            of_late=Count("id", filter=unanswered & Q(due__lt=on)),
            of_unsettled=Count("id", filter=is_open & Q(running="unsettled")),
            of_kept=Count("id", filter=this_year & in_time),
            of_imported=Count("id", filter=this_year & in_time & of_old_ledger),
            of_held=Count("id", filter=this_year & (in_time | late)),
        )
    )
    named = (f"of_{name}" for name in Figures._fields if name != "unserved")
    found = {body: Figures(*counted) for body, *counted in rows.values_list("body", *named)}
    waiting = Case.objects.filter(unserved(on), body__in=ids).order_by().values("body")
    unknown = dict(waiting.annotate(n=Count("id")).values_list("body", "n"))
    return {
        body: found.get(body, Figures())._replace(unserved=unknown.get(body, 0))
        for body in ids
    }
