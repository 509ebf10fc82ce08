"""A reader tells of a mistake by keys alone; an officer answers; the reader reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mingtang_web.mistakes.models import Mistake
from tests.web.browser import LOOKS, SUBMIT, assert_good, opened, reach, sign_in
from tests.web.cases.requests import at
from tests.web.publication.offices import TODAY, Newsroom

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def room(database: str, live_server, settings, tmp_path) -> Iterator[Newsroom]:  # noqa: ARG001 - asked for
    settings.MEDIA_ROOT = tmp_path / "files"
    with at(TODAY):
        made = Newsroom()
        made.document = made.published(title="排水管网改造公告")
        yield made


@pytest.fixture(params=LOOKS, ids="-".join)
def tab(request, chromium, live_server, room):  # noqa: ARG001 - the people who sign in
    with opened(chromium, live_server.url, request.param) as page:
        yield page


def test_a_mistake_is_told_of_answered_and_read(tab: Page, room):
    tab.goto(f"/info/{room.document.index_number}/")
    with tab.expect_navigation():
        tab.get_by_role("link", name="这一页有错").click()
    assert_good(tab, "mistake-new")
    reach(tab, "main button")
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    assert "请填写或者选择" in tab.inner_text(".summary")
    assert_good(tab, "mistake-refused")
    reach(tab, "[name=kind]")
    tab.keyboard.press("Space")
    reach(tab, "[name=said]")
    tab.keyboard.type("“改造”写成了“改遣”")
    reach(tab, "main button")
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    place = tab.url
    assert "还没有答复" in tab.inner_text("h1")
    assert_good(tab, "mistake-told")
    answered(tab)
    tab.context.clear_cookies()
    tab.goto(place)
    assert "已改为“改造”。" in tab.inner_text("main")
    assert_good(tab, "mistake-answered")


def answered(tab: Page) -> None:
    """Let an officer answer the only one there is."""
    sign_in(tab, "clerk")
    tab.goto("/errata/")
    assert_good(tab, "errata")
    with tab.expect_navigation():
        tab.get_by_role("link", name="“改造”写成了“改遣”").click()
    tab.select_option("[name=outcome]", "mended")
    tab.fill("[name=answer]", "已改为“改造”。")
    assert_good(tab, "erratum")
    with tab.expect_navigation():
        tab.locator("main .act").locator(SUBMIT.removeprefix("main ")).click()
    assert Mistake.objects.get().outcome == "mended"
