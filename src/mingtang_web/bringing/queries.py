"""Reading imports: whose catalogues somebody sees, and what is told of their rows."""

from __future__ import annotations

import csv
import io
import tempfile
from typing import TYPE_CHECKING

import xlsxwriter
from django.db.models.fields.json import KeyTextTransform
from django.utils.translation import gettext as _

from mingtang_web.bringing import mapping, policy
from mingtang_web.bringing.fields import choices
from mingtang_web.bringing.models import Catalogue, State
from mingtang_web.spreadsheets import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import QuerySet

    from mingtang_web.bodies.policy import Standing
    from mingtang_web.bringing.models import Remark

MOST_WORDS = 50


def visible(held: Standing) -> QuerySet[Catalogue]:
    """Return the catalogues a person sees: of bodies where they bring in or agree."""
    bodies = [each.body_id for each in held.holdings if each.role in policy.SEE.roles]
    rows = Catalogue.objects.filter(body__in=bodies)
    return rows.select_related("body", "by", "proposer", "approver")


def waiting(held: Standing) -> QuerySet[Catalogue]:
    """Return the catalogues that wait for a person's consent, the oldest first."""
    bodies = [each.body_id for each in held.holdings if each.role in policy.AGREE.roles]
    rows = Catalogue.objects.filter(body__in=bodies, state=State.PROPOSED)
    return rows.exclude(proposer=held.user_id).exclude(by=held.user_id).order_by("pk")


def open_words(catalogue: Catalogue) -> dict[str, list[str]]:
    """Return the words of each field with values that mean nothing yet, each once.

    Some of a field at most: who has more has chosen the wrong column.
    """
    reading = mapping.load(catalogue.mapping, catalogue.headers)
    fields = [
        name
        for name, place in reading.columns.items()
        if choices(name) and not place.startswith(mapping.FIXED)
    ]
    found: dict[str, list[str]] = {}
    for name in fields:
        said = KeyTextTransform(reading.columns[name], "cells")  # whatever it is called
        rows = catalogue.staged.order_by().values_list(said, flat=True).distinct()
        words = [str(word) for word in rows[:1000] if word]
        unknown = [word for word in words if reading.meaning(name, word) is None]
        if unknown:
            found[name] = sorted(unknown)[:MOST_WORDS]
    return found


def report_lines(rows: QuerySet[Remark]) -> Iterator[list[str | int]]:
    """Yield the report of what was refused or is to be told, its headers first."""
    yield [_("行"), _("结果"), _("列"), _("原因"), _("怎么办")]
    for each in rows.iterator(chunk_size=1000):
        said = (each.get_weight_display(), each.column, each.reason, each.advice)
        yield [each.row, *(harmless(str(words)) for words in said)]


def as_csv(rows: QuerySet[Remark]) -> Iterator[bytes]:
    """Yield the report as a CSV file that spreadsheets open without running anything."""
    yield "\ufeff".encode()
    for line in report_lines(rows):
        text = io.StringIO()
        csv.writer(text).writerow(line)
        yield text.getvalue().encode()


def as_xlsx(rows: QuerySet[Remark]) -> bytes:
    """Return the report as a workbook, written line by line."""
    with tempfile.TemporaryFile() as held:
        options = {"constant_memory": True, "strings_to_formulas": False,
                   "strings_to_urls": False}  # fmt: skip
        with xlsxwriter.Workbook(held, options) as book:
            _fill(book.add_worksheet(), report_lines(rows))
        held.seek(0)
        return held.read()


def _fill(page: xlsxwriter.worksheet.Worksheet, lines: Iterable[list[str | int]]) -> None:
    page.set_column(0, 1, 10)
    page.set_column(2, 2, 16)
    page.set_column(3, 4, 60)
    for number, line in enumerate(lines):
        page.write_row(number, 0, line)
