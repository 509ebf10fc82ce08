"""Highlights in PDFs: over which words, on which page, and that every byte stays."""

from __future__ import annotations

import ctypes
import io

import pdfplumber
import pytest
from pypdfium2 import raw

import mingtang
from mingtang.reading.pdfium import opened, page_of
from mingtang.reading.source import Source
from tests.builders import SECTIONS, report
from tests.trials.notes import in_pdf

NUMBER = "110101199003074477"
WORDS = (
    f"{SECTIONS[0]}\n（六）其他情况。有一处写了身份证{NUMBER}号，应当撤下。"
    + "文字很长。" * 30
)


@pytest.fixture(scope="module")
def plain():
    cells = {"requests/received/person": "98765"}
    return mingtang.write(report(cells=cells, sections=(WORDS, *SECTIONS[1:])), "pdf")


def marked(data):
    reading = mingtang.read(Source(data, "年报.pdf"))
    findings = (*reading.findings, *mingtang.check(reading.report))
    made = mingtang.mark(reading, findings)
    assert mingtang.read(Source(made)).document == reading.document
    return made


def corners(data):
    with pdfplumber.open(io.BytesIO(data)) as file:
        return [
            [round(float(each)) for each in note["data"]["QuadPoints"]]
            for page in file.pages
            for note in page.annots
            if "QuadPoints" in note["data"]
        ]


def changed(data, change):
    """The file with something done to its pages, saved anew."""
    held = bytearray()

    def write(_, start, size):
        held.extend(ctypes.string_at(start, size))
        return 1

    with opened(data) as file:
        for number in range(1, raw.FPDF_GetPageCount(file) + 1):
            with page_of(file, number) as page:
                change(page)
        out = raw.FPDF_FILEWRITE(version=1)
        out.WriteBlock = type(out.WriteBlock)(write)
        assert raw.FPDF_SaveAsCopy(file, out, raw.FPDF_NO_INCREMENTAL)
    return bytes(held)


def test_the_original_stands_whole_at_the_beginning(plain):
    assert marked(plain).startswith(plain)


def test_a_sentence_is_covered_word_for_word(plain):
    (note,) = [each for each in in_pdf(marked(plain)) if "F307" in each.text]
    assert note.under == NUMBER


def test_the_cells_of_a_sum_are_covered_together(plain):
    (note,) = [each for each in in_pdf(marked(plain)) if "S303" in each.text]
    assert note.under.split("|") == ["98765", "0", "0", "0", "0", "0", "0"]


@pytest.mark.parametrize("turn", [1, 2, 3])
def test_a_turned_page_is_marked_in_the_same_spots(plain, turn):
    turned = changed(plain, lambda page: raw.FPDFPage_SetRotation(page, turn))
    assert corners(marked(turned)) == corners(marked(plain))


def test_a_cropped_page_is_marked_in_the_same_spots(plain):
    cropped = changed(plain, lambda page: raw.FPDFPage_SetCropBox(page, 30, 40, 570, 800))
    assert corners(marked(cropped)) == corners(marked(plain))


def test_what_has_no_place_is_pinned_to_the_first_page(plain):
    reading = mingtang.read(plain)
    findings = mingtang.check(reading.report)
    whole = [findings[0]._replace(places=(), cells=(), subject=str(n)) for n in (1, 2)]
    with pdfplumber.open(io.BytesIO(mingtang.mark(reading, whole))) as file:
        tops = [round(each["top"]) for each in file.pages[0].annots]
    assert len(set(tops)) == 2
