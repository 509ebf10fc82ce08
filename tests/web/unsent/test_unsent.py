"""What was typed and not sent comes back to its writer alone, and goes when it is sent."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client

from mingtang_web import clock
from mingtang_web.applicants import sealing
from mingtang_web.applicants.actions import erase
from mingtang_web.ledger.models import Entry
from mingtang_web.notices import running
from mingtang_web.notices.jobs import JOBS
from mingtang_web.unsent import actions
from mingtang_web.unsent.models import Unsent
from tests.web.cases.requests import ASKER, at
from tests.web.letters.ways import LATER, LetterOffice

if TYPE_CHECKING:
    from collections.abc import Iterator

PLACE = "/cases/new/"
TYPED = [["", "name", ASKER.name], ["", "channel", "signed_post"]]


@pytest.fixture
def office(db: None) -> Iterator[LetterOffice]:  # noqa: ARG001 - asked for, not used
    with at(LATER):
        yield LetterOffice()


@pytest.fixture
def clerk(office: LetterOffice) -> Client:
    return signed_in(office.clerk)


def signed_in(person: object) -> Client:
    client = Client()
    client.force_login(person)
    return client


def kept(client: Client, typed: object = TYPED, place: object = PLACE) -> int:
    said = json.dumps({"place": place, "typed": typed})
    return client.post("/unsent/", said, content_type="application/json").status_code


def test_what_was_typed_is_offered_on_return_and_given_back(clerk) -> None:
    assert "有未完成的填写" not in clerk.get(PLACE).text
    assert kept(clerk) == 204
    assert kept(clerk, [*TYPED, ["", "subject", "备案表"]]) == 204
    row = Unsent.objects.get()
    page = clerk.get(PLACE)
    assert "有未完成的填写" in page.text
    assert ASKER.name not in page.text
    answer = clerk.get(f"/unsent/{row.pk}/")
    assert answer.json()["typed"] == [*TYPED, ["", "subject", "备案表"]]
    assert "no-store" in answer["Cache-Control"]
    assert "有未完成的填写" not in clerk.get("/cases/").text
    assert not Entry.objects.exists()


def test_it_lies_sealed_under_a_key_of_its_own(clerk, office) -> None:
    kept(clerk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM unsent_unsent")
        [row] = cursor.fetchall()
    assert not any(
        ASKER.name.encode() in bytes(value)
        for value in row
        if isinstance(value, bytes | memoryview)
    )
    first = Unsent.objects.get()
    other = actions.save(office.handler, PLACE, [])
    Unsent.objects.filter(pk=other.pk).update(sealed=first.sealed)
    assert actions.opened(office.handler, other.pk) is None
    sealing.begin_rotation()
    assert actions.opened(office.clerk, first.pk)
    sealing.finish_rotation()
    assert actions.opened(office.clerk, first.pk)


def test_somebody_elses_is_not_there(clerk, office) -> None:
    kept(clerk)
    row = Unsent.objects.get()
    for person in (office.handler, office.administrator, office.stranger):
        other = signed_in(person)
        assert other.get(f"/unsent/{row.pk}/").status_code == 404
        assert other.post(f"/unsent/{row.pk}/drop/").status_code == 404
    assert "有未完成的填写" not in signed_in(office.administrator).get(PLACE).text
    assert Client().get(f"/unsent/{row.pk}/").status_code == 302
    assert kept(Client()) == 302
    assert Unsent.objects.get() == row


def test_it_is_thrown_away_when_asked_and_after_a_week(clerk) -> None:
    kept(clerk)
    row = Unsent.objects.get()
    back = clerk.post(f"/unsent/{row.pk}/drop/", {"place": PLACE})
    assert back.headers["Location"] == PLACE
    assert not Unsent.objects.exists()
    kept(clerk)
    row = Unsent.objects.get()
    away = clerk.post(f"/unsent/{row.pk}/drop/", {"place": "https://elsewhere.example/"})
    assert away.headers["Location"] == "/"
    kept(clerk)
    row = Unsent.objects.get()
    late = row.saved_at - actions.KEPT - timedelta(minutes=1)
    Unsent.objects.update(saved_at=late)
    assert clerk.get(f"/unsent/{row.pk}/").status_code == 404
    assert "有未完成的填写" not in clerk.get(PLACE).text
    assert kept(clerk, place="/registers/correction/new/") == 204
    assert not Unsent.objects.filter(pk=row.pk).exists()


def test_it_goes_when_its_form_was_taken_and_stays_when_it_was_not(office) -> None:
    case = office.registered()
    handler = signed_in(office.handler)
    place = f"/cases/{case.pk}/search/"
    assert kept(handler, [["", "scope", "局档案库"]], place) == 204
    sent = {"key": "k", "scope": "局档案库", "method": "逐卷检索", "on": "2026-06-30"}
    sent["version"] = str(case.version)
    assert handler.post(place, sent).status_code == 200
    assert Unsent.objects.exists()
    assert handler.post(place, sent | {"result": "没有"}).status_code == 302
    assert not Unsent.objects.exists()


def test_only_so_much_so_often_and_of_such_pages(clerk, office) -> None:
    assert kept(clerk, [["", "subject", "长" * actions.LARGEST]]) == 413
    assert kept(clerk, [["", "x", "y"]] * (actions.MOST_TYPED + 1)) == 413
    for place in ("/cases/", "/manage/people/new/", "//elsewhere/", 7, "/" * 300):
        assert kept(clerk, place=place) == 404, place
    for typed in ("words", [["a", "b"]], {"a": "b"}, 5):
        assert kept(clerk, typed) == 404, typed
    assert clerk.post("/unsent/", b"{", content_type="application/json").status_code == 404
    assert not Unsent.objects.exists()
    codes = [kept(clerk) for _ in range(actions.SAVES + 1)]
    assert codes.count(204) == actions.SAVES
    assert codes[-1] == 429
    for number in range(actions.MOST + 2):
        actions.save(office.clerk, f"/cases/{number}/search/", [])
    assert Unsent.objects.count() == actions.MOST
    assert clock.now() - Unsent.objects.latest("saved_at").saved_at < actions.KEPT


def test_a_job_forgets_what_has_lain_too_long(clerk) -> None:
    assert kept(clerk) == 204
    with clock.fixed(clock.now() + actions.KEPT - timedelta(hours=1)):
        running.run(JOBS["unsent"], clock.today())
        assert Unsent.objects.count() == 1
    with clock.fixed(clock.now() + actions.KEPT + timedelta(hours=1)):
        made = running.run(JOBS["unsent"], clock.today())
    assert not Unsent.objects.exists()
    assert made is not None
    assert made.done == 1


def test_what_was_typed_of_an_applicant_goes_when_the_applicant_is_erased(
    office, clerk
) -> None:
    letter = office.came("disclosure")
    other = office.registered(subject="另一人的")
    places = [
        f"/cases/{letter.case_id}/do/withdraw/", f"/letters/{letter.pk}/delivery/",
        f"/cases/{other.pk}/search/",
    ]  # fmt: skip
    for place in places:
        assert kept(clerk, place=place) == 204
    erase(letter.reader, office.administrator, "保存期满")
    assert [row.place for row in Unsent.objects.all()] == places[2:]
