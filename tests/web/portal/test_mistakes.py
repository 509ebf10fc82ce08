"""Anybody tells of a mistake on a page, and reads what came of it."""

from __future__ import annotations

import pytest
from django.test import Client

from mingtang_web.asking.limiting import TOLD
from mingtang_web.ledger.doing import Doing
from mingtang_web.mistakes import actions
from mingtang_web.mistakes.models import Mistake
from tests.web.cases.requests import at
from tests.web.publication.offices import TODAY, Newsroom

SAID = {"kind": "word", "said": "“改造”写成了“改遣”"}


@pytest.fixture
def room(db):  # noqa: ARG001 - asked for
    with at(TODAY):
        yield Newsroom()


def told(page: str, client: Client | None = None, key: str = "k1", **more: str):
    said = SAID | {"key": key, "place": page} | more
    return (client or Client()).post("/mistakes/", said)


def test_from_a_document_it_is_its_bodys_and_the_answer_stands_at_one_address(room) -> None:
    document = room.published(title="排水管网改造公告")
    page = f"/info/{document.index_number}/"
    assert f"/mistakes/?page={page}" in Client().get(page).text
    form = Client().get("/mistakes/", {"page": page})
    assert f'value="{page}"' in form.text
    assert "body" not in form.context["form"].fields
    answer = told(page)
    row = Mistake.objects.get()
    assert (row.body, row.place) == (room.housing, page)
    assert answer["Location"] == f"/mistakes/{room.housing.code}/{row.number}/"
    told(page)
    assert Mistake.objects.count() == 1
    shown = Client().get(answer["Location"]).text
    assert "还没有答复" in shown
    assert SAID["said"] not in shown
    actions.answer(row, "mended", "已改为“改造”。", Doing(room.clerk, 1))
    shown = Client().get(answer["Location"]).text
    assert "已经改正" in shown
    assert "已改为“改造”。" in shown


def test_what_was_struck_is_gone_and_says_where_to_turn(room) -> None:
    room.published()
    place = told("/open/")["Location"]
    row = Mistake.objects.get()
    actions.strike(row, Doing(room.approver, 1, note="广告"))
    answer = Client().get(place)
    assert answer.status_code == 410
    assert "12345" in answer.text


@pytest.mark.parametrize(
    "page",
    [
        "https://evil.example/", "//evil.example/x", "javascript:alert(1)", "", "x" * 400,
        "http://[",
    ],
)  # fmt: skip
def test_an_address_elsewhere_is_never_shown_as_a_page_of_ours(room, page) -> None:
    room.published()
    form = Client().get("/mistakes/", {"page": page})
    assert form.status_code == 200
    assert form.context["place"] == "/"
    told(page)
    assert Mistake.objects.get().place == "/"


def test_what_is_refused_keeps_what_was_typed(room) -> None:
    room.published()
    answer = told("/open/", said="打13800138000问我")
    assert answer.status_code == 200
    assert "打13800138000问我" in answer.text
    assert "手机号" in answer.text
    assert "请选择" in told("/open/", kind="").text or not Mistake.objects.exists()
    assert not Mistake.objects.exists()


def test_of_several_bodies_one_is_asked_for(room) -> None:
    room.published()
    body = room.office
    form = Client().get("/mistakes/", {"page": "/open/"})
    assert "body" not in form.context["form"].fields, "one body has anything public"
    answer = told("/open/", body=body.code)
    assert Mistake.objects.get().body == room.housing, "a body that asks nothing gets none"
    assert answer.status_code == 302


def test_after_some_a_question_is_asked_and_after_many_nothing_is_taken(room) -> None:
    room.published()
    for n in range(3):
        assert told("/open/", key=f"k{n}").status_code == 302
    asked = told("/open/", key="k9")
    assert asked.status_code == 200
    assert "answer" in asked.context["form"].fields
    assert Mistake.objects.count() == 3
    assert TOLD.most > 3


def test_nothing_is_taken_where_nothing_is_public(room) -> None:
    assert Client().get("/mistakes/").status_code == 404
    assert told("/").status_code == 404
    assert room.housing
