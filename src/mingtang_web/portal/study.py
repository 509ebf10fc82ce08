"""The researchers' page: bodies by years by a figure, and exactly that to take away."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mingtang_web import clock
from mingtang_web.annual import publishing
from mingtang_web.bodies.models import Body
from mingtang_web.charting import FEW
from mingtang_web.portal import meta, studying
from mingtang_web.portal.keeping import kept
from mingtang_web.portal.studying import Asked, Study, Told
from mingtang_web.spreadsheets import harmless

if TYPE_CHECKING:
    from decimal import Decimal

    from django.http import HttpRequest

    from mingtang.combining.distribution import Distribution
    from mingtang_web.portal.studying import Figure, Row

WIDE = 100
"""A drawing is so wide and so high, in its own units: percent."""
MARK = "\ufeff"
BLOCKS = 40
"""So many bodies are drawn one by one; all stand in the table."""


class Column(NamedTuple):
    """A year's column of a small drawing: where it stands, how high; none unknown."""

    year: int
    x: str
    y: str
    height: str
    known: bool
    breaks: bool


class Line(NamedTuple):
    """A year's strip: each figure a dot, the quarters a bar, the median a mark."""

    year: int
    of: Distribution
    dots: tuple[str, ...]
    lower: str
    width: str
    median: str
    unknown: int
    breaks: bool


@require_safe
def shown(request: HttpRequest) -> HttpResponse:
    """Show the comparison that was asked for."""
    bounds = studying.bounds()
    asked, wrong = _asked(request, bounds)
    found = studying.study(asked) if asked else None
    known = publishing.public().order_by().values("body")
    bodies = Body.objects.filter(pk__in=known).order_by("path")
    context = {
        "asked": asked,
        "wrong": wrong,
        "study": found,
        "groups": studying.groups(),
        "bodies": bodies,
        "all_years": range(bounds[0], bounds[1] + 1) if bounds else (),
        "blocks": [(row, _columns(found, row)) for row in found.rows[:BLOCKS]]
        if found
        else [],
        "rows": [
            {"body": row.body, "years": list(zip(found.years, row.years, strict=True))}
            for row in found.rows
        ]
        if found
        else [],
        "more": max(0, len(found.rows) - BLOCKS) if found else 0,
        "lines": _lines(found) if found else [],
        "query": _query(asked) if asked else "",
        "place": request.build_absolute_uri(reverse("study")),
        "today": clock.today(),
        "site": settings.SITE_NAME,
        "licence": settings.DATA_LICENCE,
        "few": FEW,
        "head": meta.of_site(request, ()),
    }
    return render(request, "portal/study.html", context, status=422 if wrong else 200)


@kept
@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """Give exactly what is shown as CSV: a line for each body and year with a report."""
    held = io.StringIO()
    held.write(MARK)
    sheet = csv.writer(held, lineterminator="\r\n")
    sheet.writerow([
        *("body_code", "body", "year", "figure", "value", "unit", "part", "whole"),
        *("in_distribution", "note"),
    ])  # fmt: skip
    asked, every = _every(request)
    for row, told in every:
        assert asked is not None  # noqa: S101 - nothing is shown of nothing asked
        sheet.writerow([harmless(each) for each in _cells(row, told, asked.figure)])
    answer = HttpResponse(held.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="study.csv"'
    return answer


@kept
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Give exactly what is shown as JSON, with what it is and where it comes from."""
    asked, every = _every(request)
    rows = [
        {
            "body_code": row.body.code,
            "body": row.body.name,
            "year": told.year,
            "value": _text(told.value),
            "part": _text(told.part),
            "whole": _text(told.whole),
            "in_distribution": _counts(told),
            "note": told.why,
        }
        for row, told in every
    ]
    said = {
        "figure": asked.figure.id if asked else None,
        "label": asked.figure.label if asked else None,
        "unit": asked.figure.unit if asked else None,
        "licence": settings.DATA_LICENCE,
        "rows": rows,
    }
    text = json.dumps(said, ensure_ascii=False, indent=1)
    return HttpResponse(text, content_type="application/json; charset=utf-8")


def _asked(
    request: HttpRequest, bounds: tuple[int, int] | None
) -> tuple[Asked | None, str]:
    """Return what is asked for of the years there are, and what is wrong with it."""
    said = request.GET
    if bounds is None:
        return None, ""
    name = said.get("figure", studying.RECEIVED)
    of = studying.figure(name)
    if of is None:
        return None, _("没有这个数字，请从列出的里面选")
    first, last = said.get("from", ""), said.get("to", "")
    if not _is_year(first) or not _is_year(last):
        return None, _("年度请写四位数字")
    since = max(int(first or bounds[0]), bounds[0])
    until = min(int(last or bounds[1]), bounds[1])
    if since > until:
        return None, _("这几年没有公开的年度报告，请另选年度")
    codes = frozenset(said.getlist("body"))
    return Asked(of, codes, since, until), ""


def _is_year(said: str) -> bool:
    return not said or (said.isascii() and said.isdecimal() and len(said) == len("2026"))


def _query(asked: Asked) -> str:
    said: list[tuple[str, str | int]] = [
        *(("figure", asked.figure.id), ("from", asked.first), ("to", asked.last)),
        *(("body", code) for code in sorted(asked.codes)),
    ]
    return urlencode(said)


def _every(request: HttpRequest) -> tuple[Asked | None, list[tuple[Row, Told]]]:
    """Return what is asked for and each figure of it, nothing where it is wrong."""
    asked, _wrong = _asked(request, studying.bounds())
    if asked is None:
        return None, []
    found = studying.study(asked)
    return asked, [(row, told) for row in found.rows for told in row.years if told]


def _cells(row: Row, told: Told, of: Figure) -> list[str]:
    return [
        *(row.body.code, row.body.name, str(told.year), of.id),
        *(_text(told.value), of.unit, _text(told.part), _text(told.whole)),
        *(str(_counts(told)).lower(), told.why),
    ]


def _counts(told: Told) -> bool:
    return told.counts and told.value is not None


def _text(value: Decimal | None) -> str:
    return "" if value is None else format(value, "f")


def _columns(found: Study, row: Row) -> list[Column]:
    step = WIDE / len(found.years)
    made = []
    for number, (year, told) in enumerate(zip(found.years, row.years, strict=True)):
        value = told.value if told else None
        height = float((value or 0) / found.most) * WIDE
        x = f"{number * step + step * 0.15:.2f}%"
        known = value is not None
        breaks = year in found.breaks and number > 0
        made.append(
            Column(year, x, f"{WIDE - height:.2f}%", f"{height:.2f}%", known, breaks)
        )
    return made


def _lines(found: Study) -> list[Line]:
    made = []
    for place, (year, of) in enumerate(zip(found.years, found.spread, strict=True)):
        if of is None:
            continue
        told = [row.years[place] for row in found.rows]
        known = [t.value for t in told if t and _counts(t) and t.value is not None]
        made.append(
            Line(
                year,
                of,
                tuple(_at(each, found) for each in known),
                _at(of.lower, found),
                f"{float((of.upper - of.lower) / found.most) * WIDE:.2f}%",
                _at(of.median, found),
                sum(t is not None and not _counts(t) for t in told),
                year in found.breaks and place > 0,
            )
        )
    return made


def _at(value: Decimal, found: Study) -> str:
    return f"{float(value / found.most) * WIDE:.2f}%"


urlpatterns = [
    path("study/", shown, name="study"),
    path("study/cells.csv", table, name="study_csv"),
    path("study/cells.json", data, name="study_json"),
]
