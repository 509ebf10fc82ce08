"""The page shows the report as printed; every link finds its end; nothing runs."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from mingtang.finding import Finding
from mingtang.place import Place
from mingtang.writing.marker import is_ours
from mingtang.writing.markup import element, safe
from mingtang.writing.page import Extent, closing, opening, page, section
from mingtang.writing.tally import Tally
from tests.engine.writing.samples import (
    RESIDUE,
    clean_sheet,
    faulty_sheet,
    foreign_sheet,
    lost_sheet,
)

VOID = {"meta", "col", "br", "hr"}


class Outline(HTMLParser):
    """Refuses tags that do not match, and gathers ids, links, tags."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        held = dict(attrs)
        self.tags.append((tag, held))
        if "id" in held:
            self.ids.append(held["id"])
        if "href" in held:
            self.links.append(held["href"])
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def made():
    return page([faulty_sheet()])


@pytest.fixture(scope="module")
def outline(made):
    return Outline(made)


def test_ids_are_unique_and_every_link_has_an_end(outline):
    assert len(outline.ids) == len(set(outline.ids))
    assert {link[1:] for link in outline.links} <= set(outline.ids)
    assert all(link.startswith("#") for link in outline.links)


def test_nothing_outside_is_asked_for(made, outline):
    assert not [attrs for _, attrs in outline.tags if "src" in attrs or "action" in attrs]
    assert "url(" not in made
    assert "@import" not in made
    assert "http://" not in made
    assert "https://" not in made


def test_the_page_allows_only_its_own_style_and_script(made):
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', made)[1]
    assert policy.startswith("default-src &#x27;none&#x27;")
    for tag in ("style", "script"):
        inside = re.search(rf"<{tag}>(.*?)</{tag}>", made, re.DOTALL)[1]
        digest = b64encode(sha256(inside.encode()).digest()).decode()
        assert f"{tag}-src &#x27;sha256-{digest}&#x27;" in policy
    assert not re.search(r"<[^>]+ (style|on\w+)=", made)


def test_the_language_and_the_heads_are_said(made, outline):
    assert '<html lang="zh-CN">' in made
    scopes = [attrs.get("scope") for tag, attrs in outline.tags if tag == "th"]
    assert None not in scopes
    assert {"col", "row", "rowgroup", "colgroup"} <= set(scopes)
    tables = [tag for tag, _ in outline.tags if tag == "table"]
    captions = [tag for tag, _ in outline.tags if tag == "caption"]
    assert len(tables) == len(captions) == 7


def test_every_cell_of_the_edition_has_its_anchor(outline):
    assert len([name for name in outline.ids if name.startswith("r1-c-")]) == 200


def test_odd_cells_are_shown_as_printed(made):
    for raw in ("251000元", ">/<", "1 2", "空白", "读不出", "报告中没有这一格"):
        assert raw in made


def test_a_misprinted_label_is_shown_as_printed(made):
    assert "<span>本年度止件数</span>" in made
    assert "<span>本年废止件数</span>" not in made


def test_a_quote_is_marked_in_its_paragraph(made):
    assert "<mark>没有收到政府信息公开申请" in made
    assert "位置：“一、总体情况”下第2段" in made


def test_a_finding_carries_its_cells_and_signs(made):
    marks = re.search(r'data-marks="([^"]+)" data-signs="([^"]*)"', made)
    assert len(marks[1].split()) == len(marks[2].split("|"))
    assert marks[2].startswith("|+|+|")
    assert marks[2].endswith("|=")


def test_cells_lead_to_all_their_findings(made):
    cell = re.search(r'id="r1-c-requests-unavailable_not_held-total">.*?</td>', made)[0]
    assert 'href="#r1-f5"' in cell
    assert 'data-notes="r1-f5 r1-f6"' in cell


def test_unassessed_findings_are_folded(made):
    assert "未判断的 1 项" in made


def test_a_hostile_report_stays_text():
    bad = '<script>alert(1)</script>"><img src=x onerror=alert(1)>\x1b\u202e'
    sheet = faulty_sheet(bad)
    title = sheet.report._replace(title=bad, body=bad)
    odd = Finding(RESIDUE, bad, places=(Place(paragraph=4, start=0, end=9),), quote=bad)
    text = page([sheet._replace(report=title, findings=(odd,)), clean_sheet()])
    assert "<img" not in text
    assert text.count("<script>") == 1
    assert "\x1b" not in text
    assert "\u202e" not in text
    Outline(text)


def test_many_reports_begin_with_their_table():
    text = page([faulty_sheet("甲.html"), clean_sheet("乙.txt")])
    found = Outline(text)
    assert text.index("各份报告的发现") < text.index('id="r1"')
    assert {"r1", "r2", "r2-c-requests-received-total"} <= set(found.ids)
    assert {link[1:] for link in found.links} <= set(found.ids)
    assert "2 份报告" in text


def test_an_unreadable_file_stands_in_the_table():
    entries = [
        Tally(1, "坏.bin", trouble="文件是空的"),
        Tally(2, "甲", "甲", (0, 0, 0, 0), 0),
    ]
    text = "".join((opening(entries), section(clean_sheet(), 2), closing()))
    assert "文件是空的" in text
    found = Outline(text)
    assert "#r1" not in found.links


def test_overlapping_quotes_keep_the_text_whole():
    sheet = faulty_sheet()
    places = [(0, 6), (2, 4), (5, 11), (50, 99)]
    odd = tuple(
        Finding(
            RESIDUE, str(at), places=(Place(paragraph=4, start=a, end=b),), subject=str(at)
        )
        for at, (a, b) in enumerate(places)
    )
    text = section(sheet._replace(findings=odd), 1)
    shown = re.search(r'<p id="r1-p4".*?</p>', text)[0]
    shown = re.sub(r'<sup.*?</sup>|<span class="said">.*?</span>', "", shown)
    assert re.sub(r"<[^>]+>", "", shown) == "全年没有收到政府信息公开申请，答复率100%。"


def test_a_report_without_edition_shows_its_own_tables():
    sheet = faulty_sheet()
    report = sheet.report._replace(edition=None, facts={}, labels=())
    text = section(sheet._replace(report=report, findings=()), 1)
    assert "原文第1个表" in text
    Outline(text)


def test_a_report_that_lost_its_headings_shows_all_it_has():
    text = section(lost_sheet(), 1)
    assert "没有第六部分" in text
    assert "报告中没有表四“政府信息公开行政复议、行政诉讼情况”" in text
    assert "全年没有收到政府信息公开申请" in text
    found = Outline(text)
    assert {link[1:] for link in found.links} <= set(found.ids)


def test_markup_is_escaped_exactly_once():
    inner = element("b", "a<b")
    assert element("i", inner, "&") == "<i><b>a&lt;b</b>&amp;</i>"
    assert safe(inner) is inner


def test_the_findings_are_listed_as_they_are_numbered(made):
    listed = re.search(r'<details class="index".*?</details>', made)[0]
    links = re.findall(r'href="#r1-f(\d+)" class="(\w+)"', listed)
    assert [number for number, _ in links] == [str(n) for n in range(1, 9)]
    noted = re.findall(r'data-number="(\d+)"', made)
    assert noted == [number for number, _ in links]
    assert {weight for _, weight in links} == {"breach", "contradiction", "doubt", "note"}
    assert "全部 8 处" in listed


def test_a_short_list_is_left_out():
    assert 'class="index"' not in section(lost_sheet(), 1)


def test_no_english_name_of_a_rule_stands_in_the_chinese_page(made):
    assert "规则 S303" in made
    assert "row-total-differs" not in made


def test_words_outside_the_report_are_not_called_a_missing_heading():
    text = section(faulty_sheet(), 1)
    assert 'class="missing"' not in text
    sheet = faulty_sheet()
    kept = sheet.report.sections[1:]
    text = section(sheet._replace(report=sheet.report._replace(sections=kept)), 1)
    assert '<h3 class="rest">正文以外的文字</h3>' in text


def test_the_contents_end_with_sums_that_add_up():
    tallies = [
        Tally(1, "坏.bin", trouble="文件是空的"),
        Tally(2, "甲", "甲", (1, 0, 2, 0), 3),
        Tally(3, "乙.md", "乙.md", (2, 0, 0, 0), 0, is_report=False),
    ]
    text = opening(tallies, Extent(skipped=4))
    foot = re.search(r"<tfoot>.*?</tfoot>", text)[0]
    assert re.findall(r">(\d+)<", foot) == ["1", "0", "2", "0", "3"]
    assert "共7个文件：没有发现0个；有发现1个（按最重的一级：违规1）；不像年报1个" in text
    assert text.count(">乙.md<") == 1
    assert ">不像年报，不计入合计<" in text
    row = re.search(r"<tr>(?:(?!<tr>).)*乙\.md.*?</tr>", text)[0]
    assert re.findall(r"<td.*?>(.*?)</td>", row) == ["—"] * 5


def test_what_is_no_report_is_said_on_top_of_its_page():
    text = page([foreign_sheet()])
    assert text.index("这不像政府信息公开工作年度报告") < text.index("违规 1")


def test_the_page_names_its_generator_for_those_who_find_it_again(made):
    assert is_ours(made.encode())
    assert not is_ours(b"<p>mingtang findings</p>")


def test_a_page_of_very_many_lists_the_clean_ones_without_drawing_them():
    clean = Tally(1, "清.html", "清局报告", (0, 0, 0, 0))
    faulty = Tally(2, "误.html", "误局报告", (1, 0, 0, 0))
    whole = opening([clean, faulty])
    assert 'href="#r1"' in whole
    folded = opening([clean, faulty], Extent(folds=True))
    assert 'href="#r1"' not in folded
    assert 'href="#r2"' in folded
    assert "清局报告" in folded
    assert "没有发现问题的 1 份只列在表里" in folded
    assert "mingtang check 文件 --html 结果.html" in folded


def test_a_page_of_a_stopped_run_says_that_it_is_not_all():
    text = opening([Tally(1, "误.html", "误局报告", (1, 0, 0, 0))], Extent(missing=4))
    assert "5 个文件中只有先处理的 1 个在这里，其余 4 个没有检查。" in text


def test_a_difference_is_shown_in_one_way():
    text = section(faulty_sheet(), 1)
    assert "0 ≠ 3，相差 3<" in text
    assert "相差 -" not in text


def test_what_is_no_report_is_not_told_to_be_in_order():
    text = section(foreign_sheet()._replace(findings=()), 1)
    assert "没有发现问题" not in text
    assert "没有从这个文件读到年报的内容" in text
