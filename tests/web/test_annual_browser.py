"""A year's report in a real browser: compiled, written, signed, published and read."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from mingtang import read
from mingtang_web.annual.compiling import frozen
from mingtang_web.annual.models import Annual
from tests.web.annual.reports import JANUARY, NONE_ISSUED, SOURCE, TOPICS, WORDS, Bureau
from tests.web.browser import LOOKS, assert_good, opened, sign_in
from tests.web.cases.requests import at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LATE = "统计期限自2025年1月1日起至2025年12月31日止。"


@pytest.fixture
def bureau(database: str, live_server) -> Iterator[Bureau]:  # noqa: ARG001 - asked for, not used
    with at(date(2026, 3, 20)):
        made = Bureau()
    with at(JANUARY):
        yield made


@pytest.fixture(params=LOOKS, ids="-".join)
def tab(request, chromium, live_server, bureau):  # noqa: ARG001 - the people who sign in
    with opened(chromium, live_server.url, request.param) as page:
        yield page


def test_a_report_from_its_cases_to_the_published_file_and_back(tab: Page, bureau) -> None:
    sign_in(tab, "clerk")
    begun(tab)
    figures_entered(tab)
    written(tab)
    stepped(tab, "送审", "已送审")
    sign_in(tab, "chief")
    opened_again(tab)
    stepped(tab, "退回修改", "已退回修改", "第五部分请写明下一步措施")
    sign_in(tab, "clerk")
    opened_again(tab)
    assert "第五部分请写明下一步措施" in tab.inner_text("main")
    stepped(tab, "送审", "已送审")
    sign_in(tab, "chief")
    opened_again(tab)
    stepped(tab, "审核通过", "已通过")
    sign_in(tab, "lawyer")
    opened_again(tab)
    stepped(tab, "审核通过", "已通过")
    sign_in(tab, "approver")
    opened_again(tab)
    assert_good(tab, "annual-to-sign")
    stepped(tab, "签发", "就此固定")
    stepped(tab, "公布", "五种格式")
    assert_good(tab, "annual-published")
    the_file_says_what_was_signed(tab)
    anybody_finds_it(tab)
    sign_in(tab, "clerk")
    the_case_is_found_from_its_cell(tab, bureau)


def begun(tab: Page) -> None:
    tab.goto("/annual/")
    assert_good(tab, "annual-none")
    tab.click("main a.button")
    assert_good(tab, "annual-new")
    tab.click("form.card .button:not(.second)")
    tab.wait_for_selector("article.paper")
    assert_good(tab, "annual-draft")
    tab.click("text=读入上年的报告")
    assert_good(tab, "annual-earlier")
    tab.click("main a.button.second")


def figures_entered(tab: Page) -> None:
    tab.click("text=填表二等数字")
    for cell, value in NONE_ISSUED.items():
        tab.fill(f"[name='{cell}']", value)
    tab.fill("[name=source-disclosure]", SOURCE)
    assert_good(tab, "annual-figures")
    tab.click(".form-page form .button:not(.second)")
    tab.wait_for_selector("text=填报的数字已保存")
    opened_again(tab)


def written(tab: Page) -> None:
    """Write; a finding comes and goes while one writes, without the page being loaded."""
    tab.click("main .head a.button:not(.second)")
    tab.wait_for_selector("#findings .gap")
    assert_good(tab, "annual-editor")
    tab.evaluate("window.samePage = true")
    tab.fill("#section-0", LATE)
    tab.wait_for_selector("#findings .finding:has-text('2025')")
    tab.keyboard.press("Tab")
    tab.locator("#findings .gap a").first.click()
    assert tab.evaluate("document.activeElement.id").startswith("section-")
    tab.evaluate("document.activeElement.blur()")
    tab.keyboard.press("n")
    assert tab.locator(".finding[aria-current]").count() == 1
    for section in (0, 1, 5, 6):
        text = WORDS.get(section) or tab.input_value(f"#section-{section}")
        for topic, said in TOPICS.items():
            text = text.replace(f"〔待填：{topic}〕", said)
        tab.fill(f"#section-{section}", text)
    tab.wait_for_selector("#findings .gap", state="detached")
    assert tab.evaluate("window.samePage")
    tab.click("form[data-typed] .button:not(.second)")
    tab.wait_for_selector("text=文字已保存")
    assert_good(tab, "annual-written")
    opened_again(tab)


def stepped(tab: Page, name: str, said: str, note: str = "") -> None:
    act = tab.locator("details.act").filter(has=tab.get_by_text(name, exact=True).first)
    if act.get_attribute("open") is None:
        act.locator("summary").first.click()
    if note:
        act.locator("textarea").fill(note)
    act.locator("button").click()
    tab.wait_for_selector(f".told:has-text('{said}')")


def opened_again(tab: Page) -> None:
    tab.goto(f"/annual/{Annual.objects.get().pk}/")


def the_file_says_what_was_signed(tab: Page) -> None:
    for kind in ("PDF", "DOCX"):
        with tab.expect_download() as coming:
            tab.click(f"aside a:text-is('{kind}')")
        back = read(coming.value.path().read_bytes()).report
        signed = frozen(Annual.objects.get())
        assert {cell: fact.value for cell, fact in back.facts.items()} == {
            cell: fact.value for cell, fact in signed.facts.items()
        }
        words = [block.text for part in back.sections for block in part.paragraphs]
        assert "档案分存两处" in "".join(words)
        assert back.signature.day == JANUARY


def anybody_finds_it(tab: Page) -> None:
    tab.context.clear_cookies()
    tab.goto("/")
    tab.get_by_role("link", name="看年度报告").click()
    assert_good(tab, "reports")
    tab.get_by_role("link", name="西山区住房和城乡建设局").click()
    assert "档案分存两处" in tab.inner_text("article")
    assert_good(tab, "report")


def the_case_is_found_from_its_cell(tab: Page, bureau: Bureau) -> None:
    opened_again(tab)
    tab.click("#cell-requests-carried_out-person a")
    assert_good(tab, "annual-cell")
    tab.click(f"text={bureau.granted[2].number}")
    tab.wait_for_url("**/cases/**")
    assert "三号楼备案表" in tab.inner_text("main")
    tab.goto("/annual/period/?first=2026-03-01&last=2026-03-31&body="
             f"{bureau.housing.pk}&cell=requests/granted/person")  # fmt: skip
    assert bureau.granted[0].number in tab.inner_text("main")
    assert_good(tab, "annual-period")
