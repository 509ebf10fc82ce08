"""What machines read in the head of the portal's pages: true, whole, and harmless."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from lxml import html

from mingtang_web.publication import releasing
from mingtang_web.publication.models import Document, Step
from tests.web.annual.reports import Bureau
from tests.web.cases.requests import at
from tests.web.publication.norms import NORM
from tests.web.publication.offices import TODAY, Newsroom

if TYPE_CHECKING:
    from collections.abc import Iterator

SCRIPT = "</script><script>alert(1)</script>&<!--"


@pytest.fixture
def room(db) -> Iterator[Newsroom]:  # noqa: ARG001 - asked for
    with at(TODAY):
        yield Newsroom()


@pytest.fixture(autouse=True)
def _site(settings) -> None:
    settings.ADDRESS = "https://www.example.gov.cn"
    settings.SITE_NAME, settings.SITE_CODE = "西城政府网", "1101020009"


def head(place: str) -> tuple[dict[str, str], list[dict], str]:
    """The tags, the linked data and the one address of a page."""
    tree = html.fromstring(Client().get(place).content)
    tags = {each.get("name"): each.get("content") for each in tree.xpath("//head/meta")}
    told = tree.xpath("//head/script[@type='application/ld+json']/text()")
    canonical = tree.xpath("string(//head/link[@rel='canonical']/@href)")
    return tags, [json.loads(each) for each in told], canonical


def test_a_document_tells_its_site_its_column_and_itself(room):
    document = room.published(keywords="电梯；补助")
    place = f"/info/{document.index_number}/"
    tags, (told,), canonical = head(place)
    at_ = document.steps.get(verdict=Step.Verdict.PUBLISHED).at
    assert canonical == tags["Url"] == f"https://www.example.gov.cn{place}"
    assert {name: tags.get(name) for name in ("SiteName", "SiteDomain", "SiteIDCode")} == {
        "SiteName": "西城政府网",
        "SiteDomain": "www.example.gov.cn",
        "SiteIDCode": "1101020009",
    }
    assert tags["ColumnName"] == "法定主动公开内容"
    assert tags["ColumnType"] == "政府信息公开"
    assert tags["ArticleTitle"] == "关于老旧小区加装电梯补助标准的通知"
    assert tags["PubDate"].startswith("2026-03-05 ")
    assert len(tags["PubDate"]) == len("2026-05-18 10:19")
    assert at_.strftime("%M") == tags["PubDate"][-2:]
    assert tags["ContentSource"] == document.published.issuer
    assert (tags["Keywords"], tags["Description"]) == (
        "电梯；补助",
        "公布老旧小区加装电梯的补助标准。",
    )
    assert told["@type"] == "DigitalDocument"
    assert told["identifier"] == document.index_number
    assert told["publisher"]["identifier"] == room.housing.code
    assert told["dateCreated"] == "2026-03-02"


def test_a_tag_whose_fact_is_missing_is_left_out(room, settings):
    settings.ADDRESS = settings.SITE_NAME = settings.SITE_CODE = ""
    document = room.published()
    document.steps.filter(verdict=Step.Verdict.PUBLISHED).update(verdict="imported")
    tags, (told,), _ = head(f"/info/{document.index_number}/")
    absent = "SiteName", "SiteDomain", "SiteIDCode", "Keywords", "Author"
    assert not tags.keys() & set(absent)
    assert tags["PubDate"] == "2026-03-05"
    assert "keywords" not in told
    assert "" not in told.values()
    assert head("/")[1] == []


def test_a_rule_is_legislation_with_its_force(room):
    document = room.published(**NORM)
    assert Document.objects.get(pk=document.pk).validity == "in_force"
    place = f"/info/{document.index_number}/"
    _, (told,), _ = head(place)
    assert told["@type"] == "Legislation"
    assert told["legislationLegalForce"] == "https://schema.org/InForce"
    Document.objects.update(validity="repealed")
    assert head(place)[1][0]["legislationLegalForce"] == "https://schema.org/NotInForce"
    Document.objects.update(validity="")
    assert "legislationLegalForce" not in head(place)[1][0]


def test_markup_in_a_title_stays_text(room):
    document = room.published(title=f"关于{SCRIPT}的通知")
    place = f"/info/{document.index_number}/"
    tags, (told,), _ = head(place)
    assert told["name"] == tags["ArticleTitle"] == f"关于{SCRIPT}的通知"
    answer = Client().get(place)
    assert "alert(1)</script>" not in answer.text
    assert "unsafe-inline" not in answer["Content-Security-Policy"]


def test_a_document_being_revised_or_taken_down_tells_nothing_new(room):
    document = room.published()
    place = f"/info/{document.index_number}/"
    releasing.withdraw(document, room.doing(room.publisher, document, "发布有误"))
    tags, told, _ = head(place)
    assert "ArticleTitle" not in tags
    assert not told
    assert "加装电梯" not in Client().get(place).text


def test_columns_are_named_in_chinese_whatever_the_reader_chose(room):
    document = room.published()
    reader = Client()
    reader.cookies["language"] = "en"
    page = reader.get(f"/info/{document.index_number}/").text
    assert '<meta name="ColumnName" content="法定主动公开内容">' in page
    code = room.housing.code
    tags, (told,), canonical = head(f"/open/{code}/list/?matter=a20_11&x=1")
    assert tags["ColumnName"] == "法定主动公开内容"
    assert told["@type"] == "GovernmentOrganization"
    assert canonical == f"https://www.example.gov.cn/open/{code}/list/?matter=a20_11"
    assert "ArticleTitle" not in tags
    assert head("/")[1][0]["name"] == "西城政府网"


def test_a_report_tells_its_body_and_year(bureau: Bureau):
    annual = bureau.published(bureau.finished())
    place = f"/reports/{annual.body.code}/{annual.year}/"
    tags, (told,), _ = head(place)
    assert told["@type"] == "Report"
    assert told["temporalCoverage"] == str(annual.year)
    assert tags["ColumnName"] == "政府信息公开年报"
    assert (
        tags["ArticleTitle"] == f"{annual.body.name}{annual.year}年政府信息公开工作年度报告"
    )
    assert date.fromisoformat(tags["PubDate"][:10]) == annual.published_on
    assert head("/reports/")[0]["ColumnName"] == "政府信息公开年报"
