"""What goes wrong with norms, matters and imports is told on their pages."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from mingtang_web.bodies.models import Role
from mingtang_web.bringing import running, staging
from mingtang_web.matters import actions as matters
from mingtang_web.notices.jobs import JOBS
from mingtang_web.notices.running import run
from mingtang_web.publication import cleaning
from mingtang_web.publication.cleaning import Concluded
from mingtang_web.publication.norming import Happened
from mingtang_web.publication.stock import declare_stock
from tests.web.bringing.catalogues import Importing, as_csv, as_zip, row
from tests.web.browser import LOOKS, assert_good, opened, sign_in
from tests.web.cases.requests import at
from tests.web.matters.test_matters import LINE, OTHER
from tests.web.people import appointed
from tests.web.publication.norms import NORM, happen, stock
from tests.web.publication.offices import TODAY
from tests.web.publication.test_cleaning import opened as cleaned_up

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def room(database: str, live_server, settings, tmp_path) -> Iterator[Importing]:  # noqa: ARG001 - asked for
    if connection.vendor == "postgresql":
        pytest.skip("the pages are the same on both databases")
    settings.MEDIA_ROOT = tmp_path / "data" / "files"
    with at(TODAY):
        yield Importing(tmp_path)


@pytest.fixture(params=LOOKS, ids="-".join)
def tab(request, chromium, live_server, room):  # noqa: ARG001 - the people who sign in
    with opened(chromium, live_server.url, request.param) as page:
        yield page


def test_a_stock_that_was_not_in_full_is_told_on_the_page_of_counts(tab: Page, room):
    for day in (1, 2, 3):
        stock(room, date(2019, 5, day), title=f"第{day}号办法")
    gone = stock(room, date(2018, 5, 1), title="宣布失效的办法")
    happen(room, gone, Happened("declared_void", TODAY, "任务完成"))
    room.published(**NORM)
    doing = room.doing(room.approver)
    declare_stock(room.housing, TODAY, "与发文登记簿逐件核对", doing)
    sign_in(tab, "approver")
    tab.goto("/norms/counts/")
    assert_good(tab, "told-counts")
    with at(TODAY + timedelta(days=1)):
        stock(room, date(2017, 5, 1), title="漏登的办法")
        tab.goto("/norms/counts/")
        assert "这一声明已经不成立" in tab.inner_text("main")
        assert "未知" in tab.inner_text("main")
        assert_good(tab, "told-counts-lapsed")


def test_a_worklist_tells_only_what_was_touched(tab: Page, room):
    first, _second, third = (
        stock(room, date(2019, 1, day), title=f"第{day}号办法") for day in (1, 2, 3)
    )
    campaign = cleaned_up(room)
    said = {campaign.items.get(document=third).pk: Concluded("keep", "仍需执行")}
    campaign = cleaning.conclude(campaign, said, room.doing(room.writer, campaign))
    happen(room, third, Happened("repealed", TODAY, "另行废止", by_name="某号"))
    sign_in(tab, "writer")
    tab.goto(f"/norms/cleanups/{campaign.pk}/")
    pk = campaign.items.get(document=first).pk
    tab.check(f"input[name='{pk}-conclusion'][value='void']")
    with tab.expect_navigation():
        tab.click("main button:has-text('保存这一页的结论')")
    assert tab.locator(".summary li").count() == 1
    assert tab.locator(".norm-item .wrong").count() == 1
    assert_good(tab, "told-cleanup-wrong")
    tab.click(".summary a")
    assert tab.evaluate("document.activeElement.name") == f"{pk}-reason"
    tab.fill(f"input[name='{pk}-reason']", "任务完成")
    with tab.expect_navigation():
        tab.click("main button:has-text('保存这一页的结论')")
    assert "已不在施行" in tab.inner_text(".filters")
    tab.click(".filters a:has-text('已不在施行')")
    assert_good(tab, "told-cleanup-over")


def test_matters_are_filtered_by_level_and_offered_by_level(tab: Page, room):
    appointed(room.lawyer, room.office, Role.LEGAL_REVIEWER)
    lines = [LINE, OTHER._replace(level="乡级")]
    matters.add(room.office, lines, TODAY, room.doing(room.lawyer, None, "按省里的目录"))
    sign_in(tab, "lawyer")
    tab.goto("/matters/")
    tab.select_option("#level", "township")
    with tab.expect_navigation():
        tab.click("main button:has-text('查找')")
    assert "资格审核" in tab.inner_text("main")
    assert "配租管理" not in tab.inner_text("main")
    assert_good(tab, "told-matters")
    with tab.expect_navigation():
        tab.click("main a:has-text('显示全部')")
    assert "配租管理" in tab.inner_text("main")
    sign_in(tab, "writer")
    tab.goto("/documents/new/")
    groups = tab.locator("#id_matter optgroup")
    assert groups.count() == 3
    assert_good(tab, "told-matter-choice")


def test_a_catalogue_that_broke_says_where_and_what_to_do(tab: Page, room):
    data = as_zip({"目录.csv": as_csv([row(n) for n in range(4)])})
    broken = room.agreed(room.tried(room.uploaded(data, "旧站.zip")))
    running.begin(broken, room.publisher)
    staging.place_of(broken).write_bytes(data[:100])
    run(JOBS["bringing"], TODAY)
    sign_in(tab, "publisher")
    tab.goto("/documents/import/")
    assert "没有处理完" in tab.inner_text("main")
    assert_good(tab, "told-imports")
    tab.click("main a:has-text('旧站.zip')")
    assert "压缩包打不开" in tab.inner_text("[role=alert]")
    assert_good(tab, "told-import")
