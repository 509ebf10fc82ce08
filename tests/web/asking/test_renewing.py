"""A lost query code: a new one at the counter, on record, and the old one opens no more."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest
from django.core.management import call_command
from django.test import Client

from mingtang.case.events import Confirmed
from mingtang_web.asking.drafts import Token
from mingtang_web.asking.models import Hold
from mingtang_web.bodies.models import Role
from mingtang_web.cases.actions import Doing, do
from mingtang_web.cases.assigning import Target, assign
from mingtang_web.cases.models import Case
from mingtang_web.ledger.models import Entry
from mingtang_web.notices.models import Kind, Notice
from tests.web.cases.requests import Office, at
from tests.web.people import appointed, person
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
    holder = Citizen()
    assert holder.opens(case.number, code).status_code == 302
    text = holder.client.get("/follow/case/").text
    assert "机关当面把查询码交给您" in text
    assert "新的查询码" not in text


def test_whoever_handles_decides_or_once_handled_a_case_hands_out_no_code(office, citizen):
    both = person("both", "兼登记")
    for role in (Role.CLERK, Role.HANDLER, Role.APPROVER):
        appointed(both, office.housing, role)
    desk, where = Client(), f"/cases/{citizen.case.pk}/code/"
    desk.force_login(both)
    with at(date(2026, 3, 3)):
        assert desk.get(where).status_code == 200
        case = citizen.case
        case.refresh_from_db()
        case = do(case, Confirmed(on=TODAY), Doing(both, case.version))
        assert desk.get(where).status_code == 200  # a clerk's act
        Case.objects.filter(pk=case.pk).update(handler=both)
        refused = desk.get(where)
        assert refused.status_code == 403
        assert "凭查询码可以用申请人的名义撤回" in refused.text
        Case.objects.filter(pk=case.pk).update(handler=None)
        assert desk.get(where).status_code == 200
        case.refresh_from_db()
        case = assign(case, Target(handler=both), office.clerk)
        other = Target(handler=office.handler)
        assign(case, other, office.clerk)
        assert desk.get(where).status_code == 403
        assert desk.post(where, {"key": str(Token.fresh()), **KNOWN}).status_code == 403
    assert citizen.opens(citizen.case.number, citizen.code).status_code == 302


def test_what_is_done_with_a_code_from_the_counter_is_marked_and_told(
    office, desk, citizen
):
    with at(date(2026, 3, 4)):
        new = code_on(sent(desk, f"/cases/{citizen.case.pk}/code/", **KNOWN))
        citizen.opens(citizen.case.number, new)
        assert citizen.does("withdraw", sure="on").status_code == 302
        text = desk.get(f"/cases/{citizen.case.pk}/").text
    assert "凭2026-03-04由李登记在窗口补发的查询码" in text
    told = Notice.objects.filter(kind=Kind.BY_APPLICANT, user=office.approver)
    assert "查询码2026-03-04在窗口补发，请与申请人核实" in told.get().title
    call_command("verify", stdout=io.StringIO(), stderr=io.StringIO())


def test_with_the_code_of_the_receipt_nothing_is_marked(office, citizen):
    citizen.opens(citizen.case.number, citizen.code)
    assert citizen.does("withdraw", sure="on").status_code == 302
    assert not Notice.objects.filter(user=office.approver).exists()
    entry = Entry.objects.filter(kind="event.withdrawn").get()
    assert entry.content["note"] == "申请人凭编号和查询码在网上办理"
