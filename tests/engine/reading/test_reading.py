"""What `mingtang.reading.read` makes of whole files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mingtang.form.loading import edition
from mingtang.place import Place
from mingtang.reading import Source, read
from mingtang.reading.limits import MAX_CELLS
from mingtang.reading.source import UnreadableSourceError
from mingtang.report import State
from tests.engine.reading.snippets import (
    CARRIED_OUT,
    RECEIVED,
    TABLE_TWO,
    codes,
    form,
    line,
    requests,
    shown,
)

REPORT = f"""<title>年报_某市人民政府</title>
<h1>某市某局2024年政府信息公开工作年度报告</h1>
<p>本报告由清河市某局编制。</p>
<p>一、总体情况</p>
<p>全年平稳。</p>
<p>二、主动公开政府信息情况</p>
{TABLE_TWO}
<p>六、其他需要报告的事项</p>
<p>无。</p>
<p>某市某局</p>
<p>2025年1月20日</p>
"""


class TestWhole:
    def test_a_page_becomes_a_report(self) -> None:
        report = read(REPORT.encode()).report
        assert report.title == "某市某局2024年政府信息公开工作年度报告"
        assert (report.title_body, report.body) == ("某市某局", "某市某局")
        assert (report.year, report.edition.id) == (2024, "2021")
        assert report.signed_on == date(2025, 1, 20)
        assert [part.number for part in report.sections] == [1, 2, 6]
        assert [block.text for block in report.preface] == ["本报告由清河市某局编制。"]
        assert not report.old_sheet

    def test_cells_and_paragraphs_have_their_places(self) -> None:
        report = read(REPORT.encode()).report
        fact = report.facts["disclosure/normative_documents/in_force"]
        assert (fact.value, fact.place) == (22, Place(table=1, row=4, column=4))
        assert report.title_place.paragraph == 1
        assert report.signature.day_place.paragraph == 9

    def test_every_cell_of_the_form_is_read_where_it_stands(self) -> None:
        cells = edition("2021").cell_ids()
        numbers = {cell: number for number, cell in enumerate(cells, 100)}
        reading = read(form(lambda cell: str(numbers[cell])).encode())
        assert shown(reading) == numbers
        assert reading.findings == ()
        assert len({fact.place for fact in reading.report.facts.values()}) == len(cells)

    def test_bytes_a_path_and_a_source_are_read_alike(self, tmp_path: Path) -> None:
        path = tmp_path / "年报.html"
        path.write_bytes(REPORT.encode())
        readings = [
            read(REPORT.encode()),
            read(path),
            read(str(path)),
            read(Source(REPORT.encode())),
        ]
        assert all(each.report == readings[0].report for each in readings)
        assert readings[1].source.name == str(path)

    def test_reading_twice_gives_the_same(self) -> None:
        assert read(REPORT.encode()) == read(REPORT.encode())

    @pytest.mark.parametrize("encoding", ["gbk", "utf-8-sig", "utf-16"])
    def test_the_encoding_changes_nothing(self, encoding: str) -> None:
        page = '<meta charset="utf-8">' + REPORT
        assert (
            read(page.encode(encoding)).report.facts == read(REPORT.encode()).report.facts
        )
        assert codes(page.encode(encoding)) == []

    def test_traditional_characters_change_no_fact(self) -> None:
        page = REPORT.replace("制发", "製發").replace("规章", "規章").replace("范", "範")
        assert line(page, "disclosure/normative_documents") == [5, 1, 22]
        assert codes(page) == []

    def test_a_page_without_tables_has_words_only(self) -> None:
        report = read("<p>一、总体情况</p><p>全年平稳。</p>".encode()).report
        assert (report.edition, dict(report.facts), report.labels) == (None, {}, ())
        assert report.section(1).heading == "一、总体情况"


class TestText:
    def test_tables_that_lost_their_borders_are_no_prose(self) -> None:
        text = (
            "一、总体情况\n全年平稳。\n"
            "三、收到和处理政府信息公开申请情况\n"
            "自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计\n"
            f"{RECEIVED} 12 0 0 0 0 0 12\n{CARRIED_OUT} 0 0 0 0 0 0 0\n"
            "四、政府信息公开行政复议、行政诉讼情况\n没有发生。"
        )
        report = read(text.encode()).report
        assert line(text, "requests/received") == [12, 0, 0, 0, 0, 0, 12]
        assert [block.text for block in report.section(3).paragraphs] == []
        place = report.facts["requests/received/person"].place
        assert place == Place(paragraph=5, start=17, end=19)

    def test_headings_run_together_with_sentences_are_found(self) -> None:
        text = "一、总体情况全年平稳。二、主动公开政府信息情况\n" + "| 规章 | 0 |\n" * 2
        assert read(text.encode()).report.section(2) is not None


class TestNeverGuessed:
    def test_hidden_figures_are_not_read(self) -> None:
        page = TABLE_TWO.replace(
            "<td>22</td>", '<td>22<span style="display:none">9</span></td>'
        )
        assert line(page, "disclosure/normative_documents") == [5, 1, 22]

    def test_other_handling_in_one_row_leaves_its_three_lines_absent(self) -> None:
        page = TABLE_TWO + "\n" + form(lambda _: "0").split("</table>", 1)[1]
        three = page[
            page.index("<tr><td>1.申请人无正当理由逾期") : page.index("<tr><td>（七）总计")
        ]
        row = "<tr><td>（六）其他处理</td>" + "<td>3</td>" * 7 + "</tr>\n"
        reading = read(page.replace(three, row).encode())
        assert [finding.rule.code for finding in reading.findings] == ["R103"]
        for name in ("other_uncorrected", "other_unpaid", "other_other"):
            assert reading.report.facts[f"requests/{name}/person"].state is State.ABSENT

    def test_last_years_table_beside_this_years_makes_both_unreadable(self) -> None:
        page = TABLE_TWO + "<p>附：上年数据</p>" + TABLE_TWO.replace("22", "18")
        assert line(page, "disclosure/normative_documents") == ["unreadable"] * 3
        assert "R205" in codes(page)

    def test_an_unknown_row_is_never_spread_over_its_neighbours(self) -> None:
        rows = [
            f"{RECEIVED}: 1 0 0 0 0 0 1",
            "网上申请: 1 0 0 0 0 0 1",
            f"{CARRIED_OUT}: 0 0 0 0 0 0 0",
        ]
        text = requests(*rows)
        assert line(text, "requests/received") == [1, 0, 0, 0, 0, 0, 1]
        assert line(text, "requests/carried_in") == []
        assert codes(text) == ["R103"]

    def test_a_table_continued_on_the_next_page_keeps_its_columns(self) -> None:
        page = form(lambda cell: "7" if cell.endswith("person") else "0")
        at = page.index("<tr><td>（七）总计")
        cut = page[:at] + "</table><p>— 3 —</p><table>" + page[at:]
        assert line(cut, "requests/concluded") == [7, 0, 0, 0, 0, 0, 0]
        assert codes(cut) == []

    def test_a_page_inside_layout_tables_is_read_all_the_same(self) -> None:
        page = f"<table><tr><td>首页</td><td>{REPORT}</td></tr></table>"
        assert read(page.encode()).report.facts == read(REPORT.encode()).report.facts

    def test_a_figure_cut_off_with_the_page_is_not_trusted(self) -> None:
        page = REPORT[: REPORT.index("22</td>") + 1]
        assert line(page, "disclosure/normative_documents") == [5, 1, "unreadable"]

    def test_a_blank_is_no_zero(self) -> None:
        page = TABLE_TWO.replace("<td>5</td><td>1</td>", "<td></td><td>/</td>")
        assert line(page, "disclosure/normative_documents") == [
            "blank",
            "not_applicable",
            22,
        ]


class TestRefusals:
    @pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\x03\x04word/", b"\x00" * 99])
    def test_a_file_that_cannot_be_read_is_refused_in_one_line(self, data: bytes) -> None:
        with pytest.raises(UnreadableSourceError, match=r"^甲\.html：[^\n]+$"):
            read(Source(data, "甲.html"))

    def test_a_page_past_the_limits_is_refused_with_its_name(self) -> None:
        page = "<table><tr>" + "<td>1" * (MAX_CELLS + 1) + "</table>"
        with pytest.raises(UnreadableSourceError, match=r"^甲\.html：一个表超过.+未读取$"):
            read(Source(page.encode(), "甲.html"))

    def test_a_file_that_is_not_there_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(UnreadableSourceError, match="没有这个文件"):
            read(tmp_path / "没有.html")
