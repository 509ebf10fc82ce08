"""Reading imports: whose files somebody sees, refusals as a file, cases by old number."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from mingtang_web.bodies.models import Role
from mingtang_web.cases.queries import visible as visible_cases
from mingtang_web.importing.models import Source
from mingtang_web.spreadsheets import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from mingtang_web.bodies.policy import Standing
    from mingtang_web.cases.models import Case
    from mingtang_web.importing.models import Refusal


def visible(held: Standing) -> QuerySet[Source]:
    """Return the files a person sees: those of the bodies they administer."""
    bodies = [each.body_id for each in held.holdings if each.role is Role.ADMINISTRATOR]
    return Source.objects.filter(body__in=bodies).defer("content")


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
