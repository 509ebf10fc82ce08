"""The column of each body (政府信息公开专栏), and of the whole site: what is public.

Four blocks, in the order of 国办公开办函〔2019〕61号: guide, systems, what is disclosed on
the body's own motion, annual reports; and the way to ask for what is not there. A block
that has nothing is not shown: an empty column is a fault of a site.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from mingtang.publication.matters import matter
from mingtang_web.annual.publishing import open_bodies
from mingtang_web.portal import meta, shelves, yearly
from mingtang_web.portal.meta import Feed
from mingtang_web.portal.shelves import Asked
from mingtang_web.publication.captions import captions
from mingtang_web.publication.models import Column
from mingtang_web.publication.norms import HOLDING, Validity
from mingtang_web.publication.paging import Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from mingtang.publication.matters import Matter
    from mingtang_web.bodies.models import Body


@require_safe
def district(request: HttpRequest) -> HttpResponse:
    """Show whose columns there are, and what came out last."""
    listed = list(open_bodies())
    depth = min((len(each.path) for each in listed), default=0)
    newest = shelves.newest()
    feeds = (Feed(reverse("feed_documents"), meta.COLUMN_TYPE),) if newest else ()
    context = {
        "bodies": [(each, len(each.path) > depth) for each in listed],
        "newest": newest,
        "head": meta.of_site(request, feeds),
    }
    return render(request, "portal/columns/district.html", context)


@require_safe
def column(request: HttpRequest, code: str) -> HttpResponse:
    """Show a body's column: the blocks that have something in them."""
    body = _body(code)
    page, there = shelves.shelf(body, Asked()), shelves.matters_of(body)
    context = {
        "body": body,
        "guides": shelves.kept(body, Column.GUIDE),
        "catalogues": shelves.kept(body, Column.CATALOGUE),
        "systems": shelves.kept(body, Column.SYSTEM),
        "newest": page.rows[: shelves.NEWEST],
        "matters": there,
        "reports": shelves.reports(body),
        "rules": shelves.regulations().filter(body=body).exists(),
        "head": meta.of_column(request, body, feeds=_feeds(body, there)),
    }
    return render(request, "portal/columns/body.html", context)


@require_safe
def listed(request: HttpRequest, code: str) -> HttpResponse:
    """List what a body disclosed on its own motion, by matter and year."""
    body, said = _body(code), request.GET
    there, years = shelves.matters_of(body), shelves.years(body)
    chosen = next((each for each in there if each.id == said.get("matter")), None)
    year = next((each for each in years if str(each) == said.get("year")), None)
    if said.get("matter") and chosen is None:
        raise Http404
    asked = Asked(chosen.id if chosen else "", year)
    behind = Place.read(said.get("behind", ""))
    context = {
        "body": body,
        "matters": there,
        "matter": matter(chosen.id) if chosen else None,
        "years": years,
        "year": year,
        "behind": behind,
        "shelf": shelves.shelf(body, asked, behind),
        "head": meta.of_column(request, body, meta.in_chinese(Column.STATUTORY.label)),
    }
    return render(request, "portal/columns/list.html", context)


@require_safe
def regulated(request: HttpRequest, code: str) -> HttpResponse:
    """Show a body's regulations: title, caption, text (国办公开办函〔2021〕33号)."""
    body = _body(code)
    rows = list(shelves.regulations().filter(body=body))
    if not rows:
        raise Http404
    told = captions(rows)
    in_force = {*HOLDING, Validity.NOT_YET}
    context = {
        "body": body,
        "holding": [(row, told[row.pk]) for row in rows if row.validity in in_force],
        "ended": [(row, told[row.pk]) for row in rows if row.validity not in in_force],
        "head": meta.of_column(request, body, meta.REGULATIONS),
    }
    return render(request, "portal/columns/rules.html", context)


@require_safe
def reported(request: HttpRequest, code: str) -> HttpResponse:
    """Show what a body's annual reports tell over the years."""
    body = _body(code)
    rows = shelves.reports(body)
    if not rows:
        raise Http404
    context = {
        "body": body,
        "reports": rows,
        "told": yearly.told(rows),
        "head": meta.of_column(request, body, meta.ANNUALS),
    }
    return render(request, "portal/columns/reports.html", context)


def _feeds(body: Body, there: Sequence[Matter]) -> tuple[Feed, ...]:
    """Return the feeds of a body: of everything, and of each matter it has."""
    if not there:
        return ()
    whole = Feed(reverse("feed_body", args=[body.code]), body.name)
    own = (Feed(reverse("feed_matter", args=[body.code, m.id]), m.label) for m in there)
    return (whole, *own)


def _body(code: str) -> Body:
    """Return a body that has anything public; raises `Http404`."""
    return get_object_or_404(open_bodies(), code=code)


urlpatterns = [
    path("open/", district, name="open"),
    path("open/<str:code>/", column, name="column"),
    path("open/<str:code>/list/", listed, name="column_list"),
    path("open/<str:code>/rules/", regulated, name="column_rules"),
    path("open/<str:code>/figures/", reported, name="column_reports"),
]
