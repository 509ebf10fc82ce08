"""A letter in Word and PDF says everything it says, set as an official document is."""

from __future__ import annotations

import io
import re
import zipfile
from itertools import pairwise

import pdfplumber
import pypdfium2
import pytest
from docx import Document
from docx.shared import Pt

from mingtang.drafting import templates
from mingtang.manuscript import Words
from mingtang.writing import UnknownFormatError, letters
from mingtang.writing.formats.pdf import MissingGlyphError
from tests.engine.drafting.cases import CASES, letter

KINDS = tuple(CASES)
each_kind = pytest.mark.parametrize("kind", KINDS)


def bare(text):
    return "".join(text.split())


def texts(kind):
    return [bare(text) for text in letter(kind).manuscript().texts()]


def word(made):
    return Document(io.BytesIO(letters.write(made.manuscript(), "docx")))


def pages(made):
    pdf = pypdfium2.PdfDocument(letters.write(made.manuscript(), "pdf"))
    return [page.get_textpage().get_text_range() for page in pdf]


@each_kind
def test_a_pdf_holds_every_text_of_the_letter(kind):
    numbered = re.compile(r"—\s*\d+\s*—")
    text = bare("".join(numbered.sub("", page) for page in pages(letter(kind))))
    assert [part for part in texts(kind) if part not in text] == []


@each_kind
def test_a_word_file_holds_every_text_of_the_letter_in_order(kind):
    made = letter(kind)
    document = word(made)
    found = [bare(p.text) for p in document.paragraphs if p.text.strip()]
    pieces = made.manuscript().pieces
    assert found == [bare(piece.text) for piece in pieces if isinstance(piece, Words)]
    cells = {
        bare(cell.text) for t in document.tables for row in t.rows for cell in row.cells
    }
    tables = [piece for piece in pieces if not isinstance(piece, Words)]
    assert {bare(s.text) for t in tables for row in t.rows for s in row} == cells


def test_the_same_letter_gives_the_same_bytes():
    for to in letters.FORMATS:
        first, second = (letters.write(letter("disclosure").manuscript(), to) for _ in "12")
        assert first == second


def test_an_unknown_format_is_told_with_those_there_are():
    with pytest.raises(UnknownFormatError, match="docx、pdf"):
        letters.write(letter("disclosure").manuscript(), "odt")


def test_a_letter_is_set_in_the_places_of_an_official_document():
    lines = placed(letter("disclosure"))
    left, right = 28 / 25.4 * 72, (210 - 26) / 25.4 * 72
    title, number, addressee = lines[:3]
    for line in (title, number):
        assert abs((line["x0"] + line["x1"]) / 2 - (left + right) / 2) < 4
    assert title["chars"][0]["size"] == pytest.approx(22, abs=0.1)
    assert 20 < number["top"] - title["top"] < 40
    assert addressee["x0"] == pytest.approx(left, abs=2)
    body = next(line for line in lines if line["text"].startswith("经审查"))
    assert body["x0"] == pytest.approx(left + 32, abs=2)
    assert body["chars"][0]["size"] == pytest.approx(16, abs=0.1)


def test_lines_of_a_letter_stand_at_the_pitch_of_official_documents():
    tops = [line["top"] for line in placed(letter("extension_notice"))[3:9]]
    steps = [after - before for before, after in pairwise(tops)]
    assert steps == [pytest.approx(28.95, abs=0.6)] * len(steps)


def test_the_seal_has_its_place_between_day_and_contact():
    lines = placed(letter("extension_notice"))
    at = next(n for n, line in enumerate(lines) if line["text"].startswith("（联系单位"))
    day, contact = lines[at - 1], lines[at]
    assert day["text"].replace(" ", "") == "2026年3月12日"
    assert contact["top"] - day["top"] == pytest.approx(3 * 28.95, abs=2)


def test_enclosures_hang_below_each_other():
    lines = placed(letter("disclosure"))
    first = next(line for line in lines if line["text"].startswith("附件"))
    second = next(line for line in lines if line["text"].startswith("2."))
    assert second["x0"] - first["x0"] == pytest.approx(48, abs=3)


def placed(made):
    data = letters.write(made.manuscript(), "pdf")
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return [
            {**line, "text": line["text"].strip()}
            for page in pdf.pages
            for line in page.extract_text_lines()
            if not line["text"].strip().startswith("—")
        ]


def test_word_sets_the_parts_of_a_letter_in_their_styles():
    document = word(letter("disclosure"))
    styles = [p.style.name for p in document.paragraphs]
    assert styles[:3] == ["Title", "Number", "Addressee"]
    assert styles.count("Enclosed") == 2
    assert styles[-3:] == ["Signer", "Day", "Contact"]
    title, contact = document.paragraphs[0], document.paragraphs[-1]
    assert title.paragraph_format.space_after == 0
    assert contact.paragraph_format.space_before == Pt(2 * 28.95)
    assert contact.paragraph_format.keep_together


def test_a_reply_slip_is_on_a_page_of_its_own():
    made = letter("third_party_consultation")
    *_, last = pages(made)
    assert bare(last).startswith("征求意见回执来文文号")
    slip = next(p for p in word(made).paragraphs if p.text == "征求意见回执")
    assert slip.paragraph_format.page_break_before


def test_a_fee_table_has_a_head_that_repeats():
    body = zipfile.ZipFile(
        io.BytesIO(letters.write(letter("fee_notice").manuscript(), "docx"))
    )
    assert body.read("word/document.xml").decode().count("<w:tblHeader/>") == 1


@pytest.mark.parametrize(
    "text",
    ["一{body}二", "#set page()", "<w:p/>&amp;", "第一行\n第二行", "𠮷野家", "\\ \"'` $x$"],
)
def test_words_of_strangers_are_set_and_never_obeyed(text):
    made = letter("disclosure", request_summary=text)
    assert bare(text) in bare("".join(p.text for p in word(made).paragraphs))
    try:
        assert bare(text) in bare("".join(pages(made)))
    except MissingGlyphError as error:
        assert "𠮷" in str(error)  # noqa: PT017 - a machine may lack the face


def test_every_kind_was_written():
    assert {known.kind for known in templates()} == set(KINDS)
