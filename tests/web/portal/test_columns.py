"""The columns of bodies: what is public is listed, nothing else is, in every block."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from mingtang_web.portal import shelves
from mingtang_web.portal.shelves import Asked
from mingtang_web.publication import drafting, releasing
from mingtang_web.publication.drafting import as_draft
from mingtang_web.publication.models import Document
from mingtang_web.publication.paging import Place
from tests.web.cases.requests import at
from tests.web.publication.norms import NORM
from tests.web.publication.offices import TODAY, Newsroom

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def room(db) -> Iterator[Newsroom]:  # noqa: ARG001 - asked for
    with at(TODAY):
        yield Newsroom()


def opened(place: str) -> str:
    answer = Client().get(place)
    assert answer.status_code == 200
    return answer.text


def test_a_body_without_anything_public_has_no_column(room):
    room.drafted()
    room.cleared()
    place = f"/open/{room.housing.code}/"
    for each in (place, f"{place}list/"):
        assert Client().get(each).status_code == 404
    assert room.housing.name not in opened("/open/")


def test_a_column_shows_the_blocks_that_have_something(room):
    document = room.published(title="加装电梯的通知")
    system = room.published(column="system", title="保密审查制度")
    page = opened(f"/open/{room.housing.code}/")
    shown = [page.find(f'id="{name}"') for name in ("systems", "statutory", "asking")]
    assert shown == sorted(shown)
    assert shown[0] > 0
    assert 'id="guide"' not in page
    assert 'id="reports"' not in page
    assert f"/info/{document.index_number}/" in page.split('id="statutory"')[1]
    assert f"/info/{system.index_number}/" in page.split('id="statutory"')[0]
    assert room.housing.name in opened("/open/")


def test_only_matters_that_have_something_are_in_the_tree(room):
    room.published(matter="a20_11")
    room.drafted(matter="a20_3")
    gone = room.published(matter="a20_4")
    releasing.withdraw(gone, room.doing(room.publisher, gone, "发布有误"))
    assert [each.id for each in shelves.matters_of(room.housing)] == ["a20_11"]
    place = f"/open/{room.housing.code}/list/"
    assert "?matter=a20_11" in opened(place)
    for matter in ("a20_3", "a20_4", "没有"):
        assert Client().get(f"{place}?matter={matter}").status_code == 404


def test_a_document_being_revised_is_listed_as_it_was_published(room):
    document = room.published(matter="a20_11", title="印发时的名称")
    document = drafting.reopen(document, room.doing(room.writer, document, "补充材料"))
    draft = replace(as_draft(document.current), matter="a20_3", title="修订中的名称")
    document = drafting.revise(document, draft, room.doing(room.writer, document))
    assert document.matter == "a20_3"
    assert [each.id for each in shelves.matters_of(room.housing)] == ["a20_11"]
    place = f"/open/{room.housing.code}/list/"
    for page in (opened(place), opened(f"{place}?matter=a20_11"), opened("/open/")):
        assert "印发时的名称" in page
        assert "修订中的名称" not in page
    assert not shelves.shelf(room.housing, Asked("a20_3")).rows


def test_pages_go_on_behind_the_last_document_and_lose_none(room):
    many = [room.published(title=f"第{n}号") for n in range(3)]
    days = (TODAY, TODAY - timedelta(days=400), TODAY)
    for row, day in zip(many, days, strict=True):
        Document.objects.filter(pk=row.pk).update(published_on=day)
    seen, behind = [], None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shelves, "A_PAGE", 1)
        while True:
            page = shelves.shelf(room.housing, Asked(), behind)
            seen += [row.pk for row in page.rows]
            if page.older is None:
                break
            behind = Place.read(str(page.older))
    assert seen == [many[2].pk, many[0].pk, many[1].pk]
    assert shelves.years(room.housing) == [2026, 2025]
    only = shelves.shelf(room.housing, Asked(year=2025)).rows
    assert [row.pk for row in only] == [many[1].pk]
    assert Place.read("2026-13-01.5") is None
    assert "第0号" in opened(f"/open/{room.housing.code}/list/?behind=什么")


def test_what_is_no_longer_in_force_says_so_in_the_list(room):
    with at(date(2026, 3, 5)):
        room.published(**NORM | {"expires_on": date(2026, 4, 1)})
    Document.objects.update(validity="lapsed")
    assert ">失效</span>" in opened(f"/open/{room.housing.code}/")
