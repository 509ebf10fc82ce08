"""Reading reports: what somebody sees, and the cases and disputes behind a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count, Q

from mingtang.compiling import FEES
from mingtang.compiling.tables import totals
from mingtang.form.loading import edition_for
from mingtang_web.annual import policy
from mingtang_web.annual.models import SETTLED, Annual, Stage, State
from mingtang_web.annual.publications import DOCUMENT_CELLS, documents_in
from mingtang_web.annual.stages import why_not
from mingtang_web.bodies.queries import seen
from mingtang_web.cases.models import Case
from mingtang_web.counts.queries import Place, matters_in
from mingtang_web.disputes.models import Dispute

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from mingtang_web.bodies.models import Body
    from mingtang_web.bodies.policy import Standing
    from mingtang_web.publication.models import Document

A_PAGE = 50


class Behind(NamedTuple):
    """Some of what counts in a cell: cases, disputes, documents; ``more`` follow."""

    cases: Sequence[Case]
    disputes: Sequence[Dispute]
    more: bool
    documents: Sequence[Document] = ()

    @property
    def last(self) -> int:
        """The id after which the next ones come."""
        ids: list[int] = [row.pk for row in self.cases]
        ids += [row.pk for row in self.disputes]
        return max(ids + [row.pk for row in self.documents])


def visible(held: Standing) -> QuerySet[Annual]:
    """Return the reports a person sees: the one authorisation predicate of all lists."""
    return Annual.objects.filter(body__in=seen(held)).select_related("body")


def waiting(held: Standing) -> list[Annual]:
    """Return the reports in review whose next step is this person's to take.

    One query where none is in review; four more for each that is theirs to look at.
    """
    if held.user_id is None or not any(held.body_ids()):
        return []
    rows = Annual.objects.filter(state=State.IN_REVIEW, body__in=held.body_ids())
    return [
        row
        for row in rows.select_related("body").order_by("-year", "pk")
        if held.allows(policy.REVIEWING[Stage(row.stage)], row.body)
        and why_not(row, held.user_id) is None
    ]


class Apart(NamedTuple):
    """Why a year's reports may say something else than the ledger does now.

    How many of them were signed, which later records do not change, and how many
    adjustments count in the last ones.
    """

    signed: int
    adjusted: int


def apart(bodies: Q, year: int) -> Apart:
    """Return how a year's reports of some bodies may differ from the ledger: one query.

    ``bodies`` marks rows whose ``body`` is meant.
    """
    counts = Q(adjustments__signed_by__isnull=False, adjustments__ended_by=None)
    counts &= Q(corrected_by=None)
    signed = Count("pk", filter=Q(state__in=SETTLED), distinct=True)
    adjusted = Count("adjustments", filter=counts, distinct=True)
    rows = Annual.objects.filter(bodies, year=year).exclude(state=State.DISCARDED)
    return Apart(**rows.aggregate(signed=signed, adjusted=adjusted))


def is_counted(cell: str, annual: Annual) -> bool:
    """Return whether a cell, or a kind of fee, is counted from a ledger of this site."""
    table = cell.split("/", 1)[0]
    if f"{table}/" == FEES:
        return True
    if cell in DOCUMENT_CELLS:
        return annual.documents_kept
    known = edition_for(annual.year).cell_ids()
    return table in {"requests", "disputes"} and cell in known


def parts_of(cell: str, year: int) -> tuple[str, ...]:
    """Return the cells that a total adds up; of any other the cell itself."""
    return totals(edition_for(year).id).get(cell, (cell,))


def behind(body: Body, year: int, cell: str, after: int = 0) -> Behind:
    """Return the cases, disputes or documents in a cell, those after an id: three queries.

    A page of them; how many there are is the cell's own figure.
    """
    if cell in DOCUMENT_CELLS:
        told = list(documents_in(body, year, cell).filter(pk__gt=after)[: A_PAGE + 1])
        return Behind((), (), len(told) > A_PAGE, told[:A_PAGE])
    place = Place(body, year, parts_of(cell, year))
    ids = matters_in(place, after, A_PAGE + 1)
    page, more = ids[:A_PAGE], len(ids) > A_PAGE
    if cell.startswith("disputes/"):
        return Behind((), list(Dispute.objects.filter(pk__in=page).order_by("pk")), more)
    rows = Case.objects.filter(pk__in=page).defer("description").order_by("pk")
    return Behind(list(rows), (), more)
