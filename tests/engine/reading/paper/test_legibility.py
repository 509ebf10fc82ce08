"""Pages that are pictures are recognised, or named where they cannot be."""

from __future__ import annotations

import pytest

from mingtang.reading.paper import legibility
from mingtang.reading.paper.frames import Frame
from mingtang.reading.paper.glyphs import Glyph
from mingtang.reading.paper.laying import Page
from mingtang.reading.paper.legibility import OverlongError, ScannedError, legible
from tests.engine.reading.scans.drawings import set_page, white

SHEET = Frame(0, 0, 200, 300)


def page(number, letters, picture=0.0):
    glyph = Glyph("字", 0, 0, 10, 10, 9, 10)
    return Page(number, SHEET, SHEET, (glyph,) * letters, (), (), picture)


def test_pages_with_text_are_given_back():
    pages = [page(1, 50), page(2, 50, 0.9)]
    assert legible(pages, "PDF") == pages


def test_pictures_of_pages_are_named():
    with pytest.raises(ScannedError, match="这个 OFD 的第 2 页是扫描件"):
        legible([page(1, 50), page(2, 3, 0.9)], "OFD")


def test_many_pictures_of_pages_are_counted():
    pages = [page(1, 50), *(page(number, 0, 1.0) for number in range(2, 9))]
    with pytest.raises(ScannedError, match="第 2、3、4、5、6 等 7 页是扫描件"):
        legible(pages, "OFD")


def test_a_file_without_any_text_is_a_scan():
    with pytest.raises(ScannedError, match="扫描件或图片做成的 PDF"):
        legible([page(1, 0)], "PDF")


def test_more_text_than_a_report_has_is_refused(monkeypatch):
    monkeypatch.setattr(legibility, "MAX_TEXT", 60)
    with pytest.raises(OverlongError, match="超过 60 字"):
        legible([page(1, 50), page(2, 50)], "PDF")


SCAN = set_page("一、总体情况")
BLANK = white(595.3, 841.9)


def recognised(pages, picture=SCAN):
    """The pages, those that are pictures recognised; and which were asked for."""
    asked = []

    def pictures(numbers):
        asked.extend(numbers)
        return ((number, picture, 2000.0) for number in numbers)

    return legible(pages, "PDF", pictures), asked


def words(found):
    return "".join(sign.text for sign in found.glyphs)


def test_a_page_that_is_a_picture_is_recognised_and_the_others_are_left():
    pages = [page(1, 50), page(2, 3, 0.9), page(3, 50, 0.9)]
    found, asked = recognised(pages)
    assert asked == [2]
    assert (found[0], found[2]) == (pages[0], pages[2])
    assert words(found[1]) == "一、总体情况"
    assert found[1].number == 2


def test_a_recognised_page_is_as_wide_as_its_sheet():
    (found,), _ = recognised([page(1, 0, 1.0)])
    scale = 2000 / 595.3
    assert found.back == pytest.approx((scale, 0, 0, scale, 0, 0), abs=0.01)


def test_a_picture_beside_text_or_a_small_one_is_not_recognised():
    pages = [page(1, 30, 1.0), page(2, 29, 0.39)]
    assert recognised(pages) == (pages, [])


def test_every_page_of_a_file_without_text_is_recognised():
    _, asked = recognised([page(1, 0, 0.0), page(2, 0, 1.0)])
    assert asked == [1, 2]


def test_a_file_in_which_nothing_is_recognised_is_refused():
    with pytest.raises(ScannedError, match="这个 PDF 里没有认出文字"):
        recognised([page(1, 0, 1.0)], BLANK)


def test_more_scanned_pages_than_can_be_read_are_refused_at_once():
    pages = [page(number, 0, 1.0) for number in range(1, 62)]
    with pytest.raises(OverlongError, match="有 61 页是扫描的图像，超过 60 页"):
        recognised(pages)
