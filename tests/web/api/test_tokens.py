"""Tokens for programs: what their person may, within their scope, until their day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from mingtang_web import clock
from mingtang_web.accounts import tokens
from mingtang_web.accounts.models import Token
from mingtang_web.cases.models import Case
from tests.web.cases.requests import at

if TYPE_CHECKING:
    from tests.web.cases.requests import Office

TODAY = date(2026, 6, 30)
UNTIL = date(2026, 9, 28)


def calling(words: str) -> Client:
    return Client(headers={"Authorization": f"Bearer {words}"}, enforce_csrf_checks=True)


def made(office: Office, scope: str = "read", who: str = "clerk") -> str:
    return tokens.make(getattr(office, who), "数据平台", scope, UNTIL)[1]


def test_a_program_sees_what_its_person_sees_and_nothing_else(office: Office) -> None:
    case = office.registered()
    mine, other = calling(made(office)), calling(made(office, who="stranger"))
    assert mine.get(f"/api/cases/{case.pk}").status_code == 200
    assert other.get(f"/api/cases/{case.pk}").status_code == 404
    assert calling("mt_nothing").get("/api/cases").status_code == 401
    assert calling("").get("/api/cases").status_code == 401
    assert mine.get("/profile/").status_code == 302, "a token opens no page"
    row = Token.objects.get(user=office.clerk)
    assert row.used_at == clock.now()
    assert made(office)[:10] not in row.hash


def test_one_for_looking_changes_nothing_and_one_for_acting_needs_no_form(office) -> None:
    case = office.registered()
    act = {"version": case.version, "event": {"on": "2026-06-30"}}
    place = f"/api/cases/{case.pk}/acts/confirm"
    more = {"content_type": "application/json", "headers": {"Idempotency-Key": "k" * 8}}
    refused = calling(made(office)).post(place, act, **more)
    assert refused.status_code == 403
    assert "只能查看" in refused.json()["detail"]
    done = calling(made(office, "act")).post(place, act, **more)
    assert done.status_code not in {401, 403}, done.json()
    assert Case.objects.get(pk=case.pk).version == case.version + (done.status_code == 200)


@pytest.mark.parametrize("how", ["ended", "late", "left", "one_time"])
def test_one_that_ended_opens_nothing(office: Office, how: str) -> None:
    words = made(office)
    if how == "ended":
        tokens.end(Token.objects.get())
    elif how == "left":
        office.clerk.is_active = False
    elif how == "one_time":
        office.clerk.one_time_until = clock.now()
    office.clerk.save()
    with at(UNTIL + timedelta(days=1) if how == "late" else TODAY):
        assert calling(words).get("/api/cases").status_code == 401
    with at(UNTIL):
        assert calling(words).get("/api/cases").status_code == (
            200 if how == "late" else 401
        )


def test_what_cannot_be_made_is_told(office: Office) -> None:
    for scope, until in (
        ("all", UNTIL), ("read", TODAY - timedelta(days=1)), ("read", date(2028, 1, 1)),
    ):  # fmt: skip
        with pytest.raises(ValidationError):
            tokens.make(office.clerk, "甲", scope, until)
    with pytest.raises(ValidationError):
        tokens.make(office.clerk, " ", "read", UNTIL)
    for _each in range(tokens.MOST):
        made(office)
    with pytest.raises(ValidationError, match="停用"):
        made(office)


def test_it_is_shown_once_and_ended_by_its_person_alone(office: Office, client) -> None:
    client.force_login(office.clerk)
    sent = {"name": "数据平台", "scope": "read", "until": "2026-09-28"}
    shown = client.post("/profile/tokens/", sent)
    row = Token.objects.get()
    assert f"{row.start}" in shown.text
    words = shown.text.split('<code class="long">')[1].split("<")[0]
    again = client.get("/profile/tokens/").text
    assert words not in again
    assert "没有用过" in again
    assert tokens.known(words) == row
    bad = client.post("/profile/tokens/", sent | {"until": "2030-01-01"})
    assert bad.status_code == 422
    assert "最长一年" in bad.text
    place = f"/profile/tokens/{row.pk}/end/"
    other = Client()
    other.force_login(office.handler)
    assert other.post(place).status_code == 404
    assert client.post(place).status_code == 302
    assert tokens.known(words) is None
    assert "已停用" in client.get("/profile/tokens/").text
