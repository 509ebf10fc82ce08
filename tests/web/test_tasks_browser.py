"""The five tasks of first-time users, done with nothing but what the screen says.

`docs/explanation/first-time-tasks.md` tells them. Whatever is pressed or filled here is
found by its name on the screen: who cannot find it there cannot do the task.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from mingtang.case import events as e
from mingtang_web.annual.models import Annual, State
from mingtang_web.cases.lettering import kind_for
from mingtang_web.cases.models import Case
from mingtang_web.collecting.models import Delivery
from tests.architecture.engine import ROOT
from tests.web.annual.reports import JANUARY, NONE_ISSUED, SOURCE, TOPICS, WORDS, Bureau
from tests.web.browser import LOOKS, opened, sign_in
from tests.web.cases.requests import at
from tests.web.collecting.seasons import Collection, asked, paper
from tests.web.letters.ways import FEE, LetterOffice

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize("database", ["sqlite"], indirect=True, scope="session"),
]
D = date
DESK, PHONE = LOOKS
ASKED = D(2026, 3, 2)
WATER = "西山区水务局"
FAULTY = ROOT / "samples" / "ziyang-2024.txt"
_NAMED = """() => {
  const at = document.activeElement;
  if (!at.matches('a, button, input, select, textarea, summary')) return '';
  const label = at.labels && at.labels[0] ? at.labels[0].innerText : '';
  return `${label} ${at.innerText || ''}`;
}"""


@pytest.fixture
def own_folder(database: str, tmp_path: Path, settings) -> None:  # noqa: ARG001 - asked for
    settings.DATA = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def office(own_folder, live_server) -> Iterator[LetterOffice]:  # noqa: ARG001 - asked for
    with at(ASKED):
        yield LetterOffice()


def pressed(tab: Page, name: str) -> None:
    """Press the link or button of a name, whichever there is, and wait for its page."""
    named = tab.get_by_role("link", name=name).or_(tab.get_by_role("button", name=name))
    with tab.expect_navigation():
        named.first.click()


def unfolded(tab: Page, name: str) -> Locator:
    """The act of a name, unfolded where it is not."""
    act = tab.get_by_role("group").filter(has=tab.get_by_text(name, exact=True)).first
    if act.get_attribute("open") is None:
        act.get_by_text(name, exact=True).first.click()
    return act


def says(tab: Page) -> str:
    return tab.get_by_role("main").inner_text()


def test_a_citizen_asks_on_a_phone_mends_the_request_and_learns_what_to_do(
    chromium: Browser, live_server, office: LetterOffice
) -> None:
    with opened(chromium, live_server.url, PHONE) as tab:
        pressed(tab, "申请政府信息")
        tab.get_by_label("机关名称里的几个字").fill("住建局")
        pressed(tab, "查找")
        for name in ("西山区住房和城乡建设局", "向这个机关申请", "继续申请"):
            pressed(tab, name)
        tab.get_by_label("我自己").check()
        pressed(tab, "继续")
        tab.get_by_label("姓名").fill("周兰")
        for name in ("继续", "不上传，继续"):
            pressed(tab, name)
        tab.get_by_label("信息的名称").fill("清河小区3号楼竣工验收备案表")
        tab.get_by_label("具体要什么").fill("清河小区3号楼的竣工验收备案表复印件")
        pressed(tab, "继续")
        tab.get_by_label("发到我的电子邮箱").check()
        tab.get_by_label("电子邮箱", exact=True).fill("zhou@example.cn")
        for name in ("继续", "提交申请"):
            pressed(tab, name)
        number, code = tab.locator(".big").all_inner_texts()
        pressed(tab, "我记下了，关闭回执")
        tab.get_by_label("申请编号").fill(number)
        tab.get_by_label("查询码").fill(code.lower().replace("-", " "))
        pressed(tab, "查看")
        mends_it_and_reads_on(tab, office, Case.objects.get(number=number))


def mends_it_and_reads_on(tab: Page, office: LetterOffice, case: Case) -> None:
    """What the body asks stands beside the field; the answer leads to the last day."""
    case = office.act(case, e.Confirmed(on=ASKED), office.order("registration_receipt"))
    with at(D(2026, 3, 5)):
        until = e.CorrectionAsked(on=D(2026, 3, 5), until=D(2026, 3, 25))
        office.act(case, until, office.order("correction_notice"))
        tab.reload()
        assert "最迟 2026-03-25 补充（含当天）" in says(tab)
        pressed(tab, "把申请说清楚")
        assert tab.get_by_role("region", name="机关要您补充的").is_visible()
        tab.get_by_label("补充、更正的内容").fill("2025年的，3号楼。")
        pressed(tab, "交给机关")
        assert "机关收到您的补充说明" in says(tab)
    case.refresh_from_db()
    decided = e.Decided(on=D(2026, 3, 12), ground="N6")
    with at(D(2026, 3, 16)):
        answered_after(office, case, decided)
        tab.reload()
        for name in ("打开答复", "确认收到"):
            pressed(tab, name)
        tab.get_by_label("我已经收到这份答复").check()
        for name in ("确认收到", "对答复不满意怎么办"):
            pressed(tab, name)
        assert "申请复议最后一天" in says(tab)
        assert "2026-05-15" in says(tab)


def answered_after(office: LetterOffice, case: Case, decided: e.Decided) -> None:
    """The officers' part, once the request was mended."""
    with at(decided.on):
        case = office.act(case, decided, office.order(kind_for(decided)))
    with at(D(2026, 3, 13)):
        office.act(case, e.Dispatched(on=D(2026, 3, 13), mode="electronic"), None)


def keyed(tab: Page, name: str, then: str = "Enter") -> None:
    """Go by Tab to what begins with a name, press a key, wait for what it opens."""
    for _ in range(60):
        if tab.evaluate(_NAMED).strip().startswith(name):
            break
        tab.keyboard.press("Tab")
    else:
        pytest.fail(f"{name} is not reached by Tab on {tab.url}")
    if then == "Enter":
        with tab.expect_navigation():
            tab.keyboard.press("Enter")
    else:
        tab.keyboard.press(then)


def typed(tab: Page, name: str, words: str) -> None:
    keyed(tab, name, "Control+A")
    tab.keyboard.insert_text(words)


def test_an_organisation_asks_by_keys_without_scripts_and_disputes_a_fee(
    chromium: Browser, live_server, office: LetterOffice
) -> None:
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    tab = context.new_page()
    tab.goto("/")
    for name in ("申请政府信息", "西山区住房和城乡建设局", "向这个机关申请", "继续申请"):
        keyed(tab, name)
    keyed(tab, "我自己", "ArrowDown")  # 商业企业
    keyed(tab, "继续")
    typed(tab, "单位全称", "西山区青杨商贸有限公司")
    typed(tab, "证件号码", "91990101MA0000000U")
    keyed(tab, "继续")
    assert tab.evaluate("document.activeElement.matches('.summary')")  # what is wrong
    keyed(tab, "身份证明：")
    tab.keyboard.press("ArrowDown")  # the first of them is an organisation's own
    for name in ("继续", "不上传，继续"):
        keyed(tab, name)
    typed(tab, "信息的名称", "2024年度危旧房屋加固施工合同")
    typed(tab, "具体要什么", "2024年签订的危旧房屋加固施工合同全部文本")
    keyed(tab, "继续")
    keyed(tab, "发到我的电子邮箱", "Space")
    typed(tab, "电子邮箱", "office@example.cn")
    for name in ("继续", "提交申请"):
        keyed(tab, name)
    disputes_the_fee(tab, office)
    context.close()


def disputes_the_fee(tab: Page, office: LetterOffice) -> None:
    """From the receipt on, to the trace that the objection leaves."""
    assert not tab.get_by_text("打印这一页", exact=True).is_visible()  # it needs a script
    number, code = tab.locator(".big").all_inner_texts()
    keyed(tab, "我记下了，关闭回执")
    case = Case.objects.get(number=number)
    case = office.act(case, e.Confirmed(on=ASKED), office.order("registration_receipt"))
    with at(FEE.on):
        office.act(case, FEE, office.order("fee_notice"))
        typed(tab, "申请编号", number)
        typed(tab, "查询码", code)
        for name in ("查看", "缴费，或者看看怎么提异议"):
            keyed(tab, name)
        assert "每页 10 元，共 380 元" in says(tab)
        keyed(tab, "对收费提出异议")
        typed(tab, "哪里不对", "通知写68页，实际只有40页")
        keyed(tab, "交给机关核对")
        assert "您对收费提出异议" in says(tab)
        assert "您的异议机关正在核对" in says(tab)


@pytest.mark.usefixtures("own_folder")
def test_the_report_of_the_year_goes_from_the_ledger_to_its_publication(
    chromium: Browser, live_server
) -> None:
    with at(D(2026, 3, 20)):
        Bureau()
    with at(JANUARY), opened(chromium, live_server.url, DESK) as tab:
        sign_in(tab, "clerk")
        for name in ("年报", "编制年度报告", "生成草稿", "填写"):
            pressed(tab, name)
        for cell, value in NONE_ISSUED.items():
            tab.locator(f"[name='{cell}']").fill(value)
        tab.get_by_label("数据来源").fill(SOURCE)
        pressed(tab, "保存")
        pressed(tab, "写文字")
        words_mended(tab)
        pressed(tab, "返回")
        stepped(tab, "送审", "送给另外的人审核")
        for who, then in (
            ("chief", "审核通过"),
            ("lawyer", "审核通过"),
            ("approver", "签发"),
        ):
            sign_in(tab, who)
            pressed(tab, "待我审核、签发的年报")
            pressed(tab, "2026")
            stepped(tab, then)
        stepped(tab, "公布", "报送给它")
        assert "登到本机关网站" in says(tab)
        assert tab.get_by_role("link", name="PDF").is_visible()
    assert Annual.objects.get().state == State.PUBLISHED


def words_mended(tab: Page) -> None:
    """Every place that waits is filled; the page says so before it is sent."""
    for n, name in ((0, "引言"), (1, "一、"), (5, "五、"), (6, "六、")):
        field = tab.get_by_role("textbox", name=name)
        text = WORDS.get(n) or field.input_value()
        for topic, said in TOPICS.items():
            text = text.replace(f"〔待填：{topic}〕", said)
        field.fill(text)
    pressed(tab, "保存")
    assert "没有发现问题，可以送审" in says(tab)


def stepped(tab: Page, name: str, then: str = "") -> None:
    """Take a step that stands open, and read before what follows from it."""
    act = unfolded(tab, name)
    assert then in act.inner_text()
    with tab.expect_navigation():
        act.get_by_role("button", name=name).click()


@pytest.mark.usefixtures("own_folder")
def test_the_office_opens_a_season_and_takes_in_what_came_by_mail(
    chromium: Browser, live_server, tmp_path: Path
) -> None:
    faulty, right = tmp_path / "年报.docx", tmp_path / "年报（改）.docx"
    faulty.write_bytes(paper(WATER, to="docx", **asked(3, requests__received__total="5")))
    right.write_bytes(paper(WATER, to="docx", **asked(3)))
    with at(JANUARY):
        Collection(year=None)
    with at(JANUARY), opened(chromium, live_server.url, DESK) as tab:
        sign_in(tab, "supervisor")
        for name in ("年报", "年报收集", "发起收集"):
            pressed(tab, name)
        pressed(tab, "发起收集")
        pressed(tab, WATER)
        uploaded(tab, faulty)
        act = unfolded(tab, "退回修改")
        act.get_by_label("意见").fill("表三总计与各栏之和不等，请按台账核对")
        with tab.expect_navigation():
            act.get_by_role("button", name="退回修改").click()
        assert tab.get_by_role("link", name="标注版").is_visible()
        uploaded(tab, right)
        with tab.expect_navigation():
            unfolded(tab, "接受").get_by_role("button", name="接受").click()
        pressed(tab, "收集2026年度报告")
        pressed(tab, "等机关办的")
        assert WATER not in tab.get_by_role("table").inner_text()
        pressed(tab, "合计")
        assert "（未报）" in says(tab)
        taken_away(tab, "XLSX")
        pressed(tab, "通报")
        taken_away(tab, "DOCX")
    assert [each.state for each in Delivery.objects.order_by("pk")][-1] == "accepted"


def uploaded(tab: Page, file: Path) -> None:
    act = unfolded(tab, "代这个机关上传")
    act.get_by_label("年度报告的文件").set_input_files(file)
    with tab.expect_navigation():
        act.get_by_role("button", name="上传并报送").click()
    tab.get_by_role("heading", name="发现").wait_for(timeout=60_000)


def taken_away(tab: Page, name: str) -> None:
    with tab.expect_download() as coming:
        tab.get_by_role("link", name=name).click()
    assert coming.value.path().read_bytes().startswith(b"PK")


@pytest.mark.usefixtures("own_folder")
def test_anyone_drops_a_report_finds_the_faulty_cell_and_takes_the_marked_copy(
    chromium: Browser, live_server
) -> None:
    with opened(chromium, live_server.url, PHONE) as tab:
        pressed(tab, "检查一份年度报告")
        tab.get_by_label("要检查的报告").set_input_files(FAULTY)
        tab.get_by_role("button", name="检查", exact=True).click()
        title = tab.get_by_role("link", name="表三有空格").last
        title.wait_for(timeout=60_000)
        assert "underline" in title.locator(".title").evaluate(
            "each => getComputedStyle(each).textDecorationLine"
        )
        title.click()
        assert tab.locator("td.on").first.is_visible()
        assert "空白" in tab.locator("td.on").first.inner_text()
        with tab.expect_download() as given:
            tab.get_by_role("link", name="下载标注版").click()
        assert given.value.suggested_filename == "ziyang-2024（标注）.docx"


def test_a_figure_of_the_dashboard_is_opened_to_its_cases(
    chromium: Browser, live_server, office: LetterOffice
) -> None:
    case = office.registered()
    office.registered()
    with at(D(2026, 3, 20)), opened(chromium, live_server.url, DESK) as tab:
        sign_in(tab, "supervisor")
        pressed(tab, "统计")
        chart = tab.get_by_role("region", name="现在在办的案件")
        chart.get_by_text("表和逐件查看").click()
        with tab.expect_navigation():
            chart.get_by_role("link", name="在办").click()
        assert "合这些条件的 2 件" in says(tab)
        assert case.number in says(tab)
