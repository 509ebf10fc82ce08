"""Joint and forwarded documents in a real browser: written, corrected, read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mingtang_web.publication.models import Document
from tests.web.browser import LOOKS, assert_good, opened, sign_in
from tests.web.cases.requests import at
from tests.web.publication.offices import TODAY, Newsroom
from tests.web.publication.test_bonds import led_elsewhere

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAVE = "form[novalidate] .buttons .button:not(.second)"
FOLD = "details.bonds > summary"


@pytest.fixture
def room(database: str, live_server) -> Iterator[Newsroom]:  # noqa: ARG001 - asked for, not used
    with at(TODAY):
        yield Newsroom()


@pytest.fixture(params=LOOKS, ids="-".join)
def tab(request, chromium, live_server, room):  # noqa: ARG001 - the people who sign in
    with opened(chromium, live_server.url, request.param) as page:
        yield page


def saved(tab: Page) -> None:
    with tab.expect_navigation():
        tab.click(SAVE)


def test_a_drafter_writes_a_joint_document_that_another_body_leads(tab: Page, room) -> None:
    document = room.drafted()
    sign_in(tab, "writer")
    tab.goto(f"/documents/{document.pk}/edit/")
    tab.wait_for_selector(".rich-sheet p")
    assert not tab.is_visible("#id_issuers")
    tab.click(FOLD)
    tab.fill("#id_issuers", f"西山区财政局\n{room.housing.name}")
    saved(tab)
    assert "西山区财政局" in tab.inner_text("main .error-text >> nth=0")
    assert tab.is_visible("#id_lead_attribute")
    assert_good(tab, "bonds-edit-wrong")
    tab.select_option("#id_lead_attribute", "proactive")
    tab.wait_for_selector(".rich-sheet p")
    saved(tab)
    assert "由西山区财政局牵头" in tab.inner_text("main")
    assert_good(tab, "bonds-joint")
    document = Document.objects.get()
    assert document.newest.issuer == f"西山区财政局、{room.housing.name}"


def test_a_drafter_finds_the_original_and_the_public_opens_it(tab: Page, room) -> None:
    room.published(title="关于加装电梯的通知甲", document_number="西政建〔2026〕8号")
    room.published(title="关于加装电梯的通知乙", document_number="西政建〔2026〕9号")
    document = room.drafted(title="转发通知")
    sign_in(tab, "writer")
    tab.goto(f"/documents/{document.pk}/edit/")
    tab.click(FOLD)
    tab.fill("#id_forwards", "加装电梯的通知")
    tab.wait_for_selector(".rich-sheet p")
    saved(tab)
    assert "请填其中一份的索引号" in tab.inner_text("main")
    assert_good(tab, "bonds-several")
    tab.fill("#id_forwards", "西政建〔2026〕9号")
    tab.wait_for_selector(".rich-sheet p")
    saved(tab)
    assert "关于加装电梯的通知乙" in tab.inner_text("article dl")
    assert_good(tab, "bonds-forwarding")


def test_the_public_reads_who_leads_and_opens_the_original(tab: Page, room) -> None:
    original = room.published(title="原来的通知")
    bonds = led_elsewhere(room)._replace(forwards=original)
    document = room.published(title="联合转发的通知", bonds=bonds)
    tab.goto(f"/info/{document.index_number}/")
    assert "由西山区财政局牵头" in tab.inner_text("article")
    assert_good(tab, "bonds-public")
    with tab.expect_navigation():
        tab.click("article a >> text=原来的通知")
    assert "原来的通知" in tab.inner_text("h1")
