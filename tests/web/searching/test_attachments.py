"""What is read of files that go out with a document."""

from __future__ import annotations

import io

import docx
import openpyxl
import pytest
import typst

from mingtang_web.searching.attachments import read


def word() -> bytes:
    made = docx.Document()
    made.add_paragraph("海绵城市建设导则")
    hidden = made.add_paragraph().add_run("看不见的批语")
    hidden.font.hidden = True
    made.add_table(1, 2).cell(0, 1).text = "透水铺装"
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def book() -> bytes:
    made = openpyxl.Workbook()
    made.active.append(["雨水花园", 12])
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def test_words_of_documents_and_cells_of_books_are_read():
    text = read(word())
    assert "海绵城市建设导则" in text
    assert "透水铺装" in text
    assert "看不见的批语" not in text
    assert "雨水花园\t12" in read(book())


def test_plain_text_is_read_in_either_encoding():
    assert read("透水铺装".encode("gb18030")) == "透水铺装"
    assert read("透水铺装".encode()) == "透水铺装"


def test_pictures_have_no_text_and_what_is_broken_says_so():
    assert read(b"\x89PNG\r\n\x1a\n" + bytes(64)) == ""
    with pytest.raises(ValueError):  # noqa: PT011 - whatever the reader says
        read(b"PK\x03\x04 torn")
    with pytest.raises(ValueError):  # noqa: PT011 - whatever the reader says
        read(b"%PDF-1.7 torn")


def test_pages_of_a_pdf_are_read_as_they_are_drawn():
    body = (
        '#set text(font: "Noto Sans CJK SC")\n雨水花园 #hide[看不见] #pagebreak() 透水铺装'
    )
    text = read(typst.compile(body.encode()))
    assert "雨水花园" in text
    assert "透水铺装" in text
    assert "看不见" not in text
