"""Supervisors see figures of all bodies and press; handlers answer; others see nothing."""

from __future__ import annotations

import re
from datetime import date, timedelta

from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mingtang.case import events as e
from mingtang.case.awaiting import last_to_serve, unserved
from mingtang.case.replaying import replay
from mingtang.case.rulebook import Rulebook
from mingtang.law.calendar import Calendar
from mingtang_web.bodies.models import Role, Section
from mingtang_web.cases import bridge
from mingtang_web.cases.models import Choice, Comment, Explanation, Urging
from tests.web.cases.requests import ASKER, at
from tests.web.people import appointed, body, person

D = date
TODAY = D(2026, 4, 2)


def key_of(page: str, name: str) -> str:
    return re.search(rf'name="{name}-key" value="(\w+)"', page)[1]


def test_all_bodies_in_figures_at_a_fixed_cost(client, office):
    office.registered()
    office.done(
        office.registered(arrived=D(2026, 3, 5)),
        e.Decided(on=D(2026, 3, 30), ground="G2"),
        e.Dispatched(on=D(2026, 3, 31), mode="post"),
    )
    client.force_login(office.supervisor)
    client.get("/supervision/")
    with CaptureQueriesContext(connection) as few:
        page = client.get("/supervision/").text
    assert "100.0%" in page
    assert "（1/1）" in page
    assert "● 1" in page
    for n in range(20):
        body(100 + n, f"西山区第{n}局", office.office)
    with CaptureQueriesContext(connection) as many:
        assert client.get("/supervision/?sort=late").text.count('scope="row"') == 25
    assert len(many) == len(few) <= 10
    client.force_login(office.clerk)
    assert client.get("/supervision/").status_code == 404


def test_consultations_nobody_is_known_to_have_got_are_counted_and_listed(
    client, office
) -> None:
    """Sent on the 24th of March: six working days later it is asked after."""
    asked = e.Consulted(on=D(2026, 3, 24), party="1", role="third_party")
    case = office.done(office.registered(), asked)
    served = e.ConsultationDelivered(on=D(2026, 3, 25), party="1")
    office.done(office.registered(), asked, served)
    client.force_login(office.supervisor)
    here = "/cases/?tab=all&note=unserved"
    link = f"{here}&body={office.housing.pk}".replace("&", "&amp;")
    with at(D(2026, 3, 31)):
        assert link not in client.get("/supervision/").text
        assert case.number not in client.get(here).text
        assert not unserved(replay(bridge.history(case.pk)), D(2026, 3, 31), Rulebook())
    page = client.get("/supervision/").text
    assert f'<a href="{link}">1</a>' in page
    assert "征求意见书未登记送达的案件（1）" in page
    listed = client.get(here)
    assert [row.case.number for row in listed.context["rows"]] == [case.number]
    office.done(case, served)
    assert link not in client.get("/supervision/").text
    sealed = office.done(office.registered(), asked, e.Withdrawn(on=D(2026, 3, 26)))
    assert sealed.unserved_since is None


def test_too_long_unserved_is_one_rule_in_the_engine_and_in_the_columns() -> None:
    for n in range(60):
        sent = D(2026, 4, 20) + timedelta(days=n)
        history = [
            e.Submitted(on=D(2026, 4, 17), channel="in_person", applicant="person"),
            e.Consulted(on=sent, party="1", role="third_party"),
        ]
        on = D(2026, 5, 11)
        last = last_to_serve(on, Calendar())
        late = bool(unserved(replay(history), on, Rulebook())) and sent <= on
        assert last is not None
        assert late == (sent <= last)
    assert last_to_serve(D(2031, 1, 2), Calendar()) is None


def test_a_supervisor_urges_on_the_page_and_the_handler_answers(client, office):
    case = office.registered()
    here = f"/cases/{case.pk}/exchanges/"
    client.force_login(office.supervisor)
    page = client.get(here).text
    words = {
        "urge-words": "请尽快答复", "urge-until": "2026-04-07",
        "urge-key": key_of(page, "urge"),
    }  # fmt: skip
    for _ in range(2):
        assert client.post(f"{here}urge/", words).status_code == 302
    urging = Urging.objects.get()
    client.force_login(office.handler)
    page = client.get(here).text
    name = f"urging-{urging.pk}"
    answer = {f"{name}-words": "今日送审", f"{name}-key": key_of(page, name)}
    page = client.post(f"/exchanges/urging/{urging.pk}/", answer, follow=True).text
    assert "今日送审" in page
    assert f"{name}-words" not in page


def test_a_fault_keeps_the_words(client, office):
    case = office.registered()
    client.force_login(office.approver)
    here = f"/cases/{case.pk}/exchanges/comment/"
    page = client.post(here, {"comment-words": f"{ASKER.name}的件抓紧", "comment-key": "k"})
    assert "像是申请人的姓名" in page.text
    assert f"{ASKER.name}的件抓紧" in page.text
    assert not Comment.objects.exists()


def test_lateness_is_explained(client, office):
    case = office.registered()
    client.force_login(office.supervisor)
    assert case.subject in client.get("/cases/?note=unexplained").text
    client.force_login(office.handler)
    sent = {
        "explain-words": "档案分散", "explain-cause": "search", "explain-key": "k",
    }  # fmt: skip
    client.post(f"/cases/{case.pk}/exchanges/explain/", sent)
    assert Explanation.objects.get().cause == "search"
    assert case.subject not in client.get("/cases/?note=unexplained").text


def test_a_section_is_asked_and_answers_for_itself(client, office):
    section = Section.objects.create(body=office.housing, name="法规股")
    there = person("there", "吴某")
    appointed(there, office.housing, Role.LEGAL_REVIEWER, section=section)
    case = office.registered()
    here = f"/cases/{case.pk}/exchanges/"
    client.force_login(office.handler)
    sent = {
        "ask-section": section.pk, "ask-words": "是否内部事务",
        "ask-until": "2026-04-08", "ask-key": "k",
    }  # fmt: skip
    client.post(f"{here}ask/", sent)
    asked = case.sectionopinions.get()
    answer = {f"opinion-{asked.pk}-words": "是", f"opinion-{asked.pk}-key": "k2"}
    assert client.post(f"/exchanges/opinion/{asked.pk}/", answer).status_code == 403
    client.force_login(there)
    assert client.post(f"/exchanges/opinion/{asked.pk}/", answer).status_code == 302
    asked.refresh_from_db()
    assert asked.answer == "是"


def test_another_bodys_case_is_not_there_and_a_tampered_form_is_refused(client, office):
    case = office.registered()
    sent = {"urge-words": "请抓紧", "urge-until": "2026-04-07", "urge-key": "k"}
    client.force_login(office.stranger)
    for address in (f"/cases/{case.pk}/exchanges/", f"/cases/{case.pk}/receipt/"):
        assert client.get(address).status_code == 404
    assert client.post(f"/cases/{case.pk}/exchanges/urge/", sent).status_code == 404
    client.force_login(office.clerk)
    assert client.post(f"/cases/{case.pk}/exchanges/urge/", sent).status_code == 403
    assert client.post(f"/cases/{case.pk}/exchanges/nothing/", sent).status_code == 404
    assert not Urging.objects.exists()


def test_administrators_see_what_was_counted_anew(client, office):
    case = office.registered()
    Choice.objects.create(body=office.housing, option="start_day", choice="included")
    client.force_login(office.administrator)
    assert "有 1 件还按以前的" in client.get("/recounts/").text
    call_command("recount", why="本局改按收到当日起算")
    page = client.get("/recounts/").text
    for words in (case.number, "2026-03-30", "2026-03-27", "本局改按收到当日起算"):
        assert words in page
    client.force_login(office.clerk)
    assert client.get("/recounts/").status_code == 404
