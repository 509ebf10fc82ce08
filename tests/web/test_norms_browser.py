"""Normative documents in a real browser: entered, confirmed, cleaned up, counted."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from mingtang_web.publication import linking
from mingtang_web.publication.models import Document
from mingtang_web.publication.norms import Validity
from tests.web.browser import LOOKS, SUBMIT, assert_good, opened, reach, sign_in
from tests.web.cases.requests import at
from tests.web.publication.norms import NORM, after, stock
from tests.web.publication.offices import TODAY, Newsroom

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def room(database: str, live_server) -> Iterator[Newsroom]:  # noqa: ARG001 - asked for, not used
    with at(TODAY):
        yield Newsroom()


@pytest.fixture(params=LOOKS, ids="-".join)
def tab(request, chromium, live_server, room):  # noqa: ARG001 - the people who sign in
    with opened(chromium, live_server.url, request.param) as page:
        yield page


def sent(tab: Page, button: str) -> None:
    with tab.expect_navigation():
        tab.click(f"main button:has-text('{button}')")


def test_an_old_document_is_entered_confirmed_and_counted(tab: Page) -> None:
    sign_in(tab, "writer")
    tab.goto("/norms/")
    assert_good(tab, "norms-empty")
    tab.click("text=登记存量文件")
    tab.fill("#id_title", "西山区城市绿线管理办法")
    tab.fill("#id_document_number", "西政建〔2019〕3号")
    tab.fill("#id_on", "2019-05-06")
    tab.select_option("#id_topic", "construction")
    tab.select_option("#id_genre", index=1)
    assert_good(tab, "norms-stock")
    tab.click(SUBMIT)
    assert "登记依据" in tab.inner_text(".wrong"), "what is missing stands at its field"
    tab.fill("#id_basis", "发文登记簿2019年第12页")
    sent(tab, "登记，请另一人确认")
    address = tab.url
    sign_in(tab, "approver")
    tab.goto(address)
    assert_good(tab, "norms-waiting")
    sent(tab, "确认")
    assert "现行有效" in tab.inner_text("h1 + p")
    assert_good(tab, "norms-norm")
    assert Document.objects.get().validity == Validity.IN_FORCE
    counted(tab)


def counted(tab: Page) -> None:
    tab.goto("/norms/counts/")
    assert "未知" in tab.inner_text("main"), "nobody said that the stock is in full"
    tab.click("summary:has-text('声明')")
    tab.fill("#id_through", "2025-12-31")
    tab.fill("#id_basis", "与发文登记簿逐件核对")
    sent(tab, "声明")
    assert "未知" not in tab.inner_text("main")
    tab.click("summary:has-text('是哪几件')")
    assert_good(tab, "norms-counts")


def test_a_clean_up_goes_by_keys_alone_and_is_signed_by_another(tab: Page, room) -> None:
    keep, void = (stock(room, date(2019, 1, day), title=f"第{day}号办法") for day in (1, 2))
    sign_in(tab, "writer")
    tab.goto("/norms/cleanups/new/")
    tab.fill("#id_name", "2026年文件清理")
    tab.fill("#id_basis", "区政府办公室通知")
    assert_good(tab, "cleanup-new")
    sent(tab, "列出工作清单")
    concluded_by_keys(tab)
    assert "2 / 2" in tab.inner_text(".norm-progress")
    sign_in(tab, "approver")
    tab.goto("/norms/cleanups/")
    assert_good(tab, "cleanups")
    tab.click("text=2026年文件清理")
    tab.click("summary:has-text('签发')")
    assert_good(tab, "cleanup-sign")
    sent(tab, "签发")
    assert_good(tab, "cleanup-signed")
    assert after(keep).validity == Validity.IN_FORCE
    assert after(void).validity == Validity.LAPSED
    tab.goto(f"/norms/{void.pk}/")
    assert_good(tab, "norms-void")
    tab.goto("/norms/?stand=over")
    assert_good(tab, "norms-list")


def concluded_by_keys(tab: Page) -> None:
    first, second = (f"input[name='{pk}-conclusion']" for pk in items(tab))
    reach(tab, first)
    tab.keyboard.press("Space")
    tab.keyboard.press("Tab")
    tab.keyboard.type("仍需执行")
    reach(tab, second)
    tab.keyboard.press("ArrowUp")
    tab.keyboard.press("Tab")
    tab.keyboard.type("任务已经完成")
    assert_good(tab, "cleanup-worklist")
    with tab.expect_navigation():
        tab.keyboard.press("Enter")


def test_interpretations_are_shown_with_those_missing(tab: Page, room) -> None:
    policy, _other = (room.published(**NORM | {"title": f"第{n}号办法"}) for n in (1, 2))
    text = room.published(title="第1号办法解读")
    linking.link(text, policy, "graphic", room.doing(room.writer, text))
    sign_in(tab, "writer")
    tab.goto("/norms/interpretations/")
    assert_good(tab, "interpretations")
    tab.goto(f"/norms/{policy.pk}/")
    assert "第1号办法解读" in tab.inner_text("main")
    tab.click("summary:has-text('登记修改')")
    assert_good(tab, "norms-happened")


def items(tab: Page) -> list[str]:
    """The ids of the items of the worklist that is open, in their order."""
    names = tab.eval_on_selector_all(
        ".norm-item input[name$='-reason']", "all => all.map(each => each.name)"
    )
    return [name.split("-")[0] for name in names]
