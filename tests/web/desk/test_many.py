"""One act in many cases: each by itself, refused by itself, told one by one."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from mingtang.case import events as e
from mingtang_web.cases.models import Case
from mingtang_web.ledger.models import Entry
from tests.web.cases.requests import Office, at

if TYPE_CHECKING:
    from collections.abc import Iterator

D = date
TODAY = D(2026, 3, 20)
GRANTED = e.Decided(on=D(2026, 3, 17), ground="G2")
SENT = e.Dispatched(on=D(2026, 3, 18), mode="post")
WHERE = {
    "confirm": ("submitted", "in_hand", ()),
    "dispatch": ("decided", "dispatched", (GRANTED,)),
    "deliver": ("dispatched", "delivered", (GRANTED, SENT)),
    "archive": ("delivered", "archived", (GRANTED, SENT, e.Delivered(on=D(2026, 3, 19)))),
}


@pytest.fixture
def office(db: None) -> Iterator[Office]:  # noqa: ARG001 - asked for, not used
    with at(TODAY):
        yield Office()


def signed_in(person: object) -> Client:
    client = Client()
    client.force_login(person)
    return client


def chosen(*cases: Case) -> list[str]:
    return [str(case.pk) for case in cases]


def filled(page: str, what: str, **more: object) -> dict[str, object]:
    """What the page of the chosen cases sends."""
    found = {name: re.findall(rf'name="{name}" value="([^"]+)"', page)
             for name in ("case", "seen", "key")}  # fmt: skip
    return found | {"key": found["key"][0], "what": what} | more


@pytest.mark.parametrize("what", WHERE)
def test_what_fits_is_done_and_what_does_not_says_why(office, what):
    before, after, way = WHERE[what]
    channel = "online" if what == "confirm" else "in_person"
    fits = [office.done(office.registered(channel=channel), *way) for _ in range(2)]
    wrong = office.done(office.registered(), e.Withdrawn(on=D(2026, 3, 9)))
    if what == "archive":
        wrong = office.registered()
    assert {case.phase for case in fits} == {before}
    clerk = signed_in(office.clerk)
    page = clerk.post("/cases/many/", {"what": what, "case": chosen(*fits, wrong)}).text
    assert "此事只能在" in page
    assert "确认，共 2 件" in page
    sent = filled(page, what, on=TODAY.isoformat())
    told = clerk.post("/cases/many/", sent).text
    assert "办成 2 件，未办成 0 件" in told
    assert {Case.objects.get(pk=case.pk).phase for case in fits} == {after}
    again = clerk.post("/cases/many/", sent).text
    assert "此前已办" in again
    assert Entry.objects.filter(key__startswith=str(sent["key"])).count() == 2


def test_a_case_that_has_moved_on_is_left_alone(office):
    first, second = (office.done(office.registered(), GRANTED) for _ in range(2))
    clerk = signed_in(office.clerk)
    page = clerk.post("/cases/many/", {"what": "dispatch", "case": chosen(first, second)})
    office.done(first, SENT)
    sent = filled(page.text, "dispatch", on=TODAY.isoformat())
    told = clerk.post("/cases/many/", sent).text
    assert "已有新的办理记录" in told
    assert "办成 1 件，未办成 1 件" in told


def test_answers_go_out_as_each_applicant_wanted(office):
    ways = ("post", "electronic")
    cases = [office.done(office.registered(delivery=way), GRANTED) for way in ways]
    clerk = signed_in(office.clerk)
    page = clerk.post("/cases/many/", {"what": "dispatch", "case": chosen(*cases)}).text
    clerk.post("/cases/many/", filled(page, "dispatch", on=TODAY.isoformat()))
    modes = Entry.objects.filter(kind="event.dispatched").order_by("id")
    assert sorted(row.content["event"]["mode"] for row in modes) == ["electronic", "post"]


def test_a_supervisor_presses_for_many_bodies_at_once(office):
    cases = [office.registered(), office.registered()]
    supervisor = signed_in(office.supervisor)
    listed = supervisor.get("/cases/?tab=all").text
    assert '<option value="urge">' in listed
    assert '<option value="confirm">' not in listed
    page = supervisor.post("/cases/many/", {"what": "urge", "case": chosen(*cases)}).text
    sent = filled(page, "urge", words="请抓紧", until="2026-03-19")
    assert "未办成 2 件" in supervisor.post("/cases/many/", sent).text
    page = supervisor.post("/cases/many/", {"what": "urge", "case": chosen(*cases)}).text
    sent = filled(page, "urge", words="请抓紧办结", until="2026-03-25")
    assert "办成 2 件" in supervisor.post("/cases/many/", sent).text
    assert Entry.objects.filter(kind="case.urged").count() == 2


def test_who_may_not_is_refused_case_by_case_and_others_see_none(office):
    case = office.done(office.registered(), GRANTED)
    sent = {"what": "dispatch", "case": chosen(case), "seen": f"{case.pk}-{case.version}",
            "key": "k", "on": TODAY.isoformat()}  # fmt: skip
    told = signed_in(office.lawyer).post("/cases/many/", sent).text
    assert "未办成 1 件" in told
    assert "没有" in told
    answer = signed_in(office.stranger).post("/cases/many/", sent, follow=True)
    assert "没有选择案件" in answer.text
    assert Case.objects.get().phase == "decided"
    assert signed_in(office.clerk).post("/cases/many/", {"what": "x"}).status_code == 404
    assert signed_in(office.clerk).get("/cases/many/").status_code == 405


def test_naming_many_costs_no_query_a_case(office, django_assert_max_num_queries):
    cases = [office.done(office.registered(), GRANTED) for _ in range(9)]
    clerk = signed_in(office.clerk)
    clerk.get("/cases/")
    with django_assert_max_num_queries(14):
        clerk.post("/cases/many/", {"what": "dispatch", "case": chosen(*cases)})


def test_only_what_fits_one_of_the_listed_is_offered(office):
    office.registered()
    listed = signed_in(office.clerk).get("/cases/?tab=all").text
    for what in ("archive", "deliver", "dispatch", "confirm"):
        assert f'<option value="{what}">' not in listed
    assert '<option value="assign">' in listed
    office.done(office.registered(), *WHERE["archive"][2])
    every = signed_in(office.clerk).get("/cases/?tab=all&state=all").text
    assert '<option value="archive">' in every
    assert '<option value="deliver">' not in every
