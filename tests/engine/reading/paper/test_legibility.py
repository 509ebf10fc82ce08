"""Pages that are pictures are named, not left out."""

from __future__ import annotations

import pytest

from mingtang.reading.paper import legibility
from mingtang.reading.paper.frames import Frame
from mingtang.reading.paper.glyphs import Glyph
from mingtang.reading.paper.laying import Page
from mingtang.reading.paper.legibility import OverlongError, ScannedError, legible

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
