"""A document in a real browser: written, screened, reviewed by each, published, read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mingtang_web.publication.models import Document, Stage, State
from tests.web.browser import LOOKS, assert_good, opened, reach, sign_in
from tests.web.cases.requests import at
from tests.web.publication.offices import TODAY, Newsroom

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WHAT = {
    "title": "关于老旧小区加装电梯补助标准的通知",
    "abstract": "公布老旧小区加装电梯的补助标准。",
    "formed_on": "2026-03-02",
    "document_number": "西政建〔2026〕7号",
}
SAVE = "form[novalidate] .buttons .button:not(.second)"
CHOSEN = {"matter": "a20_11", "topic": "construction", "genre": "notice"}


@pytest.fixture
def room(database: str, live_server) -> Iterator[Newsroom]:  # noqa: ARG001 - asked for, not used
    with at(TODAY):
        yield Newsroom()


@pytest.fixture(params=LOOKS, ids="-".join)
def tab(request, chromium, live_server, room):  # noqa: ARG001 - the people who sign in
    with opened(chromium, live_server.url, request.param) as page:
        yield page


def went(tab: Page, button: str) -> None:
    """Press a button that leads on."""
    with tab.expect_navigation():
        tab.click(button)


def stepped(tab: Page, name: str, words: str = "") -> None:
    """Take a step that is offered; unfold it where it does not stand open."""
    form = f"form[action$='/do/{name}/']"
    if not tab.is_visible(f"{form} button"):
        tab.click(f"details:has({form}) > summary")
    if words:
        tab.fill(f"{form} textarea", words)
    went(tab, f"{form} button")


def written(tab: Page, words: str) -> None:
    tab.goto("/documents/")
    assert_good(tab, "documents-none")
    went(tab, "main a.button")
    tab.wait_for_selector(".rich-sheet")
    for name, said in WHAT.items():
        tab.fill(f"#id_{name}", said)
    for name, value in CHOSEN.items():
        tab.select_option(f"#id_{name}", value)
    tab.click(".rich-sheet")
    tab.keyboard.type(words)
    assert_good(tab, "documents-edit")
    went(tab, SAVE)


def at_the_turn_of(tab: Page, who: str, document: Document) -> None:
    """Sign in as somebody whose turn it is, and open the document from the list."""
    sign_in(tab, who)
    tab.goto("/documents/?stand=turn")
    assert_good(tab)
    went(tab, f"main th a >> text={document.title}")


def test_a_document_from_the_first_word_to_the_public(tab: Page, room) -> None:
    sign_in(tab, "writer")
    written(tab, "每台补助二十万元，联系人手机13812345678。")
    document = Document.objects.get()
    assert "139" not in tab.inner_text("#screening")
    assert "138****5678" in tab.inner_text("#screening")
    assert_good(tab, "documents-hit")
    went(tab, "main a >> text=修改文字和要素")
    tab.wait_for_selector(".rich-sheet p")
    tab.click(".rich-sheet")
    tab.keyboard.press("Control+a")
    tab.keyboard.type("每台补助二十万元，材料交社区。")
    went(tab, SAVE)
    stepped(tab, "send")
    assert "审核中" in tab.inner_text(".head")
    assert_good(tab, "documents-sent")
    reviewed(tab, document)
    sign_in(tab, "publisher")
    tab.goto(f"/documents/{document.pk}/")
    stepped(tab, "publish")
    went(tab, "aside a >> text=公众看到的页面")
    assert "每台补助二十万元" in tab.inner_text("article")
    assert_good(tab, "documents-public")
    assert room.housing.name in tab.inner_text("article")


def reviewed(tab: Page, document: Document) -> None:
    """Each in their turn; the lawyer returns it once."""
    at_the_turn_of(tab, "section", document)
    stepped(tab, "pass")
    at_the_turn_of(tab, "lawyer", document)
    stepped(tab, "return", "请写明受理地点")
    mended(tab, document)
    for who in ("section", "lawyer"):
        at_the_turn_of(tab, who, document)
        stepped(tab, "pass")
    kept_no_secret(tab, document)
    at_the_turn_of(tab, "approver", document)
    assert_good(tab, "documents-leader")
    stepped(tab, "pass")
    document.refresh_from_db()
    assert document.state == State.CLEARED


def mended(tab: Page, document: Document) -> None:
    """Write what the reviewer misses, and look at what was changed."""
    sign_in(tab, "writer")
    tab.goto(f"/documents/{document.pk}/")
    assert "请写明受理地点" in tab.inner_text("main")
    assert_good(tab, "documents-returned")
    went(tab, "main a >> text=修改文字和要素")
    tab.fill("#id_note", "写明受理地点")
    tab.wait_for_selector(".rich-sheet p")
    tab.click(".rich-sheet")
    tab.keyboard.press("Control+End")
    tab.keyboard.type("受理地点在区政务大厅。")
    went(tab, SAVE)
    went(tab, "aside a >> text=与现稿比较 >> nth=1")
    assert "区政务大厅" in tab.inner_text(".rich-text ins")
    assert_good(tab, "documents-compared")
    tab.goto(f"/documents/{document.pk}/")
    stepped(tab, "send")


def kept_no_secret(tab: Page, document: Document) -> None:
    """Review item by item; what has no basis does not pass."""
    at_the_turn_of(tab, "secrecy", document)
    went(tab, "aside a.button")
    went(tab, SAVE)
    assert_good(tab, "documents-secrecy-wrong")
    tab.check("[name=text][value=public]")
    tab.fill("[name=basis-text]", "不涉及国家秘密、工作秘密")
    went(tab, SAVE)


def test_a_hit_is_answered_for_by_keys_alone(tab: Page, room) -> None:
    if tab.plain:
        pytest.skip("keys are the same on both databases")
    document = room.drafted(html="<p>联系人张某，手机13812345678。</p>")
    sign_in(tab, "writer")
    tab.goto(f"/documents/{document.pk}/")
    reach(tab, "#screening li summary")
    tab.keyboard.press("Enter")
    reach(tab, "#screening textarea")
    tab.keyboard.type("本人书面同意公开")
    tab.keyboard.press("Tab")
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    assert "本人书面同意公开" in tab.inner_text("#screening")
    assert_good(tab, "documents-waived")


def test_a_document_is_taken_down_and_its_address_tells_why(tab: Page, room) -> None:
    document = room.published()
    sign_in(tab, "publisher")
    tab.goto(f"/documents/{document.pk}/")
    stepped(tab, "withdraw", "附件有误，更正后再发布")
    assert "附件有误" in tab.inner_text("main")
    tab.goto(f"/info/{document.index_number}/")
    assert "已经撤下" in tab.inner_text("h1")
    assert_good(tab, "documents-gone")


def test_files_are_added_and_put_in_order(tab: Page, room, tmp_path) -> None:
    document = room.drafted()
    sign_in(tab, "writer")
    tab.goto(f"/documents/{document.pk}/files/")
    assert_good(tab, "documents-files-none")
    for name in ("甲表.txt", "乙表.txt"):
        (tmp_path / name).write_text(f"{name}：补助标准", "utf-8")
        tab.set_input_files("#id_file", tmp_path / name)
        went(tab, "form[enctype] button")
    went(tab, "button >> text=上移")
    assert_good(tab, "documents-files")
    document.refresh_from_db()
    names = [row.name for row in document.current.attachments.all()]
    assert names == ["乙表", "甲表"]


def test_an_administrator_sets_the_stages(tab: Page, room) -> None:
    sign_in(tab, "administrator")
    tab.goto(f"/documents/settings/{room.housing.pk}/")
    assert_good(tab, "documents-settings")
    tab.uncheck("[name=stages][value=section]")
    went(tab, "form:has([value=chain]) button")
    document = room.sent()
    assert document.stage == Stage.OFFICE
