"""A researcher compares bodies by keys alone, and takes away what stands there."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.web.annual.reports import JANUARY, Bureau
from tests.web.browser import LOOKS, assert_good, opened, reach
from tests.web.cases.requests import at
from tests.web.portal.test_study import filled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BEFORE = date(2026, 3, 20)


@pytest.fixture
def bureau(database: str, live_server, settings, tmp_path, monkeypatch) -> Iterator[Bureau]:  # noqa: ARG001 - asked for
    settings.MEDIA_ROOT = tmp_path / "files"
    with at(BEFORE):
        made = Bureau()
    with at(JANUARY):
        filled(made, monkeypatch)
        yield made


@pytest.fixture(params=LOOKS, ids="-".join)
def tab(request, chromium, live_server, bureau):  # noqa: ARG001 - whose reports are read
    with opened(chromium, live_server.url, request.param) as page:
        yield page


def test_bodies_are_compared_and_taken_away(tab: Page, bureau: Bureau) -> None:
    tab.goto("/study/")
    assert_good(tab, "study")
    reach(tab, "#figure")
    tab.keyboard.press("ArrowDown")
    reach(tab, "main summary")
    tab.keyboard.press("Enter")
    reach(tab, f"[value='{bureau.water.code}']")
    tab.keyboard.press("Space")
    reach(tab, "main .ask button")
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    assert "上年结转" in tab.inner_text("main h2")
    rows = tab.locator("[aria-labelledby=all] tbody tr")
    assert rows.all_inner_texts()[0].startswith(bureau.water.name)
    assert rows.count() == 1
    assert_good(tab, "study-one")
    with tab.expect_download() as got:
        tab.get_by_role("link", name="CSV").click()
    assert bureau.water.name in got.value.path().read_text("utf-8-sig")


def test_it_is_read_in_strong_contrast_and_in_another_script(tab: Page) -> None:
    tab.goto("/study/")
    for aid, name in (("高对比", "study-contrast"), ("繁体", "study-script")):
        with tab.expect_navigation():
            tab.get_by_role("button", name=aid, exact=True).press("Enter")
        assert_good(tab, name)
    assert "年度報告比較" in tab.inner_text("h1")
