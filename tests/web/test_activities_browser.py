"""The registers of section one in a real browser: entered, counted, taken back."""

from __future__ import annotations

from datetime import date

import pytest

from mingtang_web import clock
from mingtang_web.activities.models import Activity
from mingtang_web.activities.rules import Register
from tests.web.activities.test_activities import entered
from tests.web.browser import LOOKS, SUBMIT, assert_good, opened, reach, sign_in
from tests.web.cases.requests import Office, at

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize("database", ["sqlite"], indirect=True, scope="session"),
]
D = date


@pytest.fixture
def office(db) -> Office:  # noqa: ARG001 - asked for, not used
    with at(clock.today()):
        office = Office()
        year = clock.today().year
        for register in Register:
            entered(office, register, D(year, 1, 1))
        entered(office, Register.BUDGET, None, approved=D(year, 1, 1))
    return office


@pytest.fixture(params=LOOKS, ids="-".join)
def tab(request, chromium, live_server, office):  # noqa: ARG001 - the people who sign in
    with opened(chromium, live_server.url, request.param) as page:
        yield page


def pressed(tab, selector: str) -> None:
    """Press Enter on what Tab leads to, and wait for the page it leads on to."""
    reach(tab, selector)
    with tab.expect_navigation():
        tab.keyboard.press("Enter")


def test_a_training_is_entered_and_added_to_by_keyboard(tab):
    sign_in(tab, "clerk")
    tab.goto("/disputes/")
    pressed(tab, "nav.subnav a[href='/activities/']")
    assert_good(tab, "activities-all")
    pressed(tab, "a.more[href='/activities/training/new/']")
    tab.fill("#id_title", "联络员培训")
    tab.select_option("#id_form", "on_site")
    tab.fill("#id_day", clock.today().isoformat())
    pressed(tab, SUBMIT)
    assert "#id_sessions" in tab.get_attribute(".summary a", "href")
    assert tab.input_value("#id_title") == "联络员培训"
    assert_good(tab, "activities-refused")
    tab.fill("#id_sessions", "3")
    pressed(tab, SUBMIT)
    assert Activity.objects.filter(title="联络员培训", sessions=3, people=None).exists()
    assert_good(tab, "activities-training")
    pressed(tab, "a[href$='/amend/']")
    assert_good(tab, "activities-amend")
    tab.fill("#id_people", "90")
    tab.fill("#id_why", "签到表已收齐")
    pressed(tab, SUBMIT)
    assert tab.inner_text(".changes ins") == "90"
    assert_good(tab, "activities-changed")


def test_a_figure_opens_into_its_entries_and_they_are_narrowed(tab, office):
    day = clock.today()
    row = entered(office, Register.TRAINING, day, title="联络员培训", people=90)
    sign_in(tab, "clerk")
    tab.goto("/activities/")
    link = "a[href*='/activities/training/'][href*='figure=people']"
    assert tab.inner_text(link).startswith("90")
    pressed(tab, link)
    assert "另 1 条没有填写" in tab.inner_text("main .lead")
    assert tab.locator(".entries tbody tr").count() == 2
    assert_good(tab, "activities-figure")
    reach(tab, ".sieve > summary")
    tab.keyboard.press("Enter")
    assert_good(tab, "activities-sieve")
    tab.fill("#filter_q", "联络员")
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    assert tab.locator(".entries tbody tr").count() == 1
    assert row.number in tab.inner_text(".entries")
    with tab.expect_download() as given:
        tab.click(".downloads a >> text=XLSX")
    assert given.value.suggested_filename.endswith(".xlsx")


def test_an_account_is_looked_at_and_a_wrong_look_taken_back(tab):
    sign_in(tab, "handler")
    tab.goto("/activities/account/")
    assert_good(tab, "activities-accounts")
    pressed(tab, ".entries th a")
    today = clock.today()
    tab.fill("#id_observe_seen", today.isoformat())
    tab.fill("#id_observe_posted", D(today.year, 1, 1).isoformat())
    pressed(tab, "form[action$='/observe/'] button")
    assert_good(tab, "activities-account")
    reach(tab, ".story summary")
    tab.keyboard.press("Enter")
    pressed(tab, "form[action*='/strike/'] button")
    assert tab.get_attribute("#refused", "open") is not None
    assert_good(tab, "activities-strike")
    tab.fill("#refused input[name=why]", "看错了账号")
    pressed(tab, "#refused button")
    assert tab.locator(".story li.struck").count() == 1
    tab.goto("/activities/budget/?stand=waiting")
    assert_good(tab, "activities-budget")


def test_a_supervisor_reads_and_writes_nothing(tab):
    sign_in(tab, "supervisor")
    tab.goto("/activities/training/")
    assert tab.locator("a:has-text('登记一条')").count() == 0
    assert_good(tab, "activities-above")
    tab.click(".entries th a >> nth=0")
    assert tab.locator("main form").count() == 0
