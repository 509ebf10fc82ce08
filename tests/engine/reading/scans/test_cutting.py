"""A page is cut into cells: what stands in one is read, in doubt, or truly nothing."""

from __future__ import annotations

import cv2
import pytest

from mingtang.reading.scans.cutting import cut
from mingtang.reading.scans.straightening import even
from tests.engine.reading.scans.drawings import dots, ruled_page, white, write
from tests.trials.scans import blurred, dice, noisy, squeezed, toned

XS, YS = (40, 140, 200, 260, 320), (40, 58, 76, 94, 130)
THIRD = (214.0, 62.0)
"""Where a figure stands in the third cell of the second row."""


def table():
    return ruled_page(XS, YS)


def cells(page):
    """The number of characters in each cell that holds any, and the cells in doubt."""
    made = cut(page)
    held = {
        line.cell[1]: len(line.characters) for line in made.lines if line.cell is not None
    }
    doubtful = [(round(box[0]), round(box[1])) for box in made.marks]
    return held, doubtful


def test_an_empty_table_holds_nothing():
    assert cells(table()) == ({}, [])


def test_an_empty_table_worn_and_noisy_holds_nothing():
    worn = toned(blurred(table(), 1.0), 70, 235, 12)
    assert cells(even(squeezed(noisy(worn, dice(2), 12, 0.0003), 50))) == ({}, [])


def test_figures_stand_in_their_cells():
    page = table()
    write(page, "417", THIRD)
    write(page, "60", (150, 80))
    assert cells(page) == ({6: 3, 9: 2}, [])


def test_a_faint_figure_in_an_empty_cell_is_in_doubt_and_no_blank():
    page = table()
    write(page, "8", THIRD, grey=225)
    held, doubtful = cells(page)
    assert held == {}
    assert doubtful == [pytest.approx((200, 58), abs=2)]


def test_a_faint_figure_in_a_low_cell_is_in_doubt_too():
    page = ruled_page(XS, (40, 50, 60, 70))
    write(page, "417", (210, 51.5), grey=225)
    held, doubtful = cells(page)
    assert held == {}
    assert len(doubtful) == 1


def stroke(page, x, y, wide=3, high=7.2):
    """Draw a bare 1, as hands and some faces write it, from a point in points."""
    cv2.rectangle(
        page, (dots(x), dots(y)), (dots(x) + wide - 1, dots(y + high)), 0, cv2.FILLED
    )


@pytest.mark.parametrize("gap", [0.2, 0.5, 0.9, 1.3, 2.0])
@pytest.mark.parametrize("side", ["left", "right"])
def test_a_bare_1_beside_a_border_is_never_dropped_in_silence(gap, side):
    page = table()
    x = 201 + gap if side == "left" else 259 - gap - 3 / 2.78
    stroke(page, x, 63)
    held, doubtful = cells(page)
    assert held.get(6) == 1 or doubtful == [pytest.approx((200, 58), abs=2)]


def test_a_bare_1_before_a_figure_beside_a_border_is_never_dropped_in_silence():
    page = table()
    stroke(page, 201.2, 63)
    write(page, "0", (206, 63))
    held, doubtful = cells(page)
    assert held[6] == 2 or doubtful


@pytest.mark.parametrize("high", [9.0, 10.0, 11.0])
def test_a_bare_1_that_fills_a_low_cell_is_a_figure(high):
    page = ruled_page(XS, (40, 40 + high, 40 + 2 * high))
    stroke(page, 230, 40 + high + (high - 7.2) / 2)
    held, doubtful = cells(page)
    assert held == {6: 1}
    assert doubtful == []


def test_a_decimal_point_stays():
    page = table()
    write(page, "3.17", THIRD)
    assert cells(page)[0] == {6: 4}


def test_a_decimal_point_near_the_bottom_stays():
    page = ruled_page(XS, (40, 51, 62, 73))
    write(page, "3.17", (214, 52.7))
    assert cells(page)[0] == {6: 4}


def test_a_dash_is_a_line():
    page = table()
    cv2.rectangle(page, (dots(225), dots(67)), (dots(233), dots(67) + 3), 0, cv2.FILLED)
    assert cells(page) == ({6: 1}, [])


def test_what_is_left_of_a_rough_border_is_no_figure():
    page = table()
    for at in range(40):
        y = dots(60) + at
        page[y : y + 1, dots(200) : dots(200) + 3 + at % 3] = 0
    assert cells(page)[0] == {}


def test_text_outside_tables_is_in_lines_and_a_seal_is_none():
    page = white(400, 300)
    write(page, "20240130", (60, 40))
    write(page, "4521", (60, 60))
    cv2.circle(page, (dots(250), dots(200)), dots(50), 0, 6)
    found = cut(page).lines
    assert [len(line.characters) for line in found] == [8, 4]
    assert all(line.cell is None for line in found)


def test_the_page_given_back_has_its_figures_and_no_lines():
    page = table()
    x0, y0, x1, y1 = write(page, "417", THIRD)
    clean = cut(page).page
    assert (clean[y0:y1, x0:x1] == page[y0:y1, x0:x1]).all()
    clean[y0:y1, x0:x1] = 255
    assert clean.min() == 255
