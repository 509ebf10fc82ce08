"""Site map and feeds: everything public is in them, well-formed, and nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from lxml import etree

from mingtang_web.portal import sitemaps
from mingtang_web.publication import releasing
from mingtang_web.publication.models import Document
from tests.web.annual.reports import Bureau
from tests.web.cases.requests import at
from tests.web.publication.offices import TODAY, Newsroom

if TYPE_CHECKING:
    from collections.abc import Iterator

SITE = "https://www.example.gov.cn"
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def room(db) -> Iterator[Newsroom]:  # noqa: ARG001 - asked for
    with at(TODAY):
        yield Newsroom()


@pytest.fixture(autouse=True)
def _site(settings) -> None:
    settings.ADDRESS = SITE


def places(place: str) -> dict[str, str]:
    """The addresses of a part of the site map, each with the day of its change."""
    answer = Client().get(place)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/xml")
    return {
        row.findtext("{*}loc").removeprefix(SITE): row.findtext("{*}lastmod") or ""
        for row in etree.fromstring(answer.content)
    }


def feed(place: str) -> etree._Element:
    answer = Client().get(place)
    assert answer.status_code == 200, place
    return etree.fromstring(answer.content)


def test_every_public_page_is_in_one_part_and_opens(room, monkeypatch):
    monkeypatch.setattr(sitemaps, "A_PART", 2)
    out = [room.published(title=f"第{n}号") for n in range(3)]
    room.cleared()
    listed = [each for part in places("/sitemap.xml") for each in places(part)]
    assert len(listed) == len(set(listed))
    assert {each for each in listed if each.startswith("/info/")} == {
        f"/info/{each.index_number}/" for each in out
    }
    assert f"/open/{room.housing.code}/" in listed
    for each in listed:
        assert Client().get(each).status_code == 200, each
    assert max(len(places(p)) for p in places("/sitemap.xml") if "documents" in p) <= 2


def test_a_part_says_when_what_is_in_it_changed_last(room):
    document = room.published()
    newer = TODAY + timedelta(days=3)
    Document.objects.filter(pk=document.pk).update(published_on=newer)
    (part,) = [each for each in places("/sitemap.xml") if "documents" in each]
    assert places("/sitemap.xml")[part] == "2026-03-08"
    assert set(places(part).values()) == {"2026-03-08"}
    for wrong in ("7", "99999999999999999999999"):
        assert Client().get(f"/sitemap-documents-{wrong}.xml").status_code == 404


def test_robots_are_led_to_the_map_and_away_from_what_is_somebodys_own(room):
    text = Client().get("/robots.txt").text
    assert f"Sitemap: {SITE}/sitemap.xml\n" in text
    assert "Disallow: /follow/\n" in text
    assert "Disallow: /open/" not in text
    room.published()
    page = Client().get("/site-map/").text
    assert f'href="/open/{room.housing.code}/"' in page
    assert 'href="/feeds/documents.xml"' in page
    assert 'href="/feeds/reports.xml"' not in page


def test_feeds_tell_what_came_out_and_nothing_that_was_taken_down(room, settings):
    title = "A&B <补助> 的通知"
    document = room.published(title=title)
    gone = room.published(title="撤下的通知")
    releasing.withdraw(gone, room.doing(room.publisher, gone, "发布有误"))
    room.drafted(title="没有公开的通知")
    code = room.housing.code
    known = "/feeds/documents.xml", f"/feeds/{code}.xml", f"/feeds/{code}/a20_11.xml"
    told = {place: feed(place) for place in known}
    for tree in told.values():
        assert tree.xpath("a:entry/a:title/text()", namespaces=ATOM) == [
            "A&B <补助> 的通知"
        ]
        (link,) = tree.xpath("a:entry/a:link/@href", namespaces=ATOM)
        assert link == f"{SITE}/info/{document.index_number}/"
        assert tree.findtext("a:updated", namespaces=ATOM) == "2026-03-05T00:00:00+08:00"
    heads = Client().get(f"/open/{code}/").text
    assert all(f'href="{place}"' in heads for place in known[1:])
    settings.ADDRESS = "https://moved.example.gov.cn"
    for place, tree in told.items():
        ids = feed(place).xpath("//a:id/text()", namespaces=ATOM)
        assert ids == tree.xpath("//a:id/text()", namespaces=ATOM)
        assert len(set(ids)) == len(ids)
    assert Client().get(f"/feeds/{code}/a20_3.xml").status_code == 404
    assert Client().get("/feeds/reports.xml").status_code == 404


def test_reports_have_their_feed(bureau: Bureau):
    annual = bureau.published(bureau.finished())
    (title,) = feed("/feeds/reports.xml").xpath("a:entry/a:title/text()", namespaces=ATOM)
    assert title == f"{annual.body.name}{annual.year}年政府信息公开工作年度报告"
    assert "/feeds/reports.xml" in Client().get("/reports/").text
    (part,) = [each for each in places("/sitemap.xml") if "reports" in each]
    assert list(places(part)) == [f"/reports/{annual.body.code}/{annual.year}/"]
