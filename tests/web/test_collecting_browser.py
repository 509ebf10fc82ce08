"""A season in a real browser: opened, handed in, returned, accepted, added up, told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mingtang import read
from mingtang_web.collecting.models import Season
from tests.looking import SIZES
from tests.web.annual.reports import JANUARY
from tests.web.browser import LOOKS, assert_good, opened, reach, sign_in
from tests.web.cases.requests import at
from tests.web.collecting.seasons import SURE, Collection, asked, paper

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WATER = "西山区水务局"
DO = "details.act:has(summary:text-is('{}'))"


@pytest.fixture
def world(database: str, live_server, tmp_path: Path, settings) -> Iterator[Collection]:  # noqa: ARG001 - asked for
    if database != "sqlite":
        pytest.skip("a page looks the same on both databases")
    settings.DATA = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    with at(JANUARY):
        yield Collection(year=None)


@pytest.fixture
def tab(chromium, live_server, world):  # noqa: ARG001 - the people who sign in
    with opened(chromium, live_server.url, LOOKS[0]) as page:
        yield page


def assert_good_on_both(tab: Page, name: str) -> None:
    """Good at a desk by day and on a phone by night: the same walk, looked at twice."""
    assert_good(tab, name)
    tab.size = "phone"
    tab.set_viewport_size(SIZES["phone"])
    tab.emulate_media(color_scheme="dark")
    assert_good(tab, name)
    tab.size = "desk"
    tab.set_viewport_size(SIZES["desk"])
    tab.emulate_media(color_scheme="light")


def test_a_season_from_its_opening_to_the_bulletin(tab: Page, world: Collection, tmp_path):
    sign_in(tab, "supervisor")
    season = season_opened(tab)
    others_come(world, season)
    sign_in(tab, "waterer")
    file = tmp_path / "年报.docx"
    file.write_bytes(paper(WATER, to="docx", **asked(3, requests__received__total="5")))
    handed_in(tab, file)
    the_same_file_is_told(tab, file)
    sign_in(tab, "supervisor")
    returned(tab, season)
    sign_in(tab, "waterer")
    the_marks_are_there(tab)
    file.write_bytes(paper(WATER, to="docx", **asked(3)))
    handed_in(tab, file)
    sign_in(tab, "supervisor")
    accepted(tab, season)
    added_up(tab, season)
    beside_last_year(tab, season)
    told(tab, season)
    marked_as_holding_those_below(tab, world, season)


def season_opened(tab: Page) -> Season:
    tab.goto("/collecting/")
    tab.click("text=发起收集")
    assert tab.input_value("[name=government]") == "西山区人民政府"
    tab.fill("[name=due]", "2027-02-10")
    tab.click("form.card .button:not(.second)")
    assert "2027-01-31" in tab.inner_text(".summary")
    assert_good_on_both(tab, "collecting-new")
    tab.fill("[name=due]", "2027-01-31")
    reach(tab, "form.card .button:not(.second)")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("table.board")
    assert tab.locator("table.board tbody tr").count() == 4
    return Season.objects.get()


def others_come(world: Collection, season: Season) -> None:
    """Last year's season is whole; this year's office is accepted, the town's is held."""
    world.season = season
    last = world.opened(2025)
    for body, number in ((world.water, 8), (world.office, 4)):
        world.accepted(body, paper(body.name, 2025, **asked(number)), last)
    broken = asked(5, requests__received__total="6")
    world.accepted(world.office, paper(world.office.name, **broken))
    world.handed(world.township, paper("东岭区清河镇人民政府"))


def handed_in(tab: Page, file: Path) -> None:
    tab.goto("/collecting/")
    tab.click("table a:text-is('2026')")
    tab.set_input_files("[name=file]", file)
    reach(tab, "form[enctype] button")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#found", timeout=60_000)


def the_same_file_is_told(tab: Page, file: Path) -> None:
    tab.click("summary:text-is('报送新的一版')")
    tab.set_input_files("[name=file]", file)
    tab.click("form[enctype] button")
    assert "第1次报送" in tab.inner_text("#refused")
    assert_good_on_both(tab, "collecting-twice")


def returned(tab: Page, season: Season) -> None:
    tab.goto(f"/collecting/{season.pk}/")
    assert_good_on_both(tab, "collecting-board")
    tab.click("a:has-text('已报送，待审')")
    tab.click(f"table.board a:text-is('{WATER}')")
    assert "S303" in tab.inner_text(".findings")
    tab.click("text=看标注的全文")
    tab.wait_for_selector(".checked table")
    assert_good_on_both(tab, "collecting-paper")
    tab.go_back()
    act = tab.locator(DO.format("退回修改"))
    assert act.get_attribute("open") is not None  # of a faulty one, not its acceptance
    act.locator("button").click()
    tab.wait_for_selector("#refused")
    tab.locator("#refused textarea").fill("表三总计与各栏之和不等，请按台账核对")
    tab.locator("#refused button").click()
    tab.wait_for_selector(".told:has-text('已退回')")


def the_marks_are_there(tab: Page) -> None:
    tab.goto("/notices/")
    tab.click("li:has-text('被退回') .notice-acts a")
    tab.click("table a:text-is('2026')")
    assert "退回意见：表三总计与各栏之和不等" in tab.inner_text(".told.warning")
    assert_good_on_both(tab, "collecting-returned")
    with tab.expect_download() as coming:
        tab.click("a:text-is('标注版')")
    marked = coming.value.path().read_bytes()
    assert b"word/comments" in marked
    assert read(marked).report.facts["requests/received/total"].value == 5


def accepted(tab: Page, season: Season) -> None:
    tab.goto(f"/collecting/{season.pk}/?show=handed")
    tab.click(f"table.board a:text-is('{WATER}')")
    assert_good_on_both(tab, "collecting-decide")
    tab.locator(DO.format("接受")).locator("button").click()
    tab.wait_for_selector(".told:has-text('计入合计')")


def added_up(tab: Page, season: Season) -> None:
    tab.goto(f"/collecting/{season.pk}/totals/")
    assert "合计含2个机关的报告，应报4个" in tab.inner_text("main")
    assert "西山区清河镇人民政府" in tab.inner_text(".told")
    assert_good_on_both(tab, "collecting-totals")
    tab.click("text=是哪些规则")
    assert SURE in tab.inner_text(".told details")
    assert_good_on_both(tab, "collecting-accepted-open")
    tab.click("#cell-requests-received-person a")
    assert_good_on_both(tab, "collecting-cell")
    rows = " ".join(tab.locator("tbody tr").all_inner_texts())
    assert WATER in rows
    assert "8" in tab.inner_text(".figure-large")


def beside_last_year(tab: Page, season: Season) -> None:
    tab.goto(f"/collecting/{season.pk}/compared/?column=person")
    text = " ".join(tab.inner_text(".paper").split())
    assert "本年新收政府信息公开申请数量 8 12 2 个 8 12 -4 -33.3%" in text
    assert_good_on_both(tab, "collecting-compared")


def told(tab: Page, season: Season) -> None:
    tab.goto(f"/collecting/{season.pk}/bulletin/")
    assert "关于西山区2026年政府信息公开工作年度报告的通报" in tab.inner_text(".paper")
    assert "S303" in tab.inner_text(".paper")
    assert_good_on_both(tab, "collecting-bulletin")
    with tab.expect_download() as coming:
        tab.click("a:text-is('DOCX')")
    assert coming.value.path().read_bytes().startswith(b"PK")
    tab.goto(f"/collecting/{season.pk}/")
    tab.click("text=催报")
    tab.wait_for_selector(".told:has-text('已催报2个机关')")


def marked_as_holding_those_below(tab: Page, world: Collection, season: Season) -> None:
    tab.goto(f"/collecting/{season.pk}/")
    tab.click(f"table.board th a:text-is('{world.office.name}')")
    act = tab.locator(DO.format("标明报告是否含下级"))
    act.locator("summary").click()
    act.locator("[name=sums]").check()
    act.locator("textarea").fill("通知")
    act.locator("button").click()
    tab.wait_for_selector("#refused")
    assert tab.locator("#refused [name=sums]").is_checked()
    assert_good_on_both(tab, "collecting-sums")
    tab.locator("#refused textarea").fill("区政府办来函，已加进各局的数")
    tab.locator("#refused button").click()
    tab.wait_for_selector(".told:has-text('已保存')")
    tab.goto(f"/collecting/{season.pk}/totals/")
    assert f"{WATER}”：已含在" in tab.inner_text("main")
