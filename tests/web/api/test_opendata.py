"""Open data: what the portal shows, cell by cell; nothing else."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.test import Client

from mingtang_web.annual import reviewing
from mingtang_web.annual.compiling import frozen
from mingtang_web.api import opendata
from mingtang_web.files.models import StoredFile
from mingtang_web.publication import releasing
from tests.web.annual.reports import Bureau, by
from tests.web.cases.requests import at
from tests.web.publication.offices import TODAY, Newsroom

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = "/api/open"


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def room(db) -> Iterator[Newsroom]:  # noqa: ARG001 - asked for
    with at(TODAY):
        yield Newsroom()


def got(place: str, status: int = 200) -> dict:
    answer = Client().get(f"{ROOT}{place}")
    assert answer.status_code == status, answer.text
    return answer.json()


def every(place: str, part: str) -> tuple[list[dict], int]:
    """What all pages hold, and how many pages there are."""
    rows, pages, behind = [], 0, ""
    mark = "&" if "?" in place else "?"
    while not pages or behind:
        said = got(f"{place}{mark}behind={behind}")
        rows, pages, behind = [*rows, *said[part]], pages + 1, said["behind"]
    return rows, pages


def test_documents_come_once_each_in_pages_the_newest_first(room):
    made = []
    for n in range(5):
        with at(TODAY + timedelta(days=n // 2)):
            made.append(room.published(title=f"第{n}号通知").index_number)
    rows, pages = every("/documents?limit=2", "documents")
    assert [each["index_number"] for each in rows] == made[::-1]
    assert pages == 3
    place = f"/documents?body={room.housing.code}&limit=100"
    assert got(place)["documents"][0]["title"] == "第4号通知"


def test_a_document_is_told_as_it_was_published_and_named_when_it_is_taken_down(room):
    row = room.published(title="加装电梯的通知", html="<p>每台补贴二十万元。</p>")
    place = f"/documents/{row.index_number}"
    said = got(place)
    assert (said["title"], said["content"]) == ("加装电梯的通知", row.published.content)
    assert "每台补贴二十万元" in said["html"]
    assert Client().get(said["page"]).status_code == 200
    releasing.withdraw(row, room.doing(room.publisher, row, "附图画错"))
    gone = got(place, 410)
    assert set(gone) == {"index_number", "withdrawn_on", "reason"}
    assert got("/documents") == {"documents": [], "behind": ""}


def test_every_cell_is_that_of_the_signed_report_and_a_blank_is_no_zero(bureau: Bureau):
    annual = bureau.published(bureau.finished())
    signed = frozen(annual).facts
    rows, _pages = every("/cells", "cells")
    assert [each["cell"] for each in rows] == list(signed)
    for each in rows:
        fact = signed[each["cell"]]
        assert (each["state"], each["value"]) == (
            fact.state.value, None if fact.value is None else str(fact.value),
        )  # fmt: skip
        assert each["sha256"] == annual.snapshot.sha256
    line = got("/cells?cell=requests/received")["cells"]
    assert {each["cell"].rpartition("/")[0] for each in line} == {"requests/received"}
    told = {each["cell"] for each in got("/dictionary?year=2026")}
    assert told == set(signed)


def test_the_one_file_holds_what_the_pages_hold(bureau: Bureau):
    bureau.published(bureau.finished())
    answer = Client().get(f"{ROOT}/cells.csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    pages, _count = every("/cells", "cells")
    wanted = [{k: "" if v is None else str(v) for k, v in each.items()} for each in pages]
    assert rows == wanted
    lines = b"".join(Client().get(f"{ROOT}/cells.jsonl").streaming_content)
    assert [json.loads(each) for each in lines.splitlines()] == pages


def test_a_report_that_was_withdrawn_is_in_nothing(bureau: Bureau):
    annual = bureau.published(bureau.finished())
    assert [each["year"] for each in got("/reports")["reports"]] == [annual.year]
    reviewing.withdraw(annual, by(bureau.approver, annual, "数字不对"))
    assert got("/reports")["reports"] == []
    assert got("/cells")["cells"] == []
    lines = b"".join(Client().get(f"{ROOT}/cells.csv").streaming_content)
    assert len(lines.splitlines()) == 1


def test_what_is_not_what_was_signed_is_given_by_nothing(bureau: Bureau):
    annual = bureau.published(bureau.finished())
    StoredFile.objects.filter(pk=annual.snapshot_id).update(sha256="0" * 64)
    assert got("/cells", 503)["title"]
    lines = b"".join(Client().get(f"{ROOT}/cells.csv").streaming_content).decode()
    assert len(lines.splitlines()) == 2
    assert "存档内容与发布时不一致" in lines
    told = b"".join(Client().get(f"{ROOT}/cells.jsonl").streaming_content)
    assert json.loads(told)["state"] == "存档内容与发布时不一致"


def test_who_has_it_already_is_told_so_until_it_changes(room):
    room.published(title="第一份")
    first = Client().get(f"{ROOT}/documents")
    tag = {"If-None-Match": first["ETag"]}
    again = Client().get(f"{ROOT}/documents", headers=tag)
    assert (again.status_code, again.content) == (304, b"")
    room.published(title="第二份")
    assert Client().get(f"{ROOT}/documents", headers=tag).status_code == 200
    feed = Client().get("/feeds/documents.xml")
    tag = {"If-None-Match": feed["ETag"]}
    assert Client().get("/feeds/documents.xml", headers=tag).status_code == 304


def test_pages_for_people_are_kept_by_nobody(room):
    room.published()
    for place in ("/open/", "/accounts/login/", "/reports/"):
        answer = Client().get(place)
        assert "no-store" in answer["Cache-Control"]
        assert "ETag" not in answer


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("/documents?limit=0", 422),
        ("/documents?limit=1000", 422),
        ("/documents?behind=x", 422),
        ("/documents?behind=2026-02-30.1", 422),
        ("/documents?column=none", 422),
        ("/documents?colour=red", 422),
        ("/documents?body=91330000000000000X", 404),
        ("/documents/none", 404),
        ("/reports?year=x", 422),
        ("/reports?behind=2026.x", 422),
        ("/reports?behind=99999999999999999999.1", 422),
        ("/cells?year=99999", 422),
        ("/dictionary?year=2016", 422),
        ("/dictionary", 422),
        ("/documents?matter=" + quote("\0"), 400),
    ],
)
def test_what_does_not_fit_is_answered_with_what_to_do(room, asked, status):
    room.published()
    answer = Client().get(f"{ROOT}{asked}")
    assert answer.status_code == status, answer.text
    if status != 400:
        assert answer.json()["detail"]
        assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.usefixtures("db")
def test_nothing_can_be_sent_to_it():
    for place in ("/documents", "/cells", "/"):
        assert Client().post(f"{ROOT}{place}").status_code == 405


def test_who_asks_too_often_is_told_when_to_come_back(room, monkeypatch):
    room.published()
    monkeypatch.setattr(opendata.api.throttle[0], "num_requests", 2)
    codes = [Client().get(f"{ROOT}/bodies").status_code for _ in range(3)]
    assert codes == [200, 200, 429]
    answer = Client().get(f"{ROOT}/bodies")
    assert int(answer["Retry-After"]) >= 1
    assert "请等" in answer.json()["detail"]


@pytest.mark.usefixtures("db")
def test_its_description_is_for_everybody_and_names_every_address():
    told = Client().get(f"{ROOT}/openapi.json").json()
    assert {"/api/open/documents", "/api/open/cells.csv"} <= set(told["paths"])
    assert all("get" in each and len(each) == 1 for each in told["paths"].values())
