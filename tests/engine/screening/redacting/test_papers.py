"""A page of a PDF with what was chosen becomes a picture; nothing is left beneath."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest
from pikepdf import Dictionary, Name, String

from mingtang.screening import HIDDEN, Kind
from mingtang.screening.files import screen_file
from mingtang.screening.redacting import redact
from mingtang.screening.redacting.back import still_there
from mingtang.screening.redacting.needles import Needles
from tests.trials.hiding import annotated, attached, line, pdf, scripted

PHONE = "13800007502"
COVERED = line(PHONE) + b"0 g 70 695 200 20 re f\n"


def private(data):
    return [hit for hit in screen_file(data, "a.pdf").hits if hit.kind not in HIDDEN]


def texts(data):
    document = pypdfium2.PdfDocument(data)
    found = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return found


def darkness(data, box):
    """Return how much of a box of the first page is black, from 0 to 1."""
    document = pypdfium2.PdfDocument(data)
    drawn = document[0].render(scale=2, grayscale=True)
    left, bottom, right, top = (round(2 * side) for side in box)
    rows = drawn.to_numpy()[drawn.height - top : drawn.height - bottom, left:right]
    document.close()
    return float((rows < 64).mean())


def noted(made):
    annotated(made, Contents=String(f"手机{PHONE}"), T=String("李"))


def second_page(made):
    made.pages[1].Contents = made.make_stream(line("kept as it is"))


def rotated(made):
    made.pages[0].Rotate = 90


FULL = pdf(line(f"Tel {PHONE}"), second_page, noted, attached, scripted, pages=2)


@pytest.mark.parametrize(
    "data",
    [
        pdf(line(PHONE)),
        pdf(COVERED),
        pdf(line(PHONE, before="3 Tr")),
        pdf(line(PHONE, x=900)),
        pdf(line("1380000") + line("7502", x=116)),
        FULL,
    ],
)
def test_nothing_is_left_under_the_mask(data):
    made = redact(data, "a.pdf", private(data))
    assert not still_there(made.data, Needles([PHONE]))
    assert screen_file(made.data, "a.pdf").hits == ()
    assert made.replaced == 1
    assert PHONE not in "".join(texts(made.data))


def test_the_place_is_black_and_the_words_beside_it_are_still_seen():
    data = pdf(line(f"Tel {PHONE}"))
    made = redact(data, "a.pdf", private(data))
    assert darkness(made.data, (96, 699, 160, 709)) > 0.95
    assert 0.05 < darkness(made.data, (72, 699, 88, 709)) < 0.6


def test_a_turned_page_is_black_where_it_was_written():
    data = pdf(line(f"Tel {PHONE}"), rotated)
    made = redact(data, "a.pdf", private(data))
    document = pypdfium2.PdfDocument(made.data)
    assert document[0].get_size() == pytest.approx((842, 595))
    document.close()
    assert darkness(made.data, (699, 595 - 160, 709, 595 - 96)) > 0.95


def test_a_page_without_it_stays_text_and_what_hung_on_the_file_is_gone():
    made = redact(FULL, "a.pdf", private(FULL))
    assert [each.strip() for each in texts(made.data)] == ["", "kept as it is"]
    with pikepdf.open(io.BytesIO(made.data)) as opened:
        assert "/Annots" not in opened.pages[0]
        assert set(opened.Root.keys()) == {"/Type", "/Pages"}
        assert "/Info" not in opened.trailer
    assert "第1页改成了图片" in made.removed[-1]
    assert {each.split(" ")[0] for each in made.removed[:-1]} == {
        "页面注释",
        "PDF附件",
        "脚本",
    }


def test_covered_text_is_taken_out_whatever_it_says():
    data = pdf(line("secret") + b"0 g 70 695 200 20 re f\n")
    hits = [hit for hit in screen_file(data, "a.pdf").hits if hit.kind is Kind.COVERED]
    made = redact(data, "a.pdf", hits)
    assert not still_there(made.data, Needles(["secret"]))


def test_a_form_that_no_page_draws_any_more_is_read_back():
    def step(made):
        font = made.pages[0].Resources.Font
        form = pikepdf.Stream(made, line(PHONE))
        form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, [0, 0, 595, 842]
        form.Resources = Dictionary(Font=font)
        made.pages[0].Resources.XObject = Dictionary(F=form)

    assert "对象" in still_there(pdf(line("a"), step), Needles([PHONE]))


def test_glyphs_that_no_search_of_bytes_finds_are_read_back():
    def step(made):
        form = pikepdf.Stream(made, b"BT /F1 12 Tf 72 700 Td [(138)-9(0000)-9(7502)] TJ ET")
        form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, [0, 0, 595, 842]
        form.Resources = Dictionary(Font=made.pages[0].Resources.Font)
        made.pages[0].Resources.XObject = Dictionary(F=form)

    assert "图形" in still_there(pdf(line("a"), step), Needles([PHONE]))


def replaced(words, drawn="plain"):
    spelled = words.encode("utf-16").hex()
    return f"/Span <</ActualText <{spelled}>>> BDC\n".encode() + line(drawn) + b"EMC\n"


def test_words_in_place_of_what_is_drawn_are_found_and_taken_out():
    data = pdf(replaced(f"手机{PHONE}"))
    assert [hit.where.words for hit in screen_file(data, "a.pdf").hits] == [
        "第1页看不见的替代文字"
    ]
    assert still_there(data, Needles([PHONE]))
    made = redact(data, "a.pdf", private(data))
    assert not still_there(made.data, Needles([PHONE]))
    assert "第1页改成了图片" in made.removed[-1]


def test_words_that_stand_for_a_number_do_not_hide_it():
    data = pdf(replaced("甲", PHONE))
    assert [hit.where.words for hit in screen_file(data, "a.pdf").hits] == ["第1页"]
    made = redact(data, "a.pdf", private(data))
    assert darkness(made.data, (73, 699, 136, 709)) > 0.95
