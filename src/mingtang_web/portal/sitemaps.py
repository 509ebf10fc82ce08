"""Where everything public is: for search engines in parts, for people on one page.

A part holds the addresses of ten thousand numbers of rows, so that each row stays in its
part for good and no part is read to find another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import F, Max
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_safe
from lxml import etree

from mingtang_web.annual import publishing
from mingtang_web.annual.publishing import open_bodies
from mingtang_web.portal import meta, shelves
from mingtang_web.portal.addresses import absolute
from mingtang_web.portal.keeping import kept
from mingtang_web.publication.models import Document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from django.db.models import QuerySet
    from django.http import HttpRequest

    from mingtang_web.annual.models import Annual

A_PART = 10_000
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST_PARTS = 10**9
"""Beyond what any row is numbered; a database asked for more would fail."""
_DEFAULT: dict[Any, str] = {None: NAMESPACE}
CLOSED = ("account_login", "search", "follow", "mine")
"""What robots need not open: signing in, results of a search, what is somebody's own."""


class Place(NamedTuple):
    """An address and the day on which what stands there last changed, if it is known."""

    address: str
    changed: date | None = None


@require_safe
@kept
def index(request: HttpRequest) -> HttpResponse:
    """List the parts of the site map."""
    parts = [Place(reverse("sitemap_columns"))]
    for name, rows in (
        ("sitemap_documents", _documents()),
        ("sitemap_reports", _reports()),
    ):
        parts += [Place(reverse(name, args=[n]), day) for n, day in _parts(rows)]
    return _xml(request, "sitemapindex", "sitemap", parts)


@require_safe
@kept
def columns(request: HttpRequest) -> HttpResponse:
    """List the pages that are not one document's."""
    names = "home", "open", "reports", "site_map"
    places = [Place(reverse(name)) for name in names]
    codes = open_bodies().values_list("code", flat=True)
    places += [Place(reverse("column", args=[code])) for code in codes]
    told = set(publishing.public().order_by().values_list("body__code", flat=True))
    places += [Place(reverse("column_reports", args=[code])) for code in sorted(told)]
    rules = shelves.regulations().order_by()
    with_rules = set(rules.values_list("body__code", flat=True))
    places += [Place(reverse("column_rules", args=[code])) for code in sorted(with_rules)]
    return _xml(request, "urlset", "url", places)


@require_safe
@kept
def documents(request: HttpRequest, part: int) -> HttpResponse:
    """List the documents of a part."""
    rows = _part(_documents(), part).values_list("index_number", "published_on")
    places = (Place(reverse("information", args=[number]), day) for number, day in rows)
    return _xml(request, "urlset", "url", places)


@require_safe
@kept
def annuals(request: HttpRequest, part: int) -> HttpResponse:
    """List the annual reports of a part."""
    rows = _part(_reports(), part).values_list("body__code", "year", "published_on")
    places = (Place(reverse("report", args=[code, year]), day) for code, year, day in rows)
    return _xml(request, "urlset", "url", places)


@require_safe
@kept
def robots(request: HttpRequest) -> HttpResponse:
    """Say where the site map is, and what is nothing for robots."""
    lines = ["User-agent: *", *(f"Disallow: {reverse(name)}" for name in CLOSED)]
    lines.append(f"Sitemap: {absolute(request, reverse('sitemap'))}")
    text = "".join(f"{line}\n" for line in lines)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """Show people the way to everything: bodies, reports, what can be done."""
    context = {
        "bodies": open_bodies(),
        "any_report": publishing.public().exists(),
        "any_document": _documents().exists(),
        "head": meta.of_site(request),
    }
    return render(request, "portal/site_map.html", context)


def _documents() -> QuerySet[Document]:
    return Document.objects.filter(published__isnull=False, withdrawn_on__isnull=True)


def _reports() -> QuerySet[Annual]:
    return publishing.public()


def _parts(rows: QuerySet[Any]) -> Iterator[tuple[int, date | None]]:
    """Yield the parts that hold anything, with the day of their last change."""
    told = rows.order_by().annotate(part=F("pk") / A_PART).values("part")
    days = told.annotate(day=Max("published_on")).order_by("part")
    yield from days.values_list("part", "day")


def _part(rows: QuerySet[Any], part: int) -> QuerySet[Any]:
    """Return the rows of a part; raises `Http404` where there is none."""
    first = part * A_PART
    found = rows.filter(pk__gte=first, pk__lt=first + A_PART).order_by("pk")
    if part > MOST_PARTS or not found.exists():
        raise Http404
    return found


def _xml(
    request: HttpRequest, root: str, each: str, places: Iterable[Place]
) -> HttpResponse:
    tree = etree.Element(f"{{{NAMESPACE}}}{root}", nsmap=_DEFAULT)
    for place in places:
        row = etree.SubElement(tree, f"{{{NAMESPACE}}}{each}")
        loc = etree.SubElement(row, f"{{{NAMESPACE}}}loc")
        loc.text = absolute(request, place.address)
        if place.changed:
            etree.SubElement(
                row, f"{{{NAMESPACE}}}lastmod"
            ).text = f"{place.changed:%Y-%m-%d}"
    data = etree.tostring(tree, xml_declaration=True, encoding="UTF-8")
    return HttpResponse(data, content_type="application/xml; charset=utf-8")


urlpatterns = [
    path("sitemap.xml", index, name="sitemap"),
    path("sitemap-columns.xml", columns, name="sitemap_columns"),
    path("sitemap-documents-<int:part>.xml", documents, name="sitemap_documents"),
    path("sitemap-reports-<int:part>.xml", annuals, name="sitemap_reports"),
    path("robots.txt", robots, name="robots"),
    path("site-map/", site_map, name="site_map"),
]
