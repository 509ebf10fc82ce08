"""Notices in a real browser, at a desk and on a phone: read, choose, mend what failed."""

from __future__ import annotations

from datetime import date

import pytest

from mingtang.case import events as e
from mingtang_web.cases.models import Case
from mingtang_web.notices import jobs, running
from mingtang_web.notices.models import Sending
from tests.web.browser import LOOKS, SUBMIT, assert_good, opened, sign_in
from tests.web.cases.requests import Office, at

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize("database", ["sqlite"], indirect=True, scope="session"),
]
D = date
TELLING = [name for name in jobs.JOBS if name not in {"recount", "sending"}]


@pytest.fixture
def office(db) -> Office:  # noqa: ARG001 - asked for, not used
    with at(D(2026, 3, 20)):
        office = Office()
        office.handler.email = "handler@example.cn"
        office.handler.save()
        late = office.registered()
        office.done(
            office.registered(subject="征求意见的一件"),
            e.Consulted(on=D(2026, 3, 4), party="1", role="third_party"),
            e.ConsultationDelivered(on=D(2026, 3, 4), party="1"),
        )
        office.registered(channel="online", arrived=D(2026, 3, 20))
        Case.objects.update(handler=office.handler)
    for day in (D(2026, 3, 20), D(2026, 3, 27), D(2026, 3, 31)):
        with at(day):
            for name in TELLING:
                running.run(jobs.JOBS[name], day)
    assert late.number == "2026-0001"
    faults = Sending.objects.order_by("id")
    faults.update(
        state="failed", attempts=2, error="连不上邮件服务器或者连接中断（timeout）"
    )
    Sending.objects.filter(pk=faults.first().pk).update(
        state="given_up", attempts=6, error="邮件服务器拒收（550）"
    )
    return office


@pytest.fixture(params=LOOKS, ids="-".join)
def tab(request, chromium, live_server, office):  # noqa: ARG001 - the people who sign in
    with opened(chromium, live_server.url, request.param) as page:
        yield page


def test_reading_and_choosing_by_keyboard(tab, live_server):
    sign_in(tab, "handler")
    tab.click("nav >> text=通知")
    assert_good(tab, "list")
    before = tab.locator(".notices .unread").count()
    tab.locator(".notices form button >> nth=0").focus()
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    assert tab.locator(".notices .unread").count() == before - 1
    tab.goto(f"{live_server.url}/notices/preferences/")
    assert_good(tab, "preferences")
    tab.check("input[name=ahead-own][value=own]")
    tab.locator("input[name=ahead-days][value='10']").focus()
    tab.keyboard.press("Space")
    tab.locator("input[name=sms][value=overdue]").focus()
    tab.keyboard.press("Space")
    tab.fill("#id_quiet_from", "21:00")
    tab.select_option("#id_digest_hour", "9")
    tab.click(SUBMIT)
    assert tab.is_checked("input[name=sms][value=overdue]")
    assert tab.is_checked("input[name=ahead-days][value='10']")
    assert_good(tab, "kept")


def test_an_administrator_tries_again_what_was_given_up(tab, live_server):
    sign_in(tab, "administrator")
    tab.goto(f"{live_server.url}/jobs/lead-times/")
    assert_good(tab, "lead times")
    tab.locator("input[name=days][value='7']").focus()
    tab.keyboard.press("Space")
    tab.click(SUBMIT)
    assert tab.is_checked("input[name=days][value='7']")
    tab.goto(f"{live_server.url}/jobs/")
    assert_good(tab, "jobs")
    faults = tab.locator("form[action*=retry]").count()
    tab.locator("form[action*=retry] button >> nth=0").focus()
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    assert tab.locator("form[action*=retry]").count() == faults - 1
