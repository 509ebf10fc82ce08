"""What machines read in a page's head: 政府网站标签 and schema.org, from data alone.

The tags are those of 国办发〔2017〕47号's guide: of the site, of a column, of an article.
A tag whose fact is not known is left out, and nothing else stands in its place. An article
is told as it was published, never as it is being revised.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import override

from mingtang_web.annual.models import Step as AnnualStep
from mingtang_web.portal import linked
from mingtang_web.portal.addresses import absolute
from mingtang_web.publication.models import Column, Step

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.http import HttpRequest

    from mingtang_web.annual.models import Annual
    from mingtang_web.bodies.models import Body
    from mingtang_web.portal.linked import Data
    from mingtang_web.publication.models import Document, Revision

COLUMN_TYPE = "政府信息公开"
"""What every column of the portal is: 国办公开办函〔2019〕61号 gives them this one name."""
ANNUALS = "政府信息公开年报"
REGULATIONS = "规章"
NARROWING = ("matter", "year", "behind")
"""What of an address makes a list another page."""


class Tag(NamedTuple):
    """A tag: its name as the guide writes it, and what it says."""

    name: str
    content: str


class Feed(NamedTuple):
    """A feed that tells of the page's news: its address and its title."""

    address: str
    title: str


@dataclass(frozen=True)
class Head:
    """What stands in a page's head for machines.

    ``canonical`` is the page's one address; blank where it has none of its own.
    """

    tags: tuple[Tag, ...]
    canonical: str = ""
    data: Data = field(default_factory=dict)
    feeds: tuple[Feed, ...] = ()

    @property
    def told(self) -> str:
        """The data as a script element may hold them; blank for none."""
        return linked.written(self.data) if self.data else ""


def of_site(request: HttpRequest, feeds: tuple[Feed, ...] = ()) -> Head:
    """Return the head of a page that is the whole site's."""
    address = absolute(request, request.path)
    return Head(_site(), address, linked.site(absolute(request, reverse("home"))), feeds)


def of_column(
    request: HttpRequest, body: Body, name: str = "", feeds: tuple[Feed, ...] = ()
) -> Head:
    """Return the head of a body's column, or of the block ``name`` in it."""
    column = absolute(request, reverse("column", args=[body.code]))
    tags = *_site(), *_column(name or COLUMN_TYPE, body.name)
    address = absolute(request, _narrowed(request))
    return Head(tags, address, linked.organisation(body, column), feeds)


def of_reports(request: HttpRequest, feeds: tuple[Feed, ...] = ()) -> Head:
    """Return the head of the list of annual reports."""
    address = absolute(request, _narrowed(request))
    return Head((*_site(), *_column(ANNUALS)), address, {}, feeds)


def of_document(request: HttpRequest, document: Document, revision: Revision) -> Head:
    """Return the head of a public document's page."""
    address = absolute(request, reverse("information", args=[document.index_number]))
    day = document.first_published_on
    steps = document.steps.filter(verdict=Step.Verdict.PUBLISHED)
    at = steps.order_by("id").values_list("at", flat=True).first()
    article = (
        Tag("ArticleTitle", revision.title),
        Tag("PubDate", _published(day, at)),
        Tag("ContentSource", revision.issuer),
        Tag("Keywords", revision.keywords),
        Tag("Description", revision.abstract),
        Tag("Url", address),
    )
    column = _column(in_chinese(Column(document.column).label), document.body.name)
    data = linked.document(document, revision, address)
    return Head((*_site(), *column, *_known(article)), address, data)


def of_report(request: HttpRequest, annual: Annual) -> Head:
    """Return the head of a published report's page."""
    address = absolute(request, request.path)
    steps = annual.steps.filter(verdict=AnnualStep.Verdict.PUBLISHED)
    at = steps.order_by("id").values_list("at", flat=True).first()
    article = (
        Tag("ArticleTitle", linked.title(annual)),
        Tag("PubDate", _published(annual.published_on, at)),
        Tag("ContentSource", annual.body.name),
        Tag("Url", address),
    )
    tags = *_site(), *_column(ANNUALS, annual.body.name), *_known(article)
    return Head(tags, address, linked.report(annual, address))


def _narrowed(request: HttpRequest) -> str:
    """Return the path with what narrows a list, and nothing else that was asked with."""
    said = {name: request.GET[name] for name in NARROWING if request.GET.get(name)}
    return f"{request.path}?{urlencode(said)}" if said else request.path


def in_chinese(label: object) -> str:
    """Return a label as the column is called, whatever language the reader chose."""
    with override(settings.LANGUAGE_CODE):
        return str(label)


def _site() -> tuple[Tag, ...]:
    tags = (
        Tag("SiteName", settings.SITE_NAME),
        Tag("SiteDomain", urlsplit(settings.ADDRESS).hostname or ""),
        Tag("SiteIDCode", settings.SITE_CODE),
    )
    return _known(tags)


def _column(name: str, body: str = "") -> tuple[Tag, ...]:
    described = f"{body}{name}" if body else ""
    tags = (
        Tag("ColumnName", name),
        Tag("ColumnDescription", described),
        Tag("ColumnType", COLUMN_TYPE),
    )
    return _known(tags)


def _known(tags: tuple[Tag, ...]) -> tuple[Tag, ...]:
    return tuple(tag for tag in tags if tag.content)


def _published(day: date | None, at: datetime | None) -> str:
    """Return the day of publication, with the minute where this site published it then.

    What came from another site with its day has no minute.
    """
    if day is None:
        return ""
    if at is not None and localtime(at).date() == day:
        return f"{localtime(at):%Y-%m-%d %H:%M}"
    return f"{day:%Y-%m-%d}"
