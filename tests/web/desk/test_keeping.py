"""The administrators' screens: who may do what, what is shown once, what is kept."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import yaml
from allauth.mfa.models import Authenticator
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mingtang_web.accounts.models import User
from mingtang_web.bodies.models import Body, Role
from mingtang_web.bodies.queries import standing
from mingtang_web.desk import keeping_bodies, keeping_people
from mingtang_web.keeping import accounts, appointing, queries
from mingtang_web.keeping.recording import By
from mingtang_web.ledger.models import Entry
from tests.web.cases.requests import Office, at
from tests.web.people import PASSWORD, appointed, person, unified_code

TODAY = date(2026, 3, 30)
TABLE = yaml.safe_load((Path(__file__).parent.parent / "keeping.yaml").read_text("utf-8"))
PAGES = ("", "people/", "people/new/", "bodies/", "bodies/new/", "calendar/", "changes/")
NAMES = {"name": "西山区新名局", "short_name": "新名局", "letter_code": "西新"}


@pytest.fixture
def house(db):  # noqa: ARG001 - asked for, not used
    with at(TODAY):
        yield House()


class House(Office):
    """The district with two administrators, and somebody to look after in each place."""

    def __init__(self) -> None:
        super().__init__()
        self.chief = person("chief", "区管理")
        appointed(self.chief, self.office, Role.ADMINISTRATOR)
        self.idle = person("idle", "无角色")
        self.places = {
            "own": self.housing, "below": self.township,
            "above": self.office, "elsewhere": self.elsewhere,
        }  # fmt: skip
        self.staff = {}
        for name, body in self.places.items():
            self.staff[name] = person(f"of-{name}")
            appointed(self.staff[name], body, Role.APPROVER)
        self.actors = {
            "administrator": self.administrator, "chief": self.chief,
            "clerk": self.clerk, "handler": self.handler, "approver": self.approver,
            "supervisor": self.supervisor, "stranger": self.stranger, "idle": self.idle,
        }  # fmt: skip

    def client(self, role: str) -> Client:
        client = Client()
        if role != "nobody":
            client.force_login(self.actors[role])
        return client


def roles(turn: int) -> list[str]:
    """Both administrators, and one of the others, another each time."""
    others = ["clerk", "handler", "approver", "supervisor", "stranger", "idle", "nobody"]
    return ["administrator", "chief", others[turn % len(others)]]


def test_every_cell_of_the_table(house):
    turn = 0
    for what in ("body", "person"):
        for act, row in TABLE[what].items():
            for place, allowed in row.items():
                turn += 1
                for role in roles(turn):
                    attempted(house, (what, act, place, role), done=role in allowed)


def attempted(house: House, cell: tuple[str, str, str, str], *, done: bool) -> None:
    what, act, place, role = cell
    before = Entry.objects.count()
    with transaction.atomic():
        send = to_body if what == "body" else to_person
        answer = send(house, house.client(role), act, place, role)
        grown = Entry.objects.count() > before
        transaction.set_rollback(True)
    assert grown == done, (cell, answer.status_code, answer.text[-3000:] if done else "")
    if done:
        assert answer.status_code in {200, 302}, cell
    elif role == "nobody":
        assert answer.headers["Location"].startswith("/accounts/login/"), cell
    elif role in {"administrator", "chief"}:
        assert answer.status_code in {200, 403, 404, 422}, cell
    else:
        assert answer.status_code == 403, cell


def to_body(house: House, client: Client, act: str, place: str, _role: str):
    body = house.places[place]
    sent = {"key": "k", "version": 0, "since": TODAY, "on": TODAY, "body": body.pk}
    card = {name: str(getattr(body, name)) for name in ("code", "kind", "region")}
    if act == "found":
        new = card | {"code": unified_code(77), "parent": body.pk}
        return client.post("/manage/bodies/new/", sent | NAMES | new)
    typed = {
        "amend": card | {"address": "政务路九号"},
        "appoint": {"user": "idle", "role": "handler"},
        "section": {"name": "法规股"},
        "rename": NAMES,
        "move": {"parent": house.water.pk},
    }
    return client.post(f"/manage/bodies/{body.pk}/{act}/", sent | typed.get(act, {}))


def to_person(house: House, client: Client, act: str, place: str, role: str):
    own = place == "self"
    who = house.actors.get(role) if own else house.staff[place]
    who = who or house.clerk
    body = house.housing if own else house.places[place]
    sent = {
        "key": "k", "version": 0, "since": TODAY, "until": TODAY, "body": body.pk,
        "display_name": "改名", "why": "调离", "role": "handler", "reason": "出差",
        "borrower": "idle",
    }  # fmt: skip
    if act == "open":
        sent["username"] = "CLERK" if own else "brand-new"
        return client.post("/manage/people/new/", sent)
    if act == "end":
        held = who.memberships.first() or house.clerk.memberships.get()
        return client.post(f"/manage/appointments/{held.pk}/end/", sent)
    if act in keeping_people.ANOTHERS_KEYS and role != "nobody":
        client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client.post(f"/manage/people/{who.pk}/{act}/", sent)


def test_every_page_opens_to_administrators_alone(house):
    for role in (*house.actors, "nobody"):
        client = house.client(role)
        for page in PAGES:
            answer = client.get(f"/manage/{page}")
            expected = 200 if role in TABLE["pages"] else 302 if role == "nobody" else 403
            assert answer.status_code == expected, (role, page)


def test_the_table_names_every_act():
    assert set(TABLE["body"]) == {*keeping_bodies.TITLES, "found"}
    assert set(TABLE["person"]) == {*keeping_people.TITLES, "open", "end"} - {"reopen"}


def test_a_new_person_sets_their_own_password_before_anything(house):
    sent = {
        "key": "k", "version": 0, "username": "ling", "display_name": "凌新来",
        "body": house.housing.pk, "role": "clerk", "since": TODAY,
    }  # fmt: skip
    keeper = house.client("administrator")
    page = keeper.post("/manage/people/new/", sent).text
    password = re.search(r'secret">([^<]+)<', page)[1]
    again = keeper.post("/manage/people/new/", sent).text
    assert password not in again
    assert "先前已经办成" in again
    client = Client()
    login = {"login": "ling", "password": password}
    assert client.post("/accounts/login/", login).status_code == 302
    own = "/accounts/password/change/"
    for address in ("/", "/cases/", "/profile/"):
        assert client.get(address).headers["Location"] == own
    assert "一次性口令" in client.get(own).text
    new = {"oldpassword": password, "password1": PASSWORD, "password2": PASSWORD}
    client.post(own, new)
    assert client.get("/cases/").status_code == 200
    assert User.objects.get(username="ling").one_time_until is None


@pytest.mark.parametrize("act", ["reset", "factor"])
def test_whoever_sits_at_an_open_desk_cannot_get_into_anothers_account(house, act):
    Authenticator.objects.create(user=house.clerk, type="totp", data={})
    client = Client()
    client.force_login(house.administrator)
    place = f"/manage/people/{house.clerk.pk}/{act}/"
    asked = client.post(place, {"key": "k", "version": 0})
    assert asked.headers["Location"].startswith("/accounts/reauthenticate/")
    assert not Entry.objects.exists()
    assert Authenticator.objects.exists()
    wrong = client.post(asked.headers["Location"], {"password": "wrong"})
    assert "口令不对" in wrong.text
    assert not Entry.objects.exists()
    after = client.post(asked.headers["Location"], {"password": PASSWORD})
    assert after.status_code in {200, 302}
    kind = {"reset": accounts.RESET, "factor": accounts.FACTOR_RESET}[act]
    assert Entry.objects.get().kind == kind
    assert ("一次性口令" in after.text) == (act == "reset")


def test_a_one_time_password_does_not_last(house):
    user = User(username="late", display_name="来晚")
    first = appointing.Membership(body=house.housing, role="clerk", since=TODAY)
    made = accounts.open_account(user, first, By(house.administrator))
    User.objects.filter(username="late").update(
        one_time_until=made.until - 9 * accounts.VALID
    )
    answer = Client().post("/accounts/login/", {"login": "late", "password": made.password})
    assert (answer.status_code, "已过期" in answer.text) == (403, True)


def test_what_is_refused_keeps_what_was_typed(house):
    keeper = house.client("administrator")
    page = keeper.post(
        f"/manage/bodies/{house.housing.pk}/amend/",
        {"key": "k", "version": 0, "code": "123", "kind": "department", "region": "99",
         "address": "打了一半的地址"},
    )  # fmt: skip
    assert page.status_code == 422
    assert "打了一半的地址" in page.text
    assert "应为18位" in page.text
    assert 'href="#refused"' in page.text


def test_lists_cost_the_same_for_few_and_many(house):
    keeper = house.client("chief")
    costs = {}
    user = User(username="first", display_name="某人")
    first = appointing.Membership(body=house.water, role="clerk", since=TODAY)
    accounts.open_account(user, first, By(house.chief))
    for turn in range(2):
        for page in ("people/", "bodies/", "changes/", ""):
            keeper.get(f"/manage/{page}")
            with CaptureQueriesContext(connection) as asked:
                assert keeper.get(f"/manage/{page}").status_code == 200
            costs.setdefault(page, []).append(len(asked))
        for number in range(12):
            user = User(username=f"many{turn}{number}", display_name="某人")
            first = appointing.Membership(body=house.water, role="clerk", since=TODAY)
            accounts.open_account(user, first, By(house.chief))
    assert all(few == many <= 14 for few, many in costs.values()), costs


def test_the_record_of_changes_says_who_did_what_to_whom(house):
    appointing.appoint(
        appointing.Membership(
            user=house.idle, body=house.housing, role=Role.HANDLER, since=TODAY
        ),
        By(house.administrator),
    )
    page = house.client("chief").get("/manage/changes/").text
    assert "任命" in page
    assert "无角色" in page
    assert "管理员" in page
    lines = queries.tree(standing(house.chief, TODAY), TODAY)
    assert Body.objects.count() == len(lines) + 1


def test_a_person_lends_their_roles_by_themselves(house):
    client = house.client("approver")
    sent = {
        "key": "k", "version": 0, "body": house.housing.pk, "borrower": "idle",
        "since": TODAY, "until": TODAY, "reason": "出差",
    }  # fmt: skip
    assert client.post("/profile/lending/", sent).status_code == 302
    assert "出差" in house.client("idle").get("/").text
    assert "没有可以委托的角色" in house.client("supervisor").get("/profile/lending/").text
    loan = house.approver.lent.get()
    back = f"/profile/lending/{loan.pk}/back/"
    assert house.client("clerk").post(back, {"key": "b"}).status_code == 404
    assert client.post(back, {"key": "b"}).status_code == 302
