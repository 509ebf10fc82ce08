"""Guides, word lists and the standard catalogue in a real browser, by keys, looked at."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from mingtang.screening import Word
from mingtang_web import clock
from mingtang_web.bodies.models import Role
from mingtang_web.ledger.doing import Doing
from mingtang_web.matters import actions as matters
from mingtang_web.wordlists import actions as wordlists
from tests.web.browser import LOOKS, assert_good, opened, reach, sign_in
from tests.web.guides.test_guides import knows, published
from tests.web.people import appointed
from tests.web.publication.offices import Newsroom

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LINE = matters.Line(
    "保障性住房", "配租管理", "申请条件、程序，配租结果", "政府信息公开条例第二十条",
    "自形成之日起20个工作日内", "西山区住房和城乡建设局", "政府网站、公示栏", "全社会",
    "主动公开", "县级",
)  # fmt: skip


@pytest.fixture(params=LOOKS, ids="-".join)
def tab(request, chromium, database: str, live_server) -> Iterator[Page]:
    if database != "sqlite":
        pytest.skip("pages are the same on both databases; the client's tests run on both")
    with opened(chromium, live_server.url, request.param) as page:
        yield page


@pytest.fixture
def office() -> Newsroom:
    return Newsroom()


def pressed(tab: Page, selector: str) -> None:
    reach(tab, selector)
    with tab.expect_navigation():
        tab.keyboard.press("Enter")


def test_a_guide_is_begun_looked_at_and_confirmed_by_keys(tab, office):
    sign_in(tab, office.writer.username)
    tab.goto("/guides/")
    assert_good(tab, "guides-none")
    pressed(tab, "form[action$='/start/'] .button")
    assert "政府信息公开指南" in tab.inner_text("h1")
    published(office)
    knows(office, telephone="0990-6239999")
    tab.goto("/guides/")
    reach(tab, "details.act > summary")
    tab.keyboard.press("Enter")
    assert_good(tab, "guides-body")
    reach(tab, "details[open] input[name=note]")
    tab.keyboard.type("与机构登记逐项核对")
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    assert "与机构登记逐项核对" in tab.inner_text("main")
    sign_in(tab, office.supervisor.username)
    tab.goto("/guides/")
    assert_good(tab, "guides-list")


def test_a_list_of_words_is_kept_by_keys(tab, office):
    doing = Doing(office.lawyer, 0)
    own = wordlists.begin(office.housing, "本局用词", "局办公室", doing)
    words = [Word("老城区改造办", "城市更新中心"), Word("房产科", "")]
    wordlists.add(own, words, "机构改革.csv", replace(doing, version=1))
    sign_in(tab, office.lawyer.username)
    tab.goto("/words/")
    assert_good(tab, "words-lists")
    pressed(tab, "th a")
    reach(tab, "td summary")
    tab.keyboard.press("Enter")
    reach(tab, "aside .act:nth-of-type(2) > summary")
    tab.keyboard.press("Enter")
    assert_good(tab, "words-list")
    reach(tab, "td details[open] input[name=note]")
    tab.keyboard.type("已恢复原名")
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    assert "已停用；记录保留" in tab.inner_text("main")


def test_the_catalogue_is_looked_through(tab, office):
    appointed(office.lawyer, office.office, Role.LEGAL_REVIEWER)
    lines = [LINE, LINE._replace(second="资格审核"), LINE._replace(second="租金收缴")]
    doing = Doing(office.lawyer, 0, note="按国家试点目录建立")
    matters.add(office.office, lines, clock.today(), doing)
    sign_in(tab, office.lawyer.username)
    tab.goto("/matters/")
    assert_good(tab, "matters-list")
    pressed(tab, "tbody th a")
    assert_good(tab, "matters-item")
    tab.goto("/matters/add/file/")
    assert_good(tab, "matters-file")
