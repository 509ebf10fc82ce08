"""What somebody with bad intentions tries first, tried."""

from __future__ import annotations

import json
import logging
import re
import time
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from mingtang_web.accounts.models import SavedFilter
from mingtang_web.accounts.passwords import EasyPatternValidator
from mingtang_web.cases.models import Case, SearchRecord
from mingtang_web.ledger.models import Entry
from mingtang_web.logs import MaskingFormatter
from tests.web.accounts.test_sign_in import LOGIN, enrolled, sign_in
from tests.web.cases.requests import ASKER, Office, at
from tests.web.desk.test_authorisation import SPECIFICATION

if TYPE_CHECKING:
    from collections.abc import Iterator

TODAY = date(2026, 3, 18)
CODE = "/accounts/2fa/authenticate/"
HUGE = 10**25
NAMED = {
    name
    for place in SPECIFICATION["doors"].values()
    for name in re.findall(r"{(\w+)}", place)
}


@pytest.fixture
def office(db: None) -> Iterator[Office]:  # noqa: ARG001 - asked for, not used
    with at(TODAY):
        yield Office()


def entered(person: object, **more: object) -> Client:
    client = Client(**more)
    client.force_login(person)
    return client


@pytest.mark.usefixtures("district")
def test_another_host_is_no_host_of_ours(client):
    answer = client.get("/accounts/login/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert "evil.example" not in answer.text


@pytest.mark.parametrize(
    "away", ["https://evil.example/", "//evil.example", r"/\evil.example", "javascript:1"]
)
def test_nobody_is_led_away(office, away):
    client = Client()
    typed = {"login": "clerk", "password": "七棵松树-下棋-1187", "next": away}
    assert client.post(LOGIN, typed).headers["Location"] == "/"
    for place in ("/elder/", "/language/", "/accounts/logout/"):
        answer = client.post(place, {"next": away, "language": "en"})
        assert "evil" not in answer.headers.get("Location", "")
        assert "javascript" not in answer.headers.get("Location", "")
        client.force_login(office.clerk)


def test_no_form_of_another_site_is_taken(office):
    client = entered(office.handler, enforce_csrf_checks=True)
    numbers = dict.fromkeys(NAMED, 1) | {"unsent": UUID(int=1)}
    office.registered()
    before = Entry.objects.count()
    places = [
        *SPECIFICATION["doors"].values(), "/profile/", "/elder/", "/language/",
        "/cases/new/", "/cases/assign/", "/cases/handover/", "/filters/",
        "/accounts/login/", "/accounts/password/change/", "/notices/preferences/",
    ]  # fmt: skip
    for place in places:
        answer = client.post(place.format(**numbers), {"next": "/"})
        assert answer.status_code in {403, 405}, place
    assert Entry.objects.count() == before


@pytest.mark.usefixtures("district")
def test_a_session_begins_anew_with_the_sign_in(client):
    client.get(LOGIN)
    client.session["planted"] = 1
    session = client.session
    session["planted"] = 1
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = planted
    sign_in(client)
    assert client.session.session_key != planted
    thief = Client()
    thief.cookies["sessionid"] = planted
    assert thief.get("/cases/").status_code == 302


def test_whoever_is_shut_out_is_out_at_once(office):
    client = entered(office.clerk)
    assert client.get("/cases/").status_code == 200
    office.clerk.is_active = False
    office.clerk.save()
    assert client.get("/cases/").status_code == 302


@pytest.mark.usefixtures("district")
def test_codes_cannot_be_guessed_one_after_another(client, settings):
    sign_in(client)
    enrolled(client)
    client.logout()
    sign_in(client)
    assert client.get("/cases/").status_code == 302
    answers = [client.post(CODE, {"code": f"{n:06}"}) for n in range(8)]
    assert answers[0].status_code == 200
    assert answers[settings.AXES_FAILURE_LIMIT - 1].status_code == 429
    assert client.get("/cases/").status_code == 302
    again = Client()
    assert sign_in(again).status_code == 429


def test_every_answer_says_what_a_browser_may_do_with_it(office):
    case = office.registered()
    client = entered(office.handler)
    strict = entered(office.handler, enforce_csrf_checks=True)
    answers = [
        *(client.get(place) for place in ("/", "/cases/", f"/cases/{case.pk}/", "/nowhere/",
                                          "/api/session", "/cases/export/", "/fees/")),
        Client().get(LOGIN), strict.post("/profile/"), client.get(f"/cases/{HUGE}/"),
        client.get("/", headers={"host": "evil.example"}),
    ]  # fmt: skip
    for answer in answers:
        assert "no-store" in answer["Cache-Control"], answer
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy, answer
        assert "unsafe" not in policy
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer.status_code == 400 or answer["X-Frame-Options"] == "DENY"
        assert answer["Referrer-Policy"] == "same-origin"


@pytest.mark.usefixtures("district")
def test_cookies_are_for_the_server_alone(client):
    sign_in(client)
    client.get("/profile/")
    client.post("/elder/", {"next": "/"})
    client.post("/language/", {"language": "en", "next": "/"})
    for name in ("sessionid", "csrftoken", "elder", "language"):
        assert client.cookies[name]["httponly"], name
        assert client.cookies[name]["samesite"] == "Lax", name


def test_numbers_beyond_all_rows_are_not_there(office):
    client = entered(office.handler)
    for place in SPECIFICATION["doors"].values():
        names = dict.fromkeys(NAMED, HUGE)
        answer = client.get(place.format(**names))
        assert answer.status_code in {403, 404, 405}, place
    for query in (f"page={HUGE}", f"handler={HUGE}", f"body={HUGE}", "page=x", "since=0"):
        assert client.get(f"/cases/?{query}").status_code == 200, query


def test_the_null_character_is_refused_everywhere_and_where_it_was_typed(office):
    case = office.registered()
    client = entered(office.handler)
    typed = {"key": "k\0", "version": 1, "step": "do", "on": "2026-03-18", "note": "a\0b"}
    page = client.post(f"/cases/{case.pk}/do/withdraw/", typed).text
    assert "第1个字后面有看不见的字符：空字符（U+0000）" in page
    assert "2026-03-18" in page
    named = {"name": "a\0b", "query": ""}
    assert "空字符" in client.post("/filters/", named, follow=True).text
    assert not SavedFilter.objects.exists()
    assert client.post("/filters/", {"a\0": "b"}).status_code == 400
    assert client.get("/cases/?q=%00").status_code == 400
    for bad in ("a\0b", "a\ud800"):
        answer = client.post(
            f"/api/cases/{case.pk}/acts/withdraw",
            json.dumps({"version": 1, "event": {"on": "2026-03-18"}, "note": bad}),
            "application/json", headers={"Idempotency-Key": "key-0001"},
        )  # fmt: skip
        assert answer.status_code == 422
    assert Case.objects.get(pk=case.pk).version == 1


def test_what_is_too_large_is_refused_unread(office, settings):
    client = entered(office.handler)
    most = settings.UPLOAD_LIMIT + settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    answer = client.post("/profile/", {"a": "b"}, CONTENT_LENGTH=str(most + 1))
    assert (answer.status_code, "50 MB" in answer.text) == (413, True)
    again = client.post("/cases/new/", {"a": "b"}, CONTENT_LENGTH=str(most + 1)).text
    assert 'href="/cases/new/">重新打开这一页' in again
    assert f'data-largest="{settings.UPLOAD_LIMIT}"' in client.get("/cases/new/").text


def test_a_key_of_another_form_is_refused_in_words(office):
    case, other = office.registered(), office.registered()
    client = entered(office.handler)
    typed = {
        "key": "k1", "version": 1, "on": "2026-03-18", "scope": "全部档案",
        "method": "逐卷翻查", "result": "没有",
    }  # fmt: skip
    assert client.post(f"/cases/{case.pk}/search/", typed).status_code == 302
    again = client.post(f"/cases/{other.pk}/search/", typed)
    assert (again.status_code, "这张表已经提交过" in again.text) == (200, True)
    letter = f"/cases/{other.pk}/letters/registration_receipt/"
    sent = {"key": "k1", "step": "issue", "kind": "registration_receipt"}
    assert entered(office.clerk).post(letter, sent).status_code in {200, 409}
    assert SearchRecord.objects.count() == 1
    assert Case.objects.get(pk=other.pk).version == 1


def test_logs_hold_nothing_that_was_looked_for():
    line = MaskingFormatter("%(message)s")
    said = '"GET /cases/?q=%E5%BC%A0&tab=all HTTP/1.1" 200'
    kept = line.format(logging.LogRecord("x", 20, "", 0, said, None, None))
    assert kept == '"GET /cases/?… HTTP/1.1" 200'
    traced = logging.LogRecord("x", 20, "", 0, f"Not Found: /x?q={ASKER.name}", None, None)
    assert ASKER.name not in line.format(traced)
    assert "为什么？因为" in line.format(
        logging.LogRecord("x", 20, "", 0, "为什么？因为", None, None)
    )


def test_the_server_that_developers_start_is_masked_too(settings):
    assert settings.LOGGING["loggers"]["django.server"]["handlers"] == []


def test_a_password_as_long_as_a_book_costs_no_more(settings):  # noqa: ARG001 - set up
    start = time.monotonic()
    with pytest.raises(ValidationError):
        EasyPatternValidator().validate("ab" * 400_000)
    assert time.monotonic() - start < 1


def test_nothing_of_an_administrators_back_room_is_left(office):
    client = entered(office.administrator)
    for place in ("/admin/", "/accounts/password/reset/", "/accounts/email/", "/static/"):
        assert client.get(place).status_code == 404, place
