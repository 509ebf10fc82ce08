"""An inspector looks, orders, looks again and tells; an officer mends: by keys alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mingtang_web import clock
from mingtang_web.notices import jobs
from mingtang_web.notices.running import run
from mingtang_web.supervision.models import Bulletin, Order
from tests.web.browser import LOOKS, assert_good, opened, reach, sign_in
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
        made.published(title="排水管网改造公告")
        yield made


@pytest.fixture(params=LOOKS, ids="-".join)
def tab(request, chromium, live_server, room):  # noqa: ARG001 - the people who sign in
    with opened(chromium, live_server.url, request.param) as page:
        yield page


def pressed(tab: Page, selector: str) -> None:
    reach(tab, selector)
    with tab.expect_navigation():
        tab.keyboard.press("Enter")


def test_from_an_inspection_to_the_bulletin(tab: Page, room) -> None:
    sign_in(tab, "supervisor")
    tab.goto("/inspections/")
    assert_good(tab, "inspections")
    pressed(tab, "main .act button")
    assert "正在检查" in tab.inner_text("main [data-words]")
    assert_good(tab, "inspection-going")
    run(jobs.JOBS["inspections"], clock.today())
    tab.locator("main .lead").wait_for()
    assert "发现 15 处" in tab.inner_text("main .lead")
    assert_good(tab, "inspection")
    pressed(tab, f"main a[href$='/{room.housing.pk}/']")
    assert_good(tab, "inspection-body")
    tab.fill("[name=due]", "2026-03-25")
    pressed(tab, "main .act button")
    assert_good(tab, "order")
    mended(tab)
    sign_in(tab, "supervisor")
    tab.goto(f"/rectifications/{Order.objects.get().pk}/")
    tab.fill("[name=why]", "另行检查")
    pressed(tab, "main .act button")
    assert Order.objects.get().passed_on == TODAY
    for page in ("/rectifications/", "/assessments/", "/indicators/?of=I14"):
        tab.goto(page)
        assert_good(tab, page.strip("/").partition("/")[0])
    tab.goto("/quarterly/new/?year=2026&quarter=1")
    assert_good(tab, "bulletin-made")
    pressed(tab, "main form button")
    assert Bulletin.objects.get().quarter == 1
    assert_good(tab, "bulletin")


def mended(tab: Page) -> None:
    """Let the body that was ordered say what it did, and assess itself."""
    tab.context.clear_cookies()
    sign_in(tab, "approver")
    tab.goto("/rectifications/")
    pressed(tab, "main table a")
    tab.fill("[name=answer]", "栏目已经建好。")
    assert_good(tab, "order-to-mend")
    pressed(tab, "main .act button")
    assert "待复查" in tab.inner_text("main")
    tab.goto("/assessments/")
    pressed(tab, "main table a")
    tab.fill("[name='documents/metadata']", "1")
    assert_good(tab, "assessment")
    pressed(tab, "main form button")
    assert "没有填完" in tab.inner_text("main")
    tab.context.clear_cookies()
