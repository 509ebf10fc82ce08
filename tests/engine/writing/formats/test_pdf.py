"""The PDF is an archive document, set as the standard says, and loses no character."""

from __future__ import annotations

import io
import re
import shutil
import subprocess

import pdfplumber
import pypdfium2
import pytest
from pdfminer.pdftypes import resolve1

import mingtang
from mingtang.writing import UnwritableError, remark
from mingtang.writing.fonts import Faces
from mingtang.writing.formats import pdf
from mingtang.writing.manuscript import manuscript
from tests.builders import SECTIONS, report

NOWHERE = "\U000f0000"
"""A character for private use: no font gives it a shape."""
RARE = "镕喆堃㛃𠅤𬭎"
DAYS = [pytest.param("2025年1月15日", id="dated"), pytest.param(None, id="undated")]


def prose(*lines):
    return (f"{SECTIONS[0]}\n" + "\n".join(lines), *SECTIONS[1:])


def pages(data):
    document = pypdfium2.PdfDocument(data)
    return [page.get_textpage().get_text_bounded() for page in document]


@pytest.fixture(scope="module", params=DAYS)
def opened(request):
    data = mingtang.write(report(signed=request.param, sections=prose(RARE)), "pdf")
    with pdfplumber.open(io.BytesIO(data)) as document:
        yield document.doc


def each(thing, seen=None):
    """Yield every dictionary that a PDF object reaches."""
    seen = set() if seen is None else seen
    thing = resolve1(thing)
    if id(thing) in seen:
        return
    seen.add(id(thing))
    inner = getattr(thing, "attrs", thing)
    if isinstance(inner, dict):
        yield inner
        for value in inner.values():
            yield from each(value, seen)
    elif isinstance(inner, list):
        for value in inner:
            yield from each(value, seen)


class TestArchive:
    def test_it_says_what_it_is_and_carries_its_colours(self, opened):
        said = resolve1(opened.catalog["Metadata"]).get_data()
        assert re.search(rb"pdfaid:part>2<.*pdfaid:conformance>B<", said, re.DOTALL)
        (intent,) = (resolve1(each) for each in resolve1(opened.catalog["OutputIntents"]))
        assert intent["S"].name == "GTS_PDFA1"
        assert resolve1(intent["DestOutputProfile"]).get_data()[36:40] == b"acsp"

    def test_every_font_is_embedded_and_can_be_copied_from(self, opened):
        found = list(each(opened.catalog))
        described = [one for one in found if "FontBBox" in one]
        assert len(described) > 1
        assert all({"FontFile2", "FontFile3"} & set(one) for one in described)
        composite = [one for one in found if "DescendantFonts" in one]
        assert all("ToUnicode" in one for one in composite)

    def test_nothing_in_it_is_locked_transparent_or_runs(self, opened):
        assert opened.encryption is None
        keys = {key for one in each(opened.catalog) for key in one}
        assert not keys & {"SMask", "JavaScript", "JS", "OpenAction", "AA", "EmbeddedFiles"}

    def test_it_names_its_language_and_the_part_each_text_plays(self, opened):
        assert opened.catalog["Lang"] in (b"zh-CN", "zh-CN")
        assert resolve1(opened.catalog["MarkInfo"])["Marked"] is True
        parts = {
            one["S"].name
            for one in each(opened.catalog["StructTreeRoot"])
            if hasattr(one.get("S"), "name")
        }
        assert {"H1", "P", "Table", "TR", "TH", "TD"} <= parts

    @pytest.mark.skipif(
        shutil.which("verapdf") is None,
        reason="veraPDF is not installed; neither pip, npm nor apt has it",
    )
    @pytest.mark.parametrize("signed", DAYS)
    def test_a_validator_passes_it(self, tmp_path, signed):
        path = tmp_path / "report.pdf"
        path.write_bytes(mingtang.write(report(signed=signed), "pdf"))
        words = [shutil.which("verapdf"), "--flavour", "2b", "--format", "text", str(path)]
        said = subprocess.run(words, check=False, capture_output=True, text=True)  # noqa: S603 - our own words
        assert said.stdout.startswith("PASS"), said.stdout


class TestCharacters:
    @pytest.mark.parametrize("signed", DAYS)
    def test_one_that_no_font_has_is_named_with_its_place(self, signed):
        made = report(signed=signed, sections=prose(f"负责人：王{NOWHERE}、李喆。"))
        with pytest.raises(
            pdf.MissingGlyphError, match=r"U\+F0000，见“负责人：王"
        ) as found:
            mingtang.write(made, "pdf")
        assert isinstance(found.value, UnwritableError)
        assert "\n" not in str(found.value)

    def test_many_are_counted(self):
        lost = "".join(chr(0xF0000 + number) for number in range(8))
        with pytest.raises(pdf.MissingGlyphError, match="等 8 字"):
            mingtang.write(report(sections=prose(lost)), "pdf")

    def test_rare_names_are_set_and_can_be_copied(self):
        made = mingtang.write(report(sections=prose(f"负责人：{RARE}")), "pdf")
        assert RARE in "".join(pages(made))

    def test_without_a_chinese_font_nothing_is_written(self):
        with pytest.raises(pdf.NoFontError, match=r"没有中文字体.*make fonts"):
            pdf.typeset(manuscript(report()), ())

    def test_replaced_faces_are_told(self):
        assert remark("docx") is None
        assert Faces(system=False).substituted() or remark("pdf") is None


class TestPage:
    def test_a_full_page_has_22_lines_of_28_characters(self):
        line = "关于本机关工作的说明文字没有停顿也不带标点" * 60
        data = mingtang.write(report(sections=prose(line)), "pdf")
        lines = pages(data)[1].strip().splitlines()
        full = [each for each in lines if len(each.strip()) > 5]
        assert len(full) == 22
        assert {len(each.strip()) for each in full} == {28}

    def test_page_numbers_stand_on_the_outer_side(self):
        with pdfplumber.open(io.BytesIO(mingtang.write(report(), "pdf"))) as document:
            for number, page in enumerate(document.pages, 1):
                feet = page.crop((0, page.height - 90, page.width, page.height))
                (folio,) = feet.extract_text_lines()
                assert folio["text"].strip() == f"— {number} —"
                assert (folio["x0"] > page.width / 2) == (number % 2 == 1)

    @pytest.mark.parametrize("lines", range(1, 23, 7))
    def test_the_big_table_is_never_torn_and_no_page_is_empty(self, lines):
        made = report(sections=prose(*["这里写一段话。"] * lines))
        shown = pages(mingtang.write(made, "pdf"))
        (whole,) = (page for page in shown if "一、本年新收" in page)
        assert "四、结转下年度继续办理" in whole
        assert "三、收到和处理政府信息公开申请情况" in whole
        assert all(len(page) > 40 for page in shown)

    def test_the_signature_never_stands_alone_on_a_page(self):
        for lines in range(1, 24):
            made = report(sections=(*SECTIONS[:5], "六、其他" + "\n说明。" * lines))
            last = pages(mingtang.write(made, "pdf"))[-1]
            assert "说明。" in last
