"""A half-filled form in a real browser: left, come back to, restored, sent."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from mingtang_web.cases.models import SearchRecord
from mingtang_web.unsent.models import Unsent
from tests.web.browser import LOOKS, assert_good, opened, sign_in
from tests.web.cases.requests import Office, at

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def office(database: str, live_server) -> Iterator[Office]:  # noqa: ARG001 - asked for, not used
    with at(date(2026, 4, 2)):
        yield Office()


@pytest.fixture(params=LOOKS, ids="-".join)
def tab(request, chromium, live_server, office):  # noqa: ARG001 - the people who sign in
    with opened(chromium, live_server.url, request.param) as page:
        yield page


def test_what_was_typed_survives_and_goes_when_it_is_sent(tab, live_server, office):
    case = office.registered()
    place = f"{live_server.url}/cases/{case.pk}/search/"
    sign_in(tab, "handler")
    tab.goto(place)
    assert_good(tab, "unsent")
    with tab.expect_response("**/unsent/") as saved:
        tab.fill("#id_scope", "全部验收档案")
        tab.fill("#id_method", "逐卷翻查")
    assert saved.value.status == 204
    assert tab.evaluate("localStorage.length + sessionStorage.length") == 0
    tab.goto(place)
    assert tab.input_value("#id_scope") == ""
    assert_good(tab, "unsent")
    tab.focus("[data-restore]")
    tab.keyboard.press("Enter")
    tab.wait_for_selector(".unsent", state="hidden")
    assert tab.input_value("#id_scope") == "全部验收档案"
    assert tab.input_value("#id_method") == "逐卷翻查"
    assert tab.locator(".unsent").is_hidden()
    tab.fill("#id_result", "没有找到")
    tab.click("main form .button:not(.second)")
    tab.wait_for_url(f"**/cases/{case.pk}/**")
    tab.wait_for_selector(".told")
    assert SearchRecord.objects.get().result == "没有找到"
    assert not Unsent.objects.exists()


@pytest.mark.usefixtures("office")
def test_what_was_typed_is_thrown_away_without_a_script_too(tab, live_server):
    sign_in(tab, "clerk")
    tab.goto(f"{live_server.url}/cases/new/")
    with tab.expect_response("**/unsent/"):
        tab.fill("#id_subject", "备案表")
    tab.on("dialog", lambda dialog: dialog.accept())
    tab.goto(f"{live_server.url}/cases/new/")
    assert_good(tab, "unsent")
    tab.click(".unsent form button")
    tab.wait_for_selector("text=已丢弃上次未提交的填写")
    assert not Unsent.objects.exists()
    assert tab.url.endswith("/cases/new/")


def test_a_session_that_ran_out_takes_nothing_with_it(tab, live_server, office):
    case = office.registered()
    sign_in(tab, "handler")
    tab.goto(f"{live_server.url}/cases/{case.pk}/search/")
    cookies = tab.context.cookies()
    tab.context.clear_cookies(name="sessionid")
    tab.fill("#id_scope", "全部验收档案")
    tab.fill("#id_method", "逐卷翻查")
    tab.fill("#id_result", "没有找到")
    tab.click("main form .button:not(.second)")
    tab.wait_for_selector("[data-lost]", timeout=8000)
    assert_good(tab, "lost")
    assert tab.input_value("#id_scope") == "全部验收档案"
    with tab.context.new_page() as other:
        other.goto(live_server.url)
        sign_in(other, "handler")
    assert tab.context.cookies() != cookies
    tab.click("main form .button:not(.second)")
    tab.wait_for_url(f"**/cases/{case.pk}/**")
    tab.wait_for_selector(".told.success")
    assert SearchRecord.objects.get().result == "没有找到"


def test_too_large_files_are_told_before_they_are_sent(tab, live_server, settings):
    settings.UPLOAD_LIMIT = 1024 * 1024
    sign_in(tab, "clerk")
    tab.goto(f"{live_server.url}/cases/new/")
    large = {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"1" * 1_600_000}
    tab.set_input_files("#id_request_files", large)
    tab.wait_for_selector("text=所选文件合计 2 MB，一次最多 1 MB")
    assert_good(tab, "large")
    small = large | {"buffer": b"1"}
    tab.set_input_files("#id_request_files", small)
    assert tab.locator("[data-size]").count() == 0
    tab.fill("#id_description", "长" * 4500)
    assert tab.locator("text=4500 / 5000").is_visible()


def test_going_back_after_a_form_was_sent_shows_a_page(tab, live_server, office):
    case = office.registered()
    sign_in(tab, "handler")
    place = f"{live_server.url}/cases/{case.pk}/search/"
    tab.goto(place)
    with tab.expect_navigation():
        tab.click("main form .button:not(.second)")
    tab.wait_for_selector(".wrong")
    tab.goto(f"{live_server.url}/cases/{case.pk}/")
    tab.go_back()
    assert tab.url == place
    tab.wait_for_selector("#id_scope")
