"""Figures of periods in a real browser: entered, tried as a table, opened from a report."""

from __future__ import annotations

from datetime import date

import pytest

from mingtang_web import clock
from mingtang_web.annual import actions as annuals
from mingtang_web.ledger.doing import Doing
from mingtang_web.spells import actions
from mingtang_web.spells.models import Spell
from tests.web.browser import LOOKS, SUBMIT, assert_good, opened, reach, sign_in
from tests.web.cases.requests import Office, at
from tests.web.spells.test_spells import HALF, PENALTIES

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize("database", ["sqlite"], indirect=True, scope="session"),
]
D = date
YEAR = 2025


@pytest.fixture
def office(db) -> Office:  # noqa: ARG001 - asked for, not used
    with at(clock.today()):
        office = Office()
        first = HALF._replace(first=D(YEAR, 1, 1), last=D(YEAR, 6, 30))
        actions.enter(office.housing, first, office.clerk)
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


def test_a_gap_is_filled_by_keyboard_and_the_report_takes_the_sum(tab, office):
    annual = annuals.start(office.housing, YEAR, Doing(office.clerk, 0))
    sign_in(tab, "clerk")
    tab.goto(f"/annual/{annual.pk}/cell/{PENALTIES}/")
    assert f"{YEAR}-07-01" in tab.inner_text("main")
    assert_good(tab, "spells-lacking")
    tab.goto("/disputes/")
    pressed(tab, "nav.subnav a[href='/spells/']")
    tab.goto(f"/spells/?body={office.housing.pk}&year={YEAR}")
    assert_good(tab, "spells-year")
    pressed(tab, f"a.more[href*='{PENALTIES}'][href*='{YEAR}-07-01']")
    assert tab.input_value("#id_cell") == PENALTIES
    tab.fill("#id_last", f"{YEAR}-12-31")
    tab.fill("#id_source", "处罚案件系统")
    tab.fill("#id_provider", "执法大队")
    pressed(tab, SUBMIT)
    assert "#id_value" in tab.get_attribute(".summary a", "href")
    assert tab.input_value("#id_source") == "处罚案件系统"
    assert_good(tab, "spells-refused")
    tab.fill("#id_value", "0")
    pressed(tab, SUBMIT)
    assert_good(tab, "spells-entered")
    tab.goto(f"/annual/{annual.pk}/")
    assert_good(tab, "spells-report")
    pressed(tab, f".printed a[href$='/cell/{PENALTIES}/']")
    assert tab.inner_text(".figure-large") == "12"
    assert_good(tab, "spells-cell")


def test_a_table_is_tried_mended_and_entered_by_keyboard(tab):
    sign_in(tab, "clerk")
    tab.goto("/spells/many/")
    assert_good(tab, "spells-many")
    heads = "项目\t起日\t止日\t数\t出处\t提供"
    tab.fill("#id_text", f"{heads}\n行政处罚\t{YEAR}-06-30\t{YEAR}-12-31\t7\t系统\t大队")
    pressed(tab, SUBMIT)
    assert "时段2025-001" in tab.inner_text("main table")
    assert_good(tab, "spells-many-refused")
    tab.fill("#id_text", tab.input_value("#id_text").replace("06-30", "07-01"))
    pressed(tab, SUBMIT)
    assert Spell.objects.count() == 1
    assert_good(tab, "spells-many-tried")
    pressed(tab, "main button[name=enter]")
    assert Spell.objects.count() == 2
    assert "19" in tab.inner_text("main")


def test_a_figure_is_amended_and_struck_with_reasons(tab):
    row = Spell.objects.get()
    sign_in(tab, "handler")
    tab.goto(f"/spells/{row.pk}/")
    pressed(tab, "a[href$='/amend/']")
    assert_good(tab, "spells-amend")
    tab.fill("#id_value", "13")
    tab.fill("#id_why", "补报一件")
    pressed(tab, SUBMIT)
    assert tab.inner_text(".changes ins") == "13"
    assert_good(tab, "spells-changed")
    reach(tab, "details:has([action$='/strike/']) > summary")
    tab.keyboard.press("Enter")
    pressed(tab, "form[action$='/strike/'] button")
    assert tab.get_attribute("#refused", "open") is not None
    assert_good(tab, "spells-strike")
    tab.fill("#refused input[name=why]", "重复登记")
    pressed(tab, "#refused button")
    assert "已作废" in tab.inner_text("main h1")


def test_a_supervisor_reads_and_writes_nothing(tab, office):
    sign_in(tab, "supervisor")
    tab.goto(f"/spells/?body={office.housing.pk}&year={YEAR}")
    assert tab.locator("main a[href^='/spells/new/']").count() == 0
    assert_good(tab, "spells-above")
    tab.click("main table th a >> nth=0")
    assert tab.locator("main form").count() == 0
