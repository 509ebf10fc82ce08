"""A lost query code: a new one at the counter, on record, and the old one opens no more."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest
from django.core.management import call_command
from django.test import Client

from mingtang_web.asking.models import Hold
from mingtang_web.ledger.models import Entry
from tests.web.cases.requests import Office, at
from tests.web.portal.citizens import Citizen, faults, typed

TODAY = date(2026, 3, 2)
KNOWN = {"proof": "own", "sure": "on"}


@pytest.fixture
def desk(office: Office) -> Client:
    made = Client()
    made.force_login(office.clerk)
    return made


@pytest.fixture
def citizen(office: Office) -> Citizen:
    made = Citizen()
    made.case, made.code = made.asks(office.housing)
    return made


def sent(desk: Client, where: str, **said: str) -> str:
    """The page after its form was sent with what it holds."""
    key = typed(desk.get(where), "key")
    return desk.post(where, {"key": key, **said})


def code_on(page: object) -> str:
    return re.search(r'<dd class="code">([^<]+)</dd>', page.text)[1]


def test_the_new_code_opens_and_the_old_one_no_more(office, desk, citizen):
    citizen.opens(citizen.case.number, citizen.code)
    assert citizen.client.get("/follow/case/").status_code == 200
    with at(date(2026, 3, 4)):
        page = sent(desk, f"/cases/{citizen.case.pk}/code/", **KNOWN)
        new = code_on(page)
        assert "no-store" in page["Cache-Control"]
        assert citizen.client.get("/follow/case/")["Location"] == "/follow/"
        assert citizen.opens(citizen.case.number, citizen.code).status_code == 200
        assert citizen.opens(citizen.case.number, new).status_code == 302
        course = citizen.client.get("/follow/case/").text
        assert "机关当面把新的查询码交给您" in course
        assert "2026-03-04" in course
        assert "核对了身份证件" in desk.get(f"/cases/{citizen.case.pk}/").text
    entry = Entry.objects.filter(kind="asking.held").latest("id")
    assert (entry.actor, entry.content["proof"]) == (office.clerk, "own")
    kept = str(list(Entry.objects.values())) + str(list(Hold.objects.values()))
    assert new.replace("-", "") not in kept
    assert new not in kept
    call_command("verify", stdout=io.StringIO(), stderr=io.StringIO())


def test_sent_twice_it_is_one_code_and_an_older_page_gives_none_again(desk, citizen):
    where = f"/cases/{citizen.case.pk}/code/"
    said = {"key": typed(desk.get(where), "key"), **KNOWN}
    first, again = (code_on(desk.post(where, said)) for _time in range(2))
    assert first == again
    assert Entry.objects.filter(kind="asking.held").count() == 2  # the receipt's, and this
    assert code_on(sent(desk, where, **KNOWN)) != first
    assert "先前用过同一凭证" in desk.post(where, said).text
    assert citizen.opens(citizen.case.number, first).status_code == 200


def test_nobody_is_given_a_code_who_has_shown_nothing(desk, citizen):
    where = f"/cases/{citizen.case.pk}/code/"
    for said in ({}, {"proof": "own"}, {"sure": "on"}, {"proof": "voice", "sure": "on"}):
        assert 'class="code"' not in sent(desk, where, **said).text, said
    assert "已经失效" in str(faults(desk.post(where, {"key": "x", **KNOWN})))
    assert citizen.opens(citizen.case.number, citizen.code).status_code == 302


def test_a_request_on_paper_gets_its_first_code(office, desk):
    case = office.registered()
    page = desk.get(f"/cases/{case.pk}/code/")
    assert "还没有查询码" in page.text
    code = code_on(sent(desk, f"/cases/{case.pk}/code/", proof="agent", sure="on"))
    assert Citizen().opens(case.number, code).status_code == 302
