"""An account of one's own: its cases and no others, and nothing of the person kept."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from django.contrib.auth import hashers
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.test import Client

from mingtang_web.asking import citizens
from mingtang_web.asking.limiting import MISSED, SIGNED_UP, spend
from mingtang_web.asking.models import Citizen as Account
from mingtang_web.asking.models import Hold, Kept
from mingtang_web.asking.shelf import ShutError, keep
from mingtang_web.cases.models import Case
from mingtang_web.ledger.models import Entry
from tests.web.asking.test_renewing import KNOWN, code_on, sent
from tests.web.cases.requests import at
from tests.web.letters.ways import LetterOffice
from tests.web.portal.citizens import WHO, WORDS, Citizen, faults

TODAY = date(2026, 3, 2)
NAME = "月光下的河"
OTHER = "旧伞与茶杯 4 只在窗台上淋雨"


@pytest.fixture
def office(settings, tmp_path, db: None):  # noqa: ARG001 - asked for, not used
    settings.MEDIA_ROOT = tmp_path / "files"
    with at(TODAY):
        yield LetterOffice()


@pytest.fixture
def citizen(office) -> Citizen:
    """Whoever has filed a request, made an account and put the case to it."""
    made = Citizen()
    made.case, made.code = made.asks(office.housing)
    assert made.client.post("/ask/receipt/save/")["Location"] == "/follow/mine/keep/"
    assert made.signs_up(NAME)["Location"] == "/follow/mine/keep/"
    made.keeps(made.case.number)
    return made


def verified() -> str:
    told = io.StringIO()
    try:
        call_command("verify", stdout=told, stderr=told)
    except (CommandError, SystemExit):
        return told.getvalue()
    return ""


def entries(kind: str) -> list[Entry]:
    return list(Entry.objects.filter(kind=f"asking.{kind}"))


def opened(citizen: Citizen, place: object = 1) -> str:
    """Open a case of the account in a browser that held none, and return its page."""
    citizen.client.cookies.pop("following", None)
    assert citizen.picks(place)["Location"] == "/follow/case/"
    return citizen.client.get("/follow/case/").text


def test_a_kept_case_opens_without_its_code_and_with_the_same_rights(citizen):
    elsewhere = Citizen("192.0.2.8")
    assert elsewhere.signs_in(f" {NAME} ")["Location"] == "/follow/mine/"
    assert citizen.case.number in elsewhere.client.get("/follow/mine/").text
    course = opened(elsewhere)
    assert "这件申请保存到了一个账号" in course
    elsewhere.does("withdraw", sure="on")
    citizen.case.refresh_from_db()
    assert citizen.case.phase == "closed"
    elsewhere.client.post("/follow/leave/")
    for place in ("/follow/case/", "/follow/mine/"):
        assert elsewhere.client.get(place).status_code == 302
    assert not Session.objects.exists()


def test_nothing_is_kept_of_the_person_and_the_ledger_names_nobody(citizen):
    held = str([list(Account.objects.values()), list(Entry.objects.values())])
    for secret in (NAME, WORDS, WHO["name"], WHO["phone"]):
        assert secret not in held
    [entry] = entries("kept")
    assert (entry.actor, entry.case_id) == (None, citizen.case.pk)
    assert set(entry.content) == {"kept", "row", "on"}
    assert citizen.client.cookies["citizen"]["httponly"]
    assert citizen.client.cookies["citizen"]["path"] == "/follow/mine/"
    citizen.opens(citizen.case.number, citizen.code)
    citizen.keeps(citizen.case.number)  # once more
    assert len(entries("kept")) == Kept.objects.count() == 1
    assert verified() == ""


def test_another_citizens_case_is_not_reached_from_ones_own_account(citizen, office):
    other = Citizen("192.0.2.8")
    other.case, _code = other.asks(office.housing, who={**WHO, "name": "赵丰年"})
    other.signs_up("另一个人")
    for place in (0, 1, 2, "", "-1", "01", citizen.case.pk, 10**30):
        assert other.picks(place)["Location"] == "/follow/mine/", place
    assert "following" not in other.client.cookies
    for number in (citizen.case.number, other.case.number):  # neither is open here
        assert other.keeps(number)["Location"] == "/follow/mine/"
    assert citizen.case.number not in other.client.get("/follow/mine/").text
    other.client.post("/ask/receipt/save/")
    shown = other.keeps(citizen.case.number)  # another than the one that is open
    assert other.case.number in shown.text
    other.keeps(other.case.number)
    assert other.case.number in opened(other)
    assert [row.citizen_id for row in Kept.objects.filter(hold__case=citizen.case)] == [
        Account.objects.get(name=citizens.hidden(NAME)).pk
    ]
    citizen.client.cookies["citizen"] = other.client.cookies["citizen"].value[:-1] + "x"
    assert citizen.client.get("/follow/mine/")["Location"] == "/follow/mine/enter/"


def test_an_officers_session_is_no_citizen(citizen, office):
    officer = Client()
    officer.force_login(office.clerk)
    assert officer.get("/follow/mine/")["Location"] == "/follow/mine/enter/"
    stranger = Citizen("192.0.2.8")
    assert "对不上" in str(faults(stranger.signs_in(office.clerk.username)))
    login = {"login": NAME, "password": WORDS}
    assert Client().post("/accounts/login/", login).status_code == 200
    assert citizen.client.get("/cases/")["Location"].startswith("/accounts/login/")


@pytest.mark.usefixtures("citizen")
def test_a_wrong_name_and_a_wrong_password_cost_and_say_the_same(monkeypatch):
    citizens._nobodys()
    hashed: list[str] = []
    verify = hashers.MD5PasswordHasher.verify

    def counted(self: object, password: str, encoded: str) -> bool:
        hashed.append(password)
        return verify(self, password, encoded)

    monkeypatch.setattr(hashers.MD5PasswordHasher, "verify", counted)
    told, work = [], []
    for n, tried in enumerate([(NAME, OTHER), ("没有的名字", OTHER)]):
        hashed.clear()
        told.append(faults(Citizen(f"192.0.2.{20 + n}").signs_in(*tried)))
        work.append(list(hashed))
    assert told[0] == told[1]
    assert "对不上" in str(told[0])
    assert work == [[OTHER], [OTHER]]


def test_after_some_wrong_passwords_a_question_comes_first_and_none_is_locked(citizen):
    stranger = Citizen("192.0.2.200")
    for _time in range(3):
        answer = stranger.signs_in(NAME, OTHER)
    assert 'name="answer"' in answer.text
    for shown in (stranger.signs_in(NAME), stranger.client.get("/follow/mine/enter/")):
        assert "请再回答一个问题" in shown.text
        assert 'name="answer"' in shown.text
        assert not faults(shown)
        assert WORDS not in shown.text
    mine = Citizen("192.0.2.201").signs_in(NAME, token="", answer="五")
    assert "回答不对" in str(faults(mine))  # asked, not shut out
    for _time in range(MISSED.most):
        spend(MISSED, "192.0.2.200")
    assert stranger.signs_in(NAME).status_code == 429
    assert citizen.client.get("/follow/mine/").status_code == 200
    for _time in range(SIGNED_UP.most):
        spend(SIGNED_UP, "192.0.2.202")
    assert Citizen("192.0.2.202").signs_up("又一个").status_code == 429


@pytest.mark.usefixtures("citizen")
def test_an_account_begins_with_a_name_of_its_own_and_a_password_not_guessed():
    stranger = Citizen("192.0.2.8")
    for said, fault in (
        ({"name": f"{NAME} "}, "已经有人用了"),
        ({"name": "另一个人", "new": "123456789012"}, "口令"),
        ({"name": "芦苇边上晾着三件蓝布衫子"}, "太像"),
        ({"name": "另一个人", "again": "不一样"}, "不一样"),
        ({"name": "另一个人", "answer": "错"}, "回答不对"),
    ):
        answer = stranger.signs_up(**{"name": "", **said})
        assert fault in str(faults(answer)), said
        assert WORDS not in answer.text.replace(said["name"], "")
    assert Account.objects.count() == 1


def test_a_changed_password_signs_other_browsers_out(citizen):
    elsewhere = Citizen("192.0.2.8")
    elsewhere.signs_in(NAME)
    said = {"new": OTHER, "again": OTHER}
    wrong = citizen.client.post("/follow/mine/password/", {"password": OTHER, **said})
    assert "当前口令不对" in str(faults(wrong))
    right = {"password": WORDS, **said}
    assert citizen.client.post("/follow/mine/password/", right).status_code == 302
    assert citizen.client.get("/follow/mine/").status_code == 200
    assert elsewhere.client.get("/follow/mine/")["Location"] == "/follow/mine/enter/"
    assert elsewhere.signs_in(NAME).status_code == 200
    assert elsewhere.signs_in(NAME, OTHER).status_code == 302


def test_a_pass_is_good_for_half_an_hour_from_the_last_page(citizen, monkeypatch):
    assert citizen.client.get("/follow/mine/").cookies["citizen"].value
    monkeypatch.setattr(citizens, "OPEN_FOR", -1)
    assert citizen.client.get("/follow/mine/")["Location"] == "/follow/mine/enter/"


def test_a_deleted_account_leaves_its_cases_to_number_and_code(citizen):
    said = {"password": OTHER, "sure": "on"}
    wrong = citizen.client.post("/follow/mine/delete/", said)
    assert "当前口令不对" in str(faults(wrong))
    said["password"] = WORDS
    assert citizen.client.post("/follow/mine/delete/", said)["Location"] == "/follow/"
    assert not Account.objects.exists()
    assert Case.objects.filter(pk=citizen.case.pk).exists()
    assert citizen.signs_in(NAME).status_code == 200
    assert citizen.opens(citizen.case.number, citizen.code).status_code == 302
    assert "从一个账号里移除" in citizen.client.get("/follow/case/").text
    assert len(entries("let_go")) == 1
    assert verified() == ""


def test_a_new_code_keeps_the_account_unless_it_is_to_be_severed(citizen, office):
    desk, where = Client(), f"/cases/{citizen.case.pk}/code/"
    desk.force_login(office.clerk)
    before = Hold.objects.get()
    with at(TODAY + timedelta(days=1)):
        citizen.signs_in(NAME)
        code_on(sent(desk, where, **KNOWN))
        assert citizen.case.number in opened(citizen)
        account = Account.objects.get()
        with pytest.raises(ShutError):  # opened by the old code, kept after the new one
            keep(account, before)
        new = code_on(sent(desk, where, **KNOWN, severed="on"))
        assert citizen.picks(1)["Location"] == "/follow/mine/"
        assert citizen.opens(citizen.case.number, new).status_code == 302
        assert "从申请人的账号移除" in desk.get(f"/cases/{citizen.case.pk}/").text
        assert verified() == ""
        citizen.keeps(citizen.case.number)
        away = citizen.keeps(citizen.case.number, away="1")
        assert away["Location"] == "/follow/mine/"
        assert not Kept.objects.exists()
        assert verified() == ""


@pytest.mark.usefixtures("citizen")
def test_a_case_put_to_an_account_behind_the_ledger_shows():
    thief = citizens.sign_up("别人", OTHER)
    Kept.objects.update(citizen=thief)
    assert "保存到账号的申请" in verified()
    Kept.objects.all().delete()
    assert "保存到账号的申请" in verified()
