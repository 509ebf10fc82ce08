"""What came out last, as Atom: for readers of feeds and for other offices' systems.

An entry's id is made of what the document is called for good (索引号) and of nothing else:
it stays when the site moves. What was taken down is in no feed any more.
"""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, NamedTuple
from uuid import NAMESPACE_OID, uuid5

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.timezone import get_default_timezone
from django.views.decorators.http import require_safe

from mingtang.publication.matters import matter
from mingtang_web.annual import publishing
from mingtang_web.annual.publishing import open_bodies
from mingtang_web.portal import linked, shelves
from mingtang_web.portal.addresses import absolute
from mingtang_web.portal.keeping import kept
from mingtang_web.portal.shelves import Asked

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.http import HttpRequest

    from mingtang_web.annual.models import Annual
    from mingtang_web.publication.models import Document

MOST = 50
KIND = "application/atom+xml; charset=utf-8"


class Entry(NamedTuple):
    """What a feed tells of one thing that is public."""

    called: str
    address: str
    title: str
    about: str
    body: str
    published: date
    changed: date


@require_safe
@kept
def documents(request: HttpRequest) -> HttpResponse:
    """Tell what all bodies published last of their own motion."""
    return _told(request, "政府信息公开", map(_document, shelves.newest(MOST)))


@require_safe
@kept
def body(request: HttpRequest, code: str) -> HttpResponse:
    """Tell what a body published last of its own motion."""
    row = get_object_or_404(open_bodies(), code=code)
    return _told(request, row.name, map(_document, shelves.shelf(row, Asked()).rows))


@require_safe
@kept
def of_matter(request: HttpRequest, code: str, matter_id: str) -> HttpResponse:
    """Tell what a body published last of one matter."""
    row = get_object_or_404(open_bodies(), code=code)
    rows = shelves.shelf(row, Asked(matter_id)).rows
    if not rows:
        raise Http404
    title = f"{row.name} {matter(matter_id).label}"
    return _told(request, title, map(_document, rows))


@require_safe
@kept
def reports(request: HttpRequest) -> HttpResponse:
    """Tell which annual reports came out last."""
    rows = publishing.public().order_by("-published_on", "-pk")[:MOST]
    return _told(request, "政府信息公开工作年度报告", map(_report, rows))


def _document(row: Document) -> Entry:
    revision = row.published
    assert revision is not None  # noqa: S101 - it is public
    assert row.first_published_on is not None  # noqa: S101 - it is public
    assert row.published_on is not None  # noqa: S101 - it is public
    address = reverse("information", args=[row.index_number])
    return Entry(
        f"information:{row.index_number}", address, revision.title, revision.abstract,
        row.body.name, row.first_published_on, row.published_on,
    )  # fmt: skip


def _report(annual: Annual) -> Entry:
    day = annual.published_on
    assert day is not None  # noqa: S101 - it is public
    address = reverse("report", args=[annual.body.code, annual.year])
    called = f"report:{annual.body.code}:{annual.year}:{annual.issue}"
    return Entry(called, address, linked.title(annual), "", annual.body.name, day, day)


def _told(request: HttpRequest, title: str, entries: Iterable[Entry]) -> HttpResponse:
    """Return a feed; raises `Http404` where nothing is public to tell of."""
    rows = list(entries)
    if not rows:
        raise Http404
    here = absolute(request, request.path)
    feed = Atom1Feed(
        title, absolute(request, reverse("open")), "", language="zh-Hans", feed_url=here,
        feed_guid=_urn(f"feed:{request.path_info}"),
    )  # fmt: skip
    for row in rows:
        feed.add_item(
            row.title,
            absolute(request, row.address),
            row.about,
            author_name=row.body,
            unique_id=_urn(row.called),
            pubdate=_midnight(row.published),
            updateddate=_midnight(row.changed),
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=KIND)


def _urn(called: str) -> str:
    """Return an id that is the same wherever the site stands."""
    return f"urn:uuid:{uuid5(NAMESPACE_OID, f'mingtang:{called}')}"


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), get_default_timezone())


urlpatterns = [
    path("feeds/documents.xml", documents, name="feed_documents"),
    path("feeds/reports.xml", reports, name="feed_reports"),
    path("feeds/<str:code>.xml", body, name="feed_body"),
    path("feeds/<str:code>/<str:matter_id>.xml", of_matter, name="feed_matter"),
]
