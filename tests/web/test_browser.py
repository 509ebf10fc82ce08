"""The first screens in a real browser, at a desk and on a phone: sign-in, codes, home."""

from __future__ import annotations

import pytest
from allauth.mfa.totp.internal import auth as totp

from tests.web.browser import LOOKS, SUBMIT, assert_good, opened, sign_in
from tests.web.people import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=LOOKS, ids="-".join)
def tab(request, chromium, live_server, district):  # noqa: ARG001 - the people who sign in
    with opened(chromium, live_server.url, request.param) as page:
        yield page


def test_signing_in_by_keyboard(tab, live_server):
    assert_good(tab)
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    tab.get_by_role("link", name="工作人员登录").focus()
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    assert_good(tab)
    tab.locator("#id_login").focus()
    tab.keyboard.type("supervisor")
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    assert_good(tab)
    assert tab.locator(".summary a").count() == 1
    tab.locator("#id_password").focus()
    tab.keyboard.type(PASSWORD)
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    tab.wait_for_url(f"{live_server.url}/")
    assert "我监督的机关" in tab.inner_text("main")
    assert_good(tab)


def test_a_second_factor_from_first_code_to_spare_one(tab, live_server):
    sign_in(tab, "supervisor")
    tab.goto(f"{live_server.url}/accounts/2fa/totp/activate/")
    assert_good(tab)
    tab.fill("#id_password", PASSWORD)
    tab.click(SUBMIT)
    secret = tab.inner_text(".steps .code")
    assert tab.locator(".qr").evaluate("image => image.naturalWidth") > 0
    assert_good(tab)
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    tab.fill("#id_code", totp.format_hotp_value(totp.hotp_value(secret, counter)))
    tab.click(SUBMIT)
    spare = tab.inner_text(".codes li >> nth=0")
    assert_good(tab)
    tab.goto(f"{live_server.url}/accounts/2fa/")
    assert_good(tab)
    tab.click("text=退出")
    sign_in(tab, "supervisor")
    assert_good(tab)
    tab.fill("#id_code", spare)
    tab.click(SUBMIT)
    tab.wait_for_url(f"{live_server.url}/")


def test_profile_faults_larger_letters_and_english(tab, live_server):
    sign_in(tab, "clerk")
    tab.click("nav >> text=李登记")
    assert_good(tab)
    tab.fill("#id_email", "不是邮箱")
    tab.click(SUBMIT)
    tab.click(".summary a")
    assert tab.evaluate("document.activeElement.id") == "id_email"
    assert_good(tab)
    tab.goto(f"{live_server.url}/accounts/password/change/")
    assert_good(tab)
    assert tab.goto(f"{live_server.url}/nothing/").status == 404
    assert_good(tab)
    tab.goto(live_server.url)
    tab.click("text=大字版")
    assert tab.evaluate("getComputedStyle(document.documentElement).fontSize") == "20px"
    assert_good(tab)
    tab.click("text=English")
    assert tab.evaluate("document.documentElement.lang") == "en"
    assert_good(tab)
