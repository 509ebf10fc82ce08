"""What the neutral page says of its own blocks."""

from __future__ import annotations

import mingtang
from mingtang.document import Paragraph
from tests.builders import report


def test_a_stretch_of_a_paragraph_stands_on_the_paragraphs_page():
    box = (10.0, 20.0, 90.0, 40.0)
    place = Paragraph("一、总体情况", 3, page=2, box=box).place(0, 2)
    assert (place.page, place.box) == (2, box)
    assert (place.paragraph, place.start, place.end) == (3, 0, 2)


def test_sentences_and_headings_of_a_pdf_have_page_and_box():
    words = "一、总体情况\n（一）主动公开情况。全年公开信息30条，电话13800001111。"
    sections = (words, "二、主动公开政府信息情况")
    reading = mingtang.read(mingtang.write(report(sections=sections), "pdf"))
    found = mingtang.check(reading.report)
    places = [place for each in found for place in each.places]
    places += [part.place for part in reading.report.sections]
    spoken = [place for place in places if place.paragraph is not None]
    assert any(place.start for place in spoken)
    assert all(place.page and place.box for place in spoken)
