"""Somebody looks for something public: by typing, by keys alone, without scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mingtang_web.searching import places
from tests.looking import SIZES, assert_clean
from tests.web.browser import LOOKS, assert_good, opened, reach
from tests.web.cases.requests import at
from tests.web.publication.norms import NORM
from tests.web.publication.offices import TODAY, Newsroom
from tests.web.searching.offices import followed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def room(database: str, live_server, settings, tmp_path) -> Iterator[Newsroom]:  # noqa: ARG001 - asked for
    settings.DATA = tmp_path / "data"
    settings.MEDIA_ROOT = settings.DATA / "files"
    settings.DATA.mkdir()
    with at(TODAY):
        made = Newsroom()
        made.published(title="排水公告", html="<p>今年改造排水管网。</p>")
        made.published(**NORM | {"title": "排水办法", "genre": "opinion"})
        made.drafted(title="排水草稿")
        followed()
        yield made
    places.forget()


@pytest.fixture(params=LOOKS, ids="-".join)
def tab(request, chromium, live_server, room):  # noqa: ARG001 - what is public
    with opened(chromium, live_server.url, request.param) as page:
        yield page


def test_what_is_typed_is_offered_found_narrowed_and_read(tab: Page):
    tab.goto("/open/")
    assert_good(tab, "columns")
    with tab.expect_response("**/search/suggest/**"):
        tab.get_by_role("combobox").press_sequentially("排水", delay=20)
    option = tab.locator("#titles option[value=排水公告]")
    option.wait_for(state="attached")
    assert tab.locator("#titles option").count() == 2
    reach(tab, "main [role=search] button")
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    assert tab.locator(".results > li").count() == 2
    assert tab.get_by_role("status").inner_text().startswith("2 条")
    assert_good(tab, "search")
    tab.locator("summary", has_text="体裁").click()
    with tab.expect_navigation():
        tab.get_by_role("link", name="意见").click()
    assert tab.locator(".results h2").all_inner_texts() == ["排水办法"]
    with tab.expect_navigation():
        tab.get_by_role("link", name="排水办法").click()
    assert "排水办法" in tab.inner_text("h1")


def test_the_search_is_named_for_who_listens(tab: Page):
    tab.goto("/search/?q=排水")
    seen = tab.locator("body").aria_snapshot()
    assert "- search:" in seen
    assert '- combobox "查找公开的文件和年度报告": 排水' in seen
    assert '- radio "全文" [checked]' in seen
    assert '- heading "排水公告" [level=2]' in seen
    assert "排水草稿" not in seen


def test_without_scripts_the_search_is_a_plain_form(chromium, live_server, room):  # noqa: ARG001 - what is public
    context = chromium.new_context(
        base_url=live_server.url, java_script_enabled=False, viewport=SIZES["phone"]
    )
    tab = context.new_page()
    tab.goto("/open/")
    tab.fill("#q", "改造排水管网")
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    assert tab.locator(".results h2").all_inner_texts() == ["排水公告"]
    tab.fill("#q", "没有这样的话")
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    assert "没有找到" in tab.inner_text("main")
    context.close()


def test_elders_see_the_search_whole(tab: Page):
    with tab.expect_navigation():
        tab.get_by_role("button", name="大字版").click()
    tab.goto("/search/?q=排水")
    if not tab.plain:
        assert_clean(tab)
    assert not tab.evaluate("document.documentElement.scrollWidth > innerWidth")
