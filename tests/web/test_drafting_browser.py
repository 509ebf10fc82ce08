"""What an officer types is kept or warned of, and there is a way back, in a browser."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from mingtang_web.files.examining import Examined
from mingtang_web.publication import drafting
from mingtang_web.publication.drafting import Enclosed, as_draft
from mingtang_web.publication.models import State
from mingtang_web.unsent import actions
from tests.web.browser import LOOKS, assert_good, opened, reach, sign_in
from tests.web.cases.requests import at
from tests.web.publication.offices import DRAFT, TODAY, Newsroom
from tests.web.test_documents_browser import SAVE, stepped, went

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHEET = ".rich-sheet"


@pytest.fixture
def room(database: str, live_server) -> Iterator[Newsroom]:  # noqa: ARG001 - asked for, not used
    with at(TODAY):
        yield Newsroom()


@pytest.fixture(params=LOOKS, ids="-".join)
def tab(request, chromium, live_server, room):  # noqa: ARG001 - the people who sign in
    with opened(chromium, live_server.url, request.param) as page:
        yield page


def at_the_sheet(tab: Page, place: str) -> None:
    tab.goto(place)
    tab.wait_for_selector(SHEET)
    tab.click(SHEET)


def asked_on_leaving(tab: Page) -> list[str]:
    """What the browser asks as somebody goes; they stay."""
    asked: list[str] = []

    def stays(dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    tab.on("dialog", stays)
    tab.evaluate("setTimeout(() => document.querySelector('.subnav a').click(), 10)")
    tab.wait_for_timeout(1000)
    return asked


def test_who_leaves_at_once_finds_what_was_typed(tab: Page, room) -> None:
    document = room.drafted()
    sign_in(tab, "writer")
    at_the_sheet(tab, f"/documents/{document.pk}/edit/")
    tab.keyboard.press("Control+a")
    tab.keyboard.type("只写了一句就走开。")
    tab.click("main .saving a")
    tab.wait_for_url(f"**/documents/{document.pk}/")
    tab.goto(f"/documents/{document.pk}/edit/")
    tab.wait_for_selector(".unsent")
    assert_good(tab, "drafting-kept")
    tab.click("[data-restore]")
    tab.wait_for_selector(".unsent", state="hidden")
    assert "只写了一句就走开" in tab.inner_text(SHEET)
    went(tab, SAVE)
    document.refresh_from_db()
    assert "只写了一句就走开" in document.current.html


def test_who_types_after_the_session_ended_is_told_at_once(tab: Page, room) -> None:
    document = room.drafted()
    sign_in(tab, "writer")
    at_the_sheet(tab, f"/documents/{document.pk}/edit/")
    tab.context.clear_cookies(name="sessionid")
    tab.keyboard.type("登录已经过期")
    tab.wait_for_selector("[data-unkept=lost]", state="visible")
    assert_good(tab, "drafting-lost")
    assert asked_on_leaving(tab) == ["beforeunload"]
    assert "登录已经过期" in tab.inner_text(SHEET)


def test_what_is_too_long_to_be_kept_is_warned_of(tab: Page, room, monkeypatch) -> None:
    monkeypatch.setattr(actions, "LARGEST", 800)
    document = room.drafted()
    sign_in(tab, "writer")
    at_the_sheet(tab, f"/documents/{document.pk}/edit/")
    tab.keyboard.insert_text("长" * 900)
    tab.wait_for_selector("[data-unkept=large]", state="visible")
    assert_good(tab, "drafting-large")
    assert asked_on_leaving(tab) == ["beforeunload"]
    went(tab, SAVE)
    document.refresh_from_db()
    assert "长长" in document.current.html


def test_more_words_than_a_form_holds_stay_on_the_page(tab: Page, room, settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 200_000
    document = room.drafted()
    sign_in(tab, "writer")
    at_the_sheet(tab, f"/documents/{document.pk}/edit/")
    tab.keyboard.insert_text("长" * 100_000)
    tab.wait_for_timeout(600)
    tab.click(SAVE)
    tab.wait_for_selector("[data-weight]")
    assert tab.inner_text("[data-weight]").startswith(
        "填写的文字有 0.3 MB，一张表单最多 0.2"
    )
    assert tab.evaluate("document.activeElement.hasAttribute('data-weight')")
    assert_good(tab, "drafting-heavy")
    assert document.revisions.count() == 1
    tab.click(SHEET)
    tab.keyboard.press("Control+a")
    tab.keyboard.type("短了。")
    tab.wait_for_timeout(600)
    went(tab, SAVE)
    assert document.revisions.count() == 2


def test_a_colleagues_version_is_told_and_mine_goes_on_top(tab: Page, room) -> None:
    document = room.drafted()
    sign_in(tab, "clerk")
    at_the_sheet(tab, f"/documents/{document.pk}/edit/")
    tab.keyboard.press("Control+a")
    tab.keyboard.type("我写的一句。")
    room.revised(document, "<p>同事写的一句。</p>")
    went(tab, SAVE)
    tab.wait_for_selector(SHEET)
    assert "何起草" in tab.inner_text("section.warning")
    assert "我写的一句" in tab.inner_text(SHEET)
    assert_good(tab, "drafting-conflict")
    went(tab, SAVE)
    document.refresh_from_db()
    assert "我写的一句" in document.current.html


def test_a_document_is_taken_back_by_keys(tab: Page, room) -> None:
    document = room.sent()
    sign_in(tab, "writer")
    tab.goto(f"/documents/{document.pk}/")
    assert_good(tab, "drafting-sent")
    stepped(tab, "take_back")
    assert_good(tab, "drafting-no-reason")
    stepped(tab, "take_back", "附表送错了")
    document.refresh_from_db()
    assert document.state == State.DRAFTING
    assert "附表送错了" in tab.inner_text("main")
    assert_good(tab, "drafting-back")


def test_five_hundred_hits_are_gone_through_by_keys(tab: Page, room) -> None:
    if tab.plain:
        pytest.skip("keys are the same on both databases")
    document = room.drafted(html=f"<p>手机13912345678。</p>{DRAFT.html}")
    text = "\n".join(f"联系手机1381234{n:04}" for n in range(500)).encode()
    held = as_draft(document.current)
    enclosed = (Enclosed("人员名单", Examined(text, "txt")),)
    draft = replace(held, enclosed=enclosed)
    drafting.revise(document, draft, room.doing(room.writer, document))
    sign_in(tab, "writer")
    tab.goto(f"/documents/{document.pk}/")
    assert "501 处没有处理" in tab.inner_text("#screening h2")
    assert_good(tab, "drafting-hits")
    assert tab.locator("#screening form").count() == 40
    folded = "#file-2 > details > summary"
    tab.focus(folded)
    tab.keyboard.press("Enter")
    assert tab.locator("#file-2 > details[open]").count() == 1
    reach(tab, "#file-2 li summary")
    tab.keyboard.press("Enter")
    reach(tab, "#file-2 textarea")
    tab.keyboard.type("公示名单，本人同意")
    tab.keyboard.press("Tab")
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    assert "500 处没有处理" in tab.inner_text("#screening h2")
    with tab.expect_navigation():
        tab.click("#screening [rel=next]")
    assert "第 2 页，共 13 页" in tab.inner_text("#screening")
    assert_good(tab, "drafting-hits-2")


def test_a_stuck_review_is_seen(tab: Page, room) -> None:
    document = room.sent()
    sign_in(tab, "approver")
    tab.goto(f"/documents/{document.pk}/")
    assert "您通过以后" in tab.inner_text("aside")
    assert_good(tab, "drafting-spent")
    document = room.passed(room.passed(document, room.section), room.approver)
    sign_in(tab, "writer")
    tab.goto(f"/documents/{document.pk}/")
    assert "“机关负责人”环节没有人能办了" in tab.inner_text("main")
    assert_good(tab, "drafting-stuck")


def test_a_notice_leads_to_the_document_and_is_read(tab: Page, room) -> None:
    document = room.sent()
    sign_in(tab, "section")
    tab.goto("/notices/")
    assert_good(tab, "drafting-notices")
    went(tab, ".notice-acts a")
    tab.wait_for_url(f"**/documents/{document.pk}/")
    assert "条未读" not in tab.inner_text("header")
