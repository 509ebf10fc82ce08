"""An applicant's e-mail entered afterwards, and their data destroyed, in a real browser."""

from __future__ import annotations

from datetime import date

import pytest

from tests.web.browser import LOOKS, assert_good, opened, sign_in
from tests.web.cases.requests import ASKER, at
from tests.web.desk.test_case_journey import press
from tests.web.letters.ways import LetterOffice

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("look", LOOKS, ids="-".join)
def test_an_address_that_came_by_telephone_is_added(db, chromium, live_server, look):  # noqa: ARG001
    office = LetterOffice()
    case = office.registered(delivery="electronic")
    here = f"{live_server.url}/cases/{case.pk}/"
    with at(date(2026, 3, 5)), opened(chromium, live_server.url, look) as tab:
        sign_in(tab, "clerk")
        tab.goto(here)
        assert_good(tab, "amend-1-case")
        tab.click("text=更正申请人信息")
        tab.fill("#id_why", "申请人三月五日来电补充")
        assert_good(tab, "amend-2-why")
        press(tab, "下一步：更正")
        assert tab.input_value("#id_name") == ASKER.name
        tab.fill("#id_email", "zhang@example.cn")
        assert_good(tab, "amend-3-form")
        with tab.expect_navigation():
            tab.click("main form .button:text-is('更正')")
        assert_good(tab, "amend-4-done")
        assert "更正了：电子邮箱" in tab.inner_text("main")
        sign_in(tab, "administrator")
        tab.goto(f"{here}erase/")
        assert_good(tab, "amend-5-erase")
