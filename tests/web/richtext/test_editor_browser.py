"""The editor in a real browser: written, pasted, gone through by keys, without scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mingtang_web.desk import unsent
from mingtang_web.desk.templatetags import unsent as shown
from mingtang_web.unsent.models import Unsent
from tests.web.browser import LOOKS, assert_good, opened, reach, sign_in
from tests.web.people import District
from tests.web.richtext import sheet

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize("database", ["sqlite"], indirect=True),
    pytest.mark.urls("tests.web.richtext.sheet"),
]
DOCUMENT = (
    '<p class="align-center"><strong>关于收费目录的通知</strong></p><p>各科室：</p>'
    '<p class="indent">现将目录印发，详见<a href="/gkml/">目录</a>，以m<sup>2</sup>计。</p>'
    "<h2>一、范围</h2><h3>（一）对象</h3><h4>1.要求</h4>"
    "<ul><li>依法</li><li><p>公示</p><ul><li>门户</li></ul></li></ul>"
    '<ol start="3"><li>甲</li></ol><blockquote><p>引文</p></blockquote><hr>'
    '<p>图<img src="/static/mingtang/icon.svg" alt="标志"></p>'
    '<table><caption>收费标准</caption><thead><tr><th scope="col">项目</th>'
    '<th scope="col">标准</th></tr></thead><tbody><tr><td>登记费</td><td>80元</td></tr>'
    '<tr><td colspan="2">同上</td></tr></tbody></table>'
    '<p class="align-right">2026年3月20日</p>'
)
WORD = """<html xmlns:o="urn:x"><head><style>p{color:red}</style></head><body>
<!--StartFragment--><h1>总则</h1><p class=MsoNormal style='text-indent:32.0pt'>
<span style='font-family:仿宋'>根据<b>条例</b><o:p></o:p></span></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoListParagraph>
<span style='font-family:Wingdings'><span style='mso-list:Ignore'>l<span>&nbsp;&nbsp;</span>
</span></span>公开</p><p class=MsoNormal align=right>　　二〇二六年</p>
<table class=MsoTableGrid style='border:none'><tr><td width=50 style='width:5pt'>
<p class=MsoNormal>项目</p></td></tr></table><img src="file:///C:/a.png">
<span style='display:none'>密</span></body></html>"""
PASTE = """html => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  document.querySelector(".rich-sheet").dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""
HELD = """made => document.querySelector('[name=text]').value
  .replace('<li><p>甲</p></li>', '<li>甲</li>') === made"""
PASTE_PICTURE = """() => {
  const data = new DataTransfer();
  data.items.add(new File(["x"], "a.png", { type: "image/png" }));
  document.querySelector(".rich-sheet").dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def begun(monkeypatch):
    """Say with which document the page opens."""

    def begin(text: str) -> None:
        monkeypatch.setitem(sheet.BEGUN, "text", text)

    return begin


@pytest.fixture(params=LOOKS, ids="-".join)
def tab(request, chromium, database, live_server):  # noqa: ARG001 - whose page it is
    with opened(chromium, live_server.url, request.param) as page:
        refused: list[str] = []
        page.on("console", lambda told: refused.append(told.text))
        yield page
        assert refused == []


def saved(tab: Page) -> str:
    """The document that the site took."""
    tab.click("form[novalidate] .buttons .button")
    tab.wait_for_selector("#taken", state="attached")
    return tab.text_content("#source")


def test_a_document_goes_through_the_editor_unchanged(tab, begun):
    begun(DOCUMENT)
    tab.goto("/sheet/")
    tab.wait_for_selector(".rich-sheet caption")
    assert_good(tab, "richtext")
    tab.click(".rich-sheet p >> text=各科室")
    tab.keyboard.press("End")
    tab.keyboard.type("甲")
    assert saved(tab) == DOCUMENT.replace("各科室：", "各科室：甲")
    assert_good(tab, "richtext-read")


def test_a_notice_is_written_by_keys_alone(tab):
    tab.goto("/sheet/")
    tab.wait_for_selector(".rich-sheet")
    reach(tab, ".rich-sheet")
    tab.keyboard.type("根据条例")
    tab.keyboard.press("Enter")
    tab.keyboard.press("Control+Alt+Digit2")
    tab.keyboard.type("一、范围")
    tab.keyboard.press("Enter")
    tab.keyboard.type("见")
    tab.keyboard.press("Control+k")
    tab.keyboard.type("www.gov.cn")
    tab.keyboard.press("Enter")
    tab.locator(".rich-sheet:focus").wait_for()
    tab.wait_for_timeout(200)  # the caret follows the focus in the next frame
    tab.keyboard.press("Alt+F10")
    made_a_table(tab)
    made = saved(tab)
    assert made.startswith('<p class="indent">根据条例</p><h2>一、范围</h2><p>见')
    assert '<a href="https://www.gov.cn">www.gov.cn</a>' in made
    assert '<th scope="col">项目</th><th scope="col">标准</th>' in made
    assert made.endswith("</table><p>完</p>")


def made_a_table(tab: Page) -> None:
    """From the bar into a table, and out of it and of the sheet."""
    tab.locator("[data-do=paragraph]:focus").wait_for()
    for _ in range(40):
        if tab.evaluate("document.activeElement.dataset.do") == "table":
            break
        tab.keyboard.press("ArrowRight")
    tab.keyboard.press("Enter")
    tab.locator(".rich-sheet:focus").wait_for()
    tab.wait_for_timeout(200)  # the caret follows the focus in the next frame
    tab.keyboard.type("项目")
    tab.keyboard.press("Tab")
    tab.keyboard.type("标准")
    tab.keyboard.press("Escape")
    tab.keyboard.type("完")
    tab.keyboard.press("Tab")
    assert not tab.evaluate("document.activeElement.matches('.rich-sheet, .rich-sheet *')")
    tab.keyboard.press("Shift+Tab")
    assert tab.evaluate("document.activeElement.matches('.rich-sheet')")


def waited(tab: Page, made: str) -> None:
    """Until the box holds a document; the page's own policy lets no script be asked."""
    for _ in range(100):
        if tab.evaluate(HELD, made):
            return
        tab.wait_for_timeout(50)
    pytest.fail(f"the box never held {made}")


def test_the_tools_do_what_they_say(tab, begun):
    begun("<p>甲</p>")
    tab.goto("/sheet/")
    tab.click(".rich-sheet p")
    for name, made in (
        ("h3", "<h3>甲</h3>"),
        ("center", '<h3 class="align-center">甲</h3>'),
        ("paragraph", '<p class="align-center">甲</p>'),
        ("center", "<p>甲</p>"),
        ("indent", '<p class="indent">甲</p>'),
        ("undo", "<p>甲</p>"),
        ("bullets", "<ul><li>甲</li></ul>"),
        ("numbers", "<ol><li>甲</li></ol>"),
        ("clear", "<p>甲</p>"),
        ("quote", "<blockquote><p>甲</p></blockquote>"),
    ):
        tab.click(f'[data-do="{name}"]')
        waited(tab, made)
    assert tab.get_attribute('[data-do="quote"]', "aria-pressed") == "true"
    tab.click('[data-do="table"]')
    tab.wait_for_selector(".rich-table", state="visible")
    for said in ("项目", "标准", "依据"):
        tab.keyboard.type(said)
        tab.keyboard.press("Tab")
    tab.click('[data-do="caption"]')
    tab.keyboard.type("表一")
    assert_good(tab, "richtext-table")
    tab.keyboard.press("Enter")
    assert "<caption>表一</caption>" in saved(tab)


def test_what_comes_from_word_becomes_clean(tab):
    tab.goto("/sheet/")
    tab.click(".rich-sheet")
    tab.evaluate(PASTE, WORD)
    assert "没有放入图片" in tab.inner_text(".rich-told")
    assert_good(tab, "richtext-pasted")
    made = saved(tab)
    assert made == (
        '<h2>总则</h2><p class="indent">根据<strong>条例</strong></p><p>• 公开</p>'
        '<p class="align-right">二〇二六年</p>'
        "<table><tbody><tr><td>项目</td></tr></tbody></table>"
    )


def test_a_pasted_picture_is_refused_with_a_word(tab):
    tab.goto("/sheet/")
    tab.click(".rich-sheet")
    tab.evaluate(PASTE_PICTURE)
    assert "请把图片作为附件上传" in tab.inner_text(".rich-told")
    assert tab.locator(".rich-sheet img:not(.ProseMirror-separator)").count() == 0


def test_what_was_typed_and_not_sent_comes_back(tab, monkeypatch):
    for module in (unsent, shown):
        monkeypatch.setattr(module, "PLACES", unsent.PLACES | {"sheet"})
    District()
    sign_in(tab, "clerk")
    tab.goto("/sheet/")
    with tab.expect_response("**/unsent/"):
        tab.click(".rich-sheet")
        tab.keyboard.type("写了一半")
    tab.goto("/sheet/")
    assert "写了一半" not in tab.inner_text(".rich-sheet")
    tab.click("[data-restore]")
    tab.wait_for_selector(".rich-sheet >> text=写了一半")
    assert saved(tab) == '<p class="indent">写了一半</p>'
    assert Unsent.objects.count() <= 1


def test_large_letters_and_english_have_room(tab, begun):
    begun(DOCUMENT)
    tab.goto("/sheet/")
    tab.click("footer form:first-of-type button")
    tab.click("footer button[value=en]")
    tab.goto("/sheet/")
    tab.click(".rich-sheet td >> nth=0")
    tab.locator('button:has-text("Delete table")').wait_for()
    assert_good(tab, "richtext-large")


def test_without_scripts_paragraphs_are_typed(chromium, database, live_server):  # noqa: ARG001
    with chromium.new_context(
        java_script_enabled=False, base_url=live_server.url
    ) as context:
        tab = context.new_page()
        tab.goto("/sheet/")
        assert tab.locator(".rich-bar").is_hidden()
        tab.fill("#id_text", "各科室：\n\n\u3000\u3000现通知\n如下 < 1")
        made = saved(tab)
        assert made == '<p>各科室：</p><p class="indent">现通知<br>如下 &lt; 1</p>'
        tab.fill("#id_text", DOCUMENT)
        assert saved(tab) == DOCUMENT
