"""Reading imports: whose files somebody sees, refusals as a file, cases by old number."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count, Q

from mingtang.case.deadlines import Timeliness
from mingtang_web.bodies.models import Role
from mingtang_web.cases.models import Case, Proposal
from mingtang_web.cases.queries import judged
from mingtang_web.cases.queries import visible as visible_cases
from mingtang_web.importing import policy
from mingtang_web.importing.models import ImportProposal, Source
from mingtang_web.spreadsheets import harmless

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from django.db.models import QuerySet

    from mingtang_web.bodies.models import Body
    from mingtang_web.bodies.policy import Standing
    from mingtang_web.importing.models import Refusal


def visible(held: Standing) -> QuerySet[Source]:
    """Return the files a person sees: those of the bodies they administer."""
    bodies = [each.body_id for each in held.holdings if each.role is Role.ADMINISTRATOR]
    return Source.objects.filter(body__in=bodies).defer("content")


def proposals(held: Standing) -> QuerySet[ImportProposal]:
    """Return the proposals a person sees: those of bodies where they import or approve."""
    bodies = [each.body_id for each in held.holdings if each.role in policy.SEE.roles]
    found = ImportProposal.objects.filter(source__body__in=bodies)
    return found.select_related("source__body", "source__by", "proposer", "closed_by")


def waiting(held: Standing) -> QuerySet[ImportProposal]:
    """Return the proposals that wait for a person's consent, the oldest first."""
    bodies = [each.body_id for each in held.holdings if each.role in policy.APPROVE.roles]
    found = ImportProposal.objects.filter(
        source__body__in=bodies, stage=Proposal.Stage.APPROVAL
    )
    own = Q(proposer=held.user_id) | Q(source__by=held.user_id)
    return found.exclude(own).order_by("pk")


class Brought(NamedTuple):
    """What a file brought into a body: how many cases, those with a result, how timely.

    ``consents`` are those given to it, the latest first; mostly one, or none where it
    took none.
    """

    source: Source
    cases: int
    concluded: int
    in_time: int
    late: int
    consents: list[ImportProposal]


def brought(bodies: Collection[Body], on: date, most: int) -> list[Brought]:
    """Return what the latest imports brought into bodies, as of a day.

    Three queries, one where there are none.
    """
    over = Q(decided__isnull=False)
    rows = (
        Case.objects.filter(body__in=bodies, imported__isnull=False)
        .order_by()
        .values_list("imported__source")
        .annotate(
            of_n=Count("id"),
            of_over=Count("id", filter=over),
            of_kept=Count("id", filter=over & judged(Timeliness.IN_TIME, on)),
            of_late=Count("id", filter=over & judged(Timeliness.LATE, on)),
        )
        .order_by("-imported__source")[:most]
    )
    found = {source: counts for source, *counts in rows}
    sources = Source.objects.defer("content").select_related("body", "by").in_bulk(found)
    consents: dict[int, list[ImportProposal]] = {}
    agreed = ImportProposal.objects.filter(
        source__in=found, stage=Proposal.Stage.APPROVED
    ).select_related("proposer", "closed_by")
    for each in agreed:
        consents.setdefault(each.source_id, []).append(each)
    return [
        Brought._make((sources[pk], *counts, consents.get(pk, [])))
        for pk, counts in found.items()
    ]


def by_old_number(held: Standing, number: str) -> QuerySet[Case]:
    """Return the cases a person sees that had a number in an old ledger."""
    return visible_cases(held).filter(imported__old_number=number.strip())


def as_csv(refusals: Iterable[Refusal]) -> bytes:
    """Return refusals as a CSV file that spreadsheets open without running anything."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["行", "列", "原因", "怎么办"])
    for each in refusals:
        said = (each.column, each.reason, each.advice)
        writer.writerow([each.row, *(harmless(words) for words in said)])
    return text.getvalue().encode("utf-8-sig")
