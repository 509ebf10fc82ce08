"""Lines that were read become characters with places in points."""

from __future__ import annotations

from itertools import pairwise

import pytest

from mingtang.reading.paper.glyphs import DOUBT
from mingtang.reading.scans.cutting import cut
from mingtang.reading.scans.inking import Strip
from mingtang.reading.scans.pictures import SCALE
from mingtang.reading.scans.setting import glyphs, pictured
from tests.engine.reading.scans.drawings import ruled_page, set_page, white, write

XS, YS = (40, 140, 200, 260), (40, 58, 76, 94)


def set_signs(page):
    made = cut(page)
    return glyphs(made.page, made.lines)


def test_a_figure_stands_where_it_was_drawn():
    page = ruled_page(XS, YS)
    x0, y0, x1, y1 = write(page, "4", (166, 63))
    (sign,) = set_signs(page)
    assert sign.text == "4"
    assert (sign.x0 + sign.x1) / 2 == pytest.approx((x0 + x1) / 2 / SCALE, abs=0.5)
    assert (sign.y0, sign.y1) == pytest.approx((y0 / SCALE, y1 / SCALE), abs=0.5)
    assert sign.base == sign.y1
    assert sign.size == pytest.approx(10.5, abs=1.2)


def test_the_figures_of_a_number_stand_side_by_side():
    page = ruled_page(XS, YS)
    write(page, "4521", (150, 63))
    signs = set_signs(page)
    assert "".join(sign.text for sign in signs) == "4521"
    assert all(left.x1 <= right.x0 for left, right in pairwise(signs))
    assert len({sign.base for sign in signs}) == 1


def test_a_line_of_text_is_set_as_wide_as_it_is():
    signs = set_signs(set_page("全年公开信息情况良好，办理申请十二件。"))
    assert "".join(sign.text for sign in signs) == "全年公开信息情况良好，办理申请十二件。"
    assert signs[0].x0 == pytest.approx(56.7, abs=2)
    for at, sign in enumerate(signs[:10]):
        assert (sign.x0 + sign.x1) / 2 == pytest.approx(56.7 + 10.5 * (at + 0.5), abs=4)
    assert signs[3].size == pytest.approx(10.5, abs=1.5)


def test_ink_that_nobody_can_read_is_in_doubt():
    page = white(200, 60)
    page[60:62, 100:102] = 170
    box = (100, 60, 102, 62)
    (sign,) = glyphs(page, [Strip(box, (box,), (80, 40, 200, 90), (0, 0))])
    assert sign.doubt or sign.text == DOUBT or not sign.text.isdigit()


def test_a_line_is_cut_out_with_a_little_room_and_never_beyond_the_page():
    page = white(100, 40)
    box = write(page, "318", (0, 0))
    (found,) = pictured(page, [Strip(box, (box,), (0, 0, *page.shape[::-1]))])
    wide, high = box[2] - box[0], box[3] - box[1]
    assert wide < found.shape[1] < wide + high
    assert high < found.shape[0] < 2 * high


def test_a_page_without_lines_has_no_characters():
    assert glyphs(white(), []) == ()
