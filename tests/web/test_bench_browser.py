"""The checking bench in a real browser: on two screens, by keys, without a script."""

from __future__ import annotations

import pytest

from tests.architecture.engine import ROOT
from tests.web.bench.test_bench import long_report
from tests.web.browser import LOOKS, assert_good, opened, reach

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FAULTY = ROOT / "samples" / "ziyang-2024.txt"


@pytest.fixture
def own_folder(tmp_path, settings, db):  # noqa: ARG001 - asked for
    settings.DATA = tmp_path


@pytest.fixture(params=LOOKS, ids="-".join)
def tab(request, chromium, live_server, own_folder):  # noqa: ARG001 - asked for
    with opened(chromium, live_server.url, request.param) as page:
        page.goto("/check/")
        yield page


def test_a_report_is_dropped_and_looked_at_by_keys(tab):
    assert_good(tab, "bench")
    tab.set_input_files("#report", FAULTY)
    reach(tab, "main .button")
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    tab.wait_for_selector(".checked")
    assert_good(tab, "bench-result")
    reach(tab, ".verdict .button")
    tab.keyboard.press("n")
    assert tab.locator(".finding.on").count() == 1
    go = tab.locator(".finding", has_text="规则 S304").locator("a.go")
    go.focus()
    tab.keyboard.press("Enter")
    marked = tab.locator("td.on")
    assert marked.count() == 2
    assert marked.first.is_visible()
    assert_good(tab, "bench-finding")


def test_what_was_made_is_taken_away_explained_and_cleared(tab):
    tab.set_input_files("#report", FAULTY)
    tab.click("main .button")
    tab.wait_for_selector(".checked")
    with tab.expect_download() as given:
        tab.click("text=下载标注版")
    assert given.value.suggested_filename == "ziyang-2024（标注）.docx"
    tab.locator(".code a").first.focus()
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    assert_good(tab, "bench-rule")
    tab.go_back()
    tab.wait_for_selector(".checked")
    with tab.expect_navigation():
        tab.click("text=清除")
    assert "已经清除" in tab.inner_text("main")


def test_one_applicant_at_a_time_on_a_phone(tab):
    if tab.size != "phone":
        pytest.skip("a desk shows the whole table")
    tab.set_input_files("#report", FAULTY)
    tab.click("main .button")
    tab.wait_for_selector(".checked")
    cell = "#r1-c-requests-received-{}"
    assert tab.locator(cell.format("total")).is_visible()
    assert not tab.locator(cell.format("company")).is_visible()
    tab.click(".one-column >> text=商业企业")
    assert tab.locator(cell.format("company")).is_visible()
    assert not tab.locator(cell.format("total")).is_visible()
    assert_good(tab, "bench-column")
    tab.click(".one-column >> text=整张表")
    assert tab.locator(cell.format("total")).is_visible()


def test_a_long_report_tells_its_pages(tab, tmp_path):
    file = tmp_path / "long.pdf"
    file.write_bytes(long_report(40))
    tab.set_input_files("#report", file)
    tab.click("main .button")
    tab.wait_for_selector("text=共40页")
    # The page goes on once it is answered: not while it is looked at.
    tab.route("**/state/", lambda _asked: None)
    assert_good(tab, "bench-progress")
    tab.unroute("**/state/")  # what waited goes on
    tab.wait_for_selector(".checked")


def test_without_a_script_the_page_asks_again_and_links_lead(chromium, live_server, tab):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    plain = context.new_page()
    plain.goto("/check/")
    plain.set_input_files("#report", FAULTY)
    plain.click("main .button")
    plain.wait_for_selector(".checked", timeout=15_000)
    plain.locator(".finding", has_text="规则 S304").locator("a.go").click()
    assert plain.url.endswith("#r1-c-requests-carried_in-person")
    context.close()
    tab.goto("/check/")
