"""The written report in a real browser: on a desk, on a phone, with a reader, on paper."""

from __future__ import annotations

import pypdfium2
import pytest

import mingtang
from tests.builders import SECTIONS, report
from tests.looking import SIZES, assert_accessible
from tests.trials.essence import essence

pytestmark = pytest.mark.browser

BODY = "河谷省青石自治州白杨林自治县红旗镇人民政府（红旗镇综合行政执法局）"
ADDRESS = "网址：https://www.example.gov.cn/reports/2024/index-of-all-reports.html。"
CELLS = {"requests/received/person": "1234567890", "disputes/review/upheld": "-3"}


def made():
    title = f"{BODY}2024年政府信息公开工作年度报告"
    sections = (f"{SECTIONS[0]}\n{ADDRESS}", *SECTIONS[1:])
    return report(cells=CELLS, title=title, signer=BODY, sections=sections)


@pytest.fixture(params=SIZES)
def tab(request, chromium):
    context = chromium.new_context(viewport=SIZES[request.param])
    opened = context.new_page()
    opened.set_content(mingtang.write(made(), "html").decode())
    yield opened
    context.close()


def test_a_checker_of_accessibility_finds_nothing(tab):
    assert_accessible(tab)


def test_only_wide_tables_are_moved_sideways(tab):
    page, window = (
        tab.evaluate(f"document.documentElement.{name}Width")
        for name in ("scroll", "client")
    )
    assert page <= window
    for wide in tab.locator("table.wide").all():
        assert wide.bounding_box()["width"] >= 700


def test_no_figure_is_broken_over_lines(tab):
    cell = tab.get_by_role("cell", name="1234567890")
    assert cell.bounding_box()["height"] < 60


def test_on_paper_it_is_the_form(chromium):
    context = chromium.new_context()
    tab = context.new_page()
    tab.set_content(mingtang.write(made(), "html").decode())
    data = tab.pdf(prefer_css_page_size=True)
    context.close()
    document = pypdfium2.PdfDocument(data)
    assert [round(side / 72 * 25.4) for side in document[0].get_size()] == [210, 297]
    pages = [page.get_textpage().get_text_bounded() for page in document]
    (whole,) = (page for page in pages if "一、本年新收" in page)
    assert "四、结转下年度继续办理" in whole
    assert all(len(page) > 40 for page in pages)
    assert essence(mingtang.read(data).report)["facts"] == essence(made())["facts"]
