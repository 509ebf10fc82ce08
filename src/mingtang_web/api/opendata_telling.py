"""What the public sees, in the shapes of open data."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from mingtang.form.loading import edition_for
from mingtang.publication.matters import genre, matter, topic
from mingtang_web.annual import publishing
from mingtang_web.annual.compiling import frozen
from mingtang_web.api import opendata_shapes as shapes
from mingtang_web.api import problems
from mingtang_web.files.actions import AlteredFileError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mingtang.report import Report
    from mingtang_web.annual.models import Annual
    from mingtang_web.bodies.models import Body
    from mingtang_web.publication.models import Document

COLUMNS = tuple(shapes.Cell.model_fields)
_PLACE = re.compile(r"([0-9]{4})\.([0-9]{1,15})")
CHUNK = 50
"""Of how many reports the lines are kept in mind at once."""


def source() -> shapes.Source:
    """Return what there is."""
    parts = ("documents", "reports", "cells", "bodies", "dictionary")
    places = {part: reverse(f"open:{part}") for part in parts}
    return shapes.Source(site=settings.SITE_NAME, licence=settings.DATA_LICENCE, **places)


def body(row: Body) -> shapes.BodyLine:
    """Return a body."""
    return shapes.BodyLine(
        code=row.code,
        name=row.name,
        short_name=row.short_name,
        kind=row.kind,
        region=row.region,
        parent=row.parent.code if row.parent else None,
        page=reverse("column", args=[row.code]),
    )


def line(row: Document) -> shapes.DocumentLine:
    """Return a document that the public sees, as it was published."""
    return shapes.DocumentLine(**_metadata(row))


def whole(row: Document) -> shapes.DocumentWhole:
    """Return a document with its text and its files."""
    revision = row.published
    assert revision is not None  # noqa: S101 - it is public
    files = [
        shapes.File(
            name=each.name,
            kind=each.file.kind,
            size=each.file.size,
            sha256=each.file.sha256,
            address=reverse("information_file", args=[each.pk]),
        )
        for each in revision.attachments.select_related("file")
    ]
    return shapes.DocumentWhole(**_metadata(row), html=revision.html, files=files)


def gone(row: Document) -> shapes.Gone:
    """Return what is left of a document that was taken down."""
    assert row.withdrawn_on is not None  # noqa: S101 - it was taken down
    return shapes.Gone(
        index_number=row.index_number,
        withdrawn_on=row.withdrawn_on,
        reason=row.withdrawn_why,
    )


def _metadata(row: Document) -> dict[str, Any]:
    said = row.published
    assert said is not None  # noqa: S101 - it is public
    return {
        "index_number": row.index_number,
        "title": said.title,
        "document_number": said.document_number,
        "issuer": said.issuer,
        "body": row.body.code,
        "column": row.column,
        "matter": matter(said.matter).label if said.matter else "",
        "topic": topic(said.topic).label if said.topic else "",
        "genre": genre(said.genre).label if said.genre else "",
        "keywords": said.keywords,
        "abstract": said.abstract,
        "formed_on": said.formed_on,
        "effective_on": said.effective_on,
        "expires_on": row.expires_on if row.norm else said.expires_on,
        "validity": row.validity if row.norm else None,
        "published_on": row.first_published_on,
        "updated_on": row.published_on,
        "content": said.content,
        "page": reverse("information", args=[row.index_number]),
    }


def reports(
    body: Body | None, year: int | None, behind: str, limit: int
) -> tuple[list[Annual], str]:
    """Return a page of published reports, and behind what the next one begins.

    Raises `problems.WordsError` for a place that is none.
    """
    rows = publishing.public().order_by("-year", "-pk")
    if body:
        rows = rows.filter(body=body)
    if year is not None:
        rows = rows.filter(year=year)
    if behind:
        place = _PLACE.fullmatch(behind)
        if place is None:
            raise problems.WordsError(problems.NOT_A_PLACE, "behind")
        of_year, number = map(int, place.groups())
        rows = rows.filter(Q(year=of_year, pk__lt=number) | Q(year__lt=of_year))
    found = list(rows.prefetch_related("outputs__file")[: limit + 1])
    last = found[limit - 1] if len(found) > limit else None
    return found[:limit], f"{last.year}.{last.pk}" if last else ""


def report(row: Annual) -> shapes.ReportLine:
    """Return a published report."""
    assert row.snapshot and row.published_on  # noqa: S101, PT018 - it is out
    where = [row.body.code, row.year]
    edition = edition_for(row.year)
    return shapes.ReportLine(
        body=row.body.code,
        name=f"{row.body.name}{row.year}年政府信息公开工作年度报告",
        year=row.year,
        issue=row.issue,
        edition=edition.id,
        published_on=row.published_on,
        sha256=row.snapshot.sha256,
        page=reverse("report", args=where),
        files=[
            shapes.File(
                name=f"{row.year}.{each.format}",
                kind=each.format,
                size=each.file.size,
                sha256=each.file.sha256,
                address=reverse("report_file", args=[*where, each.format]),
            )
            for each in row.outputs.all()
        ],
    )


def cells(row: Annual, wanted: str = "") -> Iterator[shapes.Cell]:
    """Yield the cells of a report whose id begins with ``wanted``, in the form's order.

    Raises `AlteredFileError` where the file is not what was signed.
    """
    told: Report = frozen(row)
    assert row.snapshot is not None  # noqa: S101 - it was signed
    for cell, fact in told.facts.items():
        if wanted and not f"{cell}/".startswith(f"{wanted.rstrip('/')}/"):
            continue
        yield shapes.Cell(
            body=row.body.code,
            year=row.year,
            issue=row.issue,
            cell=cell,
            state=fact.state.value,
            value=None if fact.value is None else str(fact.value),
            unit=fact.unit,
            sha256=row.snapshot.sha256,
            place=str(fact.place or ""),
        )


def every_cell(body: Body | None, year: int | None) -> Iterator[str]:
    """Yield the lines of a CSV of all cells, report after report.

    A report whose file is not what was signed is left out, with a line that says so.
    """
    yield "\ufeff" + _line(COLUMNS)
    for row, found in _each_report(body, year):
        if found is None:
            yield _line((row.body.code, row.year, row.issue, "", problems.UNSURE_TITLE))
        else:
            yield "".join(_line(each.model_dump().values()) for each in found)


def every_cell_as_json(body: Body | None, year: int | None) -> Iterator[str]:
    """Yield all cells, each a line of JSON, report after report.

    A report whose file is not what was signed is one line that says so.
    """
    for row, found in _each_report(body, year):
        if found is None:
            told = {"body": row.body.code, "year": row.year, "issue": row.issue}
            said = told | {"state": str(problems.UNSURE_TITLE)}
            yield json.dumps(said, ensure_ascii=False) + "\n"
        else:
            yield "".join(f"{each.model_dump_json()}\n" for each in found)


def _each_report(
    body: Body | None, year: int | None
) -> Iterator[tuple[Annual, list[shapes.Cell] | None]]:
    """Yield every report with its cells, none where its file is not what was signed."""
    behind = ""
    while True:
        found, behind = reports(body, year, behind, CHUNK)
        for row in found:
            try:
                yield row, list(cells(row))
            except AlteredFileError:
                yield row, None
        if not behind:
            return


def dictionary(year: int) -> list[shapes.Entry]:
    """Return every cell of the form of a reporting year, in the form's order."""
    form = edition_for(year)
    return [
        shapes.Entry(
            cell=cell,
            table=table.title,
            line=line.label,
            column=column.label,
            units=sorted(form.units(cell)),
        )
        for table in form.tables
        for cell, _block, line, column in table.cells()
    ]


def _line(values: Iterable[object]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow("" if each is None else each for each in values)
    return out.getvalue()
