"""What an applicant was answered before, for whoever answers a repeated request."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mingtang.drafting import templates
from mingtang_web.cases.queries import all_of_applicant
from mingtang_web.letters.models import Letter

if TYPE_CHECKING:
    from datetime import date

    from mingtang_web.cases.models import Case

_ANSWERS = tuple(known.kind for known in templates() if known.ground)
MOST = 100
"""So many answers are offered, the last first."""


class Answered(NamedTuple):
    """An answer that stands in the ledger: its number, its day, what was asked for."""

    number: str
    day: date
    subject: str

    @property
    def key(self) -> str:
        """What it is chosen by."""
        return f"{self.day} {self.number}"


def answers_before(case: Case) -> list[Answered]:
    """Return what this applicant was answered by this body in other cases: two queries.

    Letters that were issued here, and the numbers that an old ledger told. 条例第三十六条
    第（六）项.
    """
    others = all_of_applicant(case).filter(decided__isnull=False)
    told = others.select_related("imported").only(
        "subject", "decided", "imported__letter_number"
    )
    subjects = {each.pk: each for each in told.order_by("-decided", "-id")[:MOST]}
    rows = Letter.objects.filter(
        case_id__in=subjects, kind__in=_ANSWERS, status=Letter.Status.ISSUED
    )
    found = [
        Answered(number, day, subjects[pk].subject)
        for pk, number, day in rows.values_list("case_id", "number", "day")
        if pk is not None
    ]
    found += [
        Answered(each.imported.letter_number, each.decided, each.subject)
        for each in subjects.values()
        if each.decided and hasattr(each, "imported") and each.imported.letter_number
    ]
    return sorted(found, key=lambda each: each.day, reverse=True)
