"""The findings page in a real browser: from finding to cell and back, for everyone."""

from __future__ import annotations

import pytest

from mingtang.writing.page import page as made_page
from tests.engine.writing.samples import clean_sheet, faulty_sheet, lost_sheet
from tests.looking import SIZES, assert_accessible

pytestmark = pytest.mark.browser

TOTAL = "#r1-c-requests-unavailable_not_held-total"
DESK, PHONE = SIZES["desk"], SIZES["phone"]


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    one, many = folder / "one.html", folder / "many.html"
    one.write_text(made_page([faulty_sheet()]), encoding="utf-8")
    sheets = [faulty_sheet("甲.html"), clean_sheet("乙.txt"), lost_sheet("丙.txt")]
    many.write_text(made_page(sheets), encoding="utf-8")
    return {"one": one.as_uri(), "many": many.as_uri()}


@pytest.fixture
def visit(chromium, files):
    """Open a page; every request but the file itself and every error is a failure."""
    contexts = []
    troubles = []

    def opened(name="one", **options):
        options = {"viewport": DESK, "reduced_motion": "reduce", **options}
        context = chromium.new_context(**options)
        contexts.append(context)
        tab = context.new_page()
        tab.on("request", lambda asked: troubles.append(asked.url))
        tab.on("console", lambda said: troubles.append(said.text))
        tab.on("pageerror", lambda error: troubles.append(str(error)))
        tab.goto(files[name])
        assert troubles.pop(0) == files[name]
        return tab

    yield opened
    for context in contexts:
        context.close()
    assert troubles == []


def in_view(tab, selector):
    box = tab.locator(selector).first.bounding_box()
    size = tab.viewport_size
    across = box["x"] >= 0 and box["x"] + box["width"] <= size["width"] + 1
    return across and box["y"] < size["height"] and box["y"] + box["height"] > 0


@pytest.mark.parametrize("name", ["one", "many"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing(visit, name, scheme, viewport):
    tab = visit(name, viewport=viewport, color_scheme=scheme)
    assert_accessible(tab)
    tab.locator(".go").nth(4).click()
    assert tab.locator(".finding.on").count() == 1
    assert_accessible(tab)


def test_a_finding_draws_its_whole_equation(visit):
    tab = visit()
    tab.locator("#r1-f6 .go").click()
    lit = tab.locator("td.on")
    assert lit.count() == 7
    signs = lit.evaluate_all("cells => cells.map(cell => cell.dataset.sign || '')")
    assert signs == ["", "+", "+", "+", "+", "+", "="]
    assert in_view(tab, TOTAL)
    tab.keyboard.press("Escape")
    assert tab.locator(".on").count() == 0


def test_a_cell_leads_to_each_of_its_findings_in_turn(visit):
    tab = visit()
    mark = tab.locator(f"{TOTAL} .mark")
    mark.click()
    assert tab.locator(".finding.on").get_attribute("id") == "r1-f5"
    assert in_view(tab, "#r1-f5 .go")
    mark.click()
    assert tab.locator(".finding.on").get_attribute("id") == "r1-f6"
    mark.click()
    assert tab.locator(".finding.on").get_attribute("id") == "r1-f5"


def test_from_finding_to_cell_and_back_by_keyboard(visit):
    tab = visit()
    tab.locator("#r1-f6 .go").focus()
    tab.keyboard.press("Enter")
    focused = "document.activeElement.closest('td').id"
    assert tab.evaluate(focused) == "r1-c-requests-unavailable_not_held-person"
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "r1-f6"


def test_n_and_p_step_through_the_findings(visit):
    tab = visit()
    seen = []
    for key in "nnnp":
        tab.keyboard.press(key)
        seen.append(tab.locator(".finding.on").get_attribute("id"))
    assert seen == ["r1-f1", "r1-f2", "r1-f3", "r1-f2"]
    for _ in range(20):
        tab.keyboard.press("n")
    assert tab.locator(".finding.on").get_attribute("id") == "r1-f8"


def test_the_button_begins_with_the_first_finding_as_numbered(visit):
    tab = visit("many")
    tab.locator("#r1 .button").click()
    tab.wait_for_selector("#r1-f1.on")
    assert tab.locator("#r1-f1 .ordinal").text_content() == "1"
    assert tab.locator("#r1-f1 .weight").text_content() == "矛盾"
    assert in_view(tab, "#r1-f1 .go")
    tab.keyboard.press("n")
    assert tab.locator(".finding.on").get_attribute("id") == "r1-f2"


def test_the_margin_runs_down_the_report_in_the_order_of_the_list(visit):
    for viewport in (DESK, PHONE):
        tab = visit(viewport=viewport)
        listed = tab.locator(".index .ordinal").all_text_contents()
        stand = "notes => notes.map(n => [n.getBoundingClientRect().y, n.dataset.number])"
        notes = tab.locator(".finding").evaluate_all(stand)
        assert [number for _, number in sorted(notes)] == listed
        assert listed == [str(number) for number in range(1, 9)]


def test_a_quote_in_the_prose_leads_to_its_finding(visit):
    tab = visit()
    tab.locator("#r1-p4 .mark").click()
    assert tab.locator(".finding.on").get_attribute("id") == "r1-f1"
    assert tab.locator("mark").first.text_content().startswith("没有收到政府信息公开申请")


def test_a_link_to_a_finding_opens_it(visit):
    tab = visit()
    tab.evaluate("location.hash = '#r1-f6'")
    tab.wait_for_selector("#r1-f6.on")


def test_without_script_the_links_still_lead_both_ways(visit):
    tab = visit(java_script_enabled=False)
    tab.locator("#r1-f6 .go").click()
    assert tab.url.endswith("#r1-c-requests-unavailable_not_held-person")
    tab.locator(f"{TOTAL} .mark").click()
    assert tab.url.endswith("#r1-f5")


@pytest.mark.parametrize("width", [320, 390, 768, 1024, 1280])
@pytest.mark.parametrize("name", ["one", "many"])
def test_nothing_overflows_the_page(visit, name, width):
    tab = visit(name, viewport={"width": width, "height": 800})
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


def test_on_a_phone_the_labels_stay_while_the_figures_move(visit):
    tab = visit(viewport=PHONE, has_touch=True, is_mobile=True)
    frame = tab.locator(".frame.requests")
    label = tab.locator(".requests tbody th.third").first
    before = label.bounding_box()["x"]
    frame.evaluate("frame => frame.scrollLeft = 400")
    assert abs(label.bounding_box()["x"] - before) < 1
    last = tab.locator(".requests tbody tr").first.locator("td").last.bounding_box()
    assert last["x"] >= before + label.bounding_box()["width"] - 1
    assert last["x"] + last["width"] <= PHONE["width"] + 1


def test_targets_are_large_enough_for_fingers(visit):
    tab = visit(viewport=PHONE, has_touch=True, is_mobile=True)
    for selector in (".go", "td .mark", ".button", "summary", ".term"):
        for box in [one.bounding_box() for one in tab.locator(selector).all()]:
            assert box is None or box["height"] >= 43.9, selector


def test_paper_shows_every_finding_and_no_table_is_cut(visit):
    tab = visit()
    tab.emulate_media(media="print")
    assert tab.locator(".finding:visible").count() == 8
    assert not tab.locator(".button").is_visible()
    for frame in tab.locator(".frame").all():
        assert frame.evaluate("one => getComputedStyle(one).overflowX") == "visible"
        wide = "one => one.querySelector('table').offsetWidth <= one.offsetWidth + 1"
        assert frame.evaluate(wide)


def test_the_printed_report_is_short(visit):
    tab = visit()
    paper = tab.pdf(format="A4", prefer_css_page_size=True)
    pages = paper.count(b"/Type /Page\n") + paper.count(b"/Type /Page ")
    assert paper.startswith(b"%PDF")
    assert pages <= 6


def test_contents_lead_to_each_report(visit):
    tab = visit("many")
    tab.get_by_role("link", name="某区某局").nth(1).click()
    assert tab.url.endswith("#r2")
    assert in_view(tab, "#r2-title")
