"""The figures in a real browser: on two screens and on paper, opened by keys."""

from __future__ import annotations

from datetime import date

import pytest

from mingtang.case import events as e
from tests.web.browser import LOOKS, assert_good, opened, reach, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
D = date
TODAY = D(2026, 6, 30)


@pytest.fixture(params=LOOKS, ids="-".join)
def tab(request, chromium, live_server, office):
    for day in (2, 3, 4):
        case = office.registered(arrived=D(2026, 3, day))
        if day > 2:
            decided = e.Decided(on=D(2026, 3, 20), ground="G2")
            office.done(case, decided, e.Dispatched(on=D(2026, 3, 23), mode="post"))
    with opened(chromium, live_server.url, request.param) as page:
        yield page


def test_a_figure_is_opened_by_keys_down_to_its_cases(tab):
    sign_in(tab, "supervisor")
    with tab.expect_navigation():
        tab.click("nav >> text=统计")
    assert_good(tab, "figures")
    reach(tab, ".chart summary")
    for summary in tab.locator(".chart:not(.wide) summary").all():
        summary.focus()
        tab.keyboard.press("Enter")
    assert_good(tab, "figures-tables")
    link = tab.locator(".chart:has(#outcomes) th a").first
    link.focus()
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    assert tab.locator("tr[data-row]").count() == 2
    assert_good(tab, "figures-cases")


def test_on_paper_bars_are_grey_and_controls_are_gone(tab):
    sign_in(tab, "clerk")
    tab.goto("/figures/")
    tab.emulate_media(media="print")
    fill = tab.locator(".bar .value").first.evaluate("each => getComputedStyle(each).fill")
    assert fill == "rgb(68, 68, 68)"
    assert not tab.locator(".asked").is_visible()
