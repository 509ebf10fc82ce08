"""The work of the day: figures lead to exactly what they count; menus never refuse."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mingtang.case import events as e
from mingtang_web.accounts.models import User
from mingtang_web.bodies.models import Role, Section
from mingtang_web.cases import exchanging
from mingtang_web.cases.assigning import Target, assign
from mingtang_web.cases.exchanging import Saying
from tests.web.cases.requests import Office, at
from tests.web.people import appointed, person

D = date
TODAY = D(2026, 4, 1)


@pytest.fixture
def office(db):  # noqa: ARG001 - asked for, not used
    with at(TODAY):
        found = Office()
        section = Section.objects.create(body=found.housing, name="业务股")
        to_handler = Target(section, found.handler)
        late = assign(found.registered(), to_handler, found.clerk)
        for n, day in enumerate((4, 5, 6, 27), 1):
            case = found.registered(arrived=D(2026, 3, day), subject=f"第{n}份合同")
            if n != 2:
                assign(case, to_handler, found.clerk)
        found.registered(channel="online", arrived=D(2026, 3, 30), subject="待确认的")
        found.done(
            assign(found.registered(subject="等第三方的"), to_handler, found.clerk),
            e.Consulted(on=D(2026, 3, 9), party="1", role="third_party"),
        )
        asked = Saying("请于三日内办结", found.supervisor)
        exchanging.urge(late, TODAY + timedelta(days=7), asked)
        appointed(found.administrator, found.office, Role.ADMINISTRATOR)
        yield found


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def figures(page: str) -> list[tuple[str, str, int]]:
    """Each tile's label, where it leads, and its figure."""
    found = re.findall(r'<a [^>]*class="tile[^>]*>.*?</a>', page, re.S)
    return [
        (
            re.search(r"<span>([^<]+)</span>", tile)[1],
            re.search(r'href="([^"]+)"', tile)[1].replace("&amp;", "&"),
            int(re.search(r"(\d+)</b>", tile)[1]),
        )
        for tile in found
        if "今年按期率" not in tile
    ]


@pytest.mark.parametrize("who", ["clerk", "handler", "approver", "supervisor"])
def test_each_figure_leads_to_exactly_what_it_counts(office, who):
    client = client_of(getattr(office, who))
    told = figures(client.get("/").text)
    assert len(told) >= 5
    for label, address, number in told:
        if address.startswith("/cases/"):
            page = client.get(address).text
            assert page.count("data-row>") == number, (who, label, address)
    assert any(number for _, _, number in told)


def test_the_figures_of_a_handlers_day(office):
    page = client_of(office.handler).get("/").text
    told = {label: number for label, _, number in figures(page)}
    assert told["待我办理"] == 5
    assert told["其中逾期"] >= 1
    assert told["督办待答复"] == 1


def test_a_day_costs_the_same_for_few_cases_and_many(office):
    client = client_of(office.handler)
    client.get("/")
    with CaptureQueriesContext(connection) as few:
        client.get("/")
    for n in range(12):
        office.registered(subject=f"又一份{n}")
    with CaptureQueriesContext(connection) as many:
        client.get("/")
    assert len(few) == len(many) <= 21


def test_whoever_has_no_role_is_told_whom_to_ask_and_shown_no_dead_ends(office):  # noqa: ARG001
    client = client_of(person("idle", "无角色"))
    page = client.get("/").text
    assert "请联系本机关的管理员" in page
    assert 'href="/cases/"' not in page
    assert "tile" not in page


def test_no_menu_leads_to_a_refusal(office):
    idle = person("idle", "无角色")
    everybody = (
        office.clerk, office.handler, office.lawyer, office.approver,
        office.supervisor, office.administrator, office.stranger, idle,
    )  # fmt: skip
    for user in everybody:
        client, seen = client_of(user), set()
        waiting = ["/"]
        while waiting:
            address = waiting.pop()
            answer = client.get(address, follow=True)
            assert answer.status_code == 200, (user.username, address)
            navs = re.findall(r"(?s)<nav.*?</nav>", answer.text)
            found = {h for nav in navs for h in re.findall(r'href="(/[^"?]*)"', nav)}
            assert "aria-current" in answer.text or address == "/profile/", address
            waiting += sorted(found - seen)
            seen |= found | {address}


def test_every_list_is_reached_by_menu(office):
    client, seen, waiting = client_of(office.administrator), set(), ["/"]
    while waiting:
        page = client.get(waiting.pop(), follow=True).text
        found = set(re.findall(r'href="(/[a-z/]*)"', page))
        waiting += sorted(found - seen)
        seen |= found
    wanted = {
        "/cases/", "/disputes/", "/disputes/table/", "/registers/correction/", "/fees/",
        "/registers/complaint/", "/import/", "/notices/", "/notices/preferences/",
        "/jobs/", "/recounts/", "/manage/", "/manage/people/", "/manage/people/new/",
        "/manage/bodies/", "/manage/bodies/new/", "/manage/wording/",
        "/manage/calendar/", "/manage/changes/", "/profile/", "/profile/lending/",
    }  # fmt: skip
    assert wanted <= seen
