"""The screens of annual reports: paper, cells, editor, figures, steps, files."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from mingtang import read
from mingtang.case import events as e
from mingtang_web import clock
from mingtang_web.annual import actions, reviewing
from mingtang_web.annual.actions import Kept
from mingtang_web.annual.compiling import draft
from mingtang_web.annual.models import Adjustment, Annual, Figure, State, Wording
from mingtang_web.cases.actions import Doing
from mingtang_web.disputes import actions as disputes
from mingtang_web.ledger.models import Entry
from tests.web.annual.reports import JANUARY, NONE_ISSUED, SOURCE, by
from tests.web.cases.requests import at
from tests.web.disputes.test_disputes import filing
from tests.web.people import person

if TYPE_CHECKING:
    from django.test import Client

KEY = "k" * 32
HIDDEN = re.compile(r'<input type="hidden" name="((?:after|was|saw)-\d)" value="(.*?)">')
AREA = re.compile(r'<textarea id="section-(\d)".*?>\n(.*?)</textarea>', re.DOTALL)
RECEIVED = "requests/received/person"


def sent(client: Client, name: str, *of: object, **said: object) -> object:
    annual = Annual.objects.order_by("-id").first()
    known = {"key": KEY, "version": annual.version if annual else 0}
    return client.post(reverse(name, args=of), known | said, follow=True)


def test_a_report_is_begun_on_the_screen_and_stands_there_as_it_prints(bureau, client):
    client.force_login(bureau.clerk)
    assert "还没有年度报告" in client.get(reverse("annuals")).content.decode()
    body = str(bureau.housing.pk)
    answer = sent(client, "annual_new", year=2026, body=body, cases="on", disputes="on")
    page = answer.content.decode()
    assert "西山区住房和城乡建设局2026年政府信息公开工作年度报告" in page
    assert f"/cell/{RECEIVED}/" in page
    assert "待填" in page
    assert "2026" in client.get(reverse("annuals")).content.decode()


def test_a_figure_opens_into_its_cases_and_a_total_into_its_parts(bureau, client):
    annual = bureau.begun()
    client.force_login(bureau.clerk)
    page = client.get(reverse("annual_cell", args=[annual.pk, RECEIVED])).content.decode()
    for case in bureau.granted:
        assert reverse("case", args=[case.pk]) in page
    whole = reverse("annual_cell", args=[annual.pk, "requests/received/total"])
    page = client.get(whole).content.decode()
    assert f"/cell/{RECEIVED}/" in page
    assert bureau.granted[0].number in page


def test_a_disputes_figure_opens_into_the_dispute(bureau, client):
    made = disputes.file(filing(bureau, filed=JANUARY), bureau.clerk)
    annual = bureau.begun(2027)
    client.force_login(bureau.clerk)
    cell = "disputes/review/pending"
    page = client.get(reverse("annual_cell", args=[annual.pk, cell])).content.decode()
    assert made.number in page


@pytest.mark.parametrize("cell", ["disclosure/coercion/decisions", "requests/x/y", "y"])
def test_what_is_not_counted_opens_into_nothing(bureau, client, cell):
    annual = bureau.begun()
    client.force_login(bureau.clerk)
    assert client.get(reverse("annual_cell", args=[annual.pk, cell])).status_code == 404


def test_figures_are_entered_and_only_what_changed_is_kept(bureau, client):
    annual = bureau.begun()
    client.force_login(bureau.clerk)
    said = {"disclosure/coercion/decisions": "0", "source-disclosure": "执法台账"}
    page = sent(client, "annual_figures", annual.pk, **said)
    assert "填报的数字已保存" in page.content.decode()
    assert [row.cell for row in Figure.objects.all()] == ["disclosure/coercion/decisions"]
    wrong = {"disclosure/coercion/decisions": "两", "disclosure/licensing/decisions": "-2",
             "disclosure/penalties/decisions": "1.5", "source-disclosure": ""}  # fmt: skip
    answer = sent(client, "annual_figures", annual.pk, key="j" * 32, **wrong)
    assert answer.status_code == 422
    page = answer.content.decode()
    for told in ("不是数", "是-2，小于0", "是1.5，不是整数", "请填写"):
        assert told in page, told
    assert all(f'value="{typed}"' in page for typed in ("两", "-2", "1.5"))
    wrong = {"disclosure/coercion/decisions": "7" * 20,
             "disclosure/administrative_fees/amount": "0.123456789"}  # fmt: skip
    page = sent(client, "annual_figures", annual.pk, key="i" * 32, **wrong).text
    assert f"“{'7' * 20}”太大，最大可以填 9999999999；" in page
    assert "“0.123456789”有 9 位小数" in page
    assert Figure.objects.count() == 1


def test_all_tables_that_are_filled_in_by_hand_are_saved_at_once(bureau, client):
    annual = actions.start(
        bureau.housing, 2026, Doing(bureau.clerk, 0), Kept(cases=False, disputes=False)
    )
    client.force_login(bureau.clerk)
    place = reverse("annual_figures", args=[annual.pk])
    assert (
        client.get(place).content.decode().count(f'<form method="post" action="{place}"')
        == 1
    )
    said = {
        "disclosure/coercion/decisions": "0", "source-disclosure": "执法台账",
        "requests/received/person": "3", "source-requests": "",
        "disputes/review/pending": "1", "source-disputes": "法规股",
    }  # fmt: skip
    answer = sent(client, "annual_figures", annual.pk, **said)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "请填写这张表所改各格的来源" in page
    for name, typed in said.items():  # nothing that was typed is lost
        assert not typed or re.search(rf'name="{name}" value="{typed}"', page), name
    assert not Figure.objects.exists()
    told = {"source-requests": "信访件联系人13800138000"}
    page = sent(client, "annual_figures", annual.pk, **(said | told)).content.decode()
    assert 'id="id_source-requests_error"' in page
    told = {"source-requests": "依申请公开登记簿"}
    page = sent(client, "annual_figures", annual.pk, **(said | told)).content.decode()
    assert "填报的数字已保存" in page
    assert {row.cell: (row.value, row.source) for row in Figure.objects.all()} == {
        "disclosure/coercion/decisions": ("0", "执法台账"),
        "requests/received/person": ("3", "依申请公开登记簿"),
        "disputes/review/pending": ("1", "法规股"),
    }
    assert Entry.objects.filter(kind="annual.entered").count() == 1


def test_words_are_checked_without_being_kept_and_then_kept(bureau, client):
    annual = bureau.begun()
    client.force_login(bureau.clerk)
    late = {"section-0": "统计期限自2025年1月1日起至2025年12月31日止。", "after-0": 0}
    page = sent(client, "annual_edit", annual.pk, check="1", **late).content.decode()
    assert "只检查了" in page
    assert late["section-0"] in page
    answer = sent(client, "annual_check", annual.pk, **late)
    assert "2025" in answer.content.decode()
    assert not Wording.objects.exists()
    page = sent(client, "annual_edit", annual.pk, **late).content.decode()
    assert "文字已保存" in page
    assert Wording.objects.get().text == late["section-0"]


def test_what_somebody_else_wrote_meanwhile_is_not_overwritten(bureau, client):
    annual = bureau.begun()
    actions.word(annual, 5, "（一）甲。", 0, by(bureau.handler, annual))
    client.force_login(bureau.clerk)
    said = {"section-5": "（一）乙。", "after-5": 0}
    answer = sent(client, "annual_edit", annual.pk, **said)
    assert answer.status_code == 422
    assert "由他人改写" in answer.content.decode()
    assert "（一）乙。" in answer.content.decode()


def test_what_was_not_touched_is_not_held_against_a_tab_that_stood_open(bureau, client):
    annual = bureau.begun()
    client.force_login(bureau.clerk)
    page = client.get(reverse("annual_edit", args=[annual.pk])).content.decode()
    said = {name: html.unescape(value) for name, value in HIDDEN.findall(page)}
    for section, text in AREA.findall(page):
        said[f"section-{section}"] = html.unescape(text)
    actions.word(annual, 5, "（一）甲。", 0, by(bureau.handler, annual))
    said["section-6"] = "没有其他事项。"
    page = sent(client, "annual_edit", annual.pk, **said).content.decode()
    assert "文字已保存" in page
    assert {row.section: row.text for row in Wording.objects.all()} == {
        5: "（一）甲。", 6: "没有其他事项。",
    }  # fmt: skip
    said |= {"section-5": "（一）乙。", "key": "x" * 32}
    answer = sent(client, "annual_edit", annual.pk, **said)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count("由他人改写") == 2  # in the summary and at its section, no other
    assert "（一）甲。" in page
    again = {name: html.unescape(value) for name, value in HIDDEN.findall(page)}
    again |= {f"section-{n}": html.unescape(t) for n, t in AREA.findall(page)}
    page = sent(client, "annual_edit", annual.pk, **(again | {"key": "y" * 32}))
    assert Wording.objects.filter(section=5).last().text == "（一）乙。"


def test_words_of_other_figures_are_pointed_at_and_may_be_left_as_they_are(bureau, client):
    annual = bureau.finished()
    client.force_login(bureau.clerk)
    opened = client.get(reverse("annual_edit", args=[annual.pk])).content.decode()
    old = {name: html.unescape(value) for name, value in HIDDEN.findall(opened)}
    bureau.done(bureau.granted[2], e.Decided(on=date(2026, 12, 30), ground="G2"))
    page = client.get(reverse("annual", args=[annual.pk])).content.decode()
    assert "要有人看过再存一次" in page
    page = client.get(reverse("annual_edit", args=[annual.pk])).content.decode()
    assert 'name="looked-1"' in page
    assert re.search(r"<del>\d+</del> → <ins>\d+</ins>", page)
    assert "改写过的句子和另写的文字里的数没有比对" in page
    assert 'name="looked-5"' not in page
    said = {"section-1": Wording.objects.get(section=1).text, "looked-1": "on"}
    stale = sent(client, "annual_edit", annual.pk, **(old | said | {"key": "1" * 32}))
    assert "数字在您打开之后变了" in stale.content.decode()
    fresh = {name: html.unescape(value) for name, value in HIDDEN.findall(page)}
    sent(client, "annual_edit", annual.pk, **(fresh | said | {"key": "2" * 32}))
    page = client.get(reverse("annual", args=[annual.pk])).content.decode()
    assert "要有人看过再存一次" not in page


def test_an_adjustment_is_proposed_signed_and_seen(bureau, client):
    annual = bureau.begun()
    client.force_login(bureau.clerk)
    said = {"change": "1", "reason": "一件纸质申请没有登记"}
    page = sent(client, "annual_adjust", annual.pk, RECEIVED, **said).content.decode()
    assert "待签字" in page
    row = Adjustment.objects.get()
    client.force_login(bureau.approver)
    page = sent(client, "annual_adjustment_sign", annual.pk, row.pk, key="s" * 32)
    assert "调整已签字" in page.content.decode()
    assert "有人工调整" in page.content.decode()
    client.force_login(bureau.clerk)
    said = {"reason": "已补登", "key": "e" * 32}
    page = sent(client, "annual_adjustment_end", annual.pk, row.pk, **said)
    assert "撤销：已补登" in page.content.decode()


def test_a_report_goes_through_its_stages_on_the_screen(bureau, client):
    annual = bureau.finished()
    client.force_login(bureau.clerk)
    sent(client, "annual_do", annual.pk, "send", key="1" * 32)
    client.force_login(bureau.chief)
    page = sent(client, "annual_do", annual.pk, "return", key="2" * 32)
    assert page.status_code == 422
    page = sent(client, "annual_do", annual.pk, "return", key="3" * 32, note="太短")
    assert "太短" in page.content.decode()
    client.force_login(bureau.clerk)
    sent(client, "annual_do", annual.pk, "send", key="4" * 32)
    client.force_login(bureau.chief)
    sent(client, "annual_do", annual.pk, "pass", key="5" * 32)
    client.force_login(bureau.lawyer)
    sent(client, "annual_do", annual.pk, "pass", key="6" * 32)
    client.force_login(bureau.approver)
    page = sent(client, "annual_do", annual.pk, "sign", key="7" * 32).content.decode()
    assert "已签发，数字和文字就此固定" in page
    sent(client, "annual_do", annual.pk, "publish", key="8" * 32)
    assert Annual.objects.get().state == State.PUBLISHED
    answer = client.get(reverse("annual_file", args=[annual.pk, "pdf"]))
    assert read(answer.content).report.facts[RECEIVED].value == 3


def test_who_would_write_a_published_report_anew_is_told_who_may_correct_it(bureau, client):
    annual = bureau.signed(bureau.finished())
    client.force_login(bureau.clerk)
    body = str(bureau.housing.pk)

    def refused() -> str:
        answer = sent(client, "annual_new", year=2026, body=body, cases="on")
        return html.unescape(answer.content.decode())

    assert "由审批人员（赵审批）打开该报告，先“撤回”" in refused()
    reviewing.publish(annual, by(bureau.clerk, annual))
    assert "由审批人员（赵审批）打开该报告，选“更正：编制新的一版”" in refused()
    place = reverse("annual", args=[annual.pk])
    told = "要改动这份报告：由审批人员（赵审批）在本页选"
    assert told in client.get(place).text
    client.force_login(bureau.approver)
    assert told not in client.get(place).text
    client.force_login(bureau.clerk)
    bureau.approver.memberships.all().delete()
    assert "现在没有人担任，请联系管理员" in refused()


def test_what_is_lacking_is_said_before_somebody_would_send_it(bureau, client):
    annual = bureau.entered(bureau.begun())
    client.force_login(bureau.clerk)
    page = client.get(reverse("annual", args=[annual.pk])).content.decode()
    [told] = set(re.findall(r"待填 (\d+) 处", page))
    assert f"文字中还有{told}处待填" in page
    assert f'action="{reverse("annual_do", args=[annual.pk, "send"])}"' not in page
    answer = sent(client, "annual_do", annual.pk, "send")
    assert answer.status_code == 422
    assert answer.content.decode().count(f"文字中还有{told}处待填") >= 2
    assert Annual.objects.get().state == State.DRAFTING


def test_a_finding_is_left_on_the_screen_for_a_reason(bureau, client):
    with at(date(2027, 2, 25)):
        annual = bureau.begun()
        client.force_login(bureau.clerk)
        page = client.get(reverse("annual", args=[annual.pk])).content.decode()
        addresses = {each.split("/")[0] for each in page.split("/waive/")[1:]}
        found = {each.rule.code: each for each in draft(annual, clock.today()).findings}
        assert found["L101"].fingerprint in addresses
        assert found["S206"].fingerprint not in addresses  # a blank is filled in
        blank = reverse("annual_waive", args=[annual.pk, found["S206"].fingerprint])
        assert "空白不是零" in client.get(blank).content.decode()
        late = found["L101"].fingerprint
        page = sent(client, "annual_waive", annual.pk, late, reason="无", key="1" * 32)
        assert "理由太短" in page.content.decode()
        said = "春节前后人手调整，已书面说明"
        page = sent(client, "annual_waive", annual.pk, late, reason=said, key="2" * 32)
        assert "已说明不改" in page.content.decode()
        client.force_login(bureau.approver)
        page = client.get(reverse("annual", args=[annual.pk])).content.decode()
        assert "/waive/" not in page
        address = reverse("annual_waive", args=[annual.pk, late])
        assert client.get(address).status_code == 403


def test_a_signed_report_is_what_was_signed_and_opens_still(bureau, client):
    annual = bureau.published(bureau.finished())
    late = e.Decided(on=JANUARY, ground="G2")
    bureau.done(bureau.granted[2], late)
    client.force_login(bureau.supervisor)
    page = client.get(reverse("annual", args=[annual.pk])).content.decode()
    assert f"/cell/{RECEIVED}/" in page
    assert client.get(reverse("annual_edit", args=[annual.pk])).status_code in {403, 404}
    cell = client.get(reverse("annual_cell", args=[annual.pk, RECEIVED]))
    assert bureau.granted[0].number in cell.content.decode()


def test_where_entered_figures_come_from_is_read_at_every_stage(bureau, client):
    annual = bureau.finished()
    cell = "disclosure/coercion/decisions"
    row = annual.figures.filter(cell=cell).last()
    anchor = f"source-{cell.replace('/', '-')}"

    def read_by(*people) -> None:
        for each in people:
            client.force_login(each)
            page = client.get(reverse("annual", args=[annual.pk])).content.decode()
            assert f'href="#{anchor}"' in page
            told = page.split(f'id="{anchor}"')[1].split("</tr>")[0]
            assert row.source in told
            assert row.by.display_name in told

    read_by(bureau.clerk)
    annual = bureau.reviewed(annual)
    read_by(bureau.chief, bureau.lawyer, bureau.approver)
    annual = reviewing.sign(annual, by(bureau.approver, annual))
    read_by(bureau.clerk, bureau.approver)
    annual = reviewing.publish(annual, by(bureau.clerk, annual))
    read_by(bureau.clerk, bureau.chief)


def test_an_adjustment_is_still_seen_in_what_was_published(bureau, client):
    annual = bureau.finished()
    for cell in (RECEIVED, "requests/granted/person"):
        asked = Adjustment(cell=cell, change="1", reason="一件纸质申请没有登记")
        annual = actions.adjust(annual, asked, by(bureau.clerk, annual))
        annual = actions.sign_adjustment(asked, by(bureau.approver, annual))
    bureau.published(bureau.worded(annual))
    client.force_login(bureau.supervisor)
    page = client.get(reverse("annual", args=[annual.pk])).content.decode()
    assert page.count("有人工调整") == 6  # each in its cell and its totals
    assert page.count("2027-01-12 登记提出，2027-01-12 审批签字") == 2
    assert page.count("赵审批于2027-01-12签字") == 2


def test_a_correction_is_begun_from_what_was_published(bureau, client):
    annual = bureau.published(bureau.finished())
    client.force_login(bureau.approver)
    page = sent(client, "annual_do", annual.pk, "correct", note="漏填一件").content.decode()
    assert "更正的原因：漏填一件" in page
    page = client.get(reverse("annual", args=[annual.pk])).content.decode()
    assert "已有更正的版本" in page


def test_table_three_of_any_period_opens_too(bureau, client):
    client.force_login(bureau.clerk)
    address = reverse("annual_period")
    asked = {"body": bureau.housing.pk, "first": "2026-03-01", "last": "2026-03-31"}
    page = client.get(address, asked).content.decode()
    assert "cell=requests/granted/person" in page.replace("%2F", "/")
    page = client.get(address, asked | {"cell": "requests/granted/person"}).content.decode()
    assert bureau.granted[0].number in page
    assert bureau.granted[2].number not in page
    wrong = client.get(address, asked | {"last": "2026-02-01"}).content.decode()
    assert "不成一个时段" in wrong
    today = clock.today()
    assert "截至今日" not in page
    now = client.get(address, asked | {"last": today.isoformat()}).content.decode()
    assert "截至今日" in now
    ahead = (today + timedelta(days=1)).isoformat()
    coming = client.get(address, asked | {"last": ahead}).content.decode()
    assert "还没有到，没有统计" in coming
    assert "cell=requests" not in coming.replace("%2F", "/")
    bare = client.get(address, {"first": "2026-03-01", "last": "2026-03-31"})
    assert "西山区住房和城乡建设局" in bare.content.decode()
    client.force_login(person("nobody"))
    assert "没有在任何机关任职" in client.get(address).content.decode()


@pytest.mark.parametrize("name", ["annual", "annual_edit", "annual_figures"])
def test_another_bodys_report_is_not_there(bureau, client, name):
    annual = bureau.begun()
    client.force_login(bureau.stranger)
    assert client.get(reverse(name, args=[annual.pk])).status_code == 404
    cell = reverse("annual_cell", args=[annual.pk, RECEIVED])
    assert client.get(cell).status_code == 404


def test_a_page_takes_as_many_queries_however_many_cases(
    bureau, client, django_assert_max_num_queries
):
    annual = bureau.entered(bureau.begun())
    client.force_login(bureau.clerk)
    for name, of in (("annual", ()), ("annual_cell", (RECEIVED,)), ("annual_edit", ())):
        address = reverse(name, args=[annual.pk, *of])
        client.get(address)
        with django_assert_max_num_queries(36):
            client.get(address)


def test_whoever_wrote_is_offered_no_review(bureau, client):
    annual = reviewing.send(bureau.finished(), by(bureau.clerk, Annual.objects.get()))
    Figure.objects.update(by=bureau.chief)
    client.force_login(bureau.chief)
    page = client.get(reverse("annual", args=[annual.pk])).content.decode()
    assert "/do/pass/" not in page
    assert "您参与了这份报告的编制" in page
    assert "/do/return/" in page  # a way back where nobody else is left


def test_blank_cells_lead_to_where_they_are_filled_and_how_many_are_left_is_told(
    bureau, client
):
    annual = bureau.begun()
    client.force_login(bureau.clerk)
    fill = reverse("annual_figures", args=[annual.pk])
    field = "id_disclosure/licensing/decisions"
    where = f"{fill}#{field}"
    page = client.get(reverse("annual", args=[annual.pk])).content.decode()
    assert where in page
    assert f'id="{field}"' in client.get(fill).content.decode()
    said = NONE_ISSUED | {"source-disclosure": SOURCE}
    some = said | {"disclosure/licensing/decisions": ""}
    answer = sent(client, "annual_figures", annual.pk, **some)
    assert "还有 1 格没有填" in answer.content.decode()
    assert answer.redirect_chain[-1][0] == fill
    answer = sent(client, "annual_figures", annual.pk, **said | {"key": "j" * 32})
    assert answer.redirect_chain[-1][0] == reverse("annual", args=[annual.pk])
    assert where not in answer.content.decode()
    client.force_login(bureau.approver)
    bureau.begun(2025)
    other = Annual.objects.get(year=2025)
    page = client.get(reverse("annual", args=[other.pk])).content.decode()
    assert "填写</a>" not in page  # whoever only reviews is led nowhere


def test_whose_turn_it_is_sees_it_on_the_first_page_and_in_the_list(bureau, client):
    annual = bureau.finished()
    reviewing.send(annual, by(bureau.clerk, annual))
    bureau.begun(2025)
    for who, waits in ((bureau.chief, True), (bureau.clerk, False)):
        client.force_login(who)
        home = client.get("/").content.decode()
        assert ("待我审核、签发的年报" in home) is waits, who
        listed = client.get(reverse("annuals")).content.decode()
        assert ("有 1 份等您审核或者签发" in listed) is waits, who
    client.force_login(bureau.chief)
    mine = client.get(reverse("annuals") + "?show=waiting").content.decode()
    assert reverse("annual", args=[annual.pk]) in mine
    assert reverse("annual", args=[Annual.objects.get(year=2025).pk]) not in mine
    annual.refresh_from_db()
    reviewing.pass_on(annual, by(bureau.chief, annual))
    assert "待我审核、签发的年报" not in client.get("/").content.decode()
    mine = client.get(reverse("annuals") + "?show=waiting").content.decode()
    assert "没有等您审核、签发的年报" in mine


def test_the_step_that_leads_on_stands_open_and_says_what_follows(bureau, client):
    annual = bureau.finished()
    client.force_login(bureau.clerk)
    where = reverse("annual", args=[annual.pk])
    page = client.get(where).content.decode()
    assert '<details class="card act" open><summary>送审' in page
    assert "送给另外的人审核" in page
    lacking = bureau.begun(2025)
    page = client.get(reverse("annual", args=[lacking.pk])).content.decode()
    assert '<details class="card act"><summary>送审' in page
