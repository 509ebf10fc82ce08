"""The screens of guides: how bodies stand, what may be done, by whom."""

from __future__ import annotations

from datetime import date

import pytest

from mingtang_web.guides.models import Confirmation, Interval
from mingtang_web.publication.models import Document
from tests.web.cases.requests import at
from tests.web.guides.test_guides import knows, published
from tests.web.publication.offices import TODAY

KEY = "k" * 32


@pytest.fixture
def home(room):
    return f"/guides/{room.housing.pk}/"


def test_a_guide_is_begun_from_what_is_registered(room, client, home):
    client.force_login(room.writer)
    assert "生成指南底稿" in client.get(home).text
    sent = {"key": KEY, "version": 0}
    for _ in range(2):
        said = client.post(f"{home}start/", sent)
        assert (said.status_code, Document.objects.count()) == (302, 1)
    page = client.get(home).text
    assert "没有写：政府信息公开工作机构的名称、办公地址" in page
    assert "生成指南底稿" not in page


def test_what_contradicts_is_shown_with_both_sides(room, client, home):
    published(room)
    knows(room, telephone="0990-6239999")
    client.force_login(room.clerk)
    page = client.get(home).text
    assert "0990-6230001”，登记的是“0990-6239999" in page
    assert "齐全" in page


def test_somebody_confirms_and_the_page_says_so(room, client, home):
    document = published(room)
    client.force_login(room.clerk)
    sent = {"key": KEY, "version": document.version, "document": document.pk, "note": ""}
    with at(date(2027, 6, 1)):
        client.force_login(room.clerk)
        assert "应在 2027-03-05 前核对" in client.get(home).text
        assert client.post(f"{home}confirm/", sent).status_code == 422
        assert "请" in client.post(f"{home}confirm/", sent).text
        sent["note"] = "逐项核对，无变化"
        assert client.post(f"{home}confirm/", sent).status_code == 302
        page = client.get(home).text
    assert "2028-06-01 前核对" in page
    assert "2027-06-01 李登记：逐项核对，无变化" in page
    assert Confirmation.objects.count() == 1


def test_a_document_of_another_body_is_not_confirmed_here(room, client, home):
    client.force_login(room.clerk)
    sent = {"key": KEY, "version": 0, "document": 12345, "note": "无变化"}
    assert client.post(f"{home}confirm/", sent).status_code == 404


def test_the_interval_is_the_administrators(room, client, home):
    client.force_login(room.administrator)
    sent = {"key": KEY, "version": 0, "months": "6"}
    assert client.post(f"{home}interval/", sent).status_code == 302
    assert "每 6 个月核对一次" in client.get(home).text
    client.force_login(room.clerk)
    assert "设定核对间隔" not in client.get(home).text
    assert client.post(f"{home}interval/", sent | {"key": "x"}).status_code == 403
    assert Interval.objects.get().months == 6


def test_who_supervises_sees_all_below_and_who_does_not_sees_none(room, client, home):
    published(room)
    client.force_login(room.supervisor)
    with at(date(2027, 3, 6)):
        client.force_login(room.supervisor)
        page = client.get("/guides/").text
    assert page.count("应在 2027-03-05 前核对") == 1
    assert "西山区水务局" in page
    client.force_login(room.stranger)
    assert client.get(home).status_code == 404
    assert client.post(f"{home}start/", {"key": KEY}).status_code == 404


def test_how_many_bodies_there_are_does_not_change_the_number_of_queries(
    room, client, django_assert_max_num_queries
):
    published(room)
    client.force_login(room.supervisor)
    assert TODAY
    with django_assert_max_num_queries(20):
        client.get("/guides/")
