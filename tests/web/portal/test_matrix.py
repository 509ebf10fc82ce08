"""Every address of the portal for every role, and for the applicant of another case."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from django.test import Client

from mingtang_web.ledger.models import Entry
from tests.web.bench.test_bench import FAULTY, dropped, waited
from tests.web.cases.requests import at
from tests.web.desk.test_authorisation import people
from tests.web.desk.test_doors import addresses
from tests.web.letters.ways import LetterOffice
from tests.web.portal.citizens import WHO, Citizen
from tests.web.portal.test_following import confirmed, decided, dispatched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse

TABLE = yaml.safe_load((Path(__file__).parents[1] / "portal.yaml").read_text("utf-8"))
DOORS = (
    *(
        "ask/",
        "follow/",
        "counter/",
        "check/",
        "reports/",
        "info/",
        "info-files/",
        "study/",
        "data/",
        "info-paper/",
    ),
    *("open/", "search/", "mistakes/", "accessibility/"),
    *("sitemap", "site-map", "robots", "feeds/", "api/open/"),
)
TODAY = date(2026, 3, 2)


@pytest.fixture
def office(settings, tmp_path, db: None) -> Iterator[LetterOffice]:  # noqa: ARG001 - asked
    settings.MEDIA_ROOT = tmp_path / "files"
    with at(TODAY):
        made = LetterOffice()
        made.folder = tmp_path
        yield made


def answer(
    client: Client, office: LetterOffice, where: str, check: str = ""
) -> HttpResponse:
    method, place = where.format(code=office.housing.code, check=check).split()
    return client.get(place) if method == "GET" else client.post(place)


def got(client: Client, office: LetterOffice, row: dict, check: str = "") -> object:
    """Where one is led, or the answer's status."""
    found = answer(client, office, row["at"], check)
    return found["Location"] if found.status_code == 302 else found.status_code


def test_the_table_names_every_address_of_the_portal():
    known = {name for part in TABLE.values() for name in part}
    assert {
        name for name, place in addresses() if place.startswith(DOORS) or not place
    } == known


def test_no_address_of_following_names_a_case():
    """There is nothing to count up: what is numbered is numbered within the own case."""
    following = [place for _name, place in addresses() if place.startswith("follow/")]
    named = {part for place in following for part in re.findall(r"<[^>]+>", place)}
    assert named == {"<int:place>", "<str:to>"}


def test_asking_is_the_same_for_everybody(office):
    for role, client in people(office).items():
        for name, row in TABLE["ask"].items():
            assert got(client, office, row) == row["all"], (role, name)
            client.cookies.pop("draft_ask", None)


def test_no_role_opens_a_case_without_its_code(office):
    citizen = Citizen()
    citizen.asks(office.housing)
    before = Entry.objects.count()
    for role, client in people(office).items():
        for name, row in TABLE["follow"].items():
            assert got(client, office, row) == row.get("none", "/follow/"), (role, name)
    assert Entry.objects.count() == before


def test_a_ticket_opens_the_own_case_alone_whoever_has_signed_in(office):
    own, other = Citizen(), Citizen("192.0.2.8")
    case, code = own.asks(office.housing)
    dispatched(office, decided(office, confirmed(office, case)))
    own.opens(case.number, code)
    fields = other.asks(office.housing, who={**WHO, "name": "赵丰年"})
    other.opens(fields[0].number, fields[1])
    with at(date(2026, 3, 16)):
        own.opens(case.number, code)
        other.opens(fields[0].number, fields[1])
        for who, citizen, name in (("own", own, "赵丰年"), ("other", other, "何小满")):
            keep = citizen.client.cookies["following"].value
            for staff in (None, *people(office).values()):
                assert_as_told(
                    citizen.client if staff is None else staff, office, who, keep
                )
            text = citizen.client.get("/follow/case/").text
            assert name not in text


def assert_as_told(client: Client, office: LetterOffice, who: str, ticket: str) -> None:
    for name, row in TABLE["follow"].items():
        client.cookies["following"] = ticket
        assert got(client, office, row) == row[who], (who, name)


def test_no_role_is_a_citizen_and_a_citizen_has_no_role(office):
    citizen = Citizen()
    citizen.signs_up("月光下的河")
    for role, client in people(office).items():
        for name, row in TABLE["mine"].items():
            wanted = row.get("none", "/follow/mine/enter/")
            assert got(client, office, row) == wanted, (role, name)
    for name, row in TABLE["mine"].items():
        assert got(citizen.client, office, row) == row["own"], name
    citizen.client.cookies["citizen"]["path"] = "/"
    citizen.client.cookies["sessionid"] = citizen.client.cookies["citizen"].value
    for place in ("/cases/", "/cases/1/", "/counter/", "/profile/"):
        assert citizen.client.get(place)["Location"].startswith("/accounts/login/"), place
    bearer = {"Authorization": f"Bearer {citizen.client.cookies['citizen'].value}"}
    assert citizen.client.get("/api/cases", headers=bearer).status_code in {401, 403}


def test_the_counter_is_for_clerks_and_their_own_body(office):
    for role, client in people(office).items():
        for name, row in TABLE["counter"].items():
            found = got(client, office, row)
            if role == "nobody":
                assert str(found).startswith("/accounts/login/"), name
            elif role == "clerk":
                wanted = str(row["clerk"]).format(code=office.housing.code)
                assert str(found) == wanted, (role, name)
            elif role == "stranger":  # a clerk elsewhere finds no body but the own
                own = f"/counter/bodies/{office.elsewhere.code}/"
                assert found in {200, 404, own, "/counter/"}, name
                assert "住房和城乡建设局" not in answer(client, office, row["at"]).text
            else:
                assert found == 403, (role, name)


def test_a_file_on_the_bench_is_its_browsers_whoever_has_signed_in(office, settings):
    settings.DATA = office.folder
    own, other = Client(), Client()
    place = dropped(own, FAULTY)
    waited(place)
    waited(dropped(other, FAULTY))
    check = place.split("/")[2]
    for who, clients in (("other", [other, *people(office).values()]), ("own", [own])):
        for client in clients:
            for name, row in TABLE["check"].items():
                wanted = row[who]
                if isinstance(wanted, str):
                    wanted = wanted.format(check=check)
                assert got(client, office, row, check) == wanted, (who, name)
    assert got(own, office, TABLE["check"]["check"], check) == 404


def test_a_clerk_files_what_was_said_at_the_counter(office):
    citizen = Citizen()
    citizen.client.force_login(office.clerk)
    citizen.door = "counter"
    citizen.fills(office.housing)
    unread = citizen.sends(channel="oral")
    assert "须念给申请人听" in unread.text
    told = "当场念给申请人听，申请人核对后签字"
    citizen.sends(channel="oral", read_back="on", confirmation=told)
    case, code = citizen.receives()
    assert (case.channel, case.received) == ("oral", TODAY)
    entry = Entry.objects.get(kind="event.submitted")
    assert (entry.actor, entry.content["note"]) == (office.clerk, told)
    assert (
        "最迟 <strong>2026-03-30</strong>" in citizen.client.get("/counter/receipt/").text
    )
    citizen.client.post("/counter/receipt/leave/")
    assert citizen.client.get("/counter/receipt/")["Location"] == "/counter/"
    assert Citizen().opens(case.number, code).status_code == 302


def test_several_requests_from_one_address_need_an_answer_then_stop(office):
    from mingtang_web.asking.limiting import ASKED, spend  # noqa: PLC0415 - told beside

    for _time in range(3):
        Citizen().asks(office.housing)
    careful = Citizen()
    assert 'name="answer"' in careful.fills(office.housing).text
    assert "回答不对" in careful.sends(token="", answer="五").text
    assert 'class="error-text"' in careful.sends(token="", answer="").text
    assert 'name="answer"' not in Citizen("192.0.2.8").fills(office.housing).text
    for _time in range(ASKED.most):
        spend(ASKED, "192.0.2.9")
    stopped = Citizen("192.0.2.9")
    stopped.fills(office.housing)
    told = stopped.sends()
    assert told.status_code == 429
    assert "请明天这个时候再来" in told.text
    assert "从最后一次填写起留一天" in told.text
