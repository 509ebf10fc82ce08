"""A district begins, in a real browser: from an empty database to people at work."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command

from mingtang_web.accounts.models import User
from mingtang_web.bodies.models import Body, Role
from tests.web.browser import LOOKS, SUBMIT, assert_good, opened, reach
from tests.web.people import PASSWORD, unified_code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FIRST = {
    "code": unified_code(1), "name": "西山区人民政府办公室", "short": "区政府办",
    "letter": "西政办", "region": "990101", "person": "王管理", "username": "guanli",
}  # fmt: skip


@pytest.fixture(params=LOOKS, ids="-".join)
def tab(request, chromium, database: str, live_server) -> Iterator[Page]:
    if database != "sqlite":
        pytest.skip("pages are the same on both databases; the client's tests run on both")
    with opened(chromium, live_server.url, request.param) as page:
        yield page


def typed(tab: Page, field: str, text: str) -> None:
    reach(tab, f"#id_{field}")
    tab.keyboard.type(text)


def begun() -> str:
    """The one-time password that the first command writes."""
    said = io.StringIO()
    options = [f"--{name}={value}" for name, value in FIRST.items()]
    call_command("first_administrator", *options, stdout=said)
    return re.search(r"一次性口令：(\S+)", said.getvalue())[1]


def pressed(tab: Page, selector: str) -> None:
    reach(tab, selector)
    with tab.expect_navigation():
        tab.keyboard.press("Enter")


def test_a_district_begins_by_keyboard_alone(tab, live_server):
    first_sign_in(tab, live_server.url, FIRST["username"], begun())
    assert_good(tab)
    pressed(tab, "nav a[href='/manage/']")
    assert_good(tab)
    pressed(tab, ".subnav a[href='/manage/bodies/']")
    a_body_is_added(tab)
    password = a_person_is_added(tab)
    appointed_once_more(tab)
    every_page_is_good(tab, live_server.url)
    tab.context.clear_cookies()
    first_sign_in(tab, live_server.url, "dengji", password)
    assert "登记新申请" in tab.inner_text("main")
    assert_good(tab)


def first_sign_in(tab: Page, url: str, username: str, password: str) -> None:
    tab.goto(f"{url}/accounts/login/")
    typed(tab, "login", username)
    typed(tab, "password", password)
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    assert tab.url.endswith("/accounts/password/change/")
    assert_good(tab)
    typed(tab, "oldpassword", password)
    typed(tab, "password1", PASSWORD)
    typed(tab, "password2", PASSWORD)
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    tab.goto(url)


def a_body_is_added(tab: Page) -> None:
    pressed(tab, "main a[href='/manage/bodies/new/']")
    assert_good(tab)
    reach(tab, "#id_parent")
    tab.keyboard.press("ArrowDown")
    typed(tab, "name", "西山区水务局")
    typed(tab, "short_name", "区水务局")
    typed(tab, "letter_code", "西水")
    typed(tab, "code", unified_code(2)[:-1])
    typed(tab, "region", "990101")
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    assert tab.locator(".summary a").count() == 1
    assert tab.input_value("#id_name") == "西山区水务局"
    assert_good(tab)
    reach(tab, "#id_code")
    tab.keyboard.press("End")
    tab.keyboard.type(unified_code(2)[-1])
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    assert tab.inner_text("h1") == "西山区水务局"
    assert_good(tab)


def a_person_is_added(tab: Page) -> str:
    pressed(tab, ".subnav a[href='/manage/people/']")
    pressed(tab, "main a[href='/manage/people/new/']")
    assert_good(tab)
    typed(tab, "display_name", "陈登记")
    typed(tab, "username", "dengji")
    reach(tab, "#id_body")
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("ArrowDown")
    pressed(tab, "main form .button")
    assert_good(tab)
    password = tab.inner_text(".secret")
    pressed(tab, SUBMIT)
    assert_good(tab)
    held = User.objects.get(username="dengji").memberships.get()
    assert (held.body.name, held.role) == ("西山区水务局", Role.CLERK)
    return password


def appointed_once_more(tab: Page) -> None:
    tab.locator("summary", has_text="任命").focus()
    tab.keyboard.press("Enter")
    assert_good(tab)
    tab.select_option("#id_appoint_body", label="西山区水务局")
    tab.select_option("#id_appoint_role", label="承办")
    with tab.expect_navigation():
        tab.click("details[open] .button")
    assert "已任命" in tab.inner_text(".told")
    assert "承办" in tab.inner_text("main table")
    assert_good(tab)


def every_page_is_good(tab: Page, url: str) -> None:
    water = Body.objects.get(short_name="区水务局")
    held = User.objects.get(username="dengji").memberships.first()
    for page in (
        "manage/", "manage/people/", "manage/bodies/", "manage/calendar/",
        "manage/changes/", "manage/wording/", f"manage/bodies/{water.pk}/",
        f"manage/appointments/{held.pk}/end/", "profile/", "profile/lending/",
        "jobs/", "recounts/", "import/",
    ):  # fmt: skip
        tab.goto(f"{url}/{page}")
        for summary in tab.locator("main summary").all():
            summary.click()
        assert_good(tab)
