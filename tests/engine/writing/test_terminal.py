"""The terminal shows every figure whole, every mark signed, nothing steered."""

from __future__ import annotations

import re

import pytest
from rich.cells import cell_len

from mingtang.finding import Weight
from mingtang.report import Fact, State
from mingtang.writing.page import page
from mingtang.writing.sheet import SIGNS
from mingtang.writing.tally import Tally
from mingtang.writing.terminal import Look, files_text, report_text
from tests.engine.writing.samples import clean_sheet, faulty_sheet, foreign_sheet

BREACH = SIGNS[Weight.BREACH]


@pytest.mark.parametrize("width", [32, 44, 60, 80, 120])
def test_no_line_is_wider_than_the_terminal(width):
    text = report_text(faulty_sheet(), Look(width))
    assert max(map(cell_len, text.splitlines())) <= width


@pytest.mark.parametrize("width", [20, *range(32, 90, 3)])
def test_no_column_is_lost_however_narrow(width):
    text = report_text(clean_sheet(), Look(width))
    squeezed = re.sub(r"\s", "", text)
    assert squeezed.count("总计") >= 2
    assert len(re.findall(r"(?<!\d)0(?!\d)", text)) >= 200


def test_a_long_figure_is_folded_never_cut():
    sheet = clean_sheet()
    cell = "requests/received/total"
    fact = Fact(cell, State.NUMBER, 123456789012, "123456789012")
    report = sheet.report._replace(facts={**sheet.report.facts, cell: fact})
    text = report_text(sheet._replace(report=report), Look(50))
    assert "…" not in text
    digits = re.sub(r"[^1-9\n]", "", text)
    assert "123456789" in digits.replace("\n", "")


def tables_text(sheet, width=80):
    text = report_text(sheet, Look(width))
    return text[: text.index(f"{BREACH} 违规 2 处")]


def test_marks_have_numbers_without_colour():
    text = tables_text(faulty_sheet(), 100)
    assert "\x1b" not in text
    assert "0[6]" in text
    assert "3[1]" in text
    assert "空白" in text
    assert "读不出" in text
    assert "251000元[" in text
    assert "本年度止件数[3]" in text.replace("\n", "")


def test_a_false_sum_marks_its_result_and_nothing_that_reads_as_arithmetic():
    text = tables_text(faulty_sheet(), 100)
    drawn, legend = text[: text.index("方括号")], text[text.index("方括号") :]
    # The row's sum at its total, the column's at its own; no other term of either.
    assert len(re.findall(r"\[(?:\d,)*[56](?:,\d)*\]", drawn)) == 2
    assert not re.search(r"\d[≠×?]", drawn)
    assert "等式只标改了就相符的格" in legend.replace("\n", "")


def test_a_change_that_would_let_a_sum_agree_is_marked():
    sheet = faulty_sheet()
    row = sheet.findings[0]
    person = row.cells[0]
    remedy = row.remedy._replace(changes=(row.remedy.changes[0]._replace(cell=person),))
    changed = sheet._replace(findings=(row._replace(remedy=remedy), *sheet.findings[1:]))
    assert "0[6]" in tables_text(sheet, 100)
    text = tables_text(changed, 100)
    assert "3[6]" in text
    assert "0[6]" not in text


def doubled(sheet):
    """Return the sheet with a cell in which two findings would have a change."""
    row, column, *others = sheet.findings
    found = (row, column._replace(remedy=row.remedy), *others)
    return sheet._replace(findings=found)


def test_a_mark_that_does_not_fit_beside_its_figure_stands_whole_below_it():
    sheet = faulty_sheet()
    cell = "requests/unavailable_not_held/total"
    fact = Fact(cell, State.NUMBER, 123456, "123456", sheet.report.facts[cell].place)
    report = sheet.report._replace(facts={**sheet.report.facts, cell: fact})
    text = tables_text(doubled(sheet._replace(report=report)), 80)
    assert re.search(r" 123456\n[^\n]* \[5,6\]\n", text)


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("[5,6]", "“9[4,5]”见第 4、5 条"),
        ("空白", "“空白”即"),
        ("读不出", "“读不出”即"),
        (" ·", "“·”即"),
    ],
)
def test_the_legend_explains_the_forms_that_are_used_and_no_other(form, said):
    text = tables_text(doubled(faulty_sheet()), 100)
    at = text.index("方括号")
    assert form in text[:at]
    assert said in text[at:].replace("\n", "")
    assert said not in report_text(clean_sheet(), Look(100))
    single = tables_text(faulty_sheet(), 100).replace("\n", "")
    assert (said in single) == (form != "[5,6]")


def test_colour_is_there_when_wanted():
    assert "\x1b[" in report_text(faulty_sheet(), Look(80, colour=True))


def test_findings_are_grouped_heaviest_first_and_summed():
    text = report_text(faulty_sheet(), Look(80))
    heads = [f"{BREACH} 违规 2 处", "≠ 矛盾 3 处", "? 存疑 1 处", "i 提示 2 处"]
    assert [text.index(head) for head in heads] == sorted(
        text.index(head) for head in heads
    )
    assert f"合计：{BREACH} 违规 2　≠ 矛盾 3　? 存疑 1　i 提示 2" in text
    assert "S303 六类申请人之和不等于本行总计" in text
    assert "可能的改法：若总计为 3 则相符" in text


def test_numbers_are_those_of_the_page_and_rise_within_a_weight():
    sheet = faulty_sheet()
    text = report_text(sheet, Look(80))
    listed = re.findall(r"(?m)^  (\d+)\. ([A-Z]\d{3}) ", text)
    assert [number for number, _ in listed] == ["3", "8", "1", "5", "6", "7", "2", "4"]
    assert "发现从重到轻列出；号码是它们在报告里的先后。" in text
    noted = re.findall(
        r'data-number="(\d+)".*?class="code">规则 ([A-Z]\d{3})<', page([sheet])
    )
    assert noted == sorted(listed, key=lambda pair: int(pair[0]))


def test_what_was_not_assessed_is_one_line_unless_asked_for():
    brief = report_text(faulty_sheet(), Look(80))
    assert "未判断 1 项（有空白或读不出的格" in brief
    assert "有空白，不作判断" not in brief
    assert "有空白，不作判断" in report_text(faulty_sheet(), Look(80, verbose=True))


def test_a_clean_report_says_so():
    assert "没有发现问题。" in report_text(clean_sheet(), Look(80))


def test_tables_can_be_left_out():
    assert "自然人" not in report_text(clean_sheet(), Look(80, tables=False))


def test_markup_and_escapes_in_a_report_are_text():
    sheet = faulty_sheet("[red]\x1b[2J.html")
    odd = sheet.findings[0]._replace(message="[bold]\x1b]0;x\x07 :smile: [/bold]")
    text = report_text(sheet._replace(findings=(odd,)), Look(80, colour=True))
    assert "[red]␛[2J.html" in text
    assert "[bold]␛]0;x␇ :smile: [/bold]" in text
    assert "\x1b]0;" not in text
    assert "\x1b[2J" not in text


def test_the_table_of_files_has_a_line_each():
    tallies = [
        Tally(1, "甲.html", "", (1, 2, 0, 3), 4),
        Tally(2, "乙\n.bin", trouble="文件是空的"),
        Tally(3, "丙.md", "", (2, 0, 0, 0), 1, is_report=False),
    ]
    text = files_text(tallies, Look(80), 2)
    assert re.search(r"甲\.html +1 +2 +0 +3 +4", text)
    assert "乙 .bin　读不了：文件是空的" in text
    # What is no report has findings that mean nothing beside those of reports.
    assert re.search(r"丙\.md　不像年报，不计入合计 +— +— +— +— +—", text)
    assert re.search(r"合计 +1 +2 +0 +3 +4", text)
    last = (
        "共5个文件：没有发现0个；有发现1个（按最重的一级：违规1）；"
        "不像年报1个；读不了1个；跳过2个。"
    )
    assert text.replace("\n", "").endswith(last)


def test_what_is_no_report_is_said_before_anything_else():
    text = report_text(foreign_sheet(), Look(80)).replace("\n", "")
    assert text.startswith("这不像政府信息公开工作年度报告：")
    assert "下一步：拿错了文件的，请换成年报再查" in text
    assert text.index("下一步") < text.index("违规 1 处")
    assert "机关：" not in text


def test_a_title_over_several_lines_is_one_line():
    sheet = clean_sheet()
    report = sheet.report._replace(title="某区某局\n 2024年\n政府信息公开工作年度报告")
    text = report_text(sheet._replace(report=report), Look(80))
    assert text.startswith("某区某局2024年政府信息公开工作年度报告\n")


def test_a_missing_table_is_named():
    sheet = clean_sheet()
    kept = {c: f for c, f in sheet.report.facts.items() if not c.startswith("disputes")}
    text = report_text(sheet._replace(report=sheet.report._replace(facts=kept)), Look(80))
    assert "报告中没有表四“政府信息公开行政复议、行政诉讼情况”" in text


def test_an_old_sheet_is_named():
    sheet = clean_sheet()
    report = sheet.report._replace(edition=None, facts={}, old_sheet=True)
    assert "2014年统计表" in report_text(sheet._replace(report=report), Look(80))


def test_a_narrow_terminal_has_room_for_names_and_labels():
    text = files_text(
        [Tally(1, "samples/hongze-2024-gbk.html", "", (0, 0, 2, 1))], Look(50)
    )
    assert "samples/hongze-2024-gbk.html" in text
    assert "× 违规　≠ 矛盾　? 存疑　i 提示" in text
    shares = re.findall(r"一、本年新收政府信息", report_text(clean_sheet(), Look(50)))
    assert len(shares) == 2


@pytest.mark.parametrize("width", [40, 80])
def test_the_head_keeps_a_fact_on_its_line(width):
    lines = report_text(clean_sheet(), Look(width)).splitlines()
    assert any("落款日期：2025-02-17" in line for line in lines)


def test_the_end_names_a_rule_of_this_report():
    assert "如 mingtang rule F210\n" in report_text(faulty_sheet(), Look(80))


def test_reading_what_is_no_report_speaks_of_no_findings_and_does_not_reassure():
    sheet = foreign_sheet()._replace(findings=(), command="read")
    text = report_text(sheet, Look(80)).replace("\n", "")
    assert "拿错了文件的，请换成年报再读" in text
    assert "下面的发现" not in text
    assert "没有读不出的地方" not in text
    assert text.endswith("没有从这个文件读到年报的内容。")
    checked = report_text(foreign_sheet()._replace(findings=()), Look(80))
    assert "没有发现问题" not in checked


@pytest.mark.parametrize(
    ("kind", "advised"), [("html", "原网页"), ("image", "300 dpi"), ("docx", "三张表")]
)
def test_advice_for_what_is_no_report_is_that_of_its_format(kind, advised):
    sheet = foreign_sheet()
    document = sheet.document._replace(kind=kind)
    advice = sheet._replace(document=document).foreign_advice
    assert advised in advice
    assert ("原网页" in advice) is (kind == "html")
