"""A page is set upright and level, and what stands on it goes back to its place."""

from __future__ import annotations

import numpy as np
import pytest

from mingtang.matrices import moved as placed
from mingtang.reading.scans import page as read_page
from mingtang.reading.scans.recognising import read
from mingtang.reading.scans.turning import straight
from tests.engine.reading.scans.drawings import SCALE, set_page, white
from tests.trials.scans import moved

BODY = """#table(columns: (90pt, 60pt, 60pt), [规章], [12], [8], [行政许可], [0], [7])
全年公开信息情况良好，办理申请十二件，答复均在二十个工作日内作出。
"""
PAGE = set_page(BODY)
MARK = (69.4, 61.0)
"""A point of the page, in points, at the upper left of its table."""


@pytest.fixture(scope="module", params=[0, 1, 2, 3])
def turned(request):
    plain = np.ascontiguousarray(np.rot90(PAGE, request.param))
    return request.param, plain, straight(plain)


def test_a_page_is_set_upright_whichever_way_it_lies(turned):
    _, _, found = turned
    assert found.page.shape == PAGE.shape
    assert np.abs(found.page.astype(int) - PAGE).mean() < 2


def test_a_point_goes_back_to_where_it_is_on_the_page_as_given(turned):
    quarters, plain, found = turned
    marked = np.zeros(PAGE.shape, np.uint8)
    marked[round(MARK[1] * SCALE), round(MARK[0] * SCALE)] = 1
    ((y, x),) = np.argwhere(np.rot90(marked, quarters))
    assert plain.shape == np.rot90(marked, quarters).shape
    assert placed(found.back, *MARK) == pytest.approx((x / SCALE, y / SCALE), abs=0.8)


def test_a_page_of_two_lines_is_set_upright():
    page = set_page("#align(right)[青石县自然资源局\\ 2024年1月20日]")
    for quarters in (1, 2, 3):
        found = straight(np.ascontiguousarray(np.rot90(page, quarters)))
        assert found.page.shape == page.shape
        assert np.abs(found.page.astype(int) - page).mean() < 1


def test_a_leaning_page_goes_back_leaning():
    found = straight(moved(PAGE, 1.6))
    high, wide = (side / SCALE for side in PAGE.shape)
    x, y = MARK[0] - wide / 2, MARK[1] - high / 2
    angle = np.radians(1.6)
    wanted = (
        wide / 2 + x * np.cos(angle) + y * np.sin(angle),
        high / 2 - x * np.sin(angle) + y * np.cos(angle),
    )
    assert placed(found.back, *MARK) == pytest.approx(wanted, abs=0.8)


def test_an_empty_page_stays_as_it_is():
    assert straight(white()).back == (1, 0, 0, 1, 0, 0)


def test_a_page_of_a_known_sheet_has_its_places_in_the_sheets_points():
    plain = read_page(PAGE, 3)
    poster = read_page(PAGE, 3, 2000.0)  # no paper is so wide: read as A4, and put back
    assert (plain.number, plain.picture) == (3, 1.0)
    wider = [each * 2000 / 595.3 for each in plain.back]
    assert poster.back == pytest.approx(wider, rel=1e-3)
    assert "规章" in "".join(sign.text for sign in plain.glyphs)


def test_the_line_that_tells_which_way_is_up_is_read_surely():
    widest = max(straight(PAGE).cut.lines, key=lambda line: line.box[2] - line.box[0])
    x0, y0, x1, y1 = widest.box
    (found,) = read([PAGE[y0 - 4 : y1 + 4, x0 - 4 : x1 + 4]])
    assert np.mean([each.sure for each in found]) > 0.9
