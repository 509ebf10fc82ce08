"""Each format keeps what is its own: heads and tags, faces and margins, typed figures."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import docx
import openpyxl
import pypdfium2
import pytest
from docx.shared import Mm, Pt

import mingtang
from mingtang.writing import FORMATS, UnknownFormatError
from tests.builders import BODY, report

SAMPLES = Path(__file__).parents[4] / "samples"

CELLS = {
    "requests/received/person": "12",
    "requests/carried_in/person": "",
    "requests/granted/person": "/",
    "disclosure/administrative_fees/amount": "1139.89",
    "disputes/review/upheld": "-3",
}


def written(to, **printed):
    return mingtang.write(report(cells=CELLS, **printed), to)


def test_an_unknown_format_is_named_with_those_there_are():
    with pytest.raises(UnknownFormatError, match="写不出“pages”，可写：html"):
        mingtang.write(report(), "pages")


@pytest.mark.parametrize("to", FORMATS)
def test_no_format_reaches_out(to):
    data = written(to)
    if to in ("docx", "xlsx"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            data = b"".join(archive.read(name) for name in archive.namelist())
        assert b'TargetMode="External"' not in data
    else:
        assert not re.search(rb"(?:src|href)\s*=\s*[\"']?https?:", data)


class TestPage:
    def test_the_head_carries_the_tags_of_a_government_site(self):
        page = written("html").decode()
        assert '<html lang="zh-CN">' in page
        assert f'<meta name="ContentSource" content="{BODY}">' in page
        assert "PubDate" not in page, "nobody said when it was published"
        assert '<meta name="ArticleTitle"' in page

    def test_tables_have_captions_and_heads_with_scope(self):
        page = written("html").decode()
        assert (
            page.count('<caption class="said">') == len(re.findall("<table[ >]", page)) == 3
        )
        assert '<th scope="row" colspan="3">一、本年新收' in page
        assert '<th scope="col" rowspan="2">自然人</th>' in page
        assert '<th scope="colgroup" colspan="5">法人或其他组织</th>' in page

    def test_what_a_report_says_cannot_break_the_page(self):
        page = written("html", preface="<script>alert(1)</script>&").decode()
        assert "<script>" not in page


class TestWord:
    def document(self, **printed):
        return docx.Document(io.BytesIO(written("docx", **printed)))

    def test_the_page_is_that_of_an_official_document(self):
        (section,) = self.document().sections
        near = {"abs": Mm(0.2)}
        assert section.page_width == pytest.approx(Mm(210), **near)
        assert section.page_height == pytest.approx(Mm(297), **near)
        assert section.top_margin == pytest.approx(Mm(37), **near)
        assert section.left_margin == pytest.approx(Mm(28), **near)
        assert section.right_margin == pytest.approx(Mm(26), **near)

    def test_title_headings_and_body_have_their_faces(self):
        styles = {each.name: each for each in self.document().styles}
        assert styles["Title"].font.size == Pt(22)
        assert styles["Normal"].font.size == Pt(16)
        assert "黑体" in styles["Heading 1"].element.xml
        assert "仿宋" in styles["Normal"].element.xml
        assert styles["Normal"].paragraph_format.line_spacing == Pt(28.95)

    def test_merged_heads_are_merged_as_printed(self):
        table = self.document().tables[1]
        assert (len(table.rows), len(table.columns)) == (28, 10)
        assert table.cell(0, 3)._tc is table.cell(0, 9)._tc
        assert table.cell(4, 0).text == table.cell(4, 2).text
        assert [cell.text for cell in table.rows[3].cells][3:5] == ["12", "0"]
        assert table.cell(4, 3).text == ""

    def test_a_table_over_pages_repeats_its_head_and_keeps_rows_whole(self):
        rows = self.document().tables[1].rows
        assert all("w:tblHeader" in row._tr.xml for row in rows[:3])
        assert "w:tblHeader" not in rows[3]._tr.xml
        assert all("w:cantSplit" in row._tr.xml for row in rows)

    def test_the_big_table_stays_on_one_page(self):
        rows = self.document().tables[1].rows
        kept = ["w:keepNext" in row._tr.xml for row in rows]
        assert kept == [True] * (len(rows) - 1) + [False]

    def test_second_level_headings_are_in_their_face(self):
        (opening,) = (
            each for each in self.document().paragraphs if each.text.startswith("（一）")
        )
        assert [run.text for run in opening.runs] == [
            "（一）主动公开情况。",
            "全年公开信息30条。",
        ]
        assert "楷体" in opening.runs[0]._r.xml

    def test_page_numbers_stand_right_on_odd_and_left_on_even_pages(self):
        document = self.document()
        (section,) = document.sections
        assert document.settings.odd_and_even_pages_header_footer
        odd, even = section.footer, section.even_page_footer
        assert [each.paragraphs[0].alignment for each in (odd, even)] == [2, 0]
        assert all("PAGE" in each.paragraphs[0]._p.xml for each in (odd, even))

    def test_the_title_breaks_before_the_year(self):
        title = self.document().paragraphs[0]
        assert title.text.split("\n") == [BODY, "2024年政府信息公开工作年度报告"]

    def test_its_properties_name_title_body_and_language(self):
        properties = self.document().core_properties
        assert properties.title.startswith(BODY)
        assert properties.author == BODY
        assert properties.language == "zh-CN"

    def test_its_parts_are_packed(self):
        assert len(written("docx")) < 20_000


class TestPdf:
    def test_a_signed_report_is_an_archive_document_with_bookmarks(self):
        document = pypdfium2.PdfDocument(written("pdf"))
        assert document.get_metadata_dict()["Title"].startswith(BODY)
        marks = [mark.get_title() for mark in document.get_toc()]
        assert marks[0] == "一、总体情况"
        assert len(marks) == 6
        assert b"pdfaid:part>2<" in written("pdf")

    def test_a_report_without_a_day_is_set_too(self):
        assert written("pdf", signed=None).startswith(b"%PDF-")

    def test_what_a_report_says_is_no_markup(self):
        data = written("pdf", preface='#set page(fill: red) $x$ [a] \\ "q" *b* _c_ `d`')
        page = pypdfium2.PdfDocument(data)[0].get_textpage().get_text_bounded()
        assert "#set page(fill: red) $x$ [a]" in page


class TestWorkbook:
    def test_figures_are_numbers_blanks_are_empty_marks_are_text(self):
        sheet = openpyxl.load_workbook(io.BytesIO(written("xlsx"))).active
        rows = {
            next(filter(None, values), ""): values
            for values in sheet.iter_rows(values_only=True)
        }
        figures = slice(-7, None)
        assert rows["一、本年新收政府信息公开申请数量"][figures] == (12, *(0,) * 6)
        assert rows["二、上年结转政府信息公开申请数量"][figures] == (None, *(0,) * 6)
        assert "/" in rows["三、本年度办理结果"]
        assert 1139.89 in rows["行政事业性收费"]


class TestData:
    def test_csv_has_a_line_a_cell_in_the_forms_order(self):
        text = written("csv").decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text)))
        assert len(rows) == 200
        found = {row["cell"]: (row["state"], row["value"]) for row in rows}
        assert found["requests/received/person"] == ("number", "12")
        assert found["requests/carried_in/person"] == ("blank", "")
        assert found["requests/granted/person"] == ("not_applicable", "")
        assert found["disclosure/administrative_fees/amount"] == ("number", "1139.89")

    def test_json_keeps_the_contracts_fields(self):
        told = json.loads(written("json"))
        assert (told["schema"], told["edition"], told["year"]) == (1, "2021", 2024)
        assert told["cells"]["disputes/review/upheld"]["value"] == "-3"
        assert told["sections"][0]["paragraphs"][0]["text"].startswith("（一）主动公开")


def test_a_table_that_fits_a_page_is_not_torn_between_its_panels():
    report = mingtang.read(SAMPLES / "jiguan-shiwu-2024.md").report
    again = mingtang.read(mingtang.write(report, "pdf")).report
    heading = again.section(2).place.page
    cells = [fact for name, fact in again.facts.items() if name.startswith("disclosure/")]
    assert {fact.place.page for fact in cells} == {heading}
    word = docx.Document(io.BytesIO(mingtang.write(report, "docx")))
    *rows, last = word.tables[0].rows
    assert all("keepNext" in cell._tc.xml for row in rows for cell in row.cells)
    assert not any("keepNext" in cell._tc.xml for cell in last.cells)
