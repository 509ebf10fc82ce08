"""The screens on which mistakes told of are answered."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from django.urls import reverse

from mingtang_web.ledger.models import Entry
from mingtang_web.mistakes import actions
from mingtang_web.mistakes.actions import Told
from tests.web.cases.requests import at
from tests.web.desk.test_authorisation import SPECIFICATION, people

if TYPE_CHECKING:
    from django.test import Client

    from mingtang_web.mistakes.models import Mistake
    from tests.web.cases.requests import Office

TODAY = date(2026, 6, 30)
TABLE = SPECIFICATION["mistakes"]
SENT = {
    "answer": {"outcome": "mended", "answer": "已改。"},
    "strike": {"why": "广告"},
}


@pytest.fixture
def row(office: Office) -> Mistake:
    return actions.tell(office.housing, Told("/open/", "word", "<b>错字</b>"))


@pytest.mark.parametrize("act", TABLE)
def test_every_act_is_for_whom_the_table_says(office: Office, row, act: str) -> None:
    for name, client in people(office).items():
        before = Entry.objects.count()
        with transaction.atomic():
            got = attempted(client, row, act)
            wrote = Entry.objects.count() - before
            transaction.set_rollback(True)
        if name == "nobody":
            assert (got, wrote) == (302, 0)
            continue
        allowed = name in TABLE[act]
        done = 200 if act == "see" else 302
        assert got == (done if allowed else 404 if name == "stranger" else 403), name
        assert (wrote > 0) == (allowed and act != "see"), name


def attempted(client: Client, row: Mistake, act: str) -> int:
    if act == "see":
        return client.get(reverse("erratum", args=[row.pk])).status_code
    said = SENT[act] | {"key": "k", "version": "1"}
    return client.post(reverse(f"erratum_{act}", args=[row.pk]), said).status_code


def test_it_is_listed_answered_and_told_as_late(
    office: Office, client: Client, row
) -> None:
    client.force_login(office.clerk)
    listed = client.get("/errata/").text
    assert "&lt;b&gt;错字&lt;/b&gt;" in listed
    assert "待答复 1 条，已答复 0 条，逾期 0 条" in listed
    page = reverse("erratum", args=[row.pk])
    assert "可以办理" in client.get(page).text
    with at(date(2026, 7, 6)):
        assert "逾期未答复" in client.get("/errata/", {"how": "late"}).text
        said = SENT["answer"] | {"key": "k", "version": "1"}
        assert client.post(f"{page}answer/", said | {"answer": ""}).status_code == 422
        assert client.post(f"{page}answer/", said).status_code == 302
        assert "答复逾期" in client.get(page).text
        assert "没有</strong>" in client.get("/errata/", {"how": "open"}).text
        again = said | {"key": "k2", "version": "2", "answer": "又改。"}
        assert "请填写" in client.post(f"{page}answer/", again | {"why": " "}).text
        assert client.post(f"{page}answer/", again | {"why": "补充"}).status_code == 302
        shown = client.get(page).text
    assert "原因：补充" in shown
    assert shown.index("又改。") < shown.index("已改。")
