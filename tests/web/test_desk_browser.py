"""The desk in a real browser: a clerk by keyboard alone, a supervisor, a handler."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from mingtang.case import events as e
from mingtang_web.bodies.models import Section
from mingtang_web.cases import exchanging
from mingtang_web.cases.assigning import Target, assign
from mingtang_web.cases.exchanging import Saying
from mingtang_web.cases.models import Case
from tests.web.browser import LOOKS, SUBMIT, assert_good, opened, reach, sign_in
from tests.web.cases.requests import Office, at

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
D = date


@pytest.fixture
def office(database: str, live_server) -> Iterator[Office]:  # noqa: ARG001 - asked for, not used
    with at(D(2026, 4, 2)):
        yield Office()


@pytest.fixture(params=LOOKS, ids="-".join)
def tab(request, chromium, live_server, office):  # noqa: ARG001 - the people who sign in
    with opened(chromium, live_server.url, request.param) as page:
        yield page


def typed(tab, field: str, text: str) -> None:
    reach(tab, f"#id_{field}")
    tab.keyboard.type(text)


def test_a_whole_registration_by_keyboard_alone(tab, live_server, office):
    office.registered(subject="青云小区一号楼竣工验收备案表")
    sign_in(tab, "clerk")
    tab.goto(f"{live_server.url}/cases/")
    reach(tab, "a[href='/cases/new/']")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/cases/new/")
    assert_good(tab)
    reach(tab, "form[data-typed] button")
    tab.keyboard.press("Enter")
    tab.wait_for_selector(".summary")
    assert_good(tab)
    reach(tab, ".summary a")
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.name") == "channel"
    filled_by_keys(tab)
    tab.wait_for_selector(".repeats")
    assert_good(tab)
    reach(tab, ".repeats button")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/receipt/**")
    assert_good(tab)
    assert tab.inner_text("h1") == "2026-0002"
    assert "2026-05-06" in tab.inner_text("main")
    assert "何小满" not in tab.inner_text("main")


def filled_by_keys(tab) -> None:
    tab.keyboard.press("Space")
    reach(tab, "#id_kind")
    assert tab.input_value("#id_kind") == ""
    tab.keyboard.press("ArrowDown")
    typed(tab, "name", "何小满")
    reach(tab, "#id_identity_kind")
    tab.keyboard.press("ArrowDown")
    typed(tab, "identity_number", "110101199003070134")
    typed(tab, "address", "西山区柳林路七号")
    typed(tab, "description", "想要我家那栋楼的竣工验收备案表")
    typed(tab, "subject", "青云小区一号楼的竣工验收备案表")
    tab.keyboard.press("Enter")


def test_a_clerks_list_by_keys_and_by_hand(tab, live_server, office):
    Section.objects.create(body=office.housing, name="业务股")
    for n in range(3):
        office.registered(arrived=D(2026, 3, 9 + n), subject=f"第{n}份合同")
    office.done(
        office.registered(subject="等第三方的"),
        e.Consulted(on=D(2026, 3, 9), party="1", role="third_party"),
    )
    sign_in(tab, "clerk")
    tab.goto(f"{live_server.url}/cases/?tab=all")
    assert_good(tab)
    for key in "jjk":
        tab.keyboard.press(key)
    assert tab.evaluate("document.activeElement.textContent") == "第0份合同"
    tab.keyboard.press("x")
    tab.keyboard.press("j")
    tab.keyboard.press("x")
    tab.keyboard.press("?")
    assert tab.evaluate("document.getElementById('keys').open")
    tab.wait_for_timeout(50)
    assert_good(tab)
    tab.keyboard.press("Escape")
    tab.keyboard.press("/")
    tab.keyboard.type("jk?合同")
    assert tab.input_value("#find") == "jk?合同"
    assigned_by_hand(tab)
    tab.goto(f"{live_server.url}/cases/handover/")
    assert_good(tab)
    tab.goto(f"{live_server.url}/cases/?tab=all")
    narrowed_and_kept(tab)


def assigned_by_hand(tab) -> None:
    tab.keyboard.press("Escape")
    tab.click(".under .button")
    tab.wait_for_url("**/cases/many/")
    assert "分派这 2 件" in tab.inner_text("h1")
    assert_good(tab)
    tab.select_option("#id_handler", label="王承办")
    tab.click(SUBMIT)
    tab.wait_for_selector(".told-one")
    assert "办成 2 件" in tab.inner_text("main")
    assert_good(tab)


def narrowed_and_kept(tab) -> None:
    tab.click(".filters summary")
    tab.select_option("#filter_handler", label="王承办")
    assert_good(tab)
    tab.click(".filters button")
    tab.wait_for_url("**handler=**")
    assert tab.locator("[data-row]").count() == 2
    tab.fill("#keep-name", "王承办的")
    tab.click(".keep button")
    tab.wait_for_selector(".saved")
    assert_good(tab)


def test_a_supervisor_presses_and_the_handler_answers(tab, live_server, office):
    section = Section.objects.create(body=office.housing, name="业务股")
    case = assign(office.registered(), Target(section, office.handler), office.clerk)
    until = D(2026, 4, 8)
    exchanging.ask_section(case, section, until, Saying("是否内部事务", office.handler))
    sign_in(tab, "supervisor")
    tab.goto(f"{live_server.url}/supervision/")
    assert_good(tab)
    tab.click("td a.late")
    tab.wait_for_url("**tab=late**")
    assert_good(tab)
    tab.goto(f"{live_server.url}/cases/{case.pk}/exchanges/")
    tab.click("summary:has-text('督办')")
    tab.fill("#urge-words", "请于三日内办结")
    tab.fill("#urge-until", "2026-04-07")
    assert_good(tab)
    tab.click("details[open] .button")
    tab.wait_for_selector(".told")
    answered_by_the_handler(tab, live_server, case)
    assert Case.objects.get().urgings.get().answered_by == office.handler


def answered_by_the_handler(tab, live_server, case) -> None:
    sign_in(tab, "handler")
    tab.goto(f"{live_server.url}/cases/")
    tab.click("text=1 件督办待答复")
    tab.wait_for_url("**note=urged**")
    assert_good(tab)
    tab.goto(f"{live_server.url}/cases/{case.pk}/exchanges/")
    tab.click("summary:has-text('答复')")
    tab.fill("textarea[name^=urging]", "已找到档案，明日送审")
    assert_good(tab)
    tab.click(".reply[open] .button")
    tab.wait_for_selector(".answer")
    assert "明日送审" in tab.inner_text(".answer")
    tab.click("summary:has-text('说明逾期原因')")
    assert_good(tab)
